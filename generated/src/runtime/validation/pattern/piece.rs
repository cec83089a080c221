// copperplate runtime: copied into each generated crate that uses it.
//! The type `Piece`: a character class with a quantifier, such as `[a-z]{2,4}`.

/// A character class, and the minimal and maximal number of repetitions: `[a-z]{2,4}`.
#[derive(Debug)]
pub struct Piece {
    pub(crate) ranges: &'static [(char, char)],
    pub(crate) min: usize,
    pub(crate) max: usize,
    /// The ASCII characters of the class. Bit N is set if the class contains the character N.
    ascii: [u64; 2],
}

impl Piece {
    /// Creates a piece from the ranges of its class, and the minimal and maximal number of repetitions. The ranges are
    /// inclusive and in ascending order. `usize::MAX` means unbounded.
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

    /// Removes from the start of `text` as many characters of the class as the quantifier allows, and returns the rest.
    /// Returns `None` if there are too few such characters.
    #[inline]
    pub(crate) fn strip<'t>(&self, text: &'t str) -> Option<&'t str> {
        let most = text.len().min(self.max);
        let run = text.as_bytes()[..most].iter().position(|byte| !self.has_ascii(*byte)).unwrap_or(most);
        let (_, rest) = text.split_at_checked(run)?;
        match rest.as_bytes().first() {
            Some(128..) if run < self.max => self.strip_beyond_ascii(rest, run),
            _ => (run >= self.min).then_some(rest),
        }
    }

    /// Continues [`Piece::strip`] at a character beyond ASCII. `count` is the number of characters that are already
    /// removed.
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

    #[inline]
    fn has_ascii(&self, byte: u8) -> bool {
        byte < 128 && self.ascii[usize::from(byte / 64)] >> (byte % 64) & 1 == 1
    }

    fn contains(&self, wanted: char) -> bool {
        let after = self.ranges.partition_point(|(_, last)| *last < wanted);
        self.ranges.get(after).is_some_and(|(first, _)| *first <= wanted)
    }
}
