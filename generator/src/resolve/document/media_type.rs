//! Media types of request bodies, responses and parameters.

use crate::pointer::Pointer;
use crate::resolve::document::example::Example;
use crate::resolve::document::header::Header;
use crate::resolve::document::schema::SchemaRef;
use crate::resolve::document::style::Style;

/// A media type in `content`, with its schema and examples.
#[derive(Debug, Clone, PartialEq)]
pub struct MediaType {
    /// The JSON Pointer of the Media Type Object.
    pub pointer: Pointer,
    /// The key in `content`, as it is written: `application/json;charset=UTF-8`.
    pub name: String,
    /// `schema`. For a media type of a series of items, `itemSchema` takes precedence.
    pub schema: Option<SchemaRef>,
    /// Whether `schema` is the `itemSchema`.
    pub has_item_schema: bool,
    /// `example` and `examples`.
    pub examples: Vec<Example>,
    /// `encoding`, in document order.
    pub encoding: Vec<Encoding>,
}

impl MediaType {
    /// Returns the media type without parameters, in lower case: `application/json`.
    pub fn essence(&self) -> String {
        self.name.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Returns the format of the items, if the body is a series of items.
    pub fn item_format(&self) -> Option<ItemFormat> {
        match self.essence().as_str() {
            "text/event-stream" => Some(ItemFormat::Events),
            "application/jsonl"
            | "application/json-lines"
            | "application/ndjson"
            | "application/x-jsonlines"
            | "application/x-ndjson" => Some(ItemFormat::Lines),
            _ => None,
        }
    }

    /// Returns whether the body is JSON: `application/json`, `text/json` or a type with the suffix `+json`.
    pub fn is_json(&self) -> bool {
        let essence = self.essence();
        essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
    }
}

/// The format of a body that is a series of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemFormat {
    /// Server-sent events.
    Events,
    /// JSON Lines, also called NDJSON.
    Lines,
}

/// A member of `encoding`: how one property of a form or of a multipart body is serialized.
#[derive(Debug, Clone, PartialEq)]
pub struct Encoding {
    /// The JSON Pointer of the Encoding Object.
    pub pointer: Pointer,
    /// The key in `encoding`: the name of the property.
    pub property: String,
    /// `contentType`.
    pub content_type: Option<String>,
    /// `headers`, in document order.
    pub headers: Vec<Header>,
    /// `style`; `None` if it is absent.
    pub style: Option<Style>,
    /// `explode`; `None` if it is absent.
    pub explode: Option<bool>,
    /// `allowReserved`.
    pub allow_reserved: bool,
}
