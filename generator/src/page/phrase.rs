//! Finds the phrases of a vocabulary in a text: `cannot exceed 64 characters`, `It is zh-cn by default`.

use std::cell::Cell;
use std::collections::HashMap;

use crate::page::token::{Token, tokens};
use crate::page::vocabulary::{Meaning, Vocabulary};
use crate::page::{charset, quantity, value};
use crate::text::boundary::floor_char_boundary;

/// The longest description that is searched for phrases, in bytes. Longer descriptions are cut.
const MOST_BYTES: usize = 20_000;

/// The number of bytes that are read for lists of values or of characters in one description. Each phrase with a list reads its
/// sentence to the end. Real descriptions need less than 50,000 bytes.
const MOST_LIST_BYTES: usize = 250_000;

/// A phrase in a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hit {
    /// The meaning of the phrase.
    pub meaning: Meaning,
    /// The numbers in the phrase, in order.
    pub numbers: Vec<String>,
    /// The values in the phrase, in order.
    pub values: Vec<String>,
    /// The value in the phrase that is marked as the default: `red or blue (default)`.
    pub default: Option<String>,
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
    /// Signs without names: `!@#`.
    Signs,
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
        self.search(text).0
    }

    /// Finds phrases as [`Self::find`] does. Returns them, and the first byte that was not searched, if the text is too long or
    /// has too many lists.
    pub(super) fn search(&self, text: &str) -> (Vec<Hit>, Option<usize>) {
        let kept = &text[..floor_char_boundary(text, MOST_BYTES)];
        let tokens = tokens(kept);
        let (mut hits, mut index, list_bytes) = (Vec::new(), 0, Cell::new(0));
        while let Some(token) = tokens.get(index) {
            let hit = self.longest(kept, &tokens, index, &list_bytes);
            if list_bytes.get() > MOST_LIST_BYTES {
                return (hits, Some(token.start));
            }
            let Some(hit) = hit else {
                index += 1;
                continue;
            };
            while tokens.get(index).is_some_and(|token| token.start < hit.end) {
                index += 1;
            }
            hits.push(hit);
        }
        (hits, Some(kept.len()).filter(|length| *length < text.len()))
    }

    fn longest(&self, text: &str, tokens: &[Token<'_>], index: usize, list_bytes: &Cell<usize>) -> Option<Hit> {
        let first = tokens.get(index)?.text.to_lowercase();
        let known = self.by_first.get(&first).into_iter().flatten();
        let open = self.by_first.get("").into_iter().flatten();
        let hits = known.chain(open).filter_map(|phrase| self.hit(phrase, text, tokens, (index, list_bytes)));
        // Prose that looks like a phrase wins over the phrase.
        hits.max_by_key(|hit| (hit.end, hit.meaning == Meaning::Prose))
    }

    fn hit(
        &self,
        phrase: &Phrase,
        text: &str,
        tokens: &[Token<'_>],
        (start, list_bytes): (usize, &Cell<usize>),
    ) -> Option<Hit> {
        let first = tokens.get(start)?.start;
        let mut hit = Hit { meaning: phrase.meaning, start: first, end: first, ..Hit::default() };
        let (mut index, mut unit) = (start, None);
        for (place, part) in phrase.parts.iter().enumerate() {
            let next = phrase.parts.get(place + 1);
            match part {
                Part::Word(word) => {
                    let token = tokens.get(index)?;
                    if token.text.to_lowercase() != *word {
                        return None;
                    }
                    hit.end = token.start + token.text.len();
                    index += 1;
                }
                Part::Number => {
                    let quantity = quantity::read(text, tokens, index, self.vocabulary)?;
                    // The word after the number can be part of the phrase: `64 bytes`.
                    let is_word = |word: &str| tokens.get(quantity.end).is_some_and(|token| token.text == word);
                    let is_part = matches!(next, Some(Part::Word(word)) if is_word(word));
                    index = if is_part { quantity.end } else { quantity.unit_end };
                    // Both ends of a range have the same unit.
                    if !is_part
                        && quantity.unit.is_some()
                        && unit.replace(quantity.unit).is_some_and(|unit| unit != quantity.unit)
                    {
                        return None;
                    }
                    hit.numbers.push(quantity.digits);
                    let last = tokens.get(index.checked_sub(1)?)?;
                    hit.end = last.start + last.text.len();
                }
                Part::Value | Part::List | Part::Characters | Part::Signs => {
                    let from = tokens.get(index).map_or(text.len(), |token| token.start);
                    let stop = match next {
                        Some(Part::Word(word)) => Some(word.as_str()),
                        _ => None,
                    };
                    if matches!(part, Part::List | Part::Characters) {
                        if list_bytes.get() > MOST_LIST_BYTES {
                            return None;
                        }
                        list_bytes.set(list_bytes.get() + value::sentence_length(&text[from..]));
                    }
                    hit.end = from + self.values(part, &text[from..], stop, &mut hit)?;
                    while tokens.get(index).is_some_and(|token| token.start < hit.end) {
                        index += 1;
                    }
                }
            }
        }
        Some(hit)
    }

    /// Reads the values of a placeholder at the start of a text. Returns their length.
    fn values(&self, part: &Part, text: &str, stop: Option<&str>, hit: &mut Hit) -> Option<usize> {
        match part {
            Part::Value => {
                let (value, length) = value::single(text, stop)?;
                hit.values.push(value);
                Some(length)
            }
            Part::Characters | Part::Signs => {
                let read = match part {
                    Part::Characters => charset::read(text, self.vocabulary),
                    _ => charset::signs(text),
                };
                let (letters, length) = read?;
                hit.values.push(letters);
                Some(length)
            }
            _ => {
                let list = match hit.meaning {
                    Meaning::Example => value::examples(text, self.vocabulary)?,
                    _ => value::all(text, self.vocabulary)?,
                };
                if matches!(hit.meaning, Meaning::Choice | Meaning::SubjectChoice) && list.values.len() < 2 {
                    return None;
                }
                hit.values.extend(list.values);
                hit.default = list.default;
                Some(list.length)
            }
        }
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
            "{signs}" => Part::Signs,
            _ => Part::Number,
        });
        rest = &rest[close..];
    }
    parts.extend(tokens(rest).iter().map(|token| Part::Word(token.text.to_lowercase())));
    parts
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

    #[test]
    fn the_first_byte_that_is_not_searched_is_known() {
        let end = |text: &str| Phrases::of(vocabulary::of("Mandatory")).search(text).1;
        let words = "The value can be red or blue. ";
        assert_eq!((end(words), end(&"a".repeat(20_000)), end(&"é".repeat(10_001))), (None, None, Some(20_000)));
        assert_eq!(end(&words.repeat(600)), None);
        let found = Phrases::of(vocabulary::of("Mandatory")).search(&"The value can be a ".repeat(1_000));
        assert!(found.1.is_some_and(|end| end > 200 && end < 19_000), "{found:?}");
    }
}
