//! Request and response bodies.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// A variant of the enum for a request body with several media types. Each variant holds the body in one of these media types.
#[derive(Debug, Clone)]
pub struct BodyVariant {
    /// The name of the variant.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The body that the variant contains.
    pub content: Content,
}

/// A body in one media type.
#[derive(Debug, Clone)]
pub struct Content {
    /// The type and validation rules of the decoded body.
    pub value: Value,
    /// The content type, exactly as the document writes it.
    pub content_type: String,
    /// How values are converted to bytes, and bytes to values.
    pub encoding: BodyEncoding,
}

/// How a value is converted to the bytes of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyEncoding {
    /// JSON.
    Json,
    /// Plain text.
    Text,
    /// The bytes, unchanged.
    Bytes,
    /// The bytes of a file, unchanged. The document does not fix the content type, so the caller provides the content type.
    File,
    /// `application/x-www-form-urlencoded`. The list contains the properties that have an `encoding` object in the document.
    Form(Vec<FormEncoding>),
    /// A multipart body, such as `multipart/form-data`.
    Multipart,
}

/// How one property of a form is serialized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormEncoding {
    /// The name of the property.
    pub wire: String,
    /// The style.
    pub style: FormStyle,
    /// `allowReserved`: whether reserved characters, such as `/`, are sent without percent-encoding.
    pub allow_reserved: bool,
}

/// The style of a property of a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormStyle {
    /// JSON text.
    Json,
    /// `name=a&name=b` for a list, and `a=1&b=2` for an object.
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
