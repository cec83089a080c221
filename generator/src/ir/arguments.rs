//! The arguments of operations.

use crate::ir::bodies::{BodyVariant, Content};
use crate::ir::docs::Docs;
use crate::ir::ids::KeyTypeId;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// An argument of an operation.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The name in Rust: the name of the field, and of the method that sets the argument.
    pub name: String,
    /// The name on the wire.
    pub wire: String,
    /// The location of the parameter or body in the document.
    pub pointer: Pointer,
    /// The documentation of the argument.
    pub docs: Docs,
    /// Whether the document marks the argument as deprecated.
    pub deprecated: bool,
    /// Whether the argument is required.
    pub required: bool,
    /// The part of the request that contains the argument, and the type of the argument.
    pub location: ArgumentLocation,
}

impl Argument {
    /// Whether the argument is the request body. The generated code borrows bodies, and owns all other arguments.
    pub fn is_body(&self) -> bool {
        matches!(self.location, ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. })
    }
}

/// The part of the request that contains an argument, and the type of the argument.
#[derive(Debug, Clone)]
pub enum ArgumentLocation {
    /// A path parameter.
    Path {
        /// The type and rules of the parameter.
        value: Value,
        /// Whether the parameter is inside an OData string literal in the path (`x-odata-literal`).
        odata_literal: bool,
        /// The style of the parameter; `None` for a scalar in style `simple`.
        style: Option<Style>,
    },
    /// One or more path parameters of an overloaded method.
    Key(KeyTypeId),
    /// A query parameter.
    Query {
        /// The type and rules of the parameter.
        value: Value,
        /// Whether each item of a list is sent as `name=item`.
        explode: bool,
        /// The style of the parameter; `None` for a scalar or a list of scalars in style `form`.
        style: Option<Style>,
    },
    /// A header.
    Header {
        /// The type and rules of the parameter.
        value: Value,
        /// Whether each item of a list is sent as a header of its own (`x-repeat-header`).
        repeat: bool,
        /// The style of the parameter; `None` for a scalar or a list of scalars.
        style: Option<Style>,
    },
    /// A cookie.
    Cookie {
        /// The type and rules of the parameter.
        value: Value,
        /// The style of the parameter.
        style: Style,
    },
    /// The body, which has one media type.
    Body(Content),
    /// The body, if it can have several media types. The type of the argument is an enum.
    Bodies {
        /// The name of the enum.
        name: String,
        /// The variants of the enum. The variant for the preferred media type is first.
        variants: Vec<BodyVariant>,
    },
}

impl ArgumentLocation {
    /// Returns the types that the argument can have. A body with several media types has several; a key has none.
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

    /// Returns the type of the argument for modification; `None` for a key, and for a body with several media types.
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

    /// Returns the content of the body in its only or preferred media type; `None` if the argument is not a body.
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
