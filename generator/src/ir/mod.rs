//! The intermediate representation: what the crate will hold, as plain data.
//!
//! Every name is decided, every reference is an index, and nothing here can be wrong any more: `emit` prints it and cannot fail.

mod examples;
mod layout;
mod operations;
mod position;
mod responses;
mod spelling;
mod types;
mod unions;

pub use examples::*;
pub use layout::*;
pub use operations::*;
pub use responses::*;
pub use spelling::*;
pub use types::*;
pub use unions::*;

use crate::pointer::Pointer;

/// One API: one document, one module.
#[derive(Debug, Clone)]
pub struct Api {
    /// The document, as it was named on the command line, without its folder.
    pub file: String,
    /// The module, such as `osm`.
    pub module: String,
    /// The type that stands for the API, such as `Osm`.
    pub marker: String,
    /// `info.title`.
    pub title: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// The servers of the document.
    pub servers: Vec<Server>,
    /// The security schemes that some operation asks for.
    pub schemes: Vec<Scheme>,
    /// The types of component schemas and of schemas in place.
    pub types: Vec<TypeDef>,
    /// The types to print, in document order.
    pub order: Vec<TypeId>,
    /// The key types of overloaded methods.
    pub keys: Vec<KeyType>,
    /// The patterns that rules refer to.
    pub patterns: Vec<Pattern>,
    /// The schemas as tables, for what no type can say.
    pub schemas: Vec<SchemaTable>,
    /// The patterns to print: what was left out may have referred to others.
    pub used_patterns: Vec<PatternId>,
    /// The tables to print, for the same reason.
    pub used_schemas: Vec<SchemaId>,
    /// The documented headers of successes.
    pub headers: Vec<Headers>,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// Where error bodies keep what callers ask for.
    pub error: ErrorFields,
    /// The examples of bodies that become tests.
    pub examples: Vec<BodyExample>,
    /// The examples of component schemas that become tests.
    pub schema_examples: Vec<SchemaExample>,
    /// Which module everything stands in.
    pub layout: Layout,
    /// How many component schemas are left out, because no operation uses them.
    pub unused_components: usize,
}

/// Lines of documentation, in markdown that rustdoc accepts.
pub type Docs = Vec<String>;

/// An index into [`Api::types`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TypeId(pub usize);

/// An index into [`Api::patterns`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PatternId(pub usize);

/// An index into [`Api::schemas`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SchemaId(pub usize);

/// An index into [`Api::schemes`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct SchemeId(pub usize);

/// An index into [`Api::headers`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct HeadersId(pub usize);

/// An index into [`Api::keys`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyId(pub usize);

/// A server: a function from its variables to a base URL.
#[derive(Debug, Clone)]
pub struct Server {
    /// The function.
    pub name: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// Lines of documentation.
    pub docs: Docs,
    /// The URL, split at its variables.
    pub url: Vec<UrlPart>,
    /// The arguments, in order.
    pub variables: Vec<String>,
}

/// A part of a server's URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UrlPart {
    /// Text.
    Literal(String),
    /// The argument of this index.
    Variable(usize),
}

/// A security scheme.
#[derive(Debug, Clone)]
pub struct Scheme {
    /// The scheme's name in the document.
    pub name: String,
    /// The constant.
    pub constant: String,
    /// The builder's method.
    pub setter: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// How the credential travels.
    pub carrier: CredentialLocation,
}

/// How a credential travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialLocation {
    /// In the header of this name.
    Header(String),
    /// In the query parameter of this name.
    Query(String),
    /// In the cookie of this name.
    Cookie(String),
    /// `Authorization: Bearer`.
    Bearer,
    /// `Authorization: Basic`.
    Basic,
    /// `Authorization`, the whole of it.
    Authorization,
}

/// Where error bodies keep what callers ask for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ErrorFields {
    /// Pointers to the code.
    pub code: Vec<String>,
    /// Pointers to the message.
    pub message: Vec<String>,
    /// The header of the request id.
    pub request_id_header: Option<String>,
    /// Pointers to the request id.
    pub request_id: Vec<String>,
}
