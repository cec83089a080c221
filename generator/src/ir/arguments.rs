//! The arguments of operations.

use crate::ir::bodies::{BodyVariant, Content};
use crate::ir::docs::Docs;
use crate::ir::ids::KeyTypeId;
use crate::ir::values::Value;
use crate::pointer::Pointer;

/// An argument of an operation.
#[derive(Debug, Clone)]
pub struct Argument {
    /// The Rust identifier of the argument. The field and the setter for the argument have this name.
    pub name: String,
    /// The name of the parameter in the document, such as `page-size`. For the request body, `body`. For a key (`x-overload`),
    /// the name in `x-overload`.
    pub wire: String,
    /// The JSON Pointer of the parameter or request body in the document.
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
    /// Returns whether the argument is the request body. The struct of arguments borrows the body, and owns all other arguments.
    pub fn is_body(&self) -> bool {
        matches!(self.location, ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. })
    }
}

/// The part of the request that contains an argument, and the type of the argument.
#[derive(Debug, Clone)]
pub enum ArgumentLocation {
    /// A path parameter.
    Path {
        /// The type and validation rules of the parameter.
        value: Value,
        /// Whether the path contains the parameter inside an OData string literal, such as `Box('{name}')` (`x-odata-literal`).
        odata_literal: bool,
        /// The style of the parameter; `None` for a scalar in style `simple`.
        style: Option<Style>,
    },
    /// A key: an argument that provides the values of one or more path parameters of an overloaded method (`x-overload`).
    Key(KeyTypeId),
    /// A query parameter.
    Query {
        /// The type and validation rules of the parameter.
        value: Value,
        /// Whether each item of a list is sent as a query parameter of its own: `name=a&name=b`.
        explode: bool,
        /// The style of the parameter; `None` for a scalar or a list of scalars in style `form`.
        style: Option<Style>,
    },
    /// The whole query of the URL (`in: querystring`), which is not a form.
    WholeQuery {
        /// The type and validation rules of the parameter.
        value: Value,
        /// Whether the value is sent as JSON. Otherwise, it is a scalar that is sent as text.
        is_json: bool,
    },
    /// A header.
    Header {
        /// The type and validation rules of the parameter.
        value: Value,
        /// Whether each item of a list is sent as a header of its own (`x-repeat-header`).
        repeat: bool,
        /// The style of the parameter; `None` for a scalar or a list of scalars.
        style: Option<Style>,
    },
    /// A cookie.
    Cookie {
        /// The type and validation rules of the parameter.
        value: Value,
        /// The style of the parameter.
        style: Style,
    },
    /// The request body of an operation with one media type.
    Body(Content),
    /// The request body of an operation with several media types. The type of the argument is an enum.
    Bodies {
        /// The name of the enum.
        name: String,
        /// The variants of the enum. The variant for the preferred media type is first.
        variants: Vec<BodyVariant>,
    },
}

impl ArgumentLocation {
    /// Returns the types of the argument. A request body has one type for each of its media types. For a key (`x-overload`), the
    /// list is empty. Any other argument has one type.
    pub fn values(&self) -> Vec<&Value> {
        match self {
            Self::Path { value, .. }
            | Self::Query { value, .. }
            | Self::WholeQuery { value, .. }
            | Self::Header { value, .. }
            | Self::Cookie { value, .. } => vec![value],
            Self::Body(content) => vec![&content.value],
            Self::Bodies { variants, .. } => variants.iter().map(|variant| &variant.content.value).collect(),
            Self::Key(_) => Vec::new(),
        }
    }

    /// Returns the type of the argument as a mutable reference; `None` for a key (`x-overload`) or for a request body with
    /// several media types.
    pub fn value_mut(&mut self) -> Option<&mut Value> {
        match self {
            Self::Path { value, .. }
            | Self::Query { value, .. }
            | Self::WholeQuery { value, .. }
            | Self::Header { value, .. }
            | Self::Cookie { value, .. } => Some(value),
            Self::Body(content) => Some(&mut content.value),
            Self::Bodies { .. } | Self::Key(_) => None,
        }
    }

    /// Returns the type and encoding of the request body in its preferred media type, which is the first one. Returns `None` if
    /// the argument is not the request body.
    pub fn preferred_body(&self) -> Option<&Content> {
        match self {
            Self::Body(content) => Some(content),
            Self::Bodies { variants, .. } => variants.first().map(|variant| &variant.content),
            Self::Path { .. }
            | Self::Query { .. }
            | Self::WholeQuery { .. }
            | Self::Header { .. }
            | Self::Cookie { .. }
            | Self::Key(_) => None,
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
    /// `allowEmptyValue` of a list or an object; false for a scalar.
    pub allow_empty: bool,
}

/// The serialization of a parameter: a `style` of OpenAPI, or JSON for a parameter with `content`.
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
