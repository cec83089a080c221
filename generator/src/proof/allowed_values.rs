//! Pairs the values of an `enum` with the values that a page allows, and the examples of a document with those of a page.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

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

/// The examples of a document that have no counterpart on the page yet.
pub(crate) struct DeclaredExamples<'v> {
    /// The positions of the examples with each key, in order. An array has the keys of its items.
    positions: BTreeMap<Key<'v>, VecDeque<usize>>,
    /// Whether each example has a counterpart.
    is_taken: Vec<bool>,
}

impl<'v> DeclaredExamples<'v> {
    pub(crate) fn of(examples: impl Iterator<Item = &'v Value>) -> Self {
        let mut declared = Self { positions: BTreeMap::new(), is_taken: Vec::new() };
        for example in examples {
            let values = match example {
                Value::Array(items) => items.as_slice(),
                other => std::slice::from_ref(other),
            };
            for value in values {
                declared.positions.entry(Key::of_declared(value)).or_default().push_back(declared.is_taken.len());
            }
            declared.is_taken.push(false);
        }
        declared
    }

    /// Takes the first example that is left and has this value of a page, or has it as an item. Returns whether there was one.
    pub(crate) fn take(&mut self, stated: &'v str) -> bool {
        let mut first: Option<usize> = None;
        for key in Key::of_stated(stated) {
            let Some(positions) = self.positions.get_mut(&key) else { continue };
            while positions.front().is_some_and(|position| self.is_taken[*position]) {
                positions.pop_front();
            }
            first = first.into_iter().chain(positions.front().copied()).min();
        }
        first.map(|position| self.is_taken[position] = true).is_some()
    }

    /// Returns whether each example has no counterpart, in order.
    pub(crate) fn is_left(&self) -> impl Iterator<Item = bool> {
        self.is_taken.iter().map(|is_taken| !is_taken)
    }
}
