//! Parses patterns to their syntax trees.

use crate::pattern::character_class;
use crate::pattern::structure::{Class, Lookahead, Part, Quantifier, Sequence, Structure};

/// The deepest nesting of groups.
const MAX_DEPTH: usize = 100;

/// Parses `pattern`. `None` if automata cannot match it, or if it is no regular expression.
pub(super) fn parse(pattern: &str) -> Option<Structure> {
    let mut reader = Reader { letters: pattern.chars().collect(), at: 0, depth: 0 };
    let mut lookaheads = Vec::new();
    let is_anchored = reader.eat("^");
    while is_anchored && let Some(negated) = reader.lookahead() {
        let alternatives = reader.group()?;
        // With the flag `u` a lookahead cannot have a quantifier.
        reader.quantifier().filter(|quantifier| *quantifier == Quantifier::ONCE)?;
        lookaheads.push(Lookahead { negated, alternatives });
    }
    let mut alternatives = reader.alternatives()?;
    if is_anchored {
        alternatives.first_mut()?.insert(0, Part::Start);
    }
    let is_whole = reader.at == reader.letters.len();
    // The lookaheads belong to the first alternative only, and `Structure` cannot express that.
    (is_whole && (lookaheads.is_empty() || alternatives.len() == 1)).then_some(Structure { lookaheads, alternatives })
}

/// The state of parsing a pattern.
struct Reader {
    letters: Vec<char>,
    /// The index of the next letter.
    at: usize,
    /// The number of groups that are open.
    depth: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }

    /// Skips `wanted` if it comes next. Returns whether it did.
    fn eat(&mut self, wanted: &str) -> bool {
        let found =
            wanted.chars().enumerate().all(|(index, letter)| self.letters.get(self.at + index) == Some(&letter));
        self.at += if found { wanted.chars().count() } else { 0 };
        found
    }

    /// Reads the opening of a lookahead. Returns whether the lookahead is negated; `None` if there is no lookahead.
    fn lookahead(&mut self) -> Option<bool> {
        if self.eat("(?=") {
            return Some(false);
        }
        self.eat("(?!").then_some(true)
    }

    fn alternatives(&mut self) -> Option<Vec<Sequence>> {
        let mut alternatives = vec![self.sequence()?];
        while self.eat("|") {
            alternatives.push(self.sequence()?);
        }
        Some(alternatives)
    }

    fn sequence(&mut self) -> Option<Sequence> {
        let mut parts = Vec::new();
        while let Some(letter) = self.peek().filter(|letter| !matches!(letter, '|' | ')')) {
            self.at += 1;
            parts.push(match letter {
                '^' => Part::Start,
                '$' => Part::End,
                '(' => {
                    self.group_opening()?;
                    let group = self.group()?;
                    Part::Group(group, self.quantifier()?)
                }
                letter => {
                    let class = self.atom(letter)?;
                    Part::Class(class, self.quantifier()?)
                }
            });
        }
        Some(parts)
    }

    /// Reads what may follow the opening parenthesis of a group: `?:` or a name. `None` for a lookaround.
    fn group_opening(&mut self) -> Option<()> {
        if self.eat("?:") || self.peek() != Some('?') {
            return Some(());
        }
        let is_named = self.eat("?<") && !matches!(self.peek(), Some('=' | '!'));
        let end = self.letters[self.at..].iter().position(|letter| *letter == '>').filter(|_| is_named)?;
        self.at += end + 1;
        Some(())
    }

    /// Reads the alternatives of a group and its closing parenthesis.
    fn group(&mut self) -> Option<Vec<Sequence>> {
        self.depth += 1;
        let alternatives = if self.depth <= MAX_DEPTH { self.alternatives() } else { None };
        self.depth -= 1;
        alternatives.filter(|_| self.eat(")"))
    }

    /// Reads an atom that begins with `letter`: a character or a class.
    fn atom(&mut self, letter: char) -> Option<Class> {
        match letter {
            '[' => self.class(),
            '\\' => self.escape(),
            '.' => Some(character_class::dot()),
            '*' | '+' | '?' | '{' | '}' | ']' => None,
            letter => Some(vec![(letter, letter)]),
        }
    }

    /// Reads a class after its opening bracket.
    fn class(&mut self) -> Option<Class> {
        let negated = self.eat("^");
        let mut ranges = Vec::new();
        while !self.eat("]") {
            let first = self.class_atom()?;
            let starts_range = self.peek() == Some('-') && self.letters.get(self.at + 1) != Some(&']');
            if !starts_range {
                ranges.extend(first);
                continue;
            }
            self.at += 1;
            match (first.as_slice(), self.class_atom()?.as_slice()) {
                (&[(first, same)], &[(last, alike)]) if first == same && last == alike && first <= last => {
                    ranges.push((first, last));
                }
                _ => return None,
            }
        }
        let ranges = character_class::normalized(ranges);
        Some(if negated { character_class::complement(&ranges) } else { ranges })
    }

    /// Reads a character or an escape in a class.
    fn class_atom(&mut self) -> Option<Class> {
        match self.next()? {
            '\\' if self.eat("b") => Some(vec![('\u{8}', '\u{8}')]),
            '\\' => self.escape(),
            letter => Some(vec![(letter, letter)]),
        }
    }

    /// Reads an escape after its backslash.
    fn escape(&mut self) -> Option<Class> {
        let letter = match self.next()? {
            letter @ ('d' | 'D' | 'w' | 'W' | 's' | 'S') => return character_class::escaped(letter),
            't' => '\t',
            'n' => '\n',
            'r' => '\r',
            'f' => '\u{c}',
            'v' => '\u{b}',
            '0' if !self.peek().is_some_and(|next| next.is_ascii_digit()) => '\0',
            'c' => char::from(u8::try_from(self.next().filter(char::is_ascii_alphabetic)?).ok()? & 31),
            'x' => char::from_u32(self.hexadecimal(2)?)?,
            'u' if self.eat("{") => {
                let digits = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
                let letter = char::from_u32(self.hexadecimal(digits)?)?;
                self.at += 1;
                letter
            }
            // Surrogates are left to the backtracking engine.
            'u' => char::from_u32(self.hexadecimal(4)?)?,
            letter if letter.is_ascii_punctuation() => letter,
            _ => return None,
        };
        Some(vec![(letter, letter)])
    }

    /// Reads a hexadecimal number that has exactly this number of digits.
    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.letters.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        let is_number = text.chars().all(|digit| digit.is_ascii_hexdigit());
        u32::from_str_radix(&text, 16).ok().filter(|_| is_number)
    }

    /// Reads a quantifier: `*`, `+`, `?`, `{2}`, `{2,}`, `{2,4}` or nothing. A lazy one matches the same texts as a greedy one.
    fn quantifier(&mut self) -> Option<Quantifier> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted_quantifier(),
            _ => return Some(Quantifier::ONCE),
        };
        self.at += 1;
        _ = self.eat("?");
        Some(Quantifier { min, max })
    }

    /// Reads `{2}`, `{2,}` or `{2,4}`.
    fn counted_quantifier(&mut self) -> Option<Quantifier> {
        let close = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
        let inside: String = self.letters[self.at + 1..self.at + close].iter().collect();
        self.at += close + 1;
        let (min, max) = match inside.split_once(',') {
            None => (inside.parse().ok()?, Some(inside.parse().ok()?)),
            Some((min, "")) => (min.parse().ok()?, None),
            Some((min, max)) => (min.parse().ok()?, Some(max.parse().ok()?)),
        };
        _ = self.eat("?");
        max.is_none_or(|max| min <= max).then_some(Quantifier { min, max })
    }
}
