//! What is wrong with a text that is not well-formed, or says more than JSON can, told with its places.
//!
//! The parsers stop at the first fault and say little about it. So a text with a fault is walked once more, event by event.

pub(crate) mod diagnosis;
pub(crate) mod events;
pub(crate) mod messages;

use std::ops::Range;

use crate::finding::{Code, Findings, Focus};
use crate::load::syntax_error::events::{Walk, walk};
use crate::load::text::json_tree::Reading;
use crate::pointer::Pointer;

/// What the parser of a text says of it.
#[derive(Debug)]
pub(super) struct Failure {
    /// What is wrong.
    pub(super) message: String,
    /// Where, as a byte of the text, if that is known.
    pub(super) at: Option<usize>,
    /// Whether the text ends too early.
    pub(super) is_end: bool,
    /// The quote, as a byte of the text, that is not closed as it should be.
    pub(super) opening: Option<usize>,
}

impl Failure {
    /// Of a text that was to be JSON.
    pub(super) fn of_json(error: &serde_json::Error, text: &str) -> Self {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = Some(line + error.column().saturating_sub(1));
        Self { message, at, is_end: error.is_eof(), opening: None }
    }

    /// Of a text that was to be YAML.
    pub(super) fn of_yaml(error: &serde_yaml::Error, text: &str) -> Self {
        let message = error.to_string();
        let at = error.location().map(|location| offset(text, location.line(), location.column()));
        let context = message.split_once("while scanning a quoted scalar at line ").map(|(_, context)| context);
        let opening = context.and_then(|context| {
            let (line, column) = context.split_once(" column ")?;
            Some(offset(text, line.parse().ok()?, column.parse().ok()?))
        });
        Self { message, at, is_end: false, opening }
    }

    /// The same where the text stands behind a byte order mark.
    pub(super) fn behind(self, mark: usize) -> Self {
        Self { at: self.at.map(|at| at + mark), opening: self.opening.map(|opening| opening + mark), ..self }
    }
}

/// The byte at `column`, in characters, of `line`; both count from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(before..).unwrap_or_default();
    let letters = line.char_indices().map(|(offset, _)| offset);
    before + letters.chain([line.len()]).nth(column.saturating_sub(1)).unwrap_or(line.len())
}

/// Tells what was noticed in a text that can be read: keys that are there twice, and words that others read otherwise.
pub(super) fn tell_noticed(text: &str, is_json: bool, reading: &Reading, findings: &mut Findings) {
    let walk = walk(text);
    duplicates(&walk, findings);
    if reading.has_duplicates.get() && walk.duplicates.is_empty() {
        let message = "An object has a key twice.";
        findings.add_repairable(
            Code::DuplicateKey,
            &Pointer::root(),
            message,
            "Keep one of the two.",
            "The first counts.",
        );
    }
    for (span, word) in walk.traps.iter().filter(|_| !is_json) {
        let (message, remedy) = messages::trap(word);
        findings.add_at_bytes(Code::YamlTrap, span.clone(), message, remedy);
    }
}

/// Tells why a text cannot be read.
pub(super) fn tell(text: &str, is_json: bool, failure: &Failure, reading: &Reading, findings: &mut Findings) {
    let walk = walk(text);
    if is_json {
        return broken_json(text, failure, &walk, findings);
    }
    if reading.is_overgrown.get() || failure.message.contains("repetition limit") {
        return overgrown(failure, &walk, findings);
    }
    if failure.message.contains("recursion limit") {
        return too_deep(failure, &walk, findings);
    }
    if let Some(second) = walk.second_document {
        let message = "A second document begins here, and a file is read as one.";
        let remedy = "Put each document into a file of its own, or delete the `---`.";
        return findings.add_at_bytes(Code::SeveralDocuments, second, message, remedy);
    }
    if let Some(opening) = failure.opening {
        let (message, remedy) = messages::OPEN_QUOTE;
        return findings.add_at_bytes(Code::Syntax, one(text, opening), message, remedy);
    }
    if let Some(error) = &walk.error {
        let (bytes, message, remedy) = messages::broken(text, error, &walk.open);
        findings.add_at_bytes(Code::Syntax, bytes, message, remedy);
        return relate_open(&walk.open, findings);
    }
    if walk.foreign.is_empty() {
        let at = failure.at.unwrap_or(text.len());
        let message = format!("The text is no YAML: {}.", failure.message);
        return findings.add_at_bytes(
            Code::Syntax,
            one(text, at),
            message,
            "Correct the text here, or shortly before.",
        );
    }
    for (bytes, foreign) in &walk.foreign {
        let (message, remedy) = messages::foreign(foreign);
        findings.add_at_bytes(Code::BeyondJson, bytes.clone(), message, remedy);
    }
    duplicates(&walk, findings);
}

fn duplicates(walk: &Walk, findings: &mut Findings) {
    for duplicate in &walk.duplicates {
        let message = format!("The key `{}` is there twice in one object.", duplicate.key);
        let remedy = match duplicate.key.starts_with('/') {
            true => "Write the operations of both below one of them, and delete the other.",
            false if duplicate.key == "$ref" => {
                "Keep one of the two; each item of a list begins with a `-` of its own."
            }
            false => "Keep one of the two.",
        };
        findings.add_at_bytes(Code::DuplicateKey, duplicate.second.clone(), message, remedy);
        let mark = findings.mark() - 1;
        findings.set_consequence(mark, Code::DuplicateKey, Some("The first counts."));
        findings.add_related(&Pointer::root(), Focus::Bytes(duplicate.first.clone()), "the first");
    }
}

fn overgrown(failure: &Failure, walk: &Walk, findings: &mut Findings) {
    let bytes = walk.largest_alias.clone().unwrap_or_else(|| failure.at.map_or(0..0, |at| at..at));
    let message = "The aliases make more of the text than any document means: this one brings the most.";
    findings.add_at_bytes(Code::DocumentLimit, bytes, message, "Write a component, and refer to it with `$ref`.");
}

fn too_deep(failure: &Failure, walk: &Walk, findings: &mut Findings) {
    let message = format!("The text is nested more than {} levels deep.", events::DEEPEST);
    let remedy = "Move inner schemas to `components.schemas`, and refer to them.";
    match (&walk.too_deep, &walk.largest_alias) {
        (Some(bytes), _) => findings.add_at_bytes(Code::DocumentLimit, bytes.clone(), message, remedy),
        (None, Some(bytes)) => {
            let message = format!("{} Aliases lead there, such as this one.", message);
            findings.add_at_bytes(Code::DocumentLimit, bytes.clone(), message, remedy);
        }
        (None, None) => {
            let at = failure.at.unwrap_or_default();
            findings.add_at_bytes(Code::DocumentLimit, at..at, message, remedy);
        }
    }
}

fn broken_json(text: &str, failure: &Failure, walk: &Walk, findings: &mut Findings) {
    if failure.message.contains("recursion limit") {
        return too_deep(failure, walk, findings);
    }
    if failure.is_end {
        let message = messages::ended(&walk.open, text);
        findings.add_at_bytes(Code::Syntax, end_of(text), message, messages::ENDED);
        return relate_open(&walk.open, findings);
    }
    let at = failure.at.unwrap_or(text.len());
    let said = match failure.message.as_str() {
        "expected ident" => "a word without quotes is `true`, `false` or `null`",
        "key must be a string" => "a key stands in double quotes",
        "expected value" => "a value is missing, or is not written as JSON writes it",
        said => said,
    };
    let message = format!("The text is no JSON: {said}.");
    findings.add_at_bytes(Code::Syntax, one(text, at), message, "Correct the text here, or shortly before.");
}

/// Shows which bracket is still open.
fn relate_open(open: &[Range<usize>], findings: &mut Findings) {
    if let Some(bracket) = open.last() {
        findings.add_related(&Pointer::root(), Focus::Bytes(bracket.clone()), "still open");
    }
}

/// The character at `at`, or the place behind the last one.
fn one(text: &str, at: usize) -> Range<usize> {
    let width = text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    at..at + width
}

/// The last character that is no space.
fn end_of(text: &str) -> Range<usize> {
    let trimmed = text.trim_end();
    let last = trimmed.chars().next_back().map_or(0, char::len_utf8);
    trimmed.len() - last..trimmed.len()
}

#[cfg(test)]
mod tests;
