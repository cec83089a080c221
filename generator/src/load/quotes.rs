//! The remedy "Put the value in quotes", with the value as the document spells it.
//!
//! A stage that reads the tree knows the number 31, but not that the document spells it `0x1F`. The text is searched for the
//! spelling after the stage, and only if there is such a finding.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::place::Places;
use crate::finding::{Finding, Findings, Focus};

/// The beginning and the end of the remedy.
const AROUND: (&str, &str) = ("Put the value in quotes: `'", "'`.");

/// Returns the remedy for a number or a boolean that must be a string.
pub(crate) fn remedy(value: &Value) -> String {
    format!("{}{value}{}", AROUND.0, AROUND.1)
}

/// Returns the value that a remedy puts in quotes.
fn quoted(remedy: &str) -> Option<&str> {
    remedy.strip_prefix(AROUND.0)?.strip_suffix(AROUND.1)
}

/// Changes the remedies from [`remedy`] for values in the file of `findings`, whose content is `text`: each remedy quotes the
/// spelling of the value in `text`.
pub(crate) fn restore_spellings(text: &str, findings: &mut Findings) {
    let pointers: Vec<_> = findings
        .iter()
        .filter(|finding| quoted(&finding.remedy).is_some())
        .map(|finding| (finding.pointer.clone(), Focus::Value))
        .collect();
    if pointers.is_empty() {
        return;
    }
    let places = Places::of(text, pointers.iter().map(|(pointer, focus)| (pointer, focus)));
    let spelling = |finding: &Finding| {
        let value = quoted(&finding.remedy)?;
        let place = places.place(&finding.pointer, &Focus::Value)?;
        let spelling = text.get(place.bytes)?;
        // An alias, or a value from another file, has no spelling of its own here.
        let is_value =
            serde_yaml::from_str::<Value>(spelling).map(|spelt| spelt.to_string()).is_ok_and(|text| text == value);
        is_value.then_some(spelling)
    };
    // A value behind an alias has the same message as the value at the anchor.
    let by_message: HashMap<String, &str> =
        findings.iter().filter_map(|finding| Some((finding.message.clone(), spelling(finding)?))).collect();
    findings.rewrite_remedies(|finding| {
        quoted(&finding.remedy)?;
        let spelling = spelling(finding).or_else(|| by_message.get(&finding.message).copied())?;
        Some(format!("{}{spelling}{}", AROUND.0, AROUND.1))
    });
}

#[cfg(test)]
mod tests {
    use crate::options::{Input, Options};
    use crate::pipeline::Pipeline;

    /// Returns the remedies for a document with these values in an `enum` of strings.
    fn remedies(values: &str) -> Vec<String> {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
             A: {{type: string, enum: [a, {values}]}}\n"
        );
        let input = Input::new("test.yaml", text, "test");
        let findings = Pipeline::new(&Options::default()).generate(&[input]).findings;
        findings.into_iter().map(|finding| finding.remedy).collect()
    }

    #[test]
    fn the_remedy_quotes_what_the_document_says() {
        for word in ["0x1F", "1e3", "0o7", "+1", ".5", "1.50", "7", "true", "1.0"] {
            assert_eq!(remedies(word), [format!("Put the value in quotes: `'{word}'`.")]);
        }
        assert_eq!(remedies("&a 0x1F, *a"), ["Put the value in quotes: `'0x1F'`."; 2]);
    }

    #[test]
    fn a_member_of_the_document_object_is_quoted_as_it_is_spelt() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: 1.10}\npaths: {}\n".to_owned();
        let input = Input::new("test.yaml", text, "test");
        let findings = Pipeline::new(&Options::default()).generate(&[input]).findings;
        assert_eq!(findings[0].remedy, "Put the value in quotes: `'1.10'`.");
    }
}
