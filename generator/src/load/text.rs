//! From text to the raw tree: YAML by `serde_yaml`, JSON by `serde_json`, nothing lost on the way.

use serde_json::Value;

use super::merge;
use super::tree::Tree;
use crate::finding::{Code, Findings};
use crate::pointer::Pointer;

/// Reads `text` into a tree; `None` where it is not well-formed.
pub(super) fn parse(file: &str, text: &str, findings: &mut Findings) -> Option<Value> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        findings.add(
            Code::Syntax,
            &Pointer::root(),
            "The file is empty.",
            "Begin with `openapi: 3.0.3`, `info` and `paths`.",
        );
        return None;
    }
    let is_json = file.ends_with(".json") || text.trim_start().starts_with('{');
    let parsed = if is_json {
        serde_json::from_str::<Tree>(text).map_err(|error| error.to_string())
    } else {
        serde_yaml::from_str::<Tree>(text).map_err(|error| error.to_string())
    };
    match parsed {
        Ok(Tree(mut tree)) => {
            if !is_json {
                merge::resolve(&mut tree, &Pointer::root(), findings);
            }
            Some(tree)
        }
        Err(error) => {
            findings.add(
                Code::Syntax,
                &Pointer::root(),
                format!("The text cannot be read: {error}."),
                "Correct the text at the line and column named.",
            );
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(file: &str, text: &str) -> Result<Value, String> {
        let mut findings = Findings::new(file);
        let tree = parse(file, text, &mut findings);
        match findings.iter().next() {
            Some(finding) => Err(finding.message.clone()),
            None => Ok(tree.unwrap_or_default()),
        }
    }

    #[test]
    fn json_keeps_order_and_refuses_a_key_twice() {
        let tree = read("a.json", r#"{"b": [1, -2, 1.5, true, null], "a": "x", "<<": {"c": 1}}"#);
        let expected = r#"{"b":[1,-2,1.5,true,null],"a":"x","<<":{"c":1}}"#;
        assert_eq!(tree.map(|tree| tree.to_string()).as_deref(), Ok(expected));
        let message = read("a.json", "{\"a\": 1,\n \"a\": 2}").expect_err("a duplicate");
        assert!(message.contains("duplicate key `a`") && message.contains("line 2"), "{message}");
    }

    #[test]
    fn json_is_told_by_its_first_character_too() {
        assert_eq!(read("-", "\u{feff} {\"a\": \"no\"}"), Ok(json!({"a": "no"})));
        assert!(read("-", "{\"a\": \"no\",}").is_err());
    }

    #[test]
    fn yaml_errors_carry_line_and_column() {
        for (text, part) in [
            ("a: 1\nb: [1\n", "did not find expected"),
            ("a:\n  b: 1\n  b: 2\n", "duplicate key `b`"),
            ("200: a\n'200': b\n", "duplicate key `200`"),
            ("a: 1\nb: [.nan]\n", "JSON has no number `NaN`"),
            ("a: !secret x\n", "the tag `!secret`"),
            ("? [a]\n: 1\n", "expected a key"),
        ] {
            let message = read("a.yaml", text).expect_err(text);
            assert!(message.contains(part), "{message}");
            assert!(message.contains("line") && message.contains("column"), "{message}");
        }
    }

    #[test]
    fn yaml_keys_become_strings_as_written() {
        let tree = read("a.yaml", "200: a\ntrue: b\n1.50: c\n0x1F: d\n~: e\n");
        assert_eq!(tree, Ok(json!({"200": "a", "true": "b", "1.50": "c", "0x1F": "d", "~": "e"})));
    }

    #[test]
    fn yaml_scalars_have_their_types() {
        let tree = read("a.yaml", "[1, -1, 1.5, true, null, ~, '1', no, 2024-01-01, 18446744073709552000]");
        assert_eq!(tree, Ok(json!([1, -1, 1.5, true, null, null, "1", "no", "2024-01-01", 18446744073709552000.0])));
    }

    #[test]
    fn aliases_are_copies() {
        assert_eq!(read("a.yaml", "a: &x {b: 1}\nc: *x\n"), Ok(json!({"a": {"b": 1}, "c": {"b": 1}})));
    }
}
