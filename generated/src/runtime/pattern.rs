// copperplate runtime: copied unchanged into every generated crate.
//! Patterns that are a sequence of bounded character classes, matched in one pass without a regex engine.

use super::check::Matcher;

/// A pattern such as `^[A-Za-z0-9_-]*$`.
///
/// The generator emits one only where taking as many characters as possible is never wrong: no class that may repeat
/// shares a character with what may follow it.
#[derive(Debug)]
pub struct Pattern {
    /// The pattern as the document writes it.
    pub text: &'static str,
    /// Whether it begins with `^`.
    pub anchored_start: bool,
    /// Whether it ends with `$`.
    pub anchored_end: bool,
    /// The classes, in order.
    pub pieces: &'static [Piece],
}

/// A character class and how often it stands.
#[derive(Debug)]
pub struct Piece {
    /// The ranges of the class, both ends included, in ascending order.
    pub ranges: &'static [(char, char)],
    /// How often at least.
    pub min: usize,
    /// How often at most; `usize::MAX` where nothing bounds it.
    pub max: usize,
}

impl Piece {
    /// The text behind the longest run of this class at the start of `text`, if the run is long enough.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let mut rest = text.chars();
        let mut count = 0;
        while count < self.max {
            let before = rest.clone();
            match rest.next() {
                Some(next) if self.contains(next) => count += 1,
                _ => {
                    rest = before;
                    break;
                }
            }
        }
        (count >= self.min).then_some(rest.as_str())
    }

    fn contains(&self, wanted: char) -> bool {
        self.ranges.iter().any(|&(first, last)| first <= wanted && wanted <= last)
    }
}

impl Pattern {
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
        if self.anchored_start {
            return self.matches_at(text);
        }
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        starts.into_iter().any(|start| self.matches_at(&text[start..]))
    }
}
