// copperplate runtime: copied into each generated crate that uses it.
//! Values for the `{name}` expressions of a path template.

use std::borrow::Cow;
use std::fmt;

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
}

impl<'a> PathValue<'a> {
    /// Creates a value from a scalar.
    pub fn simple<T: Text + ?Sized>(value: &'a T) -> Self {
        Self(Content::Text(value.text()))
    }

    /// Creates a value for a position inside an OData string literal, such as `Pets('{name}')`. Doubles each `'` of the
    /// value, so that the value cannot end the literal.
    pub fn odata_literal<T: Text + ?Sized>(value: &'a T) -> Self {
        let text = value.text();
        Self(Content::Text(if text.contains('\'') { Cow::Owned(text.replace('\'', "''")) } else { text }))
    }
}
