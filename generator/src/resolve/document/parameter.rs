//! Parameters of operations.

use crate::pointer::Pointer;
use crate::resolve::document::example::Example;
use crate::resolve::document::media_type::MediaType;
use crate::resolve::document::schema::SchemaRef;
use crate::resolve::document::style::Style;

/// A parameter of an operation.
#[derive(Debug, Clone, PartialEq)]
pub struct Parameter {
    /// The JSON Pointer of the Parameter Object, after all references are followed.
    pub pointer: Pointer,
    /// The JSON Pointer of the item in the `parameters` of the operation or path item. This pointer differs from the field
    /// `pointer` if the item is a reference.
    pub listed_at: Pointer,
    /// The name in `components.parameters`, if the parameter is a component.
    pub component: Option<String>,
    /// `name`.
    pub name: String,
    /// `in`. It is [`Location::Query`] for `querystring`.
    pub location: Location,
    /// Whether the value is the whole query of the URL (`in: querystring`), and not a form.
    pub is_whole_query: bool,
    /// `description`.
    pub description: Option<String>,
    /// `required`.
    pub required: bool,
    /// `deprecated`.
    pub deprecated: bool,
    /// `style`; if it is absent, the default style of the location.
    pub style: Style,
    /// `explode`; if it is absent, the default for the style.
    pub explode: bool,
    /// `allowReserved`. It is `false` unless the parameter is a query parameter.
    pub allow_reserved: bool,
    /// `allowEmptyValue`. It is `false` unless the parameter is a query parameter.
    pub allow_empty_value: bool,
    /// `schema` or `content`.
    pub value: ParameterValue,
    /// `example` and `examples`.
    pub examples: Vec<Example>,
    /// `x-odata-literal`.
    pub odata_literal: bool,
    /// `x-repeat-header`.
    pub repeat_header: bool,
}

impl Parameter {
    /// Returns the location and the name of the parameter. A request can contain only one parameter with a key.
    pub(crate) fn key(&self) -> (Location, String) {
        parameter_key(self.location, &self.name)
    }
}

/// Returns the key of a parameter: its location and its name. The name of a header is in lower case, because case does not count.
pub(crate) fn parameter_key(location: Location, name: &str) -> (Location, String) {
    let name = match location {
        Location::Header => name.to_ascii_lowercase(),
        Location::Path | Location::Query | Location::Cookie => name.to_owned(),
    };
    (location, name)
}

/// The location of a parameter or a credential in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Location {
    /// The path of the URL.
    Path,
    /// The query string.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
}

/// How the document specifies the value of a parameter: with `schema` or with `content`.
#[derive(Debug, Clone, PartialEq)]
pub enum ParameterValue {
    /// `schema`: the value is serialized with the parameter's `style`.
    Schema(SchemaRef),
    /// `content`: the value is serialized as this media type.
    Content(MediaType),
}
