//! Items: the parts of a generated crate that callers can name or rely on.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::pointer::Pointer;
use crate::text::printable::printable;

/// The public interface of a generated crate.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    /// The items, in no particular order.
    pub items: Vec<Item>,
}

/// One part of a generated crate that callers can name or rely on.
#[derive(Debug, Clone)]
pub struct Item {
    /// The path of the item in the crate, such as `osm::types::Pet.name`.
    pub path: String,
    /// The path of the item that contains this item. Both are added and removed together.
    pub owner: Arc<str>,
    /// The kind of item.
    pub kind: ItemKind,
    /// The arguments of a function: their names and types.
    pub arguments: Vec<(String, String)>,
    /// Whether a field may be null. The field may also be optional; its type is an `Option` in both cases.
    pub nullable: bool,
    /// The properties of the item. Each facet occurs at most once. They are in the order in which the line of the item prints
    /// them.
    pub facets: Vec<(Facet, String)>,
    /// The file name of the document that describes the item.
    pub file: Arc<str>,
    /// The place in the document that describes the item.
    pub pointer: Pointer,
}

/// The kind of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ItemKind {
    /// A cargo feature.
    Feature,
    /// A module.
    Module,
    /// A type that every API has: the marker type, `Client` or `Builder`.
    ApiType,
    /// A struct with named fields.
    Struct,
    /// A struct with one unnamed field.
    Newtype,
    /// An enum.
    Enum,
    /// A field of a struct, and its setter if the field is optional.
    Field,
    /// A variant of an enum.
    Variant,
    /// A function or method.
    Function,
    /// The function `new` of a struct. Its arguments are the required fields of the struct.
    Constructor,
    /// A method of the client, and the result of calling it.
    Operation,
    /// The request that an operation sends.
    Request,
    /// An argument of an operation, and its setter if the argument is optional.
    Argument,
    /// A response of an operation, and the way in which it is decoded.
    Response,
    /// A schema that values are validated against dynamically, because no Rust type can express it.
    Schema,
}

/// A property of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The lifetime parameter of a type.
    Lifetime,
    /// The type of the parameter of a setter, for a field or an argument.
    Setter,
    /// The kind of declaration, such as `struct` or `enum of strings`.
    Declaration,
    /// The type of a field or argument.
    Type,
    /// The content of a variant or a tuple struct.
    Payload,
    /// The return type of a function, or the success type of an operation.
    Success,
    /// The type of the documented headers of a success.
    Headers,
    /// The type of the documented failures.
    Failure,
    /// Those traits of a type that other types of the same kind may not implement.
    Traits,
    /// The attribute `non_exhaustive`.
    NonExhaustive,
    /// The method and path of a request.
    Request,
    /// The credentials of a request.
    Credentials,
    /// The server of a request, and the headers that the request always has.
    FixedHeaders,
    /// The type or variant that a response is decoded into.
    Outcome,
    /// The part of the request or response that contains the value.
    Location,
    /// The name on the wire, if it differs from the name in the crate.
    WireName,
    /// The direction in which a field is required, if the field is required in one direction only.
    RequiredIn,
    /// Whether an object rejects members that the schema does not describe.
    OtherMembers,
    /// How the variant of a union is selected.
    Union,
    /// The constraints that values are validated against.
    Constraints,
    /// The cargo feature that enables the item.
    Feature,
    /// Whether the item is deprecated.
    Deprecated,
}

impl Facet {
    /// Returns the text before and after the facet in the item's line.
    fn delimiters(self) -> (&'static str, &'static str) {
        match self {
            Self::Lifetime | Self::Payload => ("", ""),
            Self::Setter => ("(", ")"),
            Self::Declaration | Self::Request => (" ", ""),
            Self::Type | Self::Outcome => (": ", ""),
            Self::Success => (" -> ", ""),
            Self::Headers => (" with ", ""),
            Self::Failure => (" or ", ""),
            Self::WireName => (", ", " on the wire"),
            Self::Feature => (", feature ", ""),
            Self::Traits
            | Self::NonExhaustive
            | Self::Credentials
            | Self::FixedHeaders
            | Self::Location
            | Self::RequiredIn
            | Self::OtherMembers
            | Self::Union
            | Self::Constraints
            | Self::Deprecated => (", ", ""),
        }
    }
}

impl Item {
    /// Returns the text of `facet`; `None` if the item does not have the facet.
    pub fn facet(&self, facet: Facet) -> Option<&str> {
        self.facets.iter().find(|(known, _)| *known == facet).map(|(_, text)| text.as_str())
    }

    pub(super) fn set(&mut self, facet: Facet, text: impl Into<String>) -> &mut Self {
        self.facets.push((facet, text.into()));
        self
    }

    pub(super) fn set_optional(&mut self, facet: Facet, text: Option<impl Into<String>>) -> &mut Self {
        self.facets.extend(text.map(|text| (facet, text.into())));
        self
    }

    /// Sets the facet unless `text` is empty.
    pub(super) fn set_nonempty(&mut self, facet: Facet, text: String) -> &mut Self {
        self.set_optional(facet, Some(text).filter(|text| !text.is_empty()))
    }

    pub(super) fn set_if(&mut self, facet: Facet, condition: bool, text: &str) -> &mut Self {
        self.set_optional(facet, condition.then_some(text))
    }
}

impl Item {
    /// Writes the texts of the item's line as they are in the document.
    fn write_raw(&self, f: &mut String) -> fmt::Result {
        f.write_str(&self.path)?;
        if matches!(self.kind, ItemKind::Function | ItemKind::Constructor | ItemKind::Operation) {
            f.write_str("(")?;
            for (index, (name, argument_type)) in self.arguments.iter().enumerate() {
                let separator = if index == 0 { "" } else { ", " };
                match self.kind {
                    // The types are in the lines of the fields.
                    ItemKind::Constructor => write!(f, "{separator}{name}")?,
                    _ => write!(f, "{separator}{name}: {argument_type}")?,
                }
            }
            f.write_str(")")?;
        }
        for (facet, text) in &self.facets {
            let (before, after) = facet.delimiters();
            write!(f, "{before}{text}{after}")?;
        }
        Ok(())
    }
}

/// Writes the item as its line of `SURFACE.txt`. Characters that could begin another line are escaped.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        self.write_raw(&mut line)?;
        f.write_str(&printable(&line))
    }
}

/// Writes the lines of all items, in sorted order.
impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.items.iter().map(ToString::to_string).collect();
        lines.sort_unstable();
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
