//! Finds the phrases of a vocabulary in a text: `cannot exceed 64 characters`, `It is zh-cn by default`.

use std::collections::HashMap;

use crate::page::value;
use crate::page::vocabulary::{Meaning, Vocabulary};
use crate::text::boundary::floor_char_boundary;

/// The longest description that is searched for phrases, in bytes. Longer descriptions are cut.
const MOST_BYTES: usize = 20_000;

/// A phrase in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The meaning of the phrase.
    pub meaning: Meaning,
    /// The numbers in the phrase, in order.
    pub numbers: Vec<String>,
    /// The values in the phrase, in order.
    pub values: Vec<String>,
    /// The first byte of the phrase.
    pub start: usize,
    /// The byte after the phrase.
    pub end: usize,
}

/// The phrases of a vocabulary, ready for matching.
#[derive(Debug)]
pub struct Phrases {
    vocabulary: &'static Vocabulary,
    /// The phrases by their first word in lower case. Phrases that begin with a placeholder have an empty key.
    by_first: HashMap<String, Vec<Phrase>>,
}

#[derive(Debug)]
struct Phrase {
    meaning: Meaning,
    parts: Vec<Part>,
}

#[derive(Debug, PartialEq)]
enum Part {
    Word(String),
    Number,
    Value,
    List,
    /// Names of characters.
    Characters,
}

/// A word, a number or a sign, with its bytes.
#[derive(Debug, Clone, Copy)]
pub struct Token<'t> {
    pub text: &'t str,
    pub start: usize,
}

impl Phrases {
    /// Prepares the phrases of a vocabulary.
    pub fn of(vocabulary: &'static Vocabulary) -> Self {
        let mut by_first: HashMap<String, Vec<Phrase>> = HashMap::new();
        for (template, meaning) in vocabulary.phrases {
            let parts = parts(template);
            let first = match parts.first() {
                Some(Part::Word(word)) => word.clone(),
                _ => String::new(),
            };
            by_first.entry(first).or_default().push(Phrase { meaning: *meaning, parts });
        }
        Self { vocabulary, by_first }
    }

    /// Finds phrases from left to right. At each position the longest phrase wins.
    pub fn find(&self, text: &str) -> Vec<Hit> {
        let text = &text[..floor_char_boundary(text, MOST_BYTES)];
        let tokens = tokens(text);
        let (mut hits, mut index) = (Vec::new(), 0);
        while index < tokens.len() {
            let Some(hit) = self.longest(text, &tokens, index) else {
                index += 1;
                continue;
            };
            while tokens.get(index).is_some_and(|token| token.start < hit.end) {
                index += 1;
            }
            hits.push(hit);
        }
        hits
    }

    fn longest(&self, text: &str, tokens: &[Token<'_>], index: usize) -> Option<Hit> {
        let first = tokens.get(index)?.text.to_lowercase();
        let known = self.by_first.get(&first).into_iter().flatten();
        let open = self.by_first.get("").into_iter().flatten();
        let hits = known.chain(open).filter_map(|phrase| self.hit(phrase, text, tokens, index));
        hits.max_by_key(|hit| hit.end)
    }

    fn hit(&self, phrase: &Phrase, text: &str, tokens: &[Token<'_>], start: usize) -> Option<Hit> {
        let (mut numbers, mut values, mut index) = (Vec::new(), Vec::new(), start);
        let mut end = tokens.get(start)?.start;
        for (place, part) in phrase.parts.iter().enumerate() {
            match part {
                Part::Word(word) => {
                    let token = tokens.get(index)?;
                    if token.text.to_lowercase() != *word {
                        return None;
                    }
                    end = token.start + token.text.len();
                    index += 1;
                }
                Part::Number => {
                    let (number, after) = self.number(tokens, index)?;
                    numbers.push(number);
                    index = after;
                    let last = tokens.get(index - 1)?;
                    end = last.start + last.text.len();
                }
                Part::Value => {
                    let from = tokens.get(index)?.start;
                    let stop = match phrase.parts.get(place + 1) {
                        Some(Part::Word(word)) => Some(word.as_str()),
                        _ => None,
                    };
                    let (value, length) = value::single(&text[from..], stop)?;
                    values.push(value);
                    end = from + length;
                    while tokens.get(index).is_some_and(|token| token.start < end) {
                        index += 1;
                    }
                }
                Part::Characters => {
                    index = self.after_characters(text, tokens, index);
                    let last = tokens.get(index.checked_sub(1)?)?;
                    end = last.start + last.text.len();
                }
                Part::List => {
                    let from = tokens.get(index).map_or(text.len(), |token| token.start);
                    let list = match phrase.meaning {
                        Meaning::Example => value::examples(&text[from..], self.vocabulary)?,
                        _ => value::all(&text[from..], self.vocabulary)?,
                    };
                    if phrase.meaning == Meaning::Choice && list.values.len() < 2 {
                        return None;
                    }
                    values.extend(list.values);
                    end = from + list.length;
                }
            }
        }
        Some(Hit { meaning: phrase.meaning, numbers, values, start: tokens.get(start)?.start, end })
    }

    /// Reads a number at a token: digits, or the word of a number. Returns the digits and the index of the token after it.
    fn number(&self, tokens: &[Token<'_>], index: usize) -> Option<(String, usize)> {
        let token = tokens.get(index)?;
        let next = tokens.get(index + 1);
        if token.text == "-" && next.is_some_and(|next| next.start == token.start + 1) {
            let (digits, after) = self.number(tokens, index + 1)?;
            return Some((format!("-{digits}"), after));
        }
        if token.text.starts_with(|first: char| first.is_ascii_digit()) {
            let digits: String = token.text.chars().filter(|letter| *letter != ',').collect();
            let is_number = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
            return is_number.then_some((digits, index + 1));
        }
        let word = self.vocabulary.numbers.iter().find(|(word, _)| word.eq_ignore_ascii_case(token.text))?;
        Some((word.1.to_string(), index + 1))
    }

    /// Returns the index of the token after a list of names of characters, such as `hyphens ("-"), and periods`.
    fn after_characters(&self, text: &str, tokens: &[Token<'_>], start: usize) -> usize {
        let mut index = start;
        let mut end = start;
        while let Some(token) = tokens.get(index) {
            let is_name = self.vocabulary.charsets.iter().any(|(name, _)| name.eq_ignore_ascii_case(token.text));
            if token.text == "(" {
                let close = text[token.start..].find(')').map_or(text.len(), |close| token.start + close);
                while tokens.get(index).is_some_and(|token| token.start < close) {
                    index += 1;
                }
                (end, index) = (index + 1, index + 1);
            } else if is_name {
                (end, index) = (index + 1, index + 1);
            } else if matches!(token.text, "," | "and" | "or" | "characters") {
                index += 1;
            } else {
                break;
            }
        }
        end.min(tokens.len())
    }
}

/// Splits a template into words and placeholders.
fn parts(template: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        parts.extend(tokens(&rest[..open]).iter().map(|token| Part::Word(token.text.to_lowercase())));
        let close = rest[open..].find('}').map_or(rest.len(), |close| open + close + 1);
        parts.push(match &rest[open..close] {
            "{v}" => Part::Value,
            "{list}" => Part::List,
            "{characters}" => Part::Characters,
            _ => Part::Number,
        });
        rest = &rest[close..];
    }
    parts.extend(tokens(rest).iter().map(|token| Part::Word(token.text.to_lowercase())));
    parts
}

/// Splits a text into words, numbers and signs.
pub fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut letters = text.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        let mut end = start + letter.len_utf8();
        if letter.is_ascii_alphanumeric() {
            let is_number = letter.is_ascii_digit();
            while let Some((at, next)) = letters.peek().copied() {
                let follows = text[at + next.len_utf8()..].chars().next();
                let is_inner = is_number
                    && matches!(next, ',' | '.')
                    && follows.is_some_and(|follows| follows.is_ascii_digit())
                    && (next == '.' || text[at + 1..].bytes().take_while(u8::is_ascii_digit).count() == 3);
                if !(next.is_ascii_alphanumeric() || next == '_' || is_inner) {
                    break;
                }
                end = at + next.len_utf8();
                letters.next();
            }
        }
        tokens.push(Token { text: &text[start..end], start });
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    fn found(text: &str) -> Vec<(Meaning, Vec<String>, Vec<String>)> {
        let hits = Phrases::of(vocabulary::of("Mandatory")).find(text);
        hits.into_iter().map(|hit| (hit.meaning, hit.numbers, hit.values)).collect()
    }

    #[test]
    fn phrases_have_numbers_and_values() {
        let none: Vec<String> = Vec::new();
        let one = |number: &str| vec![number.to_owned()];
        assert_eq!(
            found("Name. Minimum length: 1 Maximum length: 1,024"),
            [(Meaning::MinLength, one("1"), none.clone()), (Meaning::MaxLength, one("1024"), none.clone())]
        );
        assert_eq!(found("A code. It is de-de by default."), [(Meaning::Default, none.clone(), one("de-de"))]);
        let both = vec!["red".to_owned(), "blue".to_owned()];
        assert_eq!(found("The value can be red or blue (dark)."), [(Meaning::Values, none.clone(), both)]);
        assert_eq!(found("The value can be anything that you like."), []);
        assert_eq!(found("A list of at most three names."), [(Meaning::MaxItems, one("3"), none)]);
    }
}
