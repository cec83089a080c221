// copperplate runtime: copied into each generated crate that uses it.
//! Patterns that are a sequence of character classes with quantifiers. Such patterns are matched in one pass, without
//! backtracking.

use crate::runtime::validation::deadline;
use crate::runtime::validation::pattern::fixed_length::FixedLength;
use crate::runtime::validation::pattern::matcher::Matcher;
use crate::runtime::validation::pattern::piece::Piece;

/// The length of a string from which the work of a match is counted for the deadline of a response, in bytes.
const LONG_TEXT: usize = 4_096;

/// A pattern such as `^[A-Za-z0-9_-]*$`.
///
/// Each character class consumes as many characters as its quantifier allows, and the match never backtracks. This is
/// correct if no repeated class shares a character with a class that can follow the repeated class. The generator uses
/// this type only for patterns that meet this condition.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    anchored_start: bool,
    anchored_end: bool,
    pieces: &'static [Piece],
    /// The faster comparison, which is possible if all matching strings have the same length.
    fixed: Option<FixedLength>,
}

impl Pattern {
    /// Creates a pattern from its pieces. `text` is the regular expression in the OpenAPI document. `anchored_start` is
    /// true if `text` starts with `^`, and `anchored_end` is true if `text` ends with `$`.
    pub const fn new(text: &'static str, anchored_start: bool, anchored_end: bool, pieces: &'static [Piece]) -> Self {
        let fixed = if anchored_start && anchored_end { FixedLength::new(pieces) } else { None };
        Self { text, anchored_start, anchored_end, pieces, fixed }
    }

    fn matches_at(&self, text: &str) -> bool {
        let rest = self.pieces.iter().try_fold(text, |rest, piece| piece.strip(rest));
        rest.is_some_and(|rest| !self.anchored_end || rest.is_empty())
    }
}

impl Matcher for Pattern {
    fn pattern(&self) -> &str {
        self.text
    }

    fn is_match(&self, text: &str) -> bool {
        if let Some(fixed) = &self.fixed {
            return fixed.is_match(text.as_bytes());
        }
        if self.anchored_start {
            return self.matches_at(text);
        }
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        starts.into_iter().any(|start| self.matches_at(&text[start..]))
    }

    fn decide(&self, text: &str) -> Option<bool> {
        match text.len() >= LONG_TEXT && deadline::has_passed(text.len()) {
            true => None,
            false => Some(self.is_match(text)),
        }
    }
}
