//! The resolved document: plain data in which every reference has been followed and every keyword stands in one place.
//!
//! `load` and `resolve` hide what `openapiv3` loses; the later stages see only these types.
//! Everything that can be spoken of carries its [`Pointer`].

mod extension;
mod operation;
mod schema;

pub use extension::*;
pub use operation::*;
pub use schema::*;

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::pointer::Pointer;

/// One OpenAPI 3.0 document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The name the user gave the document on the command line.
    pub file: String,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// `servers` of the root, in order.
    pub servers: Vec<Server>,
    /// `components.securitySchemes`, in order, by name.
    pub schemes: IndexMap<String, SecurityScheme>,
    /// `components.schemas`, in order, by name.
    pub schemas: IndexMap<String, Schema>,
    /// The names of the component schemas whose own `example` contradicts them, as the document admits under `x-acknowledge`.
    pub acknowledged_examples: HashSet<String>,
    /// Every operation, in document order.
    pub operations: Vec<Operation>,
    /// `x-error`: where an error body keeps what callers ask for.
    pub error: Option<ErrorFields>,
}

/// A server of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// Where it stands.
    pub pointer: Pointer,
    /// The URL with its `{variables}`.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// The variables, in order, by name.
    pub variables: IndexMap<String, ServerVariable>,
}

/// A variable of a server's URL.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// The value to use where the caller gives none.
    pub default: String,
    /// The values allowed; empty where any is.
    pub values: Vec<String>,
    /// `description`.
    pub description: Option<String>,
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct SecurityScheme {
    /// Where it stands.
    pub pointer: Pointer,
    /// `description`.
    pub description: Option<String>,
    /// How the credential travels.
    pub kind: SchemeKind,
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemeKind {
    /// `apiKey`: in a header, a query parameter or a cookie of that name.
    ApiKey {
        /// Where the key travels.
        location: Location,
        /// The name it travels under.
        name: String,
    },
    /// `http` with scheme `basic`.
    Basic,
    /// `http` with scheme `bearer`, and `oauth2` and `openIdConnect`, whose tokens travel the same way.
    Bearer,
    /// Any other `http` scheme, by name.
    OtherHttp(String),
}

/// One way to satisfy the security of an operation: the names of the schemes that must all be given.
pub type Requirement = Vec<String>;

/// Where a parameter or a key travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// In the path.
    Path,
    /// In the query string.
    Query,
    /// In a header.
    Header,
    /// In a cookie.
    Cookie,
}
