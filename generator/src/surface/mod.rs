//! The surface: what callers of a generated crate see of it, an item a line, so that a change of the API is a few changed lines.
//!
//! Like emission it is made from the representation alone and cannot fail. A test holds it against the emitted text.

mod client;
mod compare;
mod keys;
mod operations;
mod rules;
mod types;

use std::fmt;
use std::sync::Arc;

use crate::ir::Api;
use crate::options::Options;
use crate::pointer::Pointer;
pub use compare::{Difference, Level, Place, compare};

/// All that callers of a crate see.
#[derive(Debug, Clone, Default)]
pub struct Surface {
    /// The items, in no particular order.
    pub items: Vec<Item>,
}

/// One thing that callers see, or rely on.
#[derive(Debug, Clone)]
pub struct Item {
    /// What names it in the crate, such as `osm::types::Pet.name`.
    pub path: String,
    /// The path of the item that it belongs to and comes and goes with.
    pub owner: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// What a function takes: names and types.
    pub arguments: Vec<(String, String)>,
    /// Whether a member may be null; where it may be absent too, its type does not say which of both.
    pub nullable: bool,
    /// What is to be said of it, in the order in which it is printed; each facet once.
    pub facets: Vec<(Facet, String)>,
    /// The document that describes it.
    pub file: Arc<str>,
    /// Where the document describes it.
    pub pointer: Pointer,
}

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A cargo feature.
    Feature,
    /// A module.
    Module,
    /// A type that is the same for every API: the API itself, its client, the client's builder.
    Fixed,
    /// A struct.
    Struct,
    /// A struct of one unnamed member.
    Newtype,
    /// An enum.
    Enum,
    /// A member of a struct, with the method that sets it where it need not be given.
    Field,
    /// A variant of an enum.
    Variant,
    /// A function or method.
    Function,
    /// The function that makes a struct of what is required; its arguments are those of its fields.
    Constructor,
    /// A method of the client, and how its call is made.
    Operation,
    /// What an operation sends.
    Request,
    /// An argument of an operation, with the method that sets it where it need not be given.
    Argument,
    /// What an answer means.
    Response,
    /// A schema that no type can say, by which values are judged.
    Table,
}

/// One thing that is said of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Facet {
    /// The lifetime that a type has.
    Lifetime,
    /// What the method that sets it takes.
    Setter,
    /// What sort of type it is.
    Shape,
    /// Its type.
    Type,
    /// What a variant or a struct without names holds.
    Holds,
    /// What a function answers, or the body of a success.
    Success,
    /// The documented headers of a success.
    Headers,
    /// The documented failures.
    Failure,
    /// The traits that not every type of its sort has.
    Traits,
    /// Whether other crates may neither build nor match it whole.
    NonExhaustive,
    /// The method and path of a request.
    Request,
    /// The credentials.
    Credentials,
    /// What else goes into every request.
    Fixed,
    /// What an answer means.
    Meaning,
    /// Where it goes, or comes from.
    Place,
    /// Its name on the wire, where that is another.
    Wire,
    /// In which direction it must be there, where that is only one.
    Presence,
    /// What becomes of members that are not described.
    Others,
    /// How alternatives are told apart.
    Choice,
    /// The rules for its values.
    Rules,
    /// The cargo feature that has it.
    Feature,
    /// That it is deprecated.
    Deprecated,
}

impl Facet {
    /// What stands before and behind it in a line.
    fn frame(self) -> (&'static str, &'static str) {
        match self {
            Self::Lifetime | Self::Holds => ("", ""),
            Self::Setter => ("(", ")"),
            Self::Shape | Self::Request => (" ", ""),
            Self::Type | Self::Meaning => (": ", ""),
            Self::Success => (" -> ", ""),
            Self::Headers => (" with ", ""),
            Self::Failure => (" or ", ""),
            Self::Wire => (", ", " on the wire"),
            Self::Feature => (", feature ", ""),
            Self::Traits
            | Self::NonExhaustive
            | Self::Credentials
            | Self::Fixed
            | Self::Place
            | Self::Presence
            | Self::Others
            | Self::Choice
            | Self::Rules
            | Self::Deprecated => (", ", ""),
        }
    }
}

impl Item {
    /// What is said of it under `facet`.
    pub fn facet(&self, facet: Facet) -> Option<&str> {
        self.facets.iter().find(|(known, _)| *known == facet).map(|(_, text)| text.as_str())
    }

    fn says(&mut self, facet: Facet, text: impl Into<String>) -> &mut Self {
        self.facets.push((facet, text.into()));
        self
    }

    fn may_say(&mut self, facet: Facet, text: Option<impl Into<String>>) -> &mut Self {
        self.facets.extend(text.map(|text| (facet, text.into())));
        self
    }

    /// Says it where there is something to say.
    fn says_if_any(&mut self, facet: Facet, text: String) -> &mut Self {
        self.may_say(facet, Some(text).filter(|text| !text.is_empty()))
    }

    fn says_if(&mut self, facet: Facet, is_so: bool, text: &str) -> &mut Self {
        self.may_say(facet, is_so.then_some(text))
    }
}

/// Its line.
impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        if matches!(self.kind, Kind::Function | Kind::Constructor | Kind::Operation) {
            f.write_str("(")?;
            for (index, (name, kind)) in self.arguments.iter().enumerate() {
                let separator = if index == 0 { "" } else { ", " };
                match self.kind {
                    Kind::Constructor => write!(f, "{separator}{name}")?,
                    _ => write!(f, "{separator}{name}: {kind}")?,
                }
            }
            f.write_str(")")?;
        }
        for (facet, text) in &self.facets {
            let (before, behind) = facet.frame();
            write!(f, "{before}{text}{behind}")?;
        }
        Ok(())
    }
}

/// Its lines, sorted.
impl fmt::Display for Surface {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut lines: Vec<String> = self.items.iter().map(ToString::to_string).collect();
        lines.sort_unstable();
        lines.iter().try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// The surface of a crate: one API at its root, several in a module each, as they are emitted.
pub fn surface(apis: &[Api], options: &Options) -> Surface {
    let at_root = options.at_root && apis.len() == 1;
    let items = apis.iter().flat_map(|api| {
        let mut listing = Listing::new(api, at_root);
        client::list(&mut listing, at_root && options.features);
        keys::list(&mut listing);
        types::list(&mut listing);
        operations::list(&mut listing, at_root && options.features);
        rules::tables(&mut listing);
        listing.items
    });
    Surface { items: items.collect() }
}

/// The surface of one API to be.
struct Listing<'a> {
    api: &'a Api,
    /// What stands before every path.
    prefix: String,
    file: Arc<str>,
    items: Vec<Item>,
}

impl<'a> Listing<'a> {
    fn new(api: &'a Api, at_root: bool) -> Self {
        let prefix = if at_root { String::new() } else { format!("{}::", api.module) };
        Self { api, prefix, file: api.file.as_str().into(), items: Vec::new() }
    }

    /// A path of this API.
    fn path(&self, path: &str) -> Arc<str> {
        format!("{}{path}", self.prefix).into()
    }

    /// Adds an item, of which nothing is said yet; what separates it from its owner is part of `name`.
    fn add(&mut self, kind: Kind, owner: &Arc<str>, name: &str, pointer: &Pointer) -> &mut Item {
        self.add_of(kind, owner, format!("{owner}{name}"), pointer)
    }

    /// Adds an item whose path does not begin with that of its owner.
    fn add_of(&mut self, kind: Kind, owner: &Arc<str>, path: String, pointer: &Pointer) -> &mut Item {
        let item = Item {
            path,
            owner: owner.clone(),
            kind,
            arguments: Vec::new(),
            nullable: false,
            facets: Vec::new(),
            file: self.file.clone(),
            pointer: pointer.clone(),
        };
        let index = self.items.len();
        self.items.push(item);
        &mut self.items[index]
    }
}
