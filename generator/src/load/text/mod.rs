//! Parses YAML and JSON to a tree of JSON values. Numbers keep all their digits, and duplicate keys are reported.

pub(crate) mod encoding;
mod exact_numbers;
pub(crate) mod lossy_numbers;
mod merge_key;
mod observations;
mod syntax_error;
mod tree_reader;
mod yaml_trap;

use serde::de::DeserializeSeed;
use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::load::size_limit;
use crate::load::text::observations::Observations;
pub(super) use crate::load::text::syntax_error::MAX_DEPTH;
use crate::load::text::syntax_error::ParserError;
use crate::load::text::tree_reader::TreeReader;
use crate::pointer::Pointer;

/// Parses `text`, the content of `file`. If the text is not well-formed, reports a finding and returns `None`.
pub(super) fn parse(file: &str, text: &str, findings: &mut Findings) -> Option<Value> {
    // The byte offsets of findings count from the start of the file, including a byte order mark.
    let whole = text;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(message) = empty_message(text) {
        let remedy = "Begin with `openapi: 3.0.3`, `info` and `paths`.";
        findings.add_at_bytes(Code::Syntax, 0..0, message, remedy);
        return None;
    }
    let is_json = file.ends_with(".json") || text.trim_start().starts_with('{');
    let observations = Observations::new(text);
    let parsed = if is_json { json(text, &observations) } else { yaml(text, &observations) };
    match parsed {
        Ok(mut tree) => {
            let has_traps = || !is_json && observations.has_traps.get() && yaml_trap::may_be_unquoted(text);
            if observations.has_duplicates.get() || has_traps() {
                syntax_error::report_observations(whole, is_json, &observations, findings);
            }
            if !is_json && observations.has_doubles.get() {
                exact_numbers::restore(&mut tree, text);
            }
            if !is_json && observations.has_merge_keys.get() {
                merge_key::resolve(&mut tree, &Pointer::root(), findings);
            }
            size_limit::has_short_keys(&tree, text.len(), findings).then_some(tree)
        }
        Err(error) => {
            let error = error.shifted(whole.len() - text.len());
            syntax_error::report(whole, is_json, &error, &observations, findings);
            None
        }
    }
}

/// Returns the message about a text that is empty or has only comments. Returns `None` for any other text.
fn empty_message(text: &str) -> Option<&'static str> {
    let is_content = |line: &&str| !line.is_empty() && *line != "---" && *line != "...";
    let mut lines = text.lines().map(str::trim).filter(is_content).peekable();
    if lines.peek().is_none() {
        return Some("The file is empty.");
    }
    lines.all(|line| line.starts_with('#')).then_some("The file contains only comments.")
}

fn json(text: &str, observations: &Observations) -> Result<Value, ParserError> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let tree = TreeReader(observations).deserialize(&mut deserializer);
    let whole = tree.and_then(|tree| deserializer.end().map(|()| tree));
    whole.map_err(|error| ParserError::from_json(&error, text))
}

fn yaml(text: &str, observations: &Observations) -> Result<Value, ParserError> {
    if syntax_error::nests_too_deeply(text) {
        return Err(ParserError::nesting());
    }
    let tree = TreeReader(observations).deserialize(serde_yaml::Deserializer::from_str(text));
    tree.map_err(|error| ParserError::from_yaml(&error, text))
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
    fn json_keeps_the_order_of_keys_and_reports_duplicates() {
        let tree = read("a.json", r#"{"b": [1, -2, 1.5, true, null], "a": "x", "<<": {"c": 1}}"#);
        let expected = r#"{"b":[1,-2,1.5,true,null],"a":"x","<<":{"c":1}}"#;
        assert_eq!(tree.map(|tree| tree.to_string()).as_deref(), Ok(expected));
        let message = read("a.json", "{\"a\": 1,\n \"a\": 2}").expect_err("a duplicate");
        assert_eq!(message, "The object has the key `a` twice.");
    }

    #[test]
    fn json_is_recognized_by_its_first_character_too() {
        assert_eq!(read("-", "\u{feff} {\"a\": \"no\"}"), Ok(json!({"a": "no"})));
        assert!(read("-", "{\"a\": \"no\",}").is_err());
    }

    #[test]
    fn yaml_keys_are_strings_as_they_are_written() {
        let tree = read("a.yaml", "200: a\n'true': b\n1.50: c\n0x1F: d\n'~': e\n");
        assert_eq!(tree, Ok(json!({"200": "a", "true": "b", "1.50": "c", "0x1F": "d", "~": "e"})));
    }

    #[test]
    fn yaml_scalars_have_their_types() {
        // Dates, numbers with a leading zero and sexagesimal numbers are strings in YAML 1.2.
        let tree = read("a.yaml", "[2024-01-01, 012, 1:30, 1_000, 0o17, 0x1F]");
        assert_eq!(tree, Ok(json!(["2024-01-01", "012", "1:30", "1_000", 15, 31])));
        let tree = read("a.yaml", "[1, -1, 1.5, true, null, ~, '1', no, 2024-01-01, 18446744073709552000]");
        let expected = r#"[1,-1,1.5,true,null,null,"1","no","2024-01-01",18446744073709552000]"#;
        assert_eq!(tree.map(|tree| tree.to_string()).as_deref(), Ok(expected));
    }

    #[test]
    fn numbers_keep_all_digits() {
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
