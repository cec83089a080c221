// copperplate runtime: copied into each generated crate that uses it.
//! Patterns for which all matching strings have the same length, such as `^[A-Z]{3}-[0-9]{6}$`. A string is compared
//! with the pattern eight bytes at a time.

use crate::runtime::validation::pattern::piece::Piece;

/// The maximal length of a matching string, in words of eight bytes.
const WORDS: usize = 5;

/// The maximal number of ranges in a character class.
const RANGES: usize = 3;

/// The highest bit of each byte in a word. The highest bit of an ASCII character is 0.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The character classes of a pattern. The pattern matches only ASCII strings, all of the same length.
#[derive(Debug)]
pub(crate) struct FixedLength {
    length: usize,
    /// Whether every class has only one range, as in most patterns. If true, only the first range of each class is
    /// compared.
    is_single: bool,
    words: [Word; WORDS],
    /// The character classes of the last eight bytes of the string. If the length is not a multiple of eight, the field
    /// `words` does not cover the end of the string. Some bytes can be covered by both fields, and are compared twice.
    last: Word,
}

/// The character classes of eight consecutive bytes. The class of the first byte is in the lowest byte of each `u64`.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// The first characters of the ranges. Byte B of `first[R]` is the first character of range R in the class of
    /// byte B.
    first: [u64; RANGES],
    /// The number `127 - L` for each range, where `L` is the last character of the range. A character `c` is after the
    /// range if `c + (127 - L)` is above 127. The layout is the same as in `first`.
    behind: [u64; RANGES],
}

impl FixedLength {
    /// Creates the comparison for a pattern. Returns `None` in these cases:
    /// - Two matching strings can differ in length.
    /// - A matching string has fewer than 8 bytes, or more than [`WORDS`] words.
    /// - A class contains a character beyond ASCII, or has more than [`RANGES`] ranges.
    pub(crate) const fn new(pieces: &'static [Piece]) -> Option<Self> {
        let mut length = 0_usize;
        let mut is_single = true;
        let mut index = 0;
        while index < pieces.len() {
            let piece = &pieces[index];
            if piece.min != piece.max || piece.min > WORDS * 8 || !fits(piece.ranges) {
                return None;
            }
            length += piece.min;
            is_single &= piece.ranges.len() == 1;
            index += 1;
        }
        if length < 8 || length > WORDS * 8 {
            return None;
        }
        let mut words = [Word::EMPTY; WORDS];
        let mut word = 0;
        while word < length / 8 {
            words[word] = Word::at(pieces, word * 8);
            word += 1;
        }
        Some(Self { length, is_single, words, last: Word::at(pieces, length - 8) })
    }

    pub(crate) fn is_match(&self, text: &[u8]) -> bool {
        let (words, _) = text.as_chunks::<8>();
        let Some(last) = text.last_chunk::<8>().filter(|_| text.len() == self.length) else { return false };
        let words = self.words.iter().zip(words);
        let wrong = if self.is_single {
            words.fold(self.last.outside_first(*last), |wrong, (word, bytes)| wrong | word.outside_first(*bytes))
        } else {
            words.fold(self.last.outside(*last), |wrong, (word, bytes)| wrong | word.outside(*bytes))
        };
        wrong == 0
    }
}

/// Returns whether a class contains only ASCII characters, and has at most [`RANGES`] ranges.
const fn fits(ranges: &[(char, char)]) -> bool {
    let mut index = 0;
    while index < ranges.len() {
        if !ranges[index].1.is_ascii() {
            return false;
        }
        index += 1;
    }
    0 < index && index <= RANGES
}

impl Word {
    const EMPTY: Self = Self { first: [0; RANGES], behind: [0; RANGES] };

    /// Returns the character classes of the eight bytes from the index `start` on.
    const fn at(pieces: &'static [Piece], start: usize) -> Self {
        let mut word = Self::EMPTY;
        let mut byte = 0;
        while byte < 8 {
            let ranges = class_at(pieces, start + byte);
            let mut index = 0;
            while index < RANGES {
                // If the class has fewer ranges, its first range fills the rest.
                let (first, last) = ranges[if index < ranges.len() { index } else { 0 }];
                word.first[index] |= (first as u64) << (8 * byte);
                word.behind[index] |= (0x7f - last as u64) << (8 * byte);
                index += 1;
            }
            byte += 1;
        }
        word
    }

    /// Compares eight bytes with their character classes. The result has the highest bit of a byte set if the byte is
    /// in no range of its class.
    #[inline]
    fn outside(&self, bytes: [u8; 8]) -> u64 {
        let bytes = u64::from_le_bytes(bytes);
        let right = self.within(bytes, 0) | self.within(bytes, 1) | self.within(bytes, 2);
        (!right | bytes) & HIGH
    }

    /// Works like [`Word::outside`], but compares only the first range of each class.
    #[inline]
    fn outside_first(&self, bytes: [u8; 8]) -> u64 {
        let bytes = u64::from_le_bytes(bytes);
        (!self.within(bytes, 0) | bytes) & HIGH
    }

    /// Compares eight bytes with the range at `index` of their character classes. The result has the highest bit of a
    /// byte set if the byte is in the range. For a byte beyond ASCII, this bit is undefined.
    ///
    /// The eight bytes of the `u64` do not affect one another. The subtraction borrows nothing, because it subtracts a
    /// number below 128 from a number of at least 128. The addition carries nothing, because each sum is below 256.
    #[inline]
    fn within(&self, bytes: u64, index: usize) -> u64 {
        ((bytes | HIGH) - self.first[index]) & !((bytes & !HIGH) + self.behind[index])
    }
}

/// Returns the character class at the index `place` of a matching string. `place` must be less than the length of the
/// string.
const fn class_at(pieces: &'static [Piece], place: usize) -> &'static [(char, char)] {
    let mut index = 0;
    let mut end = pieces[0].min;
    while end <= place {
        index += 1;
        end += pieces[index].min;
    }
    pieces[index].ranges
}
