// copperplate runtime: copied into each generated crate that uses it.
//! Looks a JSON value up in an `enum`, whose values are JSON texts.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::RandomState;
use std::rc::Rc;

use serde::Serialize;
use serde_json::Value;

use crate::runtime::validation::equality::equals_text;
use crate::runtime::validation::fingerprint::FingerprintSerializer;

/// The number of values in an `enum` that are compared one by one. A longer `enum` is indexed when it is first used.
const FEW: usize = 16;

/// The values of an `enum`, by their fingerprints.
#[derive(Debug, Default)]
struct Index {
    state: RandomState,
    texts: HashMap<u64, Vec<&'static str>>,
}

thread_local! {
    /// The index of each long `enum`, by the address of its first text.
    static INDEXES: RefCell<HashMap<usize, Rc<Index>>> = RefCell::default();
}

/// Returns whether `value` equals one of `listed`, which are JSON texts.
pub(crate) fn is_listed(value: &Value, listed: &'static [&'static str]) -> bool {
    if listed.len() <= FEW {
        return listed.iter().any(|text| equals_text(value, text));
    }
    let index = INDEXES.with_borrow_mut(|indexes| {
        let index = indexes.entry(listed.as_ptr().addr()).or_insert_with(|| Rc::new(Index::new(listed)));
        Rc::clone(index)
    });
    match value.serialize(FingerprintSerializer(&index.state)) {
        Ok(fingerprint) => index.texts.get(&fingerprint).into_iter().flatten().any(|text| equals_text(value, text)),
        Err(_) => listed.iter().any(|text| equals_text(value, text)),
    }
}

impl Index {
    fn new(listed: &[&'static str]) -> Self {
        let mut index = Self::default();
        for text in listed {
            let value = serde_json::from_str::<Value>(text).ok();
            let fingerprint = value.and_then(|value| value.serialize(FingerprintSerializer(&index.state)).ok());
            if let Some(fingerprint) = fingerprint {
                index.texts.entry(fingerprint).or_default().push(text);
            }
        }
        index
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn long_and_short_lists_give_the_same_answers() {
        const LONG: &[&str] = &[
            "0",
            "1",
            "2.0",
            "1e2",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "\"a\\u0062\"",
            "true",
            "null",
            "[1, {\"a\": 2, \"b\": 3}]",
            "{\"a\": [1.0]}",
        ];
        const SHORT: &[&str] =
            &["1", "2.0", "1e2", "\"a\\u0062\"", "null", "[1, {\"a\": 2, \"b\": 3}]", "{\"a\": [1.0]}"];
        assert!(LONG.len() > FEW && SHORT.len() <= FEW);
        for list in [LONG, SHORT] {
            for value in [
                json!(1),
                json!(1.0),
                json!(2),
                json!(100),
                json!("ab"),
                json!(null),
                json!([1.0, {"b": 3, "a": 2}]),
                json!({"a": [1]}),
            ] {
                assert!(is_listed(&value, list), "{value}");
            }
            for value in [json!(3), json!("1"), json!(false), json!([1]), json!({"a": [1], "b": 1}), json!({})] {
                assert!(!is_listed(&value, list), "{value}");
            }
        }
    }
}
