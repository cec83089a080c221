// copperplate runtime: copied into each generated crate that uses it.
//! Values for the `{name}` expressions of a path template.

use std::borrow::Cow;
use std::fmt;

use serde::Serialize; // part: styles
use serde_json::Value; // part: styles

use crate::runtime::request::style::Style;
use crate::runtime::request::text::Text;

/// A value that replaces one `{name}` of a path template.
#[derive(Clone)]
pub struct PathValue<'a>(pub(crate) Content<'a>);

/// Prints `PathValue(…)`, because the value can be a secret.
impl fmt::Debug for PathValue<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PathValue(…)")
    }
}

/// The content of a [`PathValue`].
#[derive(Clone)]
pub(crate) enum Content<'a> {
    Text(Cow<'a, str>),
    // part: styles
    Styled(Style, Value),
    /// The value does not serialize to JSON. The string is the error message.
    NotJson(String),
    // end of part
}

impl<'a> PathValue<'a> {
    /// Creates a value from a scalar.
    pub fn simple<T: Text + ?Sized>(value: &'a T) -> Self {
        Self(Content::Text(value.text()))
    }

    // part: styles
    /// Creates a value of any JSON type, such as an array. `style` is its OpenAPI style, such as `label`.
    pub fn styled<T: Serialize + ?Sized>(style: Style, value: &'a T) -> Self {
        Self(match serde_json::to_value(value) {
            Ok(value) => Content::Styled(style, value),
            Err(error) => Content::NotJson(error.to_string()),
        })
    }
    // end of part

    // part: odata_literals
    /// Creates a value for a position inside an OData string literal, such as `Pets('{name}')`. Doubles each `'` of the
    /// value, so that the value cannot end the literal.
    pub fn odata_literal<T: Text + ?Sized>(value: &'a T) -> Self {
        let text = value.text();
        Self(Content::Text(if text.contains('\'') { Cow::Owned(text.replace('\'', "''")) } else { text }))
    }
    // end of part
}
