//! The arguments of operations.

use crate::ir::bodies::{BodyVariant, Content};
use crate::ir::docs::Docs;
use crate::ir::ids::KeyTypeId;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// An argument of an operation.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The name in Rust, of the field and of the method that sets it.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// The location of the parameter or body in the document.
    pub pointer: Pointer,
    /// The documentation of the argument.
    pub docs: Docs,
    /// Whether the document marks it as deprecated.
    pub deprecated: bool,
    /// Whether it is required.
    pub required: bool,
    /// The part of the request that it becomes, and its type.
    pub location: ArgumentLocation,
}

impl Argument {
    /// Whether the argument is the body. Bodies are borrowed; all other arguments are owned.
    pub fn is_body(&self) -> bool {
        matches!(self.location, ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. })
    }
}

/// The part of the request that an argument becomes, and the argument's type.
#[derive(Debug, Clone)]
pub enum ArgumentLocation {
    /// A path parameter.
    Path {
        /// Its type and rules.
        value: Value,
        /// Whether the path has it inside an OData string literal (`x-odata-literal`).
        odata_literal: bool,
        /// Its style; `None` for a scalar in style `simple`.
        style: Option<Style>,
    },
    /// One or more path parameters of an overloaded method.
    Key(KeyTypeId),
    /// A query parameter.
    Query {
        /// Its type and rules.
        value: Value,
        /// Whether each item of a list is sent as `name=item`.
        explode: bool,
        /// Its style; `None` for a scalar or a list of scalars in style `form`.
        style: Option<Style>,
    },
    /// A header.
    Header {
        /// Its type and rules.
        value: Value,
        /// Whether each item of a list is sent as a header of its own (`x-repeat-header`).
        repeat: bool,
        /// Its style; `None` for a scalar or a list of scalars.
        style: Option<Style>,
    },
    /// A cookie.
    Cookie {
        /// Its type and rules.
        value: Value,
        /// Its style.
        style: Style,
    },
    /// The body, in one media type.
    Body(Content),
    /// The body, in one of several media types: an enum.
    Bodies {
        /// The name of the enum.
        name: String,
        /// Its variants, the preferred media type first.
        variants: Vec<BodyVariant>,
    },
}

impl ArgumentLocation {
    /// The types that the argument can have: several for a body in several media types, none for a key.
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

    /// The type of the argument, for changes; `None` for a key and for a body in several media types.
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

    /// The content of the body in its only or preferred media type; `None` if the argument is no body.
    pub fn preferred_body(&self) -> Option<&Content> {
        match self {
            Self::Body(content) => Some(content),
            Self::Bodies { variants, .. } => variants.first().map(|variant| &variant.content),
            Self::Path { .. } | Self::Query { .. } | Self::Header { .. } | Self::Cookie { .. } | Self::Key(_) => None,
        }
    }
}

/// How a parameter is serialized.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    /// `style`.
    pub kind: StyleKind,
    /// `explode`.
    pub explode: bool,
    /// `allowReserved`.
    pub allow_reserved: bool,
    /// `allowEmptyValue`, if it makes a difference.
    pub allow_empty: bool,
}

/// The styles of OpenAPI, and JSON for parameters with `content`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant is named after its style")]
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
