//! Security schemes, and the security requirements of operations.

use crate::ir::docs::Docs;
use crate::ir::ids::SecuritySchemeId;
use crate::ir::rules::Rule;

/// A security scheme.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// The name of the scheme in the document.
    pub name: String,
    /// The name of the constant that describes the scheme.
    pub constant: String,
    /// The name of the client builder's method that sets the credential.
    pub setter: String,
    /// The documentation of the setter.
    pub docs: Docs,
    /// The part of a request that carries the credential.
    pub location: CredentialLocation,
    /// The function that reads the credential from environment variables.
    pub from_env: Option<FromEnv>,
}

impl SecurityScheme {
    /// Returns the type of the credential.
    pub fn credential_type(&self) -> &'static str {
        match self.location {
            CredentialLocation::SdkHmacSha256 => "runtime::Credential<runtime::SigningKey>",
            _ => "runtime::Credential",
        }
    }
}

/// A function that reads a key pair from environment variables.
#[derive(Debug, Clone)]
pub struct FromEnv {
    /// The name of the function.
    pub name: String,
    /// The environment variable with the access key.
    pub access_key: String,
    /// The environment variable with the secret key.
    pub secret_key: String,
}

/// The part of a request that carries a credential.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialLocation {
    /// The header of this name.
    Header(String),
    /// The query parameter of this name.
    Query(String),
    /// The cookie of this name.
    Cookie(String),
    /// The header `Authorization`. Its value is `Bearer ` and the credential.
    Bearer,
    /// The header `Authorization`. Its value is `Basic ` and the credential in base64.
    Basic,
    /// The whole value of the header `Authorization`, including the name of the HTTP authentication scheme.
    Authorization,
    /// The header `Authorization`. Its value is a signature of the request.
    SdkHmacSha256,
}

/// One security scheme that an operation requires.
#[derive(Debug, Clone)]
pub struct SecurityRequirement {
    /// The required scheme.
    pub scheme: SecuritySchemeId,
    /// The validation rules of the credential. They come from a parameter with the same name and location as the credential.
    /// Without such a parameter, the list is empty.
    pub rules: Vec<Rule>,
    /// The location of the schema from which the validation rules come. The location is written as in
    /// [`Value::schema_location`](crate::ir::Value::schema_location).
    pub schema_location: Option<String>,
}
