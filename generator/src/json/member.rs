//! Finds members and items of JSON values, by their names and by JSON Pointers.

use serde_json::{Map, Value};

use crate::pointer::{Pointer, unescaped};

/// The largest number of members in which [`member_of`] looks for a key without hashing it.
const FEW_MEMBERS: usize = 8;

/// Returns the member `key` of an object. Almost all objects of a document have few members, and several stages ask each of them for
/// many keys, so comparing the keys is much faster than hashing.
pub(crate) fn member_of<'o>(object: &'o Map<String, Value>, key: &str) -> Option<&'o Value> {
    if object.len() > FEW_MEMBERS {
        return object.get(key);
    }
    object.iter().find(|(name, _)| *name == key).map(|(_, value)| value)
}

/// Returns the value that `pointer` identifies in the document `root`. Unlike the function of `serde_json`, copies no token.
pub(crate) fn value_at<'v>(root: &'v Value, pointer: &Pointer) -> Option<&'v Value> {
    pointer.raw_tokens().try_fold(root, step)
}

/// Returns the values around the value that `pointer` identifies in the document `root`, and that value itself. The first one is
/// the root. The list ends before the first token that leads to no value.
pub(crate) fn values_along<'v>(root: &'v Value, pointer: &Pointer) -> impl Iterator<Item = &'v Value> {
    let inner = pointer.raw_tokens().scan(root, |value, token| {
        *value = step(value, token)?;
        Some(*value)
    });
    [root].into_iter().chain(inner)
}

/// Returns the member or item of `value` to which an escaped token leads.
fn step<'v>(value: &'v Value, token: &str) -> Option<&'v Value> {
    match value {
        Value::Object(members) => members.get(&*unescaped(token)),
        // An index has no sign and no leading zero.
        Value::Array(items) if token == "0" || !token.starts_with(['+', '0']) => {
            items.get(token.parse::<usize>().ok()?)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_as_serde_json_finds_them() {
        let root = serde_json::json!({"a/b": [{"~": 1}, [2, 3]], "": {"01": 4}});
        let texts =
            ["", "/", "//01", "/a~1b", "/a~1b/0/~0", "/a~1b/1/1", "/a~1b/01", "/a~1b/+1", "/a~1b/2", "/a~1b/-", "/c/d"];
        for text in texts {
            let pointer = Pointer::parse(text).expect("a pointer");
            assert_eq!(value_at(&root, &pointer), root.pointer(text), "{text}");
            let along: Vec<_> = values_along(&root, &pointer).collect();
            let around = std::iter::successors(Some(pointer), Pointer::parent);
            let mut expected: Vec<_> = around.filter_map(|place| root.pointer(place.as_str())).collect();
            expected.reverse();
            assert_eq!(along, expected, "{text}");
        }
    }
}
