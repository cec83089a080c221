//! From text to the raw tree: YAML by `serde_yaml`, JSON by `serde_json`, nothing lost on the way.

pub(crate) mod encoding;
pub(crate) mod exact_numbers;
pub(crate) mod json_tree;
pub(crate) mod lossy_numbers;
pub(crate) mod merge_key;
pub(crate) mod yaml_trap;

use serde::de::DeserializeSeed;
use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::load::syntax_error::{self, Failure};
use crate::load::text::json_tree::{Reading, Tree};
use crate::pointer::Pointer;

/// Reads `text` into a tree; `None` where it is not well-formed.
pub(super) fn parse(file: &str, text: &str, findings: &mut Findings) -> Option<Value> {
    // The places of faults count from the start of the file.
    let marked = text;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(message) = emptiness(text) {
        let remedy = "Begin with `openapi: 3.0.3`, `info` and `paths`.";
        findings.add_at_bytes(Code::Syntax, 0..0, message, remedy);
        return None;
    }
    let is_json = file.ends_with(".json") || text.trim_start().starts_with('{');
    let reading = Reading::new(text);
    let parsed = if is_json { json(text, &reading) } else { yaml(text, &reading) };
    match parsed {
        Ok(mut tree) => {
            let has_traps = || !is_json && reading.has_traps.get() && yaml_trap::may_stand_plain(text);
            if reading.has_duplicates.get() || has_traps() {
                syntax_error::tell_noticed(marked, is_json, &reading, findings);
            }
            if !is_json && reading.has_doubles.get() {
                exact_numbers::restore(&mut tree, text);
            }
            if !is_json {
                merge_key::resolve(&mut tree, &Pointer::root(), findings);
            }
            Some(tree)
        }
        Err(failure) => {
            let failure = failure.behind(marked.len() - text.len());
            syntax_error::tell(marked, is_json, &failure, &reading, findings);
            None
        }
    }
}

/// What is wrong with a text that says nothing.
fn emptiness(text: &str) -> Option<&'static str> {
    let said = |line: &&str| !line.is_empty() && *line != "---" && *line != "...";
    let mut lines = text.lines().map(str::trim).filter(said).peekable();
    if lines.peek().is_none() {
        return Some("The file is empty.");
    }
    lines.all(|line| line.starts_with('#')).then_some("The file holds comments and nothing else.")
}

fn json(text: &str, reading: &Reading) -> Result<Value, Failure> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = Tree(reading).deserialize(&mut deserializer);
    let whole = tree.and_then(|tree| deserializer.end().map(|()| tree));
    whole.map_err(|error| Failure::of_json(&error, text))
}

fn yaml(text: &str, reading: &Reading) -> Result<Value, Failure> {
    let tree = Tree(reading).deserialize(serde_yaml::Deserializer::from_str(text));
    tree.map_err(|error| Failure::of_yaml(&error, text))
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
        assert_eq!(message, "The key `a` is there twice in one object.");
    }

    #[test]
    fn json_is_told_by_its_first_character_too() {
        assert_eq!(read("-", "\u{feff} {\"a\": \"no\"}"), Ok(json!({"a": "no"})));
        assert!(read("-", "{\"a\": \"no\",}").is_err());
    }

    #[test]
    fn yaml_keys_become_strings_as_written() {
        let tree = read("a.yaml", "200: a\n'true': b\n1.50: c\n0x1F: d\n'~': e\n");
        assert_eq!(tree, Ok(json!({"200": "a", "true": "b", "1.50": "c", "0x1F": "d", "~": "e"})));
    }

    #[test]
    fn yaml_scalars_have_their_types() {
        // Dates, octal numbers of C and sexagesimal ones are text in YAML 1.2.
        let tree = read("a.yaml", "[2024-01-01, 012, 1:30, 1_000, 0o17, 0x1F]");
        assert_eq!(tree, Ok(json!(["2024-01-01", "012", "1:30", "1_000", 15, 31])));
        let tree = read("a.yaml", "[1, -1, 1.5, true, null, ~, '1', no, 2024-01-01, 18446744073709552000]");
        let expected = r#"[1,-1,1.5,true,null,null,"1","no","2024-01-01",18446744073709552000]"#;
        assert_eq!(tree.map(|tree| tree.to_string()).as_deref(), Ok(expected));
    }

    #[test]
    fn numbers_keep_their_digits() {
        let long = "[18446744073709551616, -18446744073709551617, 9007199254740993.5, 1e24, 0.1000000000000000055511151231257827]";
        let written = long.replace(", ", ",").replace("1e24", "1e+24");
        for file in ["a.json", "a.yaml"] {
            assert_eq!(read(file, long).map(|tree| tree.to_string()).as_deref(), Ok(written.as_str()), "{file}");
        }
        let most = "170141183460469231731687303715884105727.5";
        let text = format!("a: &x [{{b: &y {most}}}]\nc: *x\ne/f: [*y, '{most}', +{most}]\n");
        let tree = read("a.yaml", &text).map(|tree| tree.to_string());
        let expected = format!(r#"{{"a":[{{"b":{most}}}],"c":[{{"b":{most}}}],"e/f":[{most},"{most}",{most}]}}"#);
        assert_eq!(tree.as_deref(), Ok(expected.as_str()));
    }

    #[test]
    fn aliases_are_copies() {
        assert_eq!(read("a.yaml", "a: &x {b: 1}\nc: *x\n"), Ok(json!({"a": {"b": 1}, "c": {"b": 1}})));
    }
}
