//! Operations: their arguments, where each goes, and the keys that stand in a path in several forms.

use crate::ir::{Answers, Docs, KeyId, RequestExample, Rule, SchemeId, Value};
use crate::pointer::Pointer;

/// The type of an argument that an overloaded method takes in several forms.
#[derive(Debug, Clone)]
pub struct KeyType {
    /// The name.
    pub name: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// The forms; a type with one form is a struct, with more an enum.
    pub forms: Vec<KeyForm>,
}

/// One form of a key.
#[derive(Debug, Clone)]
pub struct KeyForm {
    /// The variant; `None` where the type has this form only.
    pub variant: Option<String>,
    /// The function that makes it.
    pub constructor: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// What it holds: a name and the path parameter it fills.
    pub fields: Vec<KeyField>,
}

/// A text in a key.
#[derive(Debug, Clone)]
pub struct KeyField {
    /// The Rust name.
    pub name: String,
    /// The path parameter it fills.
    pub wire: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// The value and its rules; always a string.
    pub value: Value,
    /// Whether it stands inside an OData string literal.
    pub odata: bool,
}

/// An operation: a struct of arguments and a method of the client.
#[derive(Debug, Clone)]
pub struct Operation {
    /// `operationId`, or what stands for it.
    pub id: String,
    /// Where the document describes it, as JSON Pointers: one place, or one for each of its spellings. From the first of them
    /// lead the places of schemas that stand in the operation itself.
    pub places: Vec<String>,
    /// The struct.
    pub type_name: String,
    /// The client's method.
    pub method_name: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// The HTTP method.
    pub method: String,
    /// The server that it is sent to; `None` where that is the client's.
    pub server: Option<String>,
    /// The path.
    pub path: Path,
    /// The arguments, in document order, the body last.
    pub arguments: Vec<Argument>,
    /// Headers sent always.
    pub fixed_headers: Vec<(String, String)>,
    /// The alternatives that satisfy the operation's security.
    pub security: Vec<Vec<SecurityRequirement>>,
    /// How answers are read.
    pub answers: Answers,
    /// Requests that the page prints.
    pub examples: Vec<RequestExample>,
}

/// How the path is filled.
#[derive(Debug, Clone)]
pub enum Path {
    /// One template, and the arguments that fill it in order.
    Template {
        /// As the document writes it.
        template: String,
        /// Which argument fills the next `{name}`, and whether it stands inside an OData string literal.
        values: Vec<PathValue>,
    },
    /// A table of templates: a row for each form of the first key, a column for each form of the second.
    /// With one key the table has one column for each of its forms.
    Forms {
        /// The arguments that are keys or plain path values, in the order in which they fill the templates.
        arguments: Vec<usize>,
        /// The templates, nested as the arguments with several forms are.
        templates: FormTable,
    },
}

/// The templates of an overloaded method.
#[derive(Debug, Clone)]
pub enum FormTable {
    /// All arguments are settled.
    Template(String),
    /// One entry for each form of the next argument that has several.
    Forms(Vec<FormTable>),
}

/// What fills one `{name}` of a template.
#[derive(Debug, Clone, Copy)]
pub struct PathValue {
    /// Index into the operation's arguments.
    pub argument: usize,
    /// Whether it stands inside an OData string literal.
    pub odata: bool,
}

/// An argument of an operation.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The Rust name, of the field and of the method.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// Where the document describes it.
    pub pointer: Pointer,
    /// Lines of documentation.
    pub docs: Docs,
    /// Whether the document calls it deprecated.
    pub deprecated: bool,
    /// Whether it must be given.
    pub required: bool,
    /// What it holds and where it goes.
    pub place: Place,
}

/// What an argument holds and where it goes.
#[derive(Debug, Clone)]
pub enum Place {
    /// Into the path.
    Path {
        /// What it holds.
        value: Value,
        /// Whether it stands inside an OData string literal.
        odata: bool,
        /// How it is written, where it is more than text.
        style: Option<Style>,
    },
    /// Into the path, in several forms.
    Key(KeyId),
    /// Into the query.
    Query {
        /// What it holds.
        value: Value,
        /// Whether each item is sent under the name anew.
        explode: bool,
        /// How it is written, where it is more than text or a list of texts.
        style: Option<Style>,
    },
    /// Into a header.
    Header {
        /// What it holds.
        value: Value,
        /// Whether each item has a line of its own.
        lines: bool,
        /// How it is written, where it is more than text or a list of texts.
        style: Option<Style>,
    },
    /// Into cookies.
    Cookie {
        /// What it holds.
        value: Value,
        /// How it is written.
        style: Style,
    },
    /// The body.
    Body(Content),
    /// The body, in one of several media types: an enum.
    Bodies {
        /// The enum.
        name: String,
        /// Its variants, the preferred one first.
        variants: Vec<BodyVariant>,
    },
}

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// The style itself.
    pub kind: StyleKind,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub reserved: bool,
    /// `allowEmptyValue`, where it makes a difference.
    pub when_empty: bool,
}

/// The styles, and JSON text as one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum StyleKind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

impl Place {
    /// What the argument may hold; more than one value where it is a body in several media types.
    pub fn values(&self) -> Vec<&Value> {
        match self {
            Self::Path { value, .. }
            | Self::Query { value, .. }
            | Self::Header { value, .. }
            | Self::Cookie { value, .. } => vec![value],
            Self::Body(content) => vec![&content.value],
            Self::Bodies { variants, .. } => variants.iter().map(|variant| &variant.content.value).collect(),
            Self::Key(_) => Vec::new(),
        }
    }

    /// The same but for a body in several media types, to be changed.
    pub fn value_mut(&mut self) -> Option<&mut Value> {
        match self {
            Self::Path { value, .. }
            | Self::Query { value, .. }
            | Self::Header { value, .. }
            | Self::Cookie { value, .. } => Some(value),
            Self::Body(content) => Some(&mut content.value),
            Self::Bodies { .. } | Self::Key(_) => None,
        }
    }

    /// What a plain body, or the preferred variant of several, holds.
    pub fn preferred_body(&self) -> Option<&Content> {
        match self {
            Self::Body(content) => Some(content),
            Self::Bodies { variants, .. } => variants.first().map(|variant| &variant.content),
            Self::Path { .. } | Self::Query { .. } | Self::Header { .. } | Self::Cookie { .. } | Self::Key(_) => None,
        }
    }
}

/// A body in one media type.
#[derive(Debug, Clone)]
pub struct BodyVariant {
    /// The variant.
    pub name: String,
    /// Lines of documentation.
    pub docs: Docs,
    /// What it holds.
    pub content: Content,
}

/// What a body holds and how it is written.
#[derive(Debug, Clone)]
pub struct Content {
    /// What it holds.
    pub value: Value,
    /// The content type, exactly as the document writes it.
    pub content_type: String,
    /// How the value becomes bytes, and bytes the value.
    pub coding: Coding,
}

/// How a value becomes the bytes of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Coding {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Bytes,
    /// As it is; the caller gives the content type, which the document leaves open.
    File,
    /// As a form; for the properties that the document says more about, how each is written.
    Form(Vec<FormEncoding>),
    /// In parts.
    Multipart,
}

/// How one property of a form is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormEncoding {
    /// The property.
    pub wire: String,
    /// The style.
    pub style: FormStyle,
    /// Whether reserved characters stand as they are.
    pub reserved: bool,
}

/// The style of a property of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStyle {
    /// JSON text.
    Json,
    /// `name=a&name=b`, or the members of an object under their own names.
    Exploded,
    /// `name=a,b`.
    Joined,
    /// `name=a%20b`.
    SpaceJoined,
    /// `name=a%7Cb`.
    PipeJoined,
    /// `name[member]=a`.
    Deep,
}

/// A security scheme that an operation asks for.
#[derive(Debug, Clone)]
pub struct SecurityRequirement {
    /// Which one.
    pub scheme: SchemeId,
    /// The rules of the parameter that documents the credential.
    pub rules: Vec<Rule>,
    /// Where the schema of that parameter stands.
    pub schema: Option<String>,
}
