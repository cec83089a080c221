//! The order of the values of a document.

use std::cell::RefCell;
use std::collections::HashMap;
use std::ptr;

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// The positions of the members of objects, by the addresses of the objects.
type Positions<'r> = HashMap<*const Map<String, Value>, HashMap<&'r str, usize>>;

/// Returns a function that returns the position of a place in the document, as a sort key. The sort key has one number for each
/// token of the place: the index of a member in its object, or the index of an item in its array.
pub fn document_order(raw: &Value) -> impl Fn(&Pointer) -> Vec<usize> {
    // Many places may be in the same object, so each object is read once.
    let positions = RefCell::new(Positions::new());
    move |place| {
        let mut here = Some(raw);
        let steps = place.tokens().map(|token| match here {
            Some(Value::Object(members)) => {
                here = members.get(&token);
                let mut positions = positions.borrow_mut();
                let of_members = positions.entry(ptr::from_ref(members)).or_insert_with(|| {
                    members.keys().enumerate().map(|(position, key)| (key.as_str(), position)).collect()
                });
                of_members.get(token.as_str()).copied().unwrap_or(members.len())
            }
            Some(Value::Array(items)) => {
                let index = token.parse().unwrap_or(items.len());
                here = items.get(index);
                index
            }
            _ => 0,
        });
        steps.collect()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn places_are_in_the_order_of_the_document() {
        let raw = json!({"b": [{"x": 1}, {"z": 1, "y": 2}], "a": {"c": 1}});
        let order = document_order(&raw);
        let key = |text: &str| order(&Pointer::parse(text).expect("a pointer"));
        assert_eq!(key("/b/1/y"), [0, 1, 1]);
        assert_eq!((key("/a/c"), key("/a/d"), key("/c/d")), (vec![1, 0], vec![1, 1], vec![2, 0]));
        assert_eq!(key(""), [0; 0]);
    }
}
