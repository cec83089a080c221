// copperplate runtime: copied into each generated crate that uses it.
//! Writes parameters in the styles of OpenAPI: arrays, objects and JSON text in a path, a query, a header or a cookie.
//!
//! The result equals the style examples in the OpenAPI specification. For `simple`, `label`, `matrix` and `form`, the
//! result also follows RFC 6570. These rules apply if neither OpenAPI nor RFC 6570 defines the result:
//!
//! - A parameter that is null is not sent, and neither is a null member of an object. RFC 6570 calls such a value
//!   "undefined". A null item of an array is a violation, because omitting the item would change the index of the next
//!   items.
//! - An empty array or object is not sent, unless `allowEmptyValue` asks for `name=`.
//! - `deepObject` writes nested arrays and objects as pairs: `name[a][b]=1`, `name[a][0]=1`. `explode` does not change
//!   `deepObject`.
//! - In all other styles, an array or object inside an array or object is sent as JSON text.
//! - With `explode`, `spaceDelimited` and `pipeDelimited` are the same as `form`. Without `explode`, an item that
//!   contains the delimiter is a violation: `a%20b` could be one item or two items.
//! - If a cookie parameter has two or more `name=value` pairs, each pair is sent as a cookie.
//! - The members of an object are sorted by name. The features of `serde_json` do not change this order.
//! - A number has no exponent, and an integral number has no fraction.

use serde_json::{Map, Value as Json};

use crate::runtime::request::json_text::text;
use crate::runtime::request::percent_encoding::percent_encode_except;
use crate::runtime::validation::context::ValidationContext;

/// The keywords of a parameter that decide how it is written: `style`, `explode`, `allowReserved` and
/// `allowEmptyValue`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    allow_reserved: bool,
    allow_empty_value: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Simple,
    Label,
    Matrix,
    Form,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
    Json,
}

/// The reserved characters that `allowReserved` leaves as they are in the value of a query parameter. The other
/// reserved characters are still percent-encoded:
/// - `#` ends the query.
/// - `&` ends the parameter.
/// - `+` means a space.
/// - RFC 3986 does not allow `[` and `]` in a query.
/// - URL parsers encode `'`.
const UNENCODED: &[u8] = b":/?@!$()*;=,";

/// The reserved characters that `allowReserved` leaves as they are in an item of an array. A comma is percent-encoded,
/// because commas separate items.
const UNENCODED_IN_ITEMS: &[u8] = b":/?@!$()*;=";

impl Style {
    /// `style: simple`, for a path or a header: `a,b`.
    pub const SIMPLE: Self = Self::new(Kind::Simple);
    /// `style: label`, for a path: `.a,b`.
    pub const LABEL: Self = Self::new(Kind::Label);
    /// `style: matrix`, for a path: `;name=a,b`.
    pub const MATRIX: Self = Self::new(Kind::Matrix);
    /// `style: form`, for a query or a cookie: `name=a,b`.
    pub const FORM: Self = Self::new(Kind::Form);
    /// `style: spaceDelimited`, for a query: `name=a%20b`.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited);
    /// `style: pipeDelimited`, for a query: `name=a%7Cb`.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited);
    /// `style: deepObject`, for a query: `name[member]=a`.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject);
    /// JSON text, for a parameter that has `content` with a JSON media type instead of `style`.
    pub const JSON: Self = Self::new(Kind::Json);

    const fn new(kind: Kind) -> Self {
        Self { kind, explode: false, allow_reserved: false, allow_empty_value: false }
    }

    /// Sets `explode: true`.
    pub const fn explode(self) -> Self {
        Self { explode: true, ..self }
    }

    /// Sets `allowReserved: true`: a reserved character is not percent-encoded, unless it would change the meaning of
    /// the query.
    pub const fn allow_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }

    /// Sets `allowEmptyValue: true`: an empty array or object is sent as `name=`.
    pub const fn allow_empty_value(self) -> Self {
        Self { allow_empty_value: true, ..self }
    }

    /// Returns the string that replaces `{name}` in a path. The string is empty if the value is null, or an empty array
    /// or object.
    pub fn in_path(self, name: &str, value: &Json, at: ValidationContext<'_>) -> String {
        let parts = self.split(value, at);
        if matches!(parts, Parts::Nothing) || parts.is_empty() {
            return String::new();
        }
        match self.kind {
            Kind::Matrix if self.explode => {
                let pairs = parts.pairs(name, |text| encoded(text, &[]));
                pairs.iter().map(|(name, value)| matrix(name, value)).collect()
            }
            Kind::Matrix => matrix(&encoded(name, &[]), &parts.joined(false, ",", |text| encoded(text, &[]))),
            Kind::Label => {
                let delimiter = if self.explode { "." } else { "," };
                format!(".{}", parts.joined(self.explode, delimiter, |text| encoded(text, &[])))
            }
            _ => parts.joined(self.explode, ",", |text| encoded(text, &[])),
        }
    }

    /// Returns the `(name, value)` pairs for a query or for cookies, percent-encoded.
    pub fn in_pairs(self, name: &str, value: &Json, at: ValidationContext<'_>) -> Vec<(String, String)> {
        let value_text = |text: &str| encoded(text, if self.allow_reserved { UNENCODED } else { &[] });
        if self.kind == Kind::DeepObject {
            let mut pairs = Vec::new();
            deep_object(&encoded(name, &[]), value, at, &value_text, &mut pairs);
            return self.or_empty(name, value, pairs);
        }
        let parts = self.split(value, at);
        let pairs = match (self.explode, &parts) {
            (_, Parts::Nothing) => Vec::new(),
            (true, _) | (_, Parts::Scalar(_)) => parts.pairs(name, value_text),
            (false, _) if parts.is_empty() => Vec::new(),
            (false, _) => {
                let delimiter = self.delimiter(&parts, at);
                let item = |text: &str| encoded(text, if self.allow_reserved { UNENCODED_IN_ITEMS } else { &[] });
                vec![(encoded(name, &[]), parts.joined(false, delimiter, item))]
            }
        };
        self.or_empty(name, value, pairs)
    }

    fn or_empty(self, name: &str, value: &Json, pairs: Vec<(String, String)>) -> Vec<(String, String)> {
        if self.allow_empty_value && pairs.is_empty() && !value.is_null() {
            return vec![(encoded(name, &[]), String::new())];
        }
        pairs
    }

    /// Returns the value of a header. Returns `None` if the value is null, or an empty array or object. The header is
    /// then not sent.
    ///
    /// A header value is not percent-encoded, so an item that contains a delimiter is a violation. JSON text is escaped
    /// to ASCII: `é` becomes `\u00e9`.
    pub fn in_header(self, value: &Json, at: ValidationContext<'_>) -> Option<String> {
        let parts = self.split(value, at);
        if parts.is_empty() {
            return None;
        }
        match parts {
            Parts::Nothing => None,
            Parts::Scalar(text) if self.kind == Kind::Json => Some(ascii(&text)),
            Parts::Scalar(text) => Some(text),
            _ => {
                let names = if self.explode { &[',', '='][..] } else { &[','] };
                parts.report_delimiters("header-value", names, &[','], at);
                Some(parts.joined(self.explode, ",", str::to_owned))
            }
        }
    }

    /// Returns the percent-encoded delimiter that separates the items of an array in a query, such as `%7C`. For
    /// `spaceDelimited` and `pipeDelimited`, reports a violation for each item that contains the delimiter.
    fn delimiter(self, parts: &Parts<'_>, at: ValidationContext<'_>) -> &'static str {
        let (delimiter, letter) = match self.kind {
            Kind::SpaceDelimited => ("%20", ' '),
            Kind::PipeDelimited => ("%7C", '|'),
            _ => return ",",
        };
        parts.report_delimiters("delimiter", &[letter], &[letter], at);
        delimiter
    }

    fn split<'v>(self, value: &'v Json, at: ValidationContext<'_>) -> Parts<'v> {
        match value {
            _ if self.kind == Kind::Json => Parts::Scalar(value.to_string()),
            Json::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    text(item).unwrap_or_else(|| {
                        at.item(index).report_violation("null", None, None);
                        String::new()
                    })
                });
                Parts::Array(items.collect())
            }
            Json::Object(members) => {
                let members = sorted(members).into_iter();
                Parts::Object(members.filter_map(|(name, member)| Some((name, text(member)?))).collect())
            }
            scalar => text(scalar).map_or(Parts::Nothing, Parts::Scalar),
        }
    }
}

/// A JSON value, converted to strings: one string for a scalar, a list of strings for an array, and a list of
/// `(name, value)` pairs for an object.
enum Parts<'v> {
    /// Null.
    Nothing,
    Scalar(String),
    Array(Vec<String>),
    Object(Vec<(&'v str, String)>),
}

impl Parts<'_> {
    /// Returns whether the value is an empty array or object.
    fn is_empty(&self) -> bool {
        match self {
            Parts::Nothing | Parts::Scalar(_) => false,
            Parts::Array(items) => items.is_empty(),
            Parts::Object(members) => members.is_empty(),
        }
    }

    /// Joins the items or members with `delimiter`. The name and the value of a member are joined with `=` if `explode`
    /// is true, and with `delimiter` if it is false.
    fn joined(&self, explode: bool, delimiter: &str, encode: impl Fn(&str) -> String) -> String {
        let join = if explode { "=" } else { delimiter };
        let parts: Vec<String> = match self {
            Parts::Nothing => Vec::new(),
            Parts::Scalar(text) => vec![encode(text)],
            Parts::Array(items) => items.iter().map(|item| encode(item)).collect(),
            Parts::Object(members) => {
                members.iter().map(|(name, value)| format!("{}{join}{}", encode(name), encode(value))).collect()
            }
        };
        parts.join(delimiter)
    }

    /// Returns a `(name, value)` pair for each item or member. `encode` encodes the values. Names are always
    /// percent-encoded.
    fn pairs(&self, name: &str, encode: impl Fn(&str) -> String) -> Vec<(String, String)> {
        let named = |value: &String| (encoded(name, &[]), encode(value));
        match self {
            Parts::Nothing => Vec::new(),
            Parts::Scalar(text) => vec![named(text)],
            Parts::Array(items) => items.iter().map(named).collect(),
            Parts::Object(members) => members.iter().map(|(name, value)| (encoded(name, &[]), encode(value))).collect(),
        }
    }

    /// Reports a violation for each item that contains a delimiter, and for each member that contains a delimiter in
    /// its name or value. `in_names` and `in_values` are the delimiters. `keyword` is the keyword of the violations.
    fn report_delimiters(
        &self,
        keyword: &'static str,
        in_names: &[char],
        in_values: &[char],
        at: ValidationContext<'_>,
    ) {
        match self {
            Parts::Nothing | Parts::Scalar(_) => {}
            Parts::Array(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| item.contains(in_values)) {
                    at.item(index).report_violation(keyword, None, at.actual_text(item));
                }
            }
            Parts::Object(members) => {
                for (name, value) in members {
                    if name.contains(in_names) {
                        at.additional_member(name).report_violation(keyword, None, at.actual_text(name));
                    } else if value.contains(in_values) {
                        at.additional_member(name).report_violation(keyword, None, at.actual_text(value));
                    }
                }
            }
        }
    }
}

/// Adds a pair for each scalar inside `value`, in the style `deepObject`. Brackets contain the path to the scalar:
/// `name[a][0]=1`.
fn deep_object(
    name: &str,
    value: &Json,
    at: ValidationContext<'_>,
    encode: &impl Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) {
    match value {
        Json::Object(members) => {
            for (member, value) in sorted(members) {
                deep_object(
                    &format!("{name}%5B{}%5D", encoded(member, &[])),
                    value,
                    at.additional_member(member),
                    encode,
                    pairs,
                );
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let at = at.item(index);
                if item.is_null() {
                    at.report_violation("null", None, None);
                }
                deep_object(&format!("{name}%5B{index}%5D"), item, at, encode, pairs);
            }
        }
        scalar => pairs.extend(text(scalar).map(|text| (name.to_owned(), encode(&text)))),
    }
}

fn sorted(members: &Map<String, Json>) -> Vec<(&str, &Json)> {
    let mut members: Vec<_> = members.iter().map(|(name, member)| (name.as_str(), member)).collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

/// Returns `;name=value`, or `;name` if the value is empty.
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

fn encoded(text: &str, allowed: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    percent_encode_except(text, allowed, &mut out);
    out
}

/// Escapes the characters of a JSON text that are not ASCII: `é` becomes `\u00e9`.
fn ascii(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    for letter in json.chars() {
        if letter.is_ascii() && letter != '\x7f' {
            out.push(letter);
        } else {
            for unit in letter.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}
