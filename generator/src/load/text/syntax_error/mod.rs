//! Reports YAML and JSON that is not well-formed, and YAML that JSON cannot express.
//!
//! The parsers stop at the first error and explain little. So a text with an error is parsed again, event by event, to find the
//! cause with its line and column.

mod common_mistake;
mod events;
mod indentation;
mod messages;
mod span;

use std::ops::Range;

use crate::finding::{Code, Findings, Focus};
use crate::load::text::observations::Observations;
use crate::load::text::syntax_error::common_mistake::Mistake;
pub(crate) use crate::load::text::syntax_error::events::MAX_DEPTH;
use crate::load::text::syntax_error::events::{Walk, walk};
use crate::load::text::syntax_error::span::{character_at, last_character};
use crate::pointer::Pointer;

/// An error of `serde_yaml` or `serde_json`.
#[derive(Debug)]
pub(super) struct ParserError {
    /// The message of the parser; for JSON, without the line and column.
    message: String,
    /// The byte offset of the error, if the parser reports one.
    at: Option<usize>,
    /// Whether the error is that a JSON text ends too early.
    is_end: bool,
    /// The byte offset of the opening quotation mark of an unclosed string.
    opening_quote: Option<usize>,
}

/// A text with fewer nested brackets than this, or indicators `-` and `?` in one line, is parsed at once.
const PROBABLY_DEEP: usize = 1_000;

/// Returns whether a YAML text is nested too deeply. The parser reads the whole text before it reports this, in a time that grows
/// with the square of the depth. Therefore, texts that are probably deep are examined first. If such a text is malformed, it also
/// counts as nested too deeply.
pub(super) fn nests_too_deeply(text: &str) -> bool {
    let (mut depth, mut deepest, mut indicators) = (0_usize, 0, 0);
    for byte in text.bytes() {
        match byte {
            b'[' | b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b']' | b'}' => depth = depth.saturating_sub(1),
            b'-' | b'?' => {
                indicators += 1;
                deepest = deepest.max(indicators);
            }
            b' ' => {}
            _ => indicators = 0,
        }
    }
    let is_deep = |walk: Walk| walk.too_deep.is_some() || walk.error.is_some();
    deepest >= PROBABLY_DEEP && is_deep(walk(text))
}

impl ParserError {
    /// Returns the error about a text that is nested too deeply.
    pub(super) fn nesting() -> Self {
        Self { message: "recursion limit exceeded".to_owned(), at: None, is_end: false, opening_quote: None }
    }

    /// Converts the error of `serde_json` about `text`.
    pub(super) fn from_json(error: &serde_json::Error, text: &str) -> Self {
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        let line: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
        let at = Some(line + error.column().saturating_sub(1));
        Self { message, at, is_end: error.is_eof(), opening_quote: None }
    }

    /// Converts the error of `serde_yaml` about `text`.
    pub(super) fn from_yaml(error: &serde_yaml::Error, text: &str) -> Self {
        let message = error.to_string();
        let at = error.location().map(|location| offset(text, location.line(), location.column()));
        let context = message.split_once("while scanning a quoted scalar at line ").map(|(_, context)| context);
        let opening_quote = context.and_then(|context| {
            let (line, column) = context.split_once(" column ")?;
            Some(offset(text, line.parse().ok()?, column.parse().ok()?))
        });
        Self { message, at, is_end: false, opening_quote }
    }

    /// Returns the error with `bytes` added to its byte offsets.
    pub(super) fn shifted(self, bytes: usize) -> Self {
        Self { at: self.at.map(|at| at + bytes), opening_quote: self.opening_quote.map(|quote| quote + bytes), ..self }
    }
}

/// Converts a line and a column to a byte offset. Both count from 1, and the column counts characters.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text.get(before..).unwrap_or_default();
    let letters = line.char_indices().map(|(offset, _)| offset);
    before + letters.chain([line.len()]).nth(column.saturating_sub(1)).unwrap_or(line.len())
}

/// Reports the observations about a text that can be parsed: duplicate keys, and words that other YAML parsers do not read as
/// strings.
pub(super) fn report_observations(text: &str, is_json: bool, observations: &Observations, findings: &mut Findings) {
    let walk = walk(text);
    report_duplicates(&walk, findings);
    if observations.has_duplicates.get() && walk.duplicates.is_empty() {
        findings.add_repairable(
            Code::DuplicateKey,
            &Pointer::root(),
            "An object has the same key twice.",
            "Keep one of the two keys.",
            "The first value is used.",
        );
    }
    for (span, word) in walk.traps.iter().filter(|_| !is_json) {
        let (message, remedy) = messages::trap(word);
        findings.add_at_bytes(Code::YamlTrap, span.clone(), message, remedy);
    }
}

/// Reports why a text cannot be parsed.
pub(super) fn report(
    text: &str,
    is_json: bool,
    error: &ParserError,
    observations: &Observations,
    findings: &mut Findings,
) {
    let walk = walk(text);
    if is_json {
        return report_json(text, error, &walk, findings);
    }
    if observations.is_too_large.get() || error.message.contains("repetition limit") {
        return report_expansion(error, &walk, findings);
    }
    if error.message.contains("recursion limit") {
        return report_nesting(error, &walk, findings);
    }
    if let Some(second) = walk.second_document {
        let message = "A second YAML document begins here, but a file must contain only one.";
        let remedy = "Put each document into a file of its own, or delete the `---`.";
        return findings.add_at_bytes(Code::SeveralDocuments, second, message, remedy);
    }
    if let Some(quote) = error.opening_quote {
        let (message, remedy) = messages::OPEN_QUOTE;
        return findings.add_at_bytes(Code::Syntax, character_at(text, quote), message, remedy);
    }
    if let Some(error) = &walk.error {
        let Mistake { place: bytes, message, remedy } = messages::invalid_yaml(text, error, &walk.open);
        findings.add_at_bytes(Code::Syntax, bytes, message, remedy);
        return relate_open_bracket(&walk.open, findings);
    }
    if walk.beyond_json.is_empty() {
        let at = error.at.unwrap_or(text.len());
        let message = format!("The text is not valid YAML: {}.", error.message);
        return findings.add_at_bytes(Code::Syntax, character_at(text, at), message, messages::NEARBY);
    }
    for (bytes, construct) in &walk.beyond_json {
        let (message, remedy) = messages::beyond_json(construct);
        findings.add_at_bytes(Code::BeyondJson, bytes.clone(), message, remedy);
    }
    report_duplicates(&walk, findings);
}

fn report_duplicates(walk: &Walk, findings: &mut Findings) {
    for duplicate in &walk.duplicates {
        let message = format!("The object has the key `{}` twice.", duplicate.key);
        let remedy = match duplicate.key.starts_with('/') {
            true => "Move all operations below one of the two keys, and delete the other key.",
            false if duplicate.key == "$ref" => {
                "Keep one of the two keys. Each item of a list begins with its own `-`."
            }
            false => "Keep one of the two keys.",
        };
        findings.add_at_bytes(Code::DuplicateKey, duplicate.second.clone(), message, remedy);
        let mark = findings.mark() - 1;
        findings.set_consequence(mark, Code::DuplicateKey, Some("The first value is used."));
        findings.add_related(&Pointer::root(), Focus::Bytes(duplicate.first.clone()), "the first key");
    }
}

/// Reports that the aliases of a text expand to too much data.
fn report_expansion(error: &ParserError, walk: &Walk, findings: &mut Findings) {
    let bytes = walk.largest_alias.clone().unwrap_or_else(|| error.at.map_or(0..0, |at| at..at));
    let message = "The aliases of the document expand to too much data. This alias adds the most.";
    findings.add_at_bytes(
        Code::DocumentLimit,
        bytes,
        message,
        "Shorten the data, or replace an alias by a component and refer to the component with `$ref`.",
    );
}

/// Reports that a text is nested too deeply.
fn report_nesting(error: &ParserError, walk: &Walk, findings: &mut Findings) {
    let message = format!("The text is nested more than {} levels deep.", MAX_DEPTH);
    let remedy = "Move inner schemas to `components.schemas`, and refer to them.";
    match (&walk.too_deep, &walk.largest_alias) {
        (Some(bytes), _) => findings.add_at_bytes(Code::DocumentLimit, bytes.clone(), message, remedy),
        (None, Some(bytes)) => {
            let message = format!("{message} Aliases such as this one contribute to the depth.");
            findings.add_at_bytes(Code::DocumentLimit, bytes.clone(), message, remedy);
        }
        (None, None) => {
            let at = error.at.unwrap_or_default();
            findings.add_at_bytes(Code::DocumentLimit, at..at, message, remedy);
        }
    }
}

/// Reports why a text is not JSON.
fn report_json(text: &str, error: &ParserError, walk: &Walk, findings: &mut Findings) {
    if error.message.contains("recursion limit") {
        return report_nesting(error, walk, findings);
    }
    if error.is_end {
        let message = messages::unexpected_end(&walk.open, text);
        findings.add_at_bytes(Code::Syntax, last_character(text), message, messages::UNEXPECTED_END_REMEDY);
        return relate_open_bracket(&walk.open, findings);
    }
    let at = error.at.unwrap_or(text.len());
    let reason = match error.message.as_str() {
        "expected ident" => "a word without quotes must be `true`, `false` or `null`",
        "key must be a string" => "a key must be in double quotes",
        "expected value" => "a value is missing or malformed",
        message => message,
    };
    let message = format!("The text is not valid JSON: {reason}.");
    findings.add_at_bytes(Code::Syntax, character_at(text, at), message, messages::NEARBY);
}

/// Adds the innermost open bracket to the last finding as a related location.
fn relate_open_bracket(open: &[Range<usize>], findings: &mut Findings) {
    if let Some(bracket) = open.last() {
        findings.add_related(&Pointer::root(), Focus::Bytes(bracket.clone()), "opened here");
    }
}

#[cfg(test)]
mod tests;
