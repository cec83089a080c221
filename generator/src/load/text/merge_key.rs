//! Resolves YAML's merge key: `<<: *defaults` adds the members of another mapping.

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// Resolves every merge key of `tree`. An object's own members come before the merged members, and take precedence over them.
pub(crate) fn resolve(tree: &mut Value, place: &Pointer, findings: &mut Findings) {
    match tree {
        Value::Array(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                resolve(item, &place.join(index), findings);
            }
        }
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                resolve(member, &place.join(key), findings);
            }
            if let Some(added) = members.shift_remove("<<") {
                add(members, added, &place.join("<<"), findings);
            }
        }
        _ => {}
    }
}

/// Adds the members of `added` to `members`, except members whose key `members` already has.
fn add(members: &mut Map<String, Value>, added: Value, place: &Pointer, findings: &mut Findings) {
    match added {
        Value::Object(added) => {
            for (key, value) in added {
                members.entry(key).or_insert(value);
            }
        }
        Value::Array(items) => {
            for item in items {
                add(members, item, place, findings);
            }
        }
        _ => findings.add(
            Code::Syntax,
            place,
            "The value of the merge key `<<` must be a mapping or a list of mappings.",
            "Write an alias of a mapping, such as `<<: *defaults`.",
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resolved(mut tree: Value) -> (String, Vec<String>) {
        let mut findings = Findings::new("test.yaml");
        resolve(&mut tree, &Pointer::root(), &mut findings);
        (tree.to_string(), findings.iter().map(|finding| finding.pointer.to_string()).collect())
    }

    #[test]
    fn own_members_come_first_and_take_precedence() {
        let (tree, findings) = resolved(json!({"a": {"<<": [{"x": 1, "<<": {"y": 2}}, {"x": 3}], "y": 4, "z": 5}}));
        assert_eq!((tree.as_str(), findings.len()), (r#"{"a":{"y":4,"z":5,"x":1}}"#, 0));
    }

    #[test]
    fn only_mappings_can_be_merged() {
        assert_eq!(resolved(json!({"a": {"<<": 1}})).1, ["/a/<<"]);
    }
}
