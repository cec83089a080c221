// copperplate runtime: copied into each generated crate that uses it.
//! Encodes bodies of the media type `application/x-www-form-urlencoded`: `a=1&b=2`.
//!
//! The OpenAPI document can set the encoding of a property. Without an encoding, a scalar is sent as `name=value`, and
//! an array as one `name=item` pair for each item. An object is sent as JSON text.
//!
//! Null members are omitted, because a form cannot represent null. The properties are sorted by name.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::request::percent_encoding::percent_encode;

impl RequestBuilder<'_> {
    /// Sets a body of the media type `application/x-www-form-urlencoded`: see
    /// [`form`](mod@crate::runtime::request::form).
    pub fn form<T: Serialize + ?Sized>(&mut self, content_type: &'static str, encodings: &[Encoding], value: &T) {
        if self.is_for_printing {
            return;
        }
        match serde_json::to_value(value) {
            Ok(value) => match form(&value, encodings) {
                Some(body) => self.body = body.into(),
                None => self.context().report_violation("type", Some("object".to_owned()), None),
            },
            Err(error) => self.report_not_json(&error),
        }
        self.content_type(content_type);
    }
}

/// The encoding of one property of a form.
#[derive(Debug, Clone, Copy)]
pub struct Encoding {
    name: &'static str,
    style: Style,
    allow_reserved: bool,
}

/// The style in which a property is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// The property has no encoding in the OpenAPI document.
    Unspecified,
    Json,
    Exploded,
    /// The items of an array are joined by this delimiter, which is already percent-encoded.
    Delimited(&'static str),
    DeepObject,
}

impl Encoding {
    const fn new(name: &'static str, style: Style) -> Self {
        Self { name, style, allow_reserved: false }
    }

    /// Sends the property as JSON text.
    pub const fn json(name: &'static str) -> Self {
        Self::new(name, Style::Json)
    }

    /// Sends a pair for each item of an array (`name=item`), or for each member of an object (`member=value`).
    pub const fn exploded(name: &'static str) -> Self {
        Self::new(name, Style::Exploded)
    }

    /// Joins items with commas: `name=a,b`.
    pub const fn comma_delimited(name: &'static str) -> Self {
        Self::new(name, Style::Delimited(","))
    }

    /// Joins items with spaces: `name=a%20b`.
    pub const fn space_delimited(name: &'static str) -> Self {
        Self::new(name, Style::Delimited("%20"))
    }

    /// Joins items with pipes: `name=a%7Cb`.
    pub const fn pipe_delimited(name: &'static str) -> Self {
        Self::new(name, Style::Delimited("%7C"))
    }

    /// Sends a pair for each scalar inside the value. Brackets contain the path to the scalar: `name[member]=a`,
    /// `name[0]=a`, `name[member][0]=a`.
    pub const fn deep_object(name: &'static str) -> Self {
        Self::new(name, Style::DeepObject)
    }

    /// Sends reserved characters as they are. Only `#`, `&`, `=` and `+` are still percent-encoded.
    pub const fn allow_reserved(self) -> Self {
        Self { allow_reserved: true, ..self }
    }
}

/// Encodes a JSON object as a form. Returns `None` if `value` is not an object.
pub(crate) fn form(value: &Value, encodings: &[Encoding]) -> Option<String> {
    let mut pairs = Pairs { out: String::new(), allow_reserved: false };
    for (name, value) in sorted(value.as_object()?) {
        let unspecified = Encoding { name: "", style: Style::Unspecified, allow_reserved: false };
        let encoding = encodings.iter().find(|encoding| encoding.name == name).unwrap_or(&unspecified);
        pairs.allow_reserved = encoding.allow_reserved;
        pairs.property(name, value, encoding.style);
    }
    Some(pairs.out)
}

struct Pairs {
    out: String,
    allow_reserved: bool,
}

impl Pairs {
    fn property(&mut self, name: &str, value: &Value, style: Style) {
        match (style, value) {
            (_, Value::Null) => {}
            (Style::Json, value) => self.pair(name, &value.to_string()),
            (Style::DeepObject, value) => self.deep_object(name, value),
            (Style::Delimited(delimiter), Value::Array(items)) => {
                self.delimited(name, items.iter().map(text), delimiter)
            }
            (Style::Delimited(delimiter), Value::Object(members)) => {
                let parts = sorted(members).into_iter().filter(|(_, value)| !value.is_null());
                self.delimited(name, parts.flat_map(|(name, value)| [name.clone(), text(value)]), delimiter);
            }
            (Style::Exploded, Value::Object(members)) => {
                let members = sorted(members).into_iter().filter(|(_, value)| !value.is_null());
                members.for_each(|(name, value)| self.pair(name, &text(value)));
            }
            (_, Value::Array(items)) => items.iter().for_each(|item| self.pair(name, &text(item))),
            (_, value) => self.pair(name, &text(value)),
        }
    }

    fn deep_object(&mut self, name: &str, value: &Value) {
        match value {
            Value::Null => {}
            Value::Object(members) => {
                sorted(members)
                    .into_iter()
                    .for_each(|(member, value)| self.deep_object(&format!("{name}[{member}]"), value));
            }
            Value::Array(items) => {
                items.iter().enumerate().for_each(|(index, item)| self.deep_object(&format!("{name}[{index}]"), item));
            }
            value => self.pair(name, &text(value)),
        }
    }

    fn pair(&mut self, name: &str, value: &str) {
        self.delimited(name, [value.to_owned()].into_iter(), "");
    }

    /// Writes one pair: `name=a,b` for the values `a` and `b`. `delimiter` is already percent-encoded. Writes nothing
    /// if there are no values.
    fn delimited(&mut self, name: &str, values: impl Iterator<Item = String>, delimiter: &str) {
        for (index, value) in values.enumerate() {
            if index == 0 {
                self.out.push_str(if self.out.is_empty() { "" } else { "&" });
                percent_encode(name, &mut self.out);
                self.out.push('=');
            } else {
                self.out.push_str(delimiter);
            }
            self.value(&value);
        }
    }

    fn value(&mut self, value: &str) {
        if !self.allow_reserved {
            return percent_encode(value, &mut self.out);
        }
        let mut buffer = [0; 4];
        for letter in value.chars() {
            match letter {
                ':' | '/' | '?' | '[' | ']' | '@' | '!' | '$' | '\'' | '(' | ')' | '*' | ',' | ';' => {
                    self.out.push(letter);
                }
                letter => percent_encode(letter.encode_utf8(&mut buffer), &mut self.out),
            }
        }
    }
}

/// Returns the members, sorted by name. The order of a `Map` depends on the features of `serde_json`.
fn sorted(members: &Map<String, Value>) -> Vec<(&String, &Value)> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by_key(|(name, _)| *name);
    members
}

/// Returns the value of a `name=value` pair, not yet percent-encoded. An array or object becomes JSON text.
fn text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // A number is written as in a query: `1` for `1.0`.
        Value::Number(number) if number.is_f64() => number.as_f64().unwrap_or_default().to_string(),
        value => value.to_string(),
    }
}
