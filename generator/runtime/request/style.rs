// copperplate runtime: copied unchanged into every generated crate.
//! Styles: how a value that is more than text stands in a path, a query, a header or a cookie.
//!
//! The rules are those of OpenAPI's table of style examples, which for paths, `form` and `simple` are those of RFC 6570.
//! Where they leave something open:
//!
//! - Null is "undefined" to RFC 6570: the parameter, or the member of an object, is not sent. An item of an array that is null
//!   is a violation, since leaving it out would move the items behind it.
//! - An array or an object without anything in it is not sent, unless `allowEmptyValue` asks for `name=`.
//! - A value inside an item or a member is sent as its JSON text. Only `deepObject` goes deeper, with `name[a][b]=` for members
//!   and `name[a][0]=` for items; it is the same with and without `explode`.
//! - `spaceDelimited` and `pipeDelimited` with `explode` are `form`. Without, an item that has the delimiter in it is a
//!   violation: the delimiter has to be percent-encoded itself, so it cannot be told from the item's own.
//! - In a cookie, what a query separates by `&` is separated as cookies are: each is one of its own.
//! - The members of an object are sent in the order of their names, whatever features serde_json is built with.
//! - A number has no exponent, and no fraction where it is whole.

use serde_json::{Map, Number, Value as Json};

use crate::runtime::request::text::percent_encode_except;
use crate::runtime::validation::context::ValidationContext;

/// How a parameter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Style {
    kind: Kind,
    explode: bool,
    reserved: bool,
    when_empty: bool,
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

/// The reserved characters that mean nothing within the value of a query parameter, so that they can stay as they are. Of the
/// others `#` ends the query, `&` the pair, `+` is read as a space, and `[` and `]` are in no query by RFC 3986.
const HARMLESS: &[u8] = b":/?@!$'()*;=,";

/// The same without the comma, which separates the items of an array or object.
const HARMLESS_IN_ITEMS: &[u8] = b":/?@!$'()*;=";

impl Style {
    /// `simple`: in a path or a header.
    pub const SIMPLE: Self = Self::new(Kind::Simple);
    /// `label`: in a path, after a dot.
    pub const LABEL: Self = Self::new(Kind::Label);
    /// `matrix`: in a path, after a semicolon and the name.
    pub const MATRIX: Self = Self::new(Kind::Matrix);
    /// `form`: in a query or a cookie.
    pub const FORM: Self = Self::new(Kind::Form);
    /// `spaceDelimited`: in a query.
    pub const SPACE_DELIMITED: Self = Self::new(Kind::SpaceDelimited);
    /// `pipeDelimited`: in a query.
    pub const PIPE_DELIMITED: Self = Self::new(Kind::PipeDelimited);
    /// `deepObject`: in a query, with the way to each value in brackets.
    pub const DEEP_OBJECT: Self = Self::new(Kind::DeepObject);
    /// The JSON text of the value, as `content` of a JSON media type asks for.
    pub const JSON: Self = Self::new(Kind::Json);

    const fn new(kind: Kind) -> Self {
        Self { kind, explode: false, reserved: false, when_empty: false }
    }

    /// With `explode`.
    pub const fn explode(self) -> Self {
        Self { explode: true, ..self }
    }

    /// With `allowReserved`: reserved characters of RFC 3986 stay, but for those that would make it another query.
    pub const fn allow_reserved(self) -> Self {
        Self { reserved: true, ..self }
    }

    /// With `allowEmptyValue`: an array or object without anything in it is sent as `name=`.
    pub const fn allow_empty_value(self) -> Self {
        Self { when_empty: true, ..self }
    }

    /// What stands for `{name}` in a path; empty where there is nothing to send.
    pub fn in_path(self, name: &str, value: &Json, at: ValidationContext<'_>) -> String {
        let parts = self.parts(value, at);
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
                let separator = if self.explode { "." } else { "," };
                format!(".{}", parts.joined(self.explode, separator, |text| encoded(text, &[])))
            }
            _ => parts.joined(self.explode, ",", |text| encoded(text, &[])),
        }
    }

    /// The pairs of name and value, percent-encoded, that stand in a query or are cookies.
    pub fn in_pairs(self, name: &str, value: &Json, at: ValidationContext<'_>) -> Vec<(String, String)> {
        let value_text = |text: &str| encoded(text, if self.reserved { HARMLESS } else { &[] });
        if self.kind == Kind::DeepObject {
            let mut pairs = Vec::new();
            deep(&encoded(name, &[]), value, at, &value_text, &mut pairs);
            return self.or_empty(name, value, pairs);
        }
        let parts = self.parts(value, at);
        let pairs = match (self.explode, &parts) {
            (_, Parts::Nothing) => Vec::new(),
            (true, _) | (_, Parts::Scalar(_)) => parts.pairs(name, value_text),
            (false, _) if parts.is_empty() => Vec::new(),
            (false, _) => {
                let separator = self.separator(&parts, at);
                let item = |text: &str| encoded(text, if self.reserved { HARMLESS_IN_ITEMS } else { &[] });
                vec![(encoded(name, &[]), parts.joined(false, separator, item))]
            }
        };
        self.or_empty(name, value, pairs)
    }

    fn or_empty(self, name: &str, value: &Json, pairs: Vec<(String, String)>) -> Vec<(String, String)> {
        if self.when_empty && pairs.is_empty() && !value.is_null() {
            return vec![(encoded(name, &[]), String::new())];
        }
        pairs
    }

    /// The value of a header; `None` where there is nothing to send. Headers are not percent-encoded, so what would be read as
    /// a delimiter is a violation. JSON text is ASCII, as a header has to be.
    pub fn in_header(self, value: &Json, at: ValidationContext<'_>) -> Option<String> {
        let parts = self.parts(value, at);
        if parts.is_empty() {
            return None;
        }
        match parts {
            Parts::Nothing => None,
            Parts::Scalar(text) if self.kind == Kind::Json => Some(ascii(&text)),
            Parts::Scalar(text) => Some(text),
            _ => {
                let names = if self.explode { &[',', '='][..] } else { &[','] };
                parts.refuse("header-value", names, &[','], at);
                Some(parts.joined(self.explode, ",", str::to_owned))
            }
        }
    }

    /// What separates items, for a query; an item that has it in it is reported, where it could not be told apart.
    fn separator(self, parts: &Parts<'_>, at: ValidationContext<'_>) -> &'static str {
        let (separator, letter) = match self.kind {
            Kind::SpaceDelimited => ("%20", ' '),
            Kind::PipeDelimited => ("%7C", '|'),
            _ => return ",",
        };
        parts.refuse("delimiter", &[letter], &[letter], at);
        separator
    }

    fn parts<'v>(self, value: &'v Json, at: ValidationContext<'_>) -> Parts<'v> {
        match value {
            _ if self.kind == Kind::Json => Parts::Scalar(value.to_string()),
            Json::Array(items) => {
                let items = items.iter().enumerate().map(|(index, item)| {
                    text(item).unwrap_or_else(|| {
                        at.item(index).violated("null", None, None);
                        String::new()
                    })
                });
                Parts::List(items.collect())
            }
            Json::Object(members) => {
                let members = sorted(members).into_iter();
                Parts::Object(members.filter_map(|(name, member)| Some((name, text(member)?))).collect())
            }
            scalar => text(scalar).map_or(Parts::Nothing, Parts::Scalar),
        }
    }
}

/// A value, taken apart as far as styles do.
enum Parts<'v> {
    Nothing,
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(&'v str, String)>),
}

impl Parts<'_> {
    /// Whether it is an array or object without anything in it.
    fn is_empty(&self) -> bool {
        match self {
            Parts::Nothing | Parts::Scalar(_) => false,
            Parts::List(items) => items.is_empty(),
            Parts::Object(members) => members.is_empty(),
        }
    }

    /// All in one text: with `explode`, a name and its value are joined by `=`.
    fn joined(&self, explode: bool, separator: &str, encode: impl Fn(&str) -> String) -> String {
        let join = if explode { "=" } else { separator };
        let parts: Vec<String> = match self {
            Parts::Nothing => Vec::new(),
            Parts::Scalar(text) => vec![encode(text)],
            Parts::List(items) => items.iter().map(|item| encode(item)).collect(),
            Parts::Object(members) => {
                members.iter().map(|(name, value)| format!("{}{join}{}", encode(name), encode(value))).collect()
            }
        };
        parts.join(separator)
    }

    /// One pair for each item or member. Names are encoded whole, whatever may stay in a value.
    fn pairs(&self, name: &str, encode: impl Fn(&str) -> String) -> Vec<(String, String)> {
        let named = |value: &String| (encoded(name, &[]), encode(value));
        match self {
            Parts::Nothing => Vec::new(),
            Parts::Scalar(text) => vec![named(text)],
            Parts::List(items) => items.iter().map(named).collect(),
            Parts::Object(members) => members.iter().map(|(name, value)| (encoded(name, &[]), encode(value))).collect(),
        }
    }

    /// Reports the items, members and names of members that have a delimiter in them.
    fn refuse(&self, keyword: &'static str, in_names: &[char], in_values: &[char], at: ValidationContext<'_>) {
        match self {
            Parts::Nothing | Parts::Scalar(_) => {}
            Parts::List(items) => {
                for (index, item) in items.iter().enumerate().filter(|(_, item)| item.contains(in_values)) {
                    at.item(index).violated(keyword, None, at.shown(item));
                }
            }
            Parts::Object(members) => {
                for (name, value) in members {
                    if name.contains(in_names) {
                        at.member(name).violated(keyword, None, at.shown(name));
                    } else if value.contains(in_values) {
                        at.member(name).violated(keyword, None, at.shown(value));
                    }
                }
            }
        }
    }
}

/// `deepObject`: a pair for each scalar, named by the way to it.
fn deep(
    name: &str,
    value: &Json,
    at: ValidationContext<'_>,
    encode: &impl Fn(&str) -> String,
    pairs: &mut Vec<(String, String)>,
) {
    match value {
        Json::Object(members) => {
            for (member, value) in sorted(members) {
                deep(&format!("{name}%5B{}%5D", encoded(member, &[])), value, at.member(member), encode, pairs);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                let at = at.item(index);
                if item.is_null() {
                    at.violated("null", None, None);
                }
                deep(&format!("{name}%5B{index}%5D"), item, at, encode, pairs);
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

/// A value as text: a scalar as it is, an array or object as JSON; null has none.
fn text(value: &Json) -> Option<String> {
    match value {
        Json::Null => None,
        Json::String(text) => Some(text.clone()),
        Json::Number(number) => Some(number_text(number)),
        Json::Bool(_) | Json::Array(_) | Json::Object(_) => Some(value.to_string()),
    }
}

/// A number without exponent, and without a fraction that says nothing.
fn number_text(number: &Number) -> String {
    let text = number.to_string();
    match number.as_f64() {
        Some(float) if text.contains(['e', 'E']) || text.ends_with(".0") => float.to_string(),
        _ => text,
    }
}

/// `;name=value`, or `;name` where the value is empty.
fn matrix(name: &str, value: &str) -> String {
    if value.is_empty() { format!(";{name}") } else { format!(";{name}={value}") }
}

fn encoded(text: &str, kept: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    percent_encode_except(text, kept, &mut out);
    out
}

/// JSON text with every character beyond ASCII escaped, which means the same.
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
