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
    /// The header `Authorization`, after `Bearer `.
    Bearer,
    /// The header `Authorization`, after `Basic ` and in base64.
    Basic,
    /// The whole value of the header `Authorization`, including the name of the HTTP authentication scheme.
    Authorization,
}

/// One security scheme that an operation requires.
#[derive(Debug, Clone)]
pub struct SecurityRequirement {
    /// The required scheme.
    pub scheme: SecuritySchemeId,
    /// The validation rules of the parameter that documents the credential; empty if no parameter documents it.
    pub rules: Vec<Rule>,
    /// The location of the schema of the parameter that documents the credential. The notation is that of
    /// [`Value::schema_location`](crate::ir::Value::schema_location).
    pub schema_location: Option<String>,
}
