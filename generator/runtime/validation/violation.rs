// copperplate runtime: copied unchanged into every generated crate.
//! Violations: the rules that a value, a request or a response breaks.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::printing::{CutPointer, Escaped};

/// Whether a value is part of a request or of a response. `readOnly` and `writeOnly` depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The client sends the value.
    Request,
    /// The client receives the value.
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
    /// The configuration of the client, such as its base URL.
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

/// A rule that a value breaks.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The part of the message that the value belongs to.
    pub location: Location,
    /// The place of the value in this part of the message.
    ///
    /// In a body this is a JSON Pointer: `/ids/0`, or empty for the whole body. Elsewhere it is the name of the
    /// parameter (`case_id`), followed by a pointer if the value is inside the parameter (`X-Override/0`).
    pub pointer: String,
    /// The OpenAPI keyword that is violated, such as `maxLength`.
    ///
    /// The rules that keep a request well-formed and its credentials safe are not OpenAPI keywords. Their names are
    /// `credential`, `delimiter`, `dot-segment`, `header-name`, `header-value`, `json`, `media-type`, `null` and `url`.
    pub keyword: &'static str,
    /// The pointer of the schema that has the keyword, from the root of the document:
    /// `#/components/schemas/Order/properties/id`. `None` if the rule does not come from a schema.
    pub schema: Option<String>,
    /// The limit that the keyword sets, if it sets one.
    pub limit: Option<String>,
    /// The actual length, count or value. A long value is truncated, and control characters are escaped. `None` if the
    /// value is a secret.
    pub actual: Option<String>,
}

impl fmt::Debug for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Violation")
            .field("location", &self.location)
            .field("pointer", &CutPointer(&self.pointer))
            .field("keyword", &self.keyword)
            .field("schema", &self.schema)
            .field("limit", &self.limit)
            .field("actual", &self.actual)
            .finish()
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Location::Client, "credential" | "url", Some(actual)) = (self.location, self.keyword, &self.actual) {
            let subject = match (self.keyword, self.pointer.as_str()) {
                ("credential", _) => "a credential",
                (_, "base_url") => "the base URL",
                (_, "server") => "the server URL",
                _ => "the host",
            };
            return write!(f, "{subject} {}", Escaped(actual));
        }
        write!(f, "{}", self.location)?;
        if !self.pointer.is_empty() {
            write!(f, " {}", CutPointer(&self.pointer))?;
        }
        write!(f, ": {}", self.keyword)?;
        if let Some(limit) = &self.limit {
            write!(f, " {limit}")?;
        }
        if self.keyword == "header-name" {
            return f.write_str(", but only the transport sets this header");
        }
        let Some(actual) = self.actual.as_deref().map(Escaped) else { return Ok(()) };
        match self.keyword {
            "minLength" | "maxLength" => write!(f, ", but the length is {actual}"),
            "minItems" | "maxItems" => write!(f, ", but the number of items is {actual}"),
            "minProperties" | "maxProperties" => write!(f, ", but the number of members is {actual}"),
            "uniqueItems" | "oneOf" | "anyOf" => write!(f, ", but there are {actual}"),
            "url" => write!(f, ", but the URL {actual}"),
            _ => write!(f, ", but the value is {actual}"),
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

/// All violations of one value, request or response.
///
/// Violations of schemas come first, in document order. Violations of the rules that keep a request well-formed, such
/// as `dot-segment`, come after them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Violations {
    list: Vec<Violation>,
    omitted: usize,
}

impl Violations {
    /// The maximal number of violations that are kept. Further violations are only counted.
    pub const CAP: usize = 100;

    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Counts a violation without keeping it.
    pub(crate) fn count(&mut self) {
        self.omitted += 1;
    }

    /// Adds a violation, unless the list already contains it, because two checks may share a rule.
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

    /// Iterates over the violations that are kept, in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// Returns the number of violations, including those beyond [`Violations::CAP`].
    pub fn len(&self) -> usize {
        self.list.len() + self.omitted
    }

    /// Returns whether there are no violations.
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

/// Serializes as `{"violations": […], "omitted": 0}`.
impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("violations", &self.list)?;
        object.serialize_entry("omitted", &self.omitted)?;
        object.end()
    }
}

impl std::error::Error for Violations {}
