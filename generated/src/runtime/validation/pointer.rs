// copperplate runtime: copied into each generated crate that uses it.
//! The steps of JSON Pointers: from a value to a part of it, and from a schema to a subschema.

use std::borrow::Cow;
use std::fmt::{self, Write};

use crate::runtime::printing::{CutText, cut_text};
use crate::runtime::validation::violation::Location;

/// The maximal number of characters of the name of a member in a JSON Pointer.
pub(crate) const NAME_LENGTH: usize = 200;

/// The maximal number of characters of the JSON Pointer of a schema. Those of real documents have a few hundred
/// characters. A document with very long names could otherwise make each violation as long as the document.
const SCHEMA_LENGTH: usize = 2_000;

/// The reference token that replaces the name of a member of a map that is a secret.
pub(crate) const HIDDEN_NAME: &str = "***";

/// A step from a value to a part of it.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// A step to the parameter, header, cookie or client setting with this name. The name of the body is empty.
    Message(Location, &'a str),
    /// A step to a member whose name is in the OpenAPI document.
    Member(&'a str),
    /// A step to a member whose name is part of the value.
    AdditionalMember(&'a str),
    Item(usize),
    /// A step along this JSON Pointer, which starts at the value of the parent context. If the JSON Pointer is empty,
    /// both contexts have the same value.
    Pointer(&'a str),
}

impl Step<'_> {
    /// Writes the step as a part of a JSON Pointer. If `is_secret` is true, the step is in a secret, and names that are part
    /// of the value are not written.
    pub(super) fn write(self, pointer: &mut impl Write, is_secret: bool) -> fmt::Result {
        match self {
            Self::Message(_, name) => pointer.write_str(name),
            Self::Pointer("") => Ok(()),
            Self::AdditionalMember(_) | Self::Pointer(_) if is_secret => write!(pointer, "/{HIDDEN_NAME}"),
            Self::Pointer(part) => pointer.write_str(part),
            Self::Member(name) | Self::AdditionalMember(name) => {
                pointer.write_str("/")?;
                pointer.write_str(&reference_token(&cut_name(name)))
            }
            Self::Item(index) => write!(pointer, "/{index}"),
        }
    }
}

/// The step that leads from the schema of the parent context to the schema of this context.
#[derive(Debug, Clone, Copy)]
pub(super) enum SchemaStep {
    /// The step that corresponds to the [`Step`] of the value: to `properties/NAME` for a member whose name is in the
    /// OpenAPI document, to `additionalProperties` for other members, and to `items` for an item.
    Implied,
    /// A step to a subschema: the keyword (`oneOf`, `anyOf` or `allOf`), and the index of the subschema.
    Subschema(&'static str, usize),
    /// A step along this JSON Pointer. `#/…` starts at the root of the OpenAPI document, and `/…` starts at the schema
    /// of the parent context.
    Pointer(&'static str),
}

impl SchemaStep {
    /// Returns an empty JSON Pointer of a schema. What is written beyond the maximal length is dropped.
    pub(super) fn start() -> CutText {
        CutText::new(SCHEMA_LENGTH)
    }

    /// Returns whether the step starts at the root of the OpenAPI document.
    pub(super) fn is_absolute(self) -> bool {
        matches!(self, Self::Pointer(pointer) if !pointer.is_empty() && !pointer.starts_with('/'))
    }

    /// Writes the step as a part of a JSON Pointer. `step` is the step of the value. Returns whether the step is known.
    pub(super) fn write(self, step: Step<'_>, pointer: &mut CutText) -> bool {
        // Only what is beyond the maximal length is not written.
        _ = match (self, step) {
            (Self::Pointer(part), _) => pointer.write_str(part),
            (Self::Subschema(keyword, index), _) => write!(pointer, "/{keyword}/{index}"),
            (Self::Implied, Step::Member(name)) => {
                write!(pointer, "/properties/{}", reference_token(&cut_name(name)))
            }
            (Self::Implied, Step::AdditionalMember(_)) => pointer.write_str("/additionalProperties"),
            (Self::Implied, Step::Item(_)) => pointer.write_str("/items"),
            (Self::Implied, Step::Pointer("")) => Ok(()),
            (Self::Implied, Step::Pointer(_) | Step::Message(..)) => return false,
        };
        true
    }
}

/// Cuts the name of a member to 200 characters, so that many violations in a member with a very long name take little
/// memory. An ellipsis replaces the rest.
fn cut_name(name: &str) -> Cow<'_, str> {
    match name.len() > NAME_LENGTH {
        true => Cow::Owned(cut_text(name, NAME_LENGTH)),
        false => Cow::Borrowed(name),
    }
}

/// Escapes a name as a reference token of a JSON Pointer.
pub(crate) fn reference_token(name: &str) -> Cow<'_, str> {
    match name.contains(['~', '/']) {
        true => Cow::Owned(name.replace('~', "~0").replace('/', "~1")),
        false => Cow::Borrowed(name),
    }
}
