//! Parses character classes, and escapes of characters.

use crate::pattern::character_class;
use crate::pattern::parser::{MAX_RANGES, Reader};
use crate::pattern::syntax::SharedClass;
use crate::pattern::unicode_property;

/// A single character, or an escape, in a character class such as `[a\d]`.
enum Atom {
    /// A code point. It can be a surrogate, which no Rust string contains.
    CodePoint(u32),
    /// The characters of an escape such as `\d`.
    Characters(SharedClass),
}

impl Reader {
    /// Returns the character class of an escape such as `\d`. `compute` is called only for the first occurrence of the escape in
    /// the pattern.
    pub(super) fn known(
        &mut self,
        escape: &str,
        compute: impl FnOnce(&mut Self) -> Option<SharedClass>,
    ) -> Option<SharedClass> {
        if let Some(class) = self.known_classes.get(escape) {
            return Some(class.clone());
        }
        let class = compute(self)?;
        self.ranges += class.len();
        self.known_classes.insert(escape.to_owned(), class.clone());
        Some(class)
    }

    /// Reads a character class such as `[a-z]`, after its opening bracket.
    pub(super) fn class(&mut self) -> Option<SharedClass> {
        let negated = self.eat("^");
        let mut ranges = Vec::new();
        while !self.eat("]") {
            let first = self.class_atom()?;
            let starts_range = self.peek() == Some('-') && self.letters.get(self.at + 1) != Some(&']');
            if starts_range {
                self.at += 1;
                match (first, self.class_atom()?) {
                    (Atom::CodePoint(first), Atom::CodePoint(last)) if first <= last => {
                        ranges.extend(characters(first, last));
                    }
                    _ => return None,
                }
            } else {
                match first {
                    Atom::CodePoint(point) => ranges.extend(characters(point, point)),
                    Atom::Characters(class) => ranges.extend_from_slice(&class),
                }
            }
            if self.ranges + ranges.len() > MAX_RANGES {
                return None;
            }
        }
        self.ranges += ranges.len();
        let ranges = character_class::normalized(ranges);
        Some(if negated { character_class::complement(&ranges) } else { ranges }.into())
    }

    /// Reads a character or an escape in a character class such as `[a\d]`.
    fn class_atom(&mut self) -> Option<Atom> {
        match self.next()? {
            '\\' if self.eat("b") => Some(Atom::CodePoint(8)),
            '\\' => self.atom_escape(),
            letter => Some(Atom::CodePoint(letter.into())),
        }
    }

    /// Reads the escape of a character or of a class, such as `\n` or `\d`, after its backslash. Returns the class, which
    /// contains a single character for `\n`.
    pub(super) fn class_escape(&mut self) -> Option<SharedClass> {
        Some(match self.atom_escape()? {
            Atom::CodePoint(point) => characters(point, point).into_iter().collect(),
            Atom::Characters(class) => class,
        })
    }

    fn atom_escape(&mut self) -> Option<Atom> {
        let letter = match self.next()? {
            letter @ ('d' | 'D' | 'w' | 'W' | 's' | 'S') => {
                let class =
                    self.known(letter.encode_utf8(&mut [0; 4]), |_| character_class::escaped(letter).map(Into::into));
                return class.map(Atom::Characters);
            }
            letter @ ('p' | 'P') => return self.property(letter).map(Atom::Characters),
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => '\0',
            'c' => char::from(u8::try_from(self.next().filter(char::is_ascii_alphabetic)?).ok()? & 31),
            'x' => return self.hexadecimal(2).map(Atom::CodePoint),
            'u' => return self.unicode_escape().map(Atom::CodePoint),
            letter if letter.is_ascii_punctuation() => letter,
            _ => return None,
        };
        Some(Atom::CodePoint(letter.into()))
    }

    /// Reads the braces of `\p{…}` or `\P{…}` after `letter`, which is `p` or `P`. Returns the class of the escape.
    fn property(&mut self, letter: char) -> Option<SharedClass> {
        self.has_unicode_escapes = true;
        let close = self.letters[self.at..].iter().take(100).position(|letter| *letter == '}')?;
        let braces: String = self.letters[self.at..=self.at + close].iter().collect();
        self.at += close + 1;
        let escape = format!("\\{letter}{braces}");
        let class = self.known(&escape, |_| unicode_property::class(&escape))?;
        (self.ranges <= MAX_RANGES).then_some(class)
    }

    /// Reads the rest of an escape after `\u`: `{1F600}`, `1234`, or a pair of surrogates. Returns the code point.
    fn unicode_escape(&mut self) -> Option<u32> {
        if self.eat("{") {
            let digits = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
            let point = self.hexadecimal(digits)?;
            self.at += 1;
            self.has_unicode_escapes |= char::from_u32(point).is_none();
            return (point <= char::MAX.into()).then_some(point);
        }
        let first = self.hexadecimal(4)?;
        if char::from_u32(first).is_some() {
            return Some(first);
        }
        self.has_unicode_escapes = true;
        let after_first = self.at;
        if (0xd800..0xdc00).contains(&first) && self.eat("\\u") {
            if let Some(second) = self.hexadecimal(4).filter(|second| (0xdc00..0xe000).contains(second)) {
                return Some(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00));
            }
            self.at = after_first;
        }
        Some(first)
    }

    /// Reads a hexadecimal number with exactly `digits` digits.
    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.letters.get(self.at..self.at + digits)?.iter().collect();
        let is_number = text.chars().all(|digit| digit.is_ascii_hexdigit());
        let number = u32::from_str_radix(&text, 16).ok().filter(|_| is_number)?;
        self.at += digits;
        Some(number)
    }
}

/// Returns the first and the last character of a range of code points; `None` if all code points in the range are surrogates.
fn characters(first: u32, last: u32) -> Option<(char, char)> {
    let first = char::from_u32(first).or(char::from_u32(0xe000))?;
    let last = char::from_u32(last).or(char::from_u32(0xd7ff))?;
    (first <= last).then_some((first, last))
}
