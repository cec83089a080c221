// copperplate runtime: copied unchanged into every generated crate.
//! Patterns that are a sequence of bounded character classes, matched in one pass without a regex engine.

pub mod automaton;
pub mod expression;
pub(crate) mod fixed_length;

use crate::runtime::validation::keywords::Matcher;
use crate::runtime::validation::pattern::fixed_length::Fixed;

/// A pattern such as `^[A-Za-z0-9_-]*$`.
///
/// The generator emits one only where taking as many characters as possible is never wrong: no class that may repeat
/// shares a character with what may follow it.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    anchored_start: bool,
    anchored_end: bool,
    pieces: &'static [Piece],
    /// The same for a text of one length.
    fixed: Option<Fixed>,
}

/// A character class and how often it stands.
#[derive(Debug)]
pub struct Piece {
    pub(crate) ranges: &'static [(char, char)],
    pub(crate) min: usize,
    pub(crate) max: usize,
    /// The ASCII characters of the class, a bit each.
    ascii: [u64; 2],
}

impl Piece {
    /// A class by its ranges, both ends included, in ascending order; how often it stands at least, and at most: `usize::MAX` where
    /// nothing bounds it.
    pub const fn new(ranges: &'static [(char, char)], min: usize, max: usize) -> Self {
        let mut ascii = [0; 2];
        let mut index = 0;
        while index < ranges.len() {
            let (first, last) = ranges[index];
            let mut letter = first as u32;
            while letter <= last as u32 && letter < 128 {
                ascii[letter as usize / 64] |= 1 << (letter % 64);
                letter += 1;
            }
            index += 1;
        }
        Self { ranges, min, max, ascii }
    }

    /// The text behind the longest run of this class at the start of `text`, if the run is long enough.
    fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let most = text.len().min(self.max);
        let run = text.as_bytes()[..most].iter().position(|byte| !self.has_ascii(*byte)).unwrap_or(most);
        let (_, rest) = text.split_at_checked(run)?;
        match rest.as_bytes().first() {
            Some(128..) if run < self.max => self.strip_beyond_ascii(rest, run),
            _ => (run >= self.min).then_some(rest),
        }
    }

    /// The same from a character beyond ASCII on, behind `count` characters of the class.
    fn strip_beyond_ascii<'t>(&self, text: &'t str, mut count: usize) -> Option<&'t str> {
        let mut rest = text.chars();
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

    fn has_ascii(&self, byte: u8) -> bool {
        byte < 128 && self.ascii[usize::from(byte / 64)] >> (byte % 64) & 1 == 1
    }

    fn contains(&self, wanted: char) -> bool {
        self.ranges.iter().any(|&(first, last)| first <= wanted && wanted <= last)
    }
}

impl Pattern {
    /// The pattern that the document writes as `text`: whether it begins with `^`, whether it ends with `$`, and its classes.
    pub const fn new(text: &'static str, anchored_start: bool, anchored_end: bool, pieces: &'static [Piece]) -> Self {
        let fixed = if anchored_start && anchored_end { Fixed::of(pieces) } else { None };
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
}
