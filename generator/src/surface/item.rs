//! Items: the things that callers of a generated crate can name or rely on.

use std::fmt;
use std::sync::Arc;

use crate::pointer::Pointer;

/// The public interface of a crate.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    /// The items, in no particular order.
    pub items: Vec<Item>,
}

/// One thing that callers can name or rely on.
#[derive(Debug, Clone)]
pub struct Item {
    /// The path in the crate, such as `osm::types::Pet.name`.
    pub path: String,
    /// The path of the item that contains this one. Both are added and removed together.
    pub owner: Arc<str>,
    /// The kind of item.
    pub kind: ItemKind,
    /// The arguments of a function: names and types.
    pub arguments: Vec<(String, String)>,
    /// Whether a field may be null. If the field is optional as well, its type is `Option` for either reason.
    pub nullable: bool,
    /// The properties of the item, each facet at most once, in the order in which the line prints them.
    pub facets: Vec<(Facet, String)>,
    /// The document that describes the item.
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
    /// A type that every API has: its marker type, `Client` or `Builder`.
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
    /// The function `new` of a struct. Its arguments are the required fields.
    Constructor,
    /// A method of the client, and the outcome of its call.
    Operation,
    /// The request that an operation sends.
    Request,
    /// An argument of an operation, and its setter if the argument is optional.
    Argument,
    /// A response of an operation, and how it is read.
    Response,
    /// A schema that values are validated against because no Rust type expresses it.
    Schema,
}

/// A property of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The lifetime parameter of a type.
    Lifetime,
    /// The type that the setter of a field or argument takes.
    Setter,
    /// The kind of declaration, such as `struct` or `enum of strings`.
    Declaration,
    /// The type of a field or argument.
    Type,
    /// The content of a variant or tuple struct.
    Payload,
    /// The return type of a function, or the success type of an operation.
    Success,
    /// The type of the documented headers of a success.
    Headers,
    /// The type of the documented failures.
    Failure,
    /// The traits of a type that other types of its kind may lack.
    Traits,
    /// The attribute `non_exhaustive`.
    NonExhaustive,
    /// The method and path of a request.
    Request,
    /// The credentials of a request.
    Credentials,
    /// The server and the headers that a request always has.
    FixedHeaders,
    /// The value that a response becomes.
    Outcome,
    /// The part of the message that holds the value.
    Location,
    /// The name in the message, if it differs from the name in the crate.
    WireName,
    /// The direction in which a field is required, if it is only one.
    RequiredIn,
    /// Whether an object rejects members that the schema does not describe.
    OtherMembers,
    /// How the variant of a union is chosen.
    Union,
    /// The constraints that values are validated against.
    Constraints,
    /// The cargo feature that enables the item.
    Feature,
    /// Whether the item is deprecated.
    Deprecated,
}

impl Facet {
    /// The text before and after the facet in a line.
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
    /// The text of `facet`; `None` if the item does not have the facet.
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

/// Writes the item as its line of `SURFACE.txt`.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if matches!(self.kind, ItemKind::Function | ItemKind::Constructor | ItemKind::Operation) {
            f.write_str("(")?;
            for (index, (name, argument_type)) in self.arguments.iter().enumerate() {
                let separator = if index == 0 { "" } else { ", " };
                match self.kind {
                    // The lines of the fields have their types.
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

/// Writes the lines of all items, sorted.
impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.items.iter().map(ToString::to_string).collect();
        lines.sort_unstable();
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
