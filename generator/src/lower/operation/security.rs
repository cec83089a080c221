//! Security: which credentials an operation asks for. A credential that is documented as a parameter too is one thing with it.

use crate::finding::Code;
use crate::ir::{CredentialLocation, SecurityRequirement, SecurityScheme, SecuritySchemeId, Type, Value};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::{Lowering, docs};
use crate::resolve::document::{Location, Operation, Parameter, ParameterValue, SchemeKind};
use crate::suggestion::nearest;

/// The methods that a builder has anyway.
const BUILDER_METHODS: &[&str] = &[
    "build",
    "build_blocking",
    "build_detached",
    "build_with",
    "clone",
    "credential",
    "default_header",
    "single_server",
    "timeout",
    "validate_requests",
    "validate_responses",
];

/// The schemes that IANA lists.
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
    /// Lowers the schemes that some operation asks for, in document order.
    pub(crate) fn lower_schemes(&mut self) {
        let document = self.document;
        let mut setters = identifiers::Scope::with(BUILDER_METHODS);
        let mut constants = identifiers::Scope::with(&["SECURITY"]);
        for (name, scheme) in &document.security_schemes {
            let used = document
                .operations
                .iter()
                .any(|operation| operation.security.iter().flatten().any(|used| used == name));
            if !used {
                continue;
            }
            let carrier = match &scheme.kind {
                SchemeKind::ApiKey { location: Location::Header, name } => CredentialLocation::Header(name.clone()),
                SchemeKind::ApiKey { location: Location::Query, name } => CredentialLocation::Query(name.clone()),
                SchemeKind::ApiKey { location: Location::Cookie, name } => CredentialLocation::Cookie(name.clone()),
                SchemeKind::Bearer => CredentialLocation::Bearer,
                SchemeKind::Basic => CredentialLocation::Basic,
                // No scheme has its key in a path.
                SchemeKind::ApiKey { location: Location::Path, .. } => continue,
                SchemeKind::OtherHttp(spoken) => {
                    let message = format!(
                        "The scheme `{name}` is HTTP's `{spoken}`, which the client does not speak: its credential is the whole \
                         `Authorization` header."
                    );
                    let is_known = REGISTERED.iter().any(|known| known.eq_ignore_ascii_case(spoken));
                    let meant = nearest(spoken, REGISTERED.iter().copied(), 3).filter(|_| !is_known);
                    let remedy = match meant {
                        Some(near) => format!("Did you mean `{near}`?"),
                        None => "Give the builder the value of the header as the service wants it.".to_owned(),
                    };
                    self.refuse(Code::WholeCredential, &scheme.pointer, message, &remedy);
                    CredentialLocation::Authorization
                }
            };
            let mut lines = scheme.description.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(&mut lines, [carried(&carrier)]);
            self.schemes.push(SecurityScheme {
                name: name.clone(),
                constant: constants.take(identifiers::shouty(name)),
                setter: setters.take(identifiers::snake(name)),
                docs: lines,
                location: carrier,
            });
        }
    }

    /// The alternatives of an operation, with the rules of the parameters that document the credentials.
    pub(crate) fn security(&mut self, operation: &'d Operation) -> Vec<Vec<SecurityRequirement>> {
        let alternatives = &operation.security;
        let mut security = Vec::new();
        for alternative in alternatives {
            let schemes = alternative.iter().filter_map(|name| self.scheme(name));
            let schemes: Vec<SecuritySchemeId> = schemes.collect();
            security.push(
                schemes
                    .into_iter()
                    .map(|scheme| {
                        let value = self.credential(scheme, operation);
                        let (rules, schema) =
                            value.map(|value| (value.rules, value.schema_location)).unwrap_or_default();
                        SecurityRequirement { scheme, rules, schema_location: schema }
                    })
                    .collect(),
            );
        }
        security
    }

    fn scheme(&self, name: &str) -> Option<SecuritySchemeId> {
        self.schemes.iter().position(|scheme| scheme.name == name).map(SecuritySchemeId)
    }

    /// The scheme whose credential the parameter of that name is.
    pub(crate) fn scheme_carried_as(&self, name: &str) -> Option<SecuritySchemeId> {
        let carried = |scheme: &SecurityScheme| match &scheme.location {
            CredentialLocation::Header(header) => header.eq_ignore_ascii_case(name),
            CredentialLocation::Query(parameter) | CredentialLocation::Cookie(parameter) => parameter == name,
            CredentialLocation::Bearer | CredentialLocation::Basic | CredentialLocation::Authorization => {
                name.eq_ignore_ascii_case("Authorization")
            }
        };
        self.schemes.iter().position(carried).map(SecuritySchemeId)
    }

    /// What the parameter says of a credential that documents it.
    fn credential(&mut self, scheme: SecuritySchemeId, operation: &'d Operation) -> Option<Value> {
        let parameter = operation.parameters.iter().find(|parameter| self.carries(scheme, parameter))?;
        let ParameterValue::Schema(schema) = &parameter.value else { return None };
        let value = self.value(schema, &Context::of(&parameter.name))?;
        self.name_patterns(&value.rules, &parameter.name);
        if !matches!(value.kind, Type::String) {
            let message = format!("`{}` is a credential, and its schema is not a plain string.", parameter.name);
            self.refuse(
                Code::UnsupportedSecurity,
                &parameter.pointer,
                message,
                "Give it `type: string` without `enum`.",
            );
        }
        Some(value)
    }

    /// Whether a parameter is the credential of one of the operation's schemes, and so is no argument.
    pub(crate) fn is_credential(&self, parameter: &Parameter, operation: &Operation) -> bool {
        let names = operation.security.iter().flatten();
        names.filter_map(|name| self.scheme(name)).any(|scheme| self.carries(scheme, parameter))
    }

    fn carries(&self, scheme: SecuritySchemeId, parameter: &Parameter) -> bool {
        match (&self.schemes[scheme.0].location, parameter.location) {
            (CredentialLocation::Header(name), Location::Header) => name.eq_ignore_ascii_case(&parameter.name),
            (CredentialLocation::Query(name), Location::Query)
            | (CredentialLocation::Cookie(name), Location::Cookie) => *name == parameter.name,
            _ => false,
        }
    }
}

fn carried(carrier: &CredentialLocation) -> String {
    match carrier {
        CredentialLocation::Header(name) => format!("Sent as the header {}.", docs::code(name)),
        CredentialLocation::Query(name) => format!("Sent as the query parameter {}.", docs::code(name)),
        CredentialLocation::Cookie(name) => format!("Sent as the cookie {}.", docs::code(name)),
        CredentialLocation::Bearer => "Sent as the header `Authorization: Bearer …`.".to_owned(),
        CredentialLocation::Basic => {
            "Sent as the header `Authorization: Basic …`, from a credential of the form `user:password`.".to_owned()
        }
        CredentialLocation::Authorization => {
            "Sent as the whole value of the header `Authorization`, including the name of the scheme.".to_owned()
        }
    }
}
