// copperplate runtime: copied into each generated crate that uses it.
//! Security schemes, and the requirements of operations.

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
    /// `Authorization: SDK-HMAC-SHA256 …`: a signature of the request.
    SdkHmacSha256,
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

impl SecurityRequirement {
    /// Accepts every credential. This is the `check` of a credential that no schema describes.
    pub fn any_value(_credential: &str, _at: ValidationContext<'_>) {}

    /// Returns the validation context of the header, query parameter or cookie that carries the credential. `request`
    /// is the context of the whole request.
    pub(crate) fn context<'r>(&self, request: &'r ValidationContext<'r>) -> ValidationContext<'r> {
        match self.scheme.location {
            CredentialLocation::Header(name) => request.header(name),
            CredentialLocation::Query(name) => request.query(name),
            CredentialLocation::SdkHmacSha256 => request.header("Authorization"),
            CredentialLocation::Bearer | CredentialLocation::Authorization => request.header("Authorization"),
        }
        .secret()
    }

    /// Validates a credential if `validate` is true, and adds it to the request.
    pub(crate) fn attach(&self, secret: &Secret, validate: bool, request: &mut RequestBuilder<'_>) {
        if validate {
            (self.check)(secret.expose(), self.context(&request.context()));
        }
        match self.scheme.location {
            CredentialLocation::Header(name) => request.secret_header(name, secret.expose()),
            CredentialLocation::Query(name) => request.secret_query(name, secret.expose()),
            CredentialLocation::Bearer => {
                request.secret_header("Authorization", &format!("Bearer {}", secret.expose()));
            }
            // A signing key is no `Secret`: see `SigningKey::attach`.
            CredentialLocation::SdkHmacSha256 => {}
            CredentialLocation::Authorization => request.secret_header("Authorization", secret.expose()),
        }
    }
}
