// copperplate runtime: copied into each generated crate that uses it.
//! Security schemes and credentials. A client stores credentials, and adds to each request the credentials that the
//! operation requires.

use crate::runtime::client::secret::Secret;
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::validation::context::ValidationContext;

/// A security scheme of the OpenAPI document.
#[derive(Debug)]
pub struct Scheme {
    /// The name of the scheme under `securitySchemes`.
    pub name: &'static str,
    /// The Rust method of the builder that sets the credential.
    pub setter: &'static str,
    /// Where a request carries the credential of the scheme.
    pub location: CredentialLocation,
}

/// Where a request carries a credential.
#[derive(Debug)]
pub enum CredentialLocation {
    /// The header of this name, for an API key.
    Header(&'static str),
    /// The query parameter of this name, for an API key.
    Query(&'static str),
    /// `Authorization: Bearer …`.
    Bearer,
    /// `Authorization: …`. The credential is the whole value of the header, such as `Digest …`.
    Authorization,
}

/// A security scheme that an operation requires, and the function that validates the credential of the scheme.
#[derive(Debug)]
pub struct SecurityRequirement {
    /// The scheme.
    pub scheme: &'static Scheme,
    /// Validates the credential. The OpenAPI document may describe the same header, query parameter or cookie as a
    /// parameter of the operation. If so, the credential is checked against the schema of that parameter.
    pub check: fn(&str, ValidationContext<'_>),
}

/// The security requirements of an operation. Each inner list is an alternative: a request must have a credential for
/// every scheme of one inner list. If the outer list is empty, no credential is required.
pub type Security = &'static [&'static [SecurityRequirement]];

/// The credentials of a client, each with the name of its security scheme.
#[derive(Clone, Debug, Default)]
pub(crate) struct Credentials(Vec<(&'static str, Secret)>);

impl Credentials {
    pub(crate) fn set(&mut self, scheme: &'static Scheme, secret: Secret) {
        self.0.retain(|(name, _)| *name != scheme.name);
        self.0.push((scheme.name, secret));
    }

    fn get(&self, scheme: &Scheme) -> Option<&Secret> {
        self.0.iter().find(|(name, _)| *name == scheme.name).map(|(_, secret)| secret)
    }

    /// Adds credentials to `request`. Each inner list of `security` is an alternative, and the first complete
    /// alternative is used. An alternative is complete if the client has a credential for each scheme of the
    /// alternative. If `validate` is true, each added credential is validated.
    ///
    /// An alternative without schemes is used only if no alternative with schemes is complete. If no alternative is
    /// complete, each missing credential of the first alternative is reported as a violation.
    pub(crate) fn attach(&self, security: Security, validate: bool, request: &mut RequestBuilder<'_>) {
        let is_complete = |requirements: &&&[SecurityRequirement]| {
            requirements.iter().all(|requirement| self.get(requirement.scheme).is_some())
        };
        let with_credentials = security.iter().filter(|requirements| !requirements.is_empty()).find(is_complete);
        let alternative = with_credentials.or(security.iter().find(is_complete)).or(security.first());
        let mut is_remedy_named = false;
        for requirement in alternative.into_iter().copied().flatten() {
            match self.get(requirement.scheme) {
                Some(secret) => requirement.attach(secret, validate, request),
                None => {
                    let remedy = (!is_remedy_named).then(|| remedy(security));
                    requirement.context(&request.context()).report_violation("required", None, remedy);
                    is_remedy_named = true;
                }
            }
        }
    }
}

/// Returns the end of the error message for a missing credential: the methods of the builder that set the credentials
/// of each alternative.
fn remedy(security: Security) -> String {
    let setters = |requirements: &&[SecurityRequirement]| {
        let setters = requirements.iter().map(|requirement| format!("`Builder::{}`", requirement.scheme.setter));
        setters.collect::<Vec<_>>().join(" and ")
    };
    let alternatives: Vec<_> = security.iter().filter(|requirements| !requirements.is_empty()).map(setters).collect();
    format!("there is no credential: call {}", alternatives.join(", or "))
}

impl SecurityRequirement {
    /// Accepts every credential. This is the `check` of a credential that no schema describes.
    pub fn any_value(_credential: &str, _at: ValidationContext<'_>) {}

    /// Returns the validation context of the header, query parameter or cookie that carries the credential. `request`
    /// is the context of the whole request.
    fn context<'r>(&self, request: &'r ValidationContext<'r>) -> ValidationContext<'r> {
        match self.scheme.location {
            CredentialLocation::Header(name) => request.header(name),
            CredentialLocation::Query(name) => request.query(name),
            CredentialLocation::Bearer | CredentialLocation::Authorization => request.header("Authorization"),
        }
        .secret()
    }

    fn attach(&self, secret: &Secret, validate: bool, request: &mut RequestBuilder<'_>) {
        if validate {
            (self.check)(secret.expose(), self.context(&request.context()));
        }
        match self.scheme.location {
            CredentialLocation::Header(name) => request.secret_header(name, secret.expose()),
            CredentialLocation::Query(name) => request.secret_query(name, secret.expose()),
            CredentialLocation::Bearer => {
                request.secret_header("Authorization", &format!("Bearer {}", secret.expose()));
            }
            CredentialLocation::Authorization => request.secret_header("Authorization", secret.expose()),
        }
    }
}
