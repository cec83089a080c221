//! Items: everything in a generated crate that callers can name or rely on, such as a type, a field or a response.

use std::fmt::{self, Write as _};
use std::sync::Arc;

use crate::pointer::Pointer;
use crate::text::printable::printable_names;

/// The public interface of a generated crate.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    /// The items. Their order has no meaning.
    pub items: Vec<Item>,
}

/// An item of a generated crate that callers can name or rely on, such as a type, a field or a response.
#[derive(Debug, Clone)]
pub struct Item {
    /// The path of the item in the crate, such as `osm::types::Pet.name`.
    pub path: String,
    /// The path of the item that contains this item. If the containing item is added or removed, so is this item.
    pub owner: Arc<str>,
    /// The kind of item.
    pub kind: ItemKind,
    /// The arguments of a function: their names and types. Those that a caller passes by name come first.
    pub arguments: Vec<(String, String)>,
    /// The number of arguments that a caller passes by name, as the fields of a struct literal.
    pub named: usize,
    /// Whether a field may be null. The type does not show this, because nullable fields and optional fields both have the type
    /// `Option`.
    pub nullable: bool,
    /// The facets of the item, such as its type, each with its text. A facet occurs at most once. The item's line in
    /// `SURFACE.txt` contains the facets in the order of this list.
    pub facets: Vec<(Facet, String)>,
    /// The file name of the document that describes the item.
    pub file: Arc<str>,
    /// The JSON Pointer, within the document, of the object that describes the item.
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
    /// A struct with an unnamed field for each item of an array.
    Tuple,
    /// An enum.
    Enum,
    /// A field of a struct, and its setter if the field is optional.
    Field,
    /// A variant of an enum.
    Variant,
    /// An associated constant: a named value of a newtype.
    Constant,
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
    /// A response of an operation, and the type or variant that the response is decoded into.
    Response,
    /// A schema that no Rust type can express, stored as a table of its keywords. The runtime validates values against the table.
    Schema,
}

/// The location of the field that holds the members that a schema does not describe.
pub(super) const OTHER_MEMBERS: &str = "other members";

/// A facet: one kind of information about an item, such as its type. The line of the item in `SURFACE.txt` contains the text of
/// each facet that the item has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The parameter type of the setter of a field or an argument.
    Setter,
    /// The declaration, such as `struct` or `enum of strings`.
    Declaration,
    /// The type of a field or argument.
    Type,
    /// The content of a variant or a tuple struct, such as `(Pet)`.
    Payload,
    /// The return type of a function, or the success type of an operation.
    Success,
    /// The struct that holds the documented headers of an operation's success responses.
    Headers,
    /// The enum of an operation's documented failure responses.
    Failure,
    /// The traits of a type, such as `Default + Serialize`. Traits that all types of the same kind implement are left out.
    Traits,
    /// The attribute `non_exhaustive`.
    NonExhaustive,
    /// The HTTP method and path of a request.
    Request,
    /// The credentials of a request.
    Credentials,
    /// The server that the document names for the operation, the fixed headers of the request (`x-fixed-headers`), its idempotency
    /// key, and whether it is idempotent.
    FixedHeaders,
    /// The type or variant that a response is decoded into.
    Outcome,
    /// The part of the request or response that contains the value, such as `query limit`.
    Location,
    /// The name of a field in JSON, if it differs from the name in Rust. For an enum variant, the JSON string or the
    /// discriminator values that select the variant. For a constant, its value in JSON.
    WireName,
    /// The direction in which a field is required, if the field is required in one direction only.
    RequiredIn,
    /// Whether an object rejects members that the schema does not describe.
    OtherMembers,
    /// How the variant of a union is selected, such as `oneOf, discriminator "kind"`.
    Union,
    /// The constraints that values are validated against.
    Constraints,
    /// The cargo feature that enables the item.
    Feature,
    /// Whether the item is deprecated.
    Deprecated,
}

impl Facet {
    /// Returns what a line of `SURFACE.txt` contains before and after the text of this facet, such as `(` and `)`.
    fn delimiters(self) -> (&'static str, &'static str) {
        match self {
            Self::Payload => ("", ""),
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
    /// Returns the text of the item's `facet`; `None` if the item does not have this facet.
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
    /// Writes the line of the item in `SURFACE.txt`. Does not escape control characters in strings from the OpenAPI document.
    fn write_raw(&self, f: &mut String) -> fmt::Result {
        f.write_str(&self.path)?;
        if matches!(self.kind, ItemKind::Function | ItemKind::Constructor | ItemKind::Operation) {
            let texts = self.arguments.iter().map(|(name, argument_type)| match self.kind {
                // The arguments of a constructor are fields. Only their names are written, because each field has its own line
                // with its type.
                ItemKind::Constructor => name.clone(),
                _ => format!("{name}: {argument_type}"),
            });
            let texts: Vec<String> = texts.collect();
            let (named, positional) = texts.split_at(self.named.min(texts.len()));
            let named = (!named.is_empty()).then(|| format!("{{ {} }}", named.join(", ")));
            let arguments: Vec<String> = named.into_iter().chain(positional.iter().cloned()).collect();
            write!(f, "({})", arguments.join(", "))?;
        }
        for (facet, text) in &self.facets {
            let (before, after) = facet.delimiters();
            write!(f, "{before}{text}{after}")?;
        }
        Ok(())
    }
}

/// Writes the item as its line of `SURFACE.txt`. Characters that could start a new line are escaped.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = String::new();
        self.write_raw(&mut line)?;
        f.write_str(&printable_names(&line))
    }
}

/// Writes the lines of all items in `SURFACE.txt`, in sorted order.
impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.items.iter().map(ToString::to_string).collect();
        lines.sort_unstable();
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}
