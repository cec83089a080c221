//! Reads the structure of a pattern; `None` for what an automaton does not match.

use crate::pattern::character_class;
use crate::pattern::structure::{Class, Look, Part, Structure, Times};

/// How deep groups may nest.
const DEEPEST: usize = 100;

pub(super) fn parse(pattern: &str) -> Option<Structure> {
    let mut reader = Reader { letters: pattern.chars().collect(), at: 0, depth: 0 };
    let mut looks = Vec::new();
    let is_anchored = reader.eat("^");
    while is_anchored && let Some(negated) = reader.look() {
        let alternatives = reader.group()?;
        // A quantifier has no place behind it.
        reader.times().filter(|times| *times == Times::ONCE)?;
        looks.push(Look { negated, alternatives });
    }
    let mut alternatives = reader.alternatives()?;
    if is_anchored {
        alternatives.first_mut()?.insert(0, Part::Start);
    }
    let is_whole = reader.at == reader.letters.len();
    // What is looked for binds the first alternative only.
    (is_whole && (looks.is_empty() || alternatives.len() == 1)).then_some(Structure { looks, alternatives })
}

struct Reader {
    letters: Vec<char>,
    at: usize,
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

    fn eat(&mut self, wanted: &str) -> bool {
        let found =
            wanted.chars().enumerate().all(|(index, letter)| self.letters.get(self.at + index) == Some(&letter));
        self.at += if found { wanted.chars().count() } else { 0 };
        found
    }

    /// The opening of a look ahead, and whether it is negated.
    fn look(&mut self) -> Option<bool> {
        if self.eat("(?=") {
            return Some(false);
        }
        self.eat("(?!").then_some(true)
    }

    fn alternatives(&mut self) -> Option<Vec<Vec<Part>>> {
        let mut alternatives = vec![self.sequence()?];
        while self.eat("|") {
            alternatives.push(self.sequence()?);
        }
        Some(alternatives)
    }

    fn sequence(&mut self) -> Option<Vec<Part>> {
        let mut parts = Vec::new();
        while let Some(letter) = self.peek().filter(|letter| !matches!(letter, '|' | ')')) {
            self.at += 1;
            parts.push(match letter {
                '^' => Part::Start,
                '$' => Part::End,
                '(' => {
                    self.open()?;
                    let group = self.group()?;
                    Part::Group(group, self.times()?)
                }
                letter => {
                    let class = self.atom(letter)?;
                    Part::Class(class, self.times()?)
                }
            });
        }
        Some(parts)
    }

    /// What follows the parenthesis of a group: nothing, `?:`, or a name.
    fn open(&mut self) -> Option<()> {
        if self.eat("?:") || self.peek() != Some('?') {
            return Some(());
        }
        let is_named = self.eat("?<") && !matches!(self.peek(), Some('=' | '!'));
        let end = self.letters[self.at..].iter().position(|letter| *letter == '>').filter(|_| is_named)?;
        self.at += end + 1;
        Some(())
    }

    /// The inside of a group and its closing parenthesis.
    fn group(&mut self) -> Option<Vec<Vec<Part>>> {
        self.depth += 1;
        let alternatives = if self.depth <= DEEPEST { self.alternatives() } else { None };
        self.depth -= 1;
        alternatives.filter(|_| self.eat(")"))
    }

    /// One character or one class.
    fn atom(&mut self, letter: char) -> Option<Class> {
        match letter {
            '[' => self.class(),
            '\\' => self.escape(),
            '.' => Some(character_class::in_line()),
            '*' | '+' | '?' | '{' | '}' | ']' => None,
            letter => Some(vec![(letter, letter)]),
        }
    }

    /// The inside of `[…]`.
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
        let ranges = character_class::merged(ranges);
        Some(if negated { character_class::complement(&ranges) } else { ranges })
    }

    fn class_atom(&mut self) -> Option<Class> {
        match self.next()? {
            '\\' if self.eat("b") => Some(vec![('\u{8}', '\u{8}')]),
            '\\' => self.escape(),
            letter => Some(vec![(letter, letter)]),
        }
    }

    /// What follows a backslash.
    fn escape(&mut self) -> Option<Class> {
        let letter = match self.next()? {
            letter @ ('d' | 'D' | 'w' | 'W' | 's' | 'S') => return character_class::named(letter),
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
            // Half of a pair is left to the engine.
            'u' => char::from_u32(self.hexadecimal(4)?)?,
            letter if letter.is_ascii_punctuation() => letter,
            _ => return None,
        };
        Some(vec![(letter, letter)])
    }

    fn hexadecimal(&mut self, digits: usize) -> Option<u32> {
        let text: String = self.letters.get(self.at..self.at + digits)?.iter().collect();
        self.at += digits;
        let is_number = text.chars().all(|digit| digit.is_ascii_hexdigit());
        u32::from_str_radix(&text, 16).ok().filter(|_| is_number)
    }

    /// `*`, `+`, `?`, `{2}`, `{2,}`, `{2,4}` or nothing. Lazy ones match in the same texts as greedy ones.
    fn times(&mut self) -> Option<Times> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => return self.counted(),
            _ => return Some(Times::ONCE),
        };
        self.at += 1;
        _ = self.eat("?");
        Some(Times { min, max })
    }

    fn counted(&mut self) -> Option<Times> {
        let close = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
        let inside: String = self.letters[self.at + 1..self.at + close].iter().collect();
        self.at += close + 1;
        let (min, max) = match inside.split_once(',') {
            None => (inside.parse().ok()?, Some(inside.parse().ok()?)),
            Some((min, "")) => (min.parse().ok()?, None),
            Some((min, max)) => (min.parse().ok()?, Some(max.parse().ok()?)),
        };
        _ = self.eat("?");
        max.is_none_or(|max| min <= max).then_some(Times { min, max })
    }
}
