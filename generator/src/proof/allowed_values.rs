//! Pairs the values of an `enum` with the values that a page allows.

use std::borrow::Cow;
use std::collections::BTreeSet;

use serde_json::Value;

use crate::json::decimal::Decimal;
use crate::json::number;

/// What a value of the document and a value of a page have in common if they are the same value.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Key<'v> {
    Number(Decimal),
    Boolean(bool),
    Text(Cow<'v, str>),
}

impl<'v> Key<'v> {
    /// Returns the key of a value of the document.
    fn of_declared(value: &'v Value) -> Self {
        match value {
            Value::Number(declared) => {
                let declared = declared.to_string();
                let parsed = number::parse(&declared).map(|number| Self::Number(Decimal::from(&number)));
                parsed.unwrap_or(Self::Text(Cow::Owned(declared)))
            }
            Value::Bool(declared) => Self::Boolean(*declared),
            Value::String(declared) => Self::Text(Cow::Borrowed(declared)),
            other => Self::Text(Cow::Owned(other.to_string())),
        }
    }

    /// Returns the keys of a value of a page, which has no quotes: `1` can be a text and a number.
    fn of_stated(value: &'v str) -> impl Iterator<Item = Self> {
        let boolean = [true, false].into_iter().find(|boolean| value.eq_ignore_ascii_case(&boolean.to_string()));
        let number = number::parse(value).map(|number| Self::Number(Decimal::from(&number)));
        [number, boolean.map(Self::Boolean), Some(Self::Text(Cow::Borrowed(value)))].into_iter().flatten()
    }
}

/// Returns the values of the document that the page does not have, and those of the page that the document does not have.
pub(crate) fn unpaired<'v>(declared: &'v [Value], stated: &'v [String]) -> (Vec<&'v Value>, Vec<&'v String>) {
    let here: BTreeSet<Key<'_>> = declared.iter().map(Key::of_declared).collect();
    let there: BTreeSet<Key<'_>> = stated.iter().flat_map(|value| Key::of_stated(value)).collect();
    let only_here = declared.iter().filter(|value| !there.contains(&Key::of_declared(value)));
    let only_there = stated.iter().filter(|value| !Key::of_stated(value).any(|key| here.contains(&key)));
    (only_here.collect(), only_there.collect())
}
