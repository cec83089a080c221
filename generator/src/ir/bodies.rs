//! Request and response bodies.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// A request body in one of its media types. It is a variant of the enum of request bodies.
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
    /// The type and rules of the decoded body.
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
    /// Text.
    Text,
    /// The bytes, unchanged.
    Bytes,
    /// The bytes of a file, unchanged. The document does not fix the content type, so the caller provides it.
    File,
    /// A form. The list contains the properties with an encoding other than the default.
    Form(Vec<FormEncoding>),
    /// Multipart.
    Multipart,
}

/// How one property of a form is serialized.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormEncoding {
    /// The name of the property.
    pub wire: String,
    /// The style.
    pub style: FormStyle,
    /// `allowReserved`: whether reserved characters are not percent-encoded.
    pub allow_reserved: bool,
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
