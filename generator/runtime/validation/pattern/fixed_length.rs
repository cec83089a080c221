// copperplate runtime: copied unchanged into every generated crate.
//! Patterns for which all matching texts have the same length, such as `^[A-Z]{3}-[0-9]{6}$`. A text is compared eight
//! bytes at a time.

use crate::runtime::validation::pattern::piece::Piece;

/// The maximal number of eight-byte words in a text.
const WORDS: usize = 5;

/// The maximal number of ranges in a class.
const RANGES: usize = 3;

/// The highest bit of each byte. ASCII characters do not have it.
const HIGH: u64 = 0x8080_8080_8080_8080;

/// The classes of a pattern that matches ASCII texts of one length.
#[derive(Debug)]
pub(crate) struct FixedLength {
    length: usize,
    /// Whether every class has only one range, as in most patterns. The other ranges then need no comparison.
    is_single: bool,
    words: [Word; WORDS],
    /// The classes of the last eight bytes. They overlap with `words` if the length is not a multiple of eight.
    last: Word,
}

/// The classes of eight bytes; the first byte is the lowest.
#[derive(Debug, Clone, Copy)]
struct Word {
    /// The first character of each range.
    first: [u64; RANGES],
    /// For each range, a number whose sum with a character has the highest bit set if the character is after the range.
    behind: [u64; RANGES],
}

impl FixedLength {
    /// Creates the comparison for a pattern. Returns `None` if matching texts differ in length, are shorter than one
    /// word or longer than [`WORDS`], or are not ASCII.
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

/// Returns whether a class is ASCII and has at most [`RANGES`] ranges.
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

    /// Returns the classes of the eight bytes from `start` on.
    const fn at(pieces: &'static [Piece], start: usize) -> Self {
        let mut word = Self::EMPTY;
        let mut byte = 0;
        while byte < 8 {
            let ranges = class_at(pieces, start + byte);
            let mut index = 0;
            while index < RANGES {
                // A class with fewer ranges repeats its first one.
                let (first, last) = ranges[if index < ranges.len() { index } else { 0 }];
                word.first[index] |= (first as u64) << (8 * byte);
                word.behind[index] |= (0x7f - last as u64) << (8 * byte);
                index += 1;
            }
            byte += 1;
        }
        word
    }

    /// Sets the highest bit of each byte that is in no range of its class.
    #[inline]
    fn outside(&self, bytes: [u8; 8]) -> u64 {
        let bytes = u64::from_le_bytes(bytes);
        let right = self.within(bytes, 0) | self.within(bytes, 1) | self.within(bytes, 2);
        (!right | bytes) & HIGH
    }

    /// Like [`Word::outside`], for classes of one range.
    #[inline]
    fn outside_first(&self, bytes: [u8; 8]) -> u64 {
        let bytes = u64::from_le_bytes(bytes);
        (!self.within(bytes, 0) | bytes) & HIGH
    }

    /// Sets the highest bit of each ASCII byte that is in the range at `index`. For other bytes, the highest bit is
    /// undefined. No byte affects the next one: each subtraction is of a number below 128 from a number of at least
    /// 128, and each sum is below 256.
    #[inline]
    fn within(&self, bytes: u64, index: usize) -> u64 {
        ((bytes | HIGH) - self.first[index]) & !((bytes & !HIGH) + self.behind[index])
    }
}

/// Returns the class of the character at `place`, which is inside one of the pieces.
const fn class_at(pieces: &'static [Piece], place: usize) -> &'static [(char, char)] {
    let mut index = 0;
    let mut end = pieces[0].min;
    while end <= place {
        index += 1;
        end += pieces[index].min;
    }
    pieces[index].ranges
}
