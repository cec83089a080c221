// copperplate runtime: copied unchanged into every generated crate.
//! What a validator finds.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Which way a value travels; `readOnly` and `writeOnly` make the difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// From the client to the service.
    Request,
    /// From the service to the client.
    Response,
}

/// The part of a message that a value belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// A path parameter.
    Path,
    /// A query parameter.
    Query,
    /// A header.
    Header,
    /// A cookie.
    Cookie,
    /// The body.
    Body,
    /// The client's own configuration, such as its base URL.
    Client,
}

impl Location {
    fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
            Self::Client => "client",
        }
    }
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One rule that one value breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The part of the message.
    pub location: Location,
    /// In a body the JSON Pointer of the value (`/ids/0`; empty for the whole body), elsewhere the parameter's name
    /// (`case_id`), followed by a pointer where the value lies inside the parameter (`X-Override/0`).
    pub pointer: String,
    /// The OpenAPI keyword that is violated (`maxLength`), or one of the rules that keep a request whole: `dot-segment`,
    /// `header-value`, `url`, `json`.
    pub keyword: &'static str,
    /// Where the schema stands that the keyword belongs to: `#/components/schemas/Order/properties/id`, from the root of the
    /// document. `None` for the rules that no schema sets.
    pub schema: Option<String>,
    /// The limit the keyword sets, where it sets one.
    pub limit: Option<String>,
    /// The actual length, count or value, cut where it is long; absent where the value is a secret.
    pub actual: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.location)?;
        if !self.pointer.is_empty() {
            write!(f, " {}", self.pointer)?;
        }
        write!(f, ": {}", self.keyword)?;
        if let Some(limit) = &self.limit {
            write!(f, " {limit}")?;
        }
        match &self.actual {
            Some(actual) => write!(f, ", but it is {actual}"),
            None => Ok(()),
        }
    }
}

impl Serialize for Violation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("location", self.location.as_str())?;
        object.serialize_entry("pointer", &self.pointer)?;
        object.serialize_entry("keyword", self.keyword)?;
        object.serialize_entry("schema", &self.schema)?;
        object.serialize_entry("limit", &self.limit)?;
        object.serialize_entry("actual", &self.actual)?;
        object.end()
    }
}

/// Every violation of one value or request: first what the document forbids, in document order, then what would not make a
/// whole request, such as a dot segment in the path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Violations {
    list: Vec<Violation>,
    omitted: usize,
}

impl Violations {
    /// At most this many violations are kept; the rest is counted.
    pub const CAP: usize = 100;

    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Counts a violation without keeping it.
    pub(crate) fn count(&mut self) {
        self.omitted += 1;
    }

    /// Adds a violation once: a rule that two checks share is reported by the first.
    pub(crate) fn push(&mut self, violation: Violation) {
        let known = self.list.iter().any(|known| {
            known.location == violation.location
                && known.keyword == violation.keyword
                && known.pointer == violation.pointer
                && known.limit == violation.limit
        });
        match known {
            true => {}
            false if self.list.len() < Self::CAP => self.list.push(violation),
            false => self.omitted += 1,
        }
    }

    /// The violations, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// How many violations there are, those beyond [`Violations::CAP`] included.
    pub fn len(&self) -> usize {
        self.list.len() + self.omitted
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.list.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{violation}")?;
        }
        match self.omitted {
            0 => Ok(()),
            omitted => write!(f, "; and {omitted} more"),
        }
    }
}

/// `{"violations": […], "omitted": 0}`.
impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("violations", &self.list)?;
        object.serialize_entry("omitted", &self.omitted)?;
        object.end()
    }
}

impl std::error::Error for Violations {}
