//! Lowers security schemes and the security requirements of operations. A parameter with the location and name of a required API
//! key does not become an argument, because the client stores the API key.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Focus};
use crate::ir::{CredentialLocation, FromEnv, SecurityRequirement, SecurityScheme, SecuritySchemeId, Type, Value};
use crate::lower::docs;
use crate::lower::naming::context::{NamingContext, Role};
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::{BUILDER_METHODS, SECURITY_CONSTANTS};
use crate::lower::naming::scope::Scope;
use crate::lower::operation::wire_names::{is_cookie_name, is_header_name};
use crate::lower::state::Lowering;
use crate::resolve::document::{self, Location, Operation, Parameter, ParameterValue, SchemeKind};
use crate::suggestion::nearest;

/// The HTTP authentication schemes that IANA has registered.
const REGISTERED: &[&str] = &[
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "oauth",
    "privatetoken",
    "scram-sha-1",
    "scram-sha-256",
    "vapid",
];

impl<'d> Lowering<'d> {
    /// Lowers the security schemes that at least one operation requires, in document order.
    pub(crate) fn lower_security_schemes(&mut self) {
        let document = self.document;
        let mut setters = Scope::with(BUILDER_METHODS);
        let mut constants = Scope::with(SECURITY_CONSTANTS);
        let required = document.operations.iter().flat_map(|operation| operation.security.iter().flatten());
        let required: HashSet<&String> = required.collect();
        for (name, scheme) in document.security_schemes.iter().filter(|(name, _)| required.contains(name)) {
            let Some(location) = self.credential_location(name, scheme) else { continue };
            let mut docs = scheme.description.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(&mut docs, docs::wrapped(&location_docs(&location), 0));
            let setter = setters.take(identifiers::snake(name));
            let from_env = match &scheme.kind {
                SchemeKind::Signing { environment: Some(variables) } => Some(FromEnv {
                    name: setters.take(format!("{setter}_from_env")),
                    access_key: variables.access_key.clone(),
                    secret_key: variables.secret_key.clone(),
                }),
                _ => None,
            };
            let constant = constants.take(identifiers::shouty(name));
            self.security_scheme_ids.insert(name, SecuritySchemeId(self.security_schemes.len()));
            self.security_schemes.push(SecurityScheme {
                name: name.clone(),
                constant,
                setter,
                docs,
                location,
                from_env,
            });
        }
    }

    /// Returns where a request carries the credential of a security scheme. Returns `None` for an API key with `in: path`.
    /// Reports an API key whose name is not a valid header name or cookie name, and returns `None` for this API key.
    fn credential_location(&mut self, name: &str, scheme: &document::SecurityScheme) -> Option<CredentialLocation> {
        if let SchemeKind::ApiKey { location, name: wire } = &scheme.kind {
            let (kind, is_valid) = match location {
                Location::Header => ("header", is_header_name(wire)),
                Location::Cookie => ("cookie", is_cookie_name(wire)),
                Location::Query | Location::Path => ("", true),
            };
            if !is_valid {
                let message = format!("The credential `{name}` cannot be sent: `{wire}` is not a valid {kind} name.");
                self.report(Code::UnsupportedSecurity, &scheme.pointer, message, "Correct the name.");
                self.findings.set_focus(Focus::Member("name"));
                return None;
            }
        }
        Some(match &scheme.kind {
            SchemeKind::ApiKey { location: Location::Header, name } => CredentialLocation::Header(name.clone()),
            SchemeKind::ApiKey { location: Location::Query, name } => CredentialLocation::Query(name.clone()),
            SchemeKind::ApiKey { location: Location::Cookie, name } => CredentialLocation::Cookie(name.clone()),
            SchemeKind::ApiKey { location: Location::Path, .. } => return None,
            SchemeKind::Bearer => CredentialLocation::Bearer,
            SchemeKind::Basic => CredentialLocation::Basic,
            SchemeKind::Signing { .. } => CredentialLocation::SdkHmacSha256,
            SchemeKind::OtherHttp(http_scheme) => {
                let message = format!(
                    "The client does not support the HTTP authentication scheme `{http_scheme}` of `{name}`. The caller \
                     supplies the complete value of the `Authorization` header."
                );
                let is_registered = REGISTERED.iter().any(|known| known.eq_ignore_ascii_case(http_scheme));
                let near = nearest(http_scheme, REGISTERED.iter().copied(), 3).filter(|_| !is_registered);
                let remedy = match near {
                    Some(near) => format!("Did you mean `{near}`?"),
                    None => "Pass the complete value of the `Authorization` header to the client's builder.".to_owned(),
                };
                self.report(Code::WholeCredential, &scheme.pointer, message, &remedy);
                CredentialLocation::Authorization
            }
        })
    }

    /// Returns the combinations of credentials that an operation accepts. If a parameter has the location and name of an API key,
    /// the validation rules of the parameter apply to the API key. Returns `None` if every combination contains a credential that
    /// cannot be sent. These credentials have already been reported.
    pub(super) fn lower_security(&mut self, operation: &'d Operation) -> Option<Vec<Vec<SecurityRequirement>>> {
        if operation.security.is_empty() {
            return Some(Vec::new());
        }
        let mut alternatives = Vec::new();
        let mut parameters: HashMap<Carrier, &'d Parameter> = HashMap::new();
        for parameter in &operation.parameters {
            parameters.entry(carrier_of_parameter(parameter)).or_insert(parameter);
        }
        for names in &operation.security {
            let schemes = names.iter().map(|name| self.scheme_id(name)).collect::<Option<Vec<SecuritySchemeId>>>();
            let Some(schemes) = schemes else { continue };
            let requirement = |scheme| {
                let parameter = self.carrier_of_scheme(scheme).and_then(|carrier| parameters.get(&carrier).copied());
                let value = parameter.and_then(|parameter| self.credential_value(parameter));
                let (rules, schema_location) =
                    value.map(|value| (value.rules, value.schema_location)).unwrap_or_default();
                SecurityRequirement { scheme, rules, schema_location }
            };
            alternatives.push(schemes.into_iter().map(requirement).collect());
        }
        (!alternatives.is_empty()).then_some(alternatives)
    }

    fn scheme_id(&self, name: &str) -> Option<SecuritySchemeId> {
        self.security_scheme_ids.get(name).copied()
    }

    /// Returns the security scheme whose credential is sent as the header, query parameter or cookie `name`.
    pub(super) fn scheme_of_parameter(&self, name: &str) -> Option<SecuritySchemeId> {
        let is_carried = |scheme: &SecurityScheme| match &scheme.location {
            CredentialLocation::Header(header) => header.eq_ignore_ascii_case(name),
            CredentialLocation::Query(parameter) | CredentialLocation::Cookie(parameter) => parameter == name,
            CredentialLocation::Bearer | CredentialLocation::Basic | CredentialLocation::Authorization => {
                name.eq_ignore_ascii_case("Authorization")
            }
            // A signature is not given by the caller.
            CredentialLocation::SdkHmacSha256 => false,
        };
        self.security_schemes.iter().position(is_carried).map(SecuritySchemeId)
    }

    /// Returns the type and rules of a parameter that has the location and name of an API key.
    fn credential_value(&mut self, parameter: &'d Parameter) -> Option<Value> {
        let ParameterValue::Schema(schema) = &parameter.value else { return None };
        let value = self.lower_schema(schema, &NamingContext::new(&parameter.name, Role::Parameter))?;
        self.propose_pattern_names(&value.rules, &parameter.name);
        if !matches!(value.kind, Type::String) {
            let message = format!("`{}` is a credential, but its schema is not a plain string.", parameter.name);
            let remedy = "Use `type: string` without `enum`.";
            self.report(Code::UnsupportedSecurity, &parameter.pointer, message, remedy);
        }
        Some(value)
    }

    /// Returns the parameters of an operation that do not have the location and name of an API key that the operation requires.
    pub(super) fn without_credentials(&self, operation: &'d Operation) -> Vec<&'d Parameter> {
        let names: HashSet<&String> = operation.security.iter().flatten().collect();
        let schemes = names.into_iter().filter_map(|name| self.scheme_id(name));
        let carriers: HashSet<Carrier> = schemes.filter_map(|scheme| self.carrier_of_scheme(scheme)).collect();
        let is_argument =
            |parameter: &&Parameter| carriers.is_empty() || !carriers.contains(&carrier_of_parameter(parameter));
        operation.parameters.iter().filter(is_argument).collect()
    }

    /// Returns what carries the credential of a security scheme; `None` if this is no header, query parameter or cookie with a name
    /// that the document chooses.
    fn carrier_of_scheme(&self, scheme: SecuritySchemeId) -> Option<Carrier> {
        match &self.security_schemes[scheme.0].location {
            CredentialLocation::Header(name) => Some((Location::Header, name.to_ascii_lowercase())),
            CredentialLocation::Query(name) => Some((Location::Query, name.clone())),
            CredentialLocation::Cookie(name) => Some((Location::Cookie, name.clone())),
            CredentialLocation::Bearer
            | CredentialLocation::Basic
            | CredentialLocation::Authorization
            | CredentialLocation::SdkHmacSha256 => None,
        }
    }
}

/// The location and name of a parameter or a credential. Header names are in lower case, because they are case-insensitive.
type Carrier = (Location, String);

fn carrier_of_parameter(parameter: &Parameter) -> Carrier {
    match parameter.location {
        Location::Header => (Location::Header, parameter.name.to_ascii_lowercase()),
        location => (location, parameter.name.clone()),
    }
}

fn location_docs(location: &CredentialLocation) -> String {
    match location {
        CredentialLocation::Header(name) => format!("Sent as the header {}.", docs::code(name)),
        CredentialLocation::Query(name) => format!("Sent as the query parameter {}.", docs::code(name)),
        CredentialLocation::Cookie(name) => format!("Sent as the cookie {}.", docs::code(name)),
        CredentialLocation::Bearer => "Sent as the header `Authorization: Bearer …`.".to_owned(),
        CredentialLocation::Basic => {
            "Sent as the header `Authorization: Basic …`, from a credential of the form `user:password`.".to_owned()
        }
        CredentialLocation::SdkHmacSha256 => {
            "Signs each request: sent as the headers `Authorization: SDK-HMAC-SHA256 …` and `X-Sdk-Date`. A default header \
             `Authorization` is replaced."
                .to_owned()
        }
        CredentialLocation::Authorization => {
            "Sent as the whole value of the header `Authorization`, including the name of the scheme.".to_owned()
        }
    }
}
