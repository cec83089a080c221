//! Request and response bodies.

use crate::ir::docs::Docs;
use crate::ir::values::Value;

/// A request body in one of its media types: a variant of the enum of bodies.
#[derive(Debug, Clone)]
pub struct BodyVariant {
    /// The name of the variant.
    pub name: String,
    /// The documentation of the variant.
    pub docs: Docs,
    /// The body.
    pub content: Content,
}

/// A body in one media type.
#[derive(Debug, Clone)]
pub struct Content {
    /// The type and rules of the decoded body.
    pub value: Value,
    /// The content type, exactly as the document writes it.
    pub content_type: String,
    /// How the value becomes bytes, and bytes become the value.
    pub encoding: BodyEncoding,
}

/// How a value becomes the bytes of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodyEncoding {
    /// JSON.
    Json,
    /// Text.
    Text,
    /// The bytes, unchanged.
    Bytes,
    /// The bytes, unchanged, with a content type that the caller gives because the document leaves it open.
    File,
    /// A form, with the properties whose encoding differs from the default.
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
