// copperplate runtime: copied into each generated crate that uses it.
//! Violations: what is wrong with a value, and where the value is.

use std::fmt;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::runtime::printing::{Cut, CutPointer, Escaped};

/// The maximal number of characters of a limit. A limit can be a long pattern or a list of values.
pub(crate) const LIMIT_LENGTH: usize = 1_000;

/// Whether a value is part of a request or of a response. The keywords `readOnly` and `writeOnly` depend on the
/// direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// The value is part of a request.
    Request,
    /// The value is part of a response.
    Response,
}

/// Where a value is: in a parameter, a header, a cookie or the body, or in the settings of the client.
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
    /// The body of the request or response.
    Body,
    /// A setting of the client, such as the base URL.
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

/// One violation: what is wrong with a value, and where the value is.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where the value is: in a parameter, a header, a cookie or the body, or in the settings of the client.
    pub location: Location,
    /// The JSON Pointer of the value in the body, or the name of the parameter, header, cookie or setting.
    ///
    /// The name of a member is cut to 200 characters. If a parameter is a secret, `***` replaces the names of members that the
    /// OpenAPI document does not have. If the whole body is wrong, the JSON Pointer is empty. If a value inside a parameter is
    /// wrong, a JSON Pointer follows the name: `X-Tags/0` is the first item of the header `X-Tags`.
    pub pointer: String,
    /// The keyword of the schema that the value violates, such as `maxLength`.
    ///
    /// Some violations are not from a schema: the request would be malformed, or would leak a credential. For these
    /// violations, `keyword` is one of `cookie-value`, `credential`, `delimiter`, `dot-segment`, `environment`, `header-name`,
    /// `header-value`, `json`, `media-type`, `null`, `page` and `url`.
    pub keyword: &'static str,
    /// The JSON Pointer of the schema that contains the keyword, such as `#/components/schemas/Order/properties/id`.
    /// `None` if the schema is unknown, or the keyword is not from a schema. Cut to 2,000 characters.
    pub schema: Option<String>,
    /// The limit in the keyword, such as `5` for `maxLength: 5`. `None` if the keyword has no limit. Cut to 1,000
    /// characters.
    pub limit: Option<String>,
    /// The actual length, number of items or value. A long value is truncated, and control characters are escaped. Of an
    /// array or object, this is only the number of items or members, because these can be secrets.
    /// `None` if the value is a secret, or if the violation has no actual value. For a missing credential and an invalid
    /// setting of the client, this is the end of the sentence that `Display` prints.
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
        if let (Location::Client, Some(actual)) = (self.location, &self.actual) {
            let subject = match (self.keyword, self.pointer.as_str()) {
                ("credential", _) => "a credential",
                ("environment", name) => {
                    return write!(f, "the environment variable `{}` {}", Cut::new(name), Escaped(actual));
                }
                (_, "base_url") => "the base URL",
                (_, "server") => "the server URL",
                (_, "allow_credentials_for") => "the host",
                (_, "user_agent") => "the user agent",
                (_, header) => return write!(f, "the default header {:?} {}", Cut::new(header), Escaped(actual)),
            };
            return write!(f, "{subject} {}", Escaped(actual));
        }
        write!(f, "{}", self.location)?;
        if !self.pointer.is_empty() {
            write!(f, " {}", CutPointer(&self.pointer))?;
        }
        write!(f, ": {}", self.keyword)?;
        if let Some(limit) = &self.limit {
            write!(f, " {}", Cut(limit, LIMIT_LENGTH))?;
        }
        if self.keyword == "header-name" {
            let reason = self.actual.as_deref().unwrap_or("only the transport sets this header");
            return write!(f, ", but {}", Escaped(reason));
        }
        if let Some(problem) = self.problem() {
            return write!(f, ", but {} {problem}", Escaped(self.actual.as_deref().unwrap_or("the value")));
        }
        let Some(actual) = self.actual.as_deref().map(Escaped) else { return Ok(()) };
        match self.keyword {
            "minLength" | "maxLength" => write!(f, ", but the length is {actual}"),
            "minItems" | "maxItems" => write!(f, ", but the number of items is {actual}"),
            "minProperties" | "maxProperties" => write!(f, ", but the number of members is {actual}"),
            "uniqueItems" | "oneOf" | "anyOf" => write!(f, ", but there are {actual}"),
            "url" => write!(f, ", but the URL {actual}"),
            "required" => write!(f, ", but {actual}"),
            _ => write!(f, ", but the value is {actual}"),
        }
    }
}

impl Violation {
    /// Returns the end of a sentence that starts with the value. Returns `None` if the keyword is from a schema, because
    /// the keyword and its limit then say what is wrong.
    fn problem(&self) -> Option<&'static str> {
        Some(match self.keyword {
            "cookie-value" => "cannot be sent in a cookie",
            "delimiter" => "contains a character that separates values",
            "dot-segment" => "would change the path",
            "header-value" => "cannot be sent in a header",
            "json" if self.actual.as_deref().is_some_and(|actual| !actual.contains(' ')) => "is not a JSON number",
            "media-type" if self.limit.is_none() => "is not a media type",
            "null" => "is null, which cannot be sent",
            _ => return None,
        })
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
/// Violations of schemas come first, in the order of the properties in the OpenAPI document. Violations that are not
/// from a schema, such as `dot-segment`, come last.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Violations {
    list: Vec<Violation>,
    omitted: usize,
}

impl Violations {
    /// The maximal number of violations that are kept: 100. All further violations are only counted.
    pub const CAP: usize = 100;

    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Counts a violation without keeping it.
    pub(crate) fn count(&mut self) {
        self.omitted += 1;
    }

    /// Adds a violation that the list does not have.
    pub(crate) fn keep(&mut self, violation: Violation) {
        self.list.push(violation);
    }

    /// Returns whether further violations are only counted.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() >= Self::CAP
    }

    /// Adds a violation. Does nothing if the list already has a violation of the same value, keyword and limit, because
    /// two checks can cover the same keyword.
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

    /// Iterates over the violations that are kept, at most [`Violations::CAP`].
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.list.iter()
    }

    /// Returns the number of all violations, including the violations that are not kept.
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

/// Serializes as `{"violations": […], "omitted": 0}`. `omitted` is the number of violations that are not kept.
impl Serialize for Violations {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("violations", &self.list)?;
        object.serialize_entry("omitted", &self.omitted)?;
        object.end()
    }
}

impl std::error::Error for Violations {}
