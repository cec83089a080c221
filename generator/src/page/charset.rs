//! Reads sets of characters: `letters, digits, hyphens (-), and these special characters: !@#`.

use crate::page::value;
use crate::page::vocabulary::Vocabulary;

/// Reads the characters that a sentence names from its start on. Returns them in order, and the length of the names. Returns
/// `None` if a part of the sentence names no characters.
pub(super) fn read(text: &str, vocabulary: &Vocabulary) -> Option<(String, usize)> {
    let sentence = &text[..value::sentence_length(text)];
    let lower = sentence.to_ascii_lowercase();
    let end = vocabulary.characters.ends.iter().filter_map(|end| lower.find(end)).min().unwrap_or(sentence.len());
    let mut letters: Vec<char> = Vec::new();
    let mut rest = sentence[..end].trim_start_matches([':', ' ']);
    let mut length = end;
    while !rest.trim().is_empty() {
        let (found, after) = one(rest, vocabulary)?;
        letters.extend(found);
        rest = after.trim_start_matches([',', ' ', ';']);
        for word in vocabulary.characters.joints {
            rest = rest.strip_prefix(*word).unwrap_or(rest).trim_start();
        }
        // Without a separator, the text goes on with something else.
        let has_separator = after.trim_start().len() != rest.len();
        if !has_separator && one(rest, vocabulary).is_none() {
            length = end - after.len();
            break;
        }
    }
    letters.sort_unstable();
    letters.dedup();
    (!letters.is_empty()).then(|| (letters.into_iter().collect(), length))
}

/// Reads the signs at the start of a text, up to white space or the end of the sentence: `!<>=&"'`.
pub(super) fn signs(text: &str) -> Option<(String, usize)> {
    let start = text.len() - text.trim_start().len();
    let length = text[start..].find(char::is_whitespace).map_or(text.len(), |length| start + length);
    let signs = text[start..length].trim_end_matches('.');
    let are_signs =
        !signs.is_empty() && !signs.starts_with(',') && signs.chars().all(|letter| letter.is_ascii_punctuation());
    are_signs.then(|| (signs.to_owned(), start + signs.len()))
}

/// Reads one name with the signs in parentheses after it. Returns the characters and the rest of the text.
fn one<'t>(text: &'t str, vocabulary: &Vocabulary) -> Option<(Vec<char>, &'t str)> {
    let end = text.find([',', ';', '(', ':']).unwrap_or(text.len());
    let end = [" and ", " or "].iter().filter_map(|word| text[..end].find(word)).min().unwrap_or(end);
    let (name, rest) = text.split_at(end);
    let name = plain(name, vocabulary);
    let known = vocabulary.characters.sets.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let are_signs = vocabulary.characters.signs.iter().any(|word| name.to_ascii_lowercase().ends_with(word));
    let rest = rest.trim_start();
    if let Some((_, letters)) = known {
        let inner = in_parentheses(rest);
        let ranges = inner.and_then(|(inner, _)| ranges(inner));
        let after = inner.map_or(rest, |(_, after)| after);
        return Some((ranges.unwrap_or_else(|| letters.chars().collect()), after));
    }
    if let Some(inner) = rest.strip_prefix(':').filter(|_| are_signs) {
        // The signs end with the sentence, or before a further name.
        let inner = inner.trim_start();
        let end = inner.find(" and ").or_else(|| inner.find(", ")).unwrap_or(inner.len());
        return signs_of(&inner[..end]).map(|signs| (signs, &inner[end..]));
    }
    let (inner, after) = in_parentheses(rest)?;
    let signs = signs_of(inner)?;
    // A name such as `tildes` before its sign, but not `consecutive periods`.
    let is_name = signs.len() == 1 && !name.contains(' ');
    (are_signs || is_name).then_some((signs, after))
}

/// Returns the name of a set without an article, `only` and the like.
fn plain<'t>(name: &'t str, vocabulary: &Vocabulary) -> &'t str {
    let mut name = name.trim();
    for word in vocabulary.characters.fillers {
        name = name.strip_prefix(word).unwrap_or(name).trim();
    }
    name
}

/// Splits a text after the parentheses at its start. The signs in them can have parentheses too.
fn in_parentheses(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix('(')?;
    let ends = |close: usize| {
        let after = inner[close + 1..].trim_start();
        after.is_empty() || after.starts_with([',', ';']) || after.starts_with(char::is_alphabetic)
    };
    let close = inner.match_indices(')').map(|(at, _)| at).find(|close| ends(*close))?;
    Some((&inner[..close], &inner[close + 1..]))
}

/// Returns the characters of ranges: `a-z, A-Z`.
fn ranges(text: &str) -> Option<Vec<char>> {
    let mut letters = Vec::new();
    for part in text.split([',', ';']).flat_map(|part| part.split(" and ")) {
        let ends: Vec<char> = part.chars().filter(char::is_ascii_alphanumeric).collect();
        let [first, last] = ends.as_slice() else { return None };
        let is_range = part.contains('-') || part.contains('–');
        letters.extend((*first..=*last).filter(|_| is_range));
    }
    (!letters.is_empty()).then_some(letters)
}

/// Returns the signs of a text without letters: `_-./:`, or `< or >`.
fn signs_of(text: &str) -> Option<Vec<char>> {
    let words = text.split_whitespace().filter(|word| !matches!(*word, "or" | "and"));
    let signs: Vec<char> = words.flat_map(str::chars).collect();
    (!signs.is_empty() && signs.iter().all(char::is_ascii_punctuation)).then_some(signs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    #[test]
    fn names_of_characters_are_read() {
        let found = |text: &str| read(text, vocabulary::of("Mandatory")).map(|(letters, _)| letters);
        let digits = "0123456789";
        let some = |letters: &str| Some(letters.to_owned());
        assert_eq!(found("digits, hyphens (-), and underscores (_)."), some(&format!("-{digits}_")));
        assert_eq!(found("digits and periods (.) are allowed."), some(&format!(".{digits}")));
        assert_eq!(found("digits, tildes (~) and must start with a digit"), some(&format!("{digits}~")));
        assert_eq!(found("digits and special characters (-_./():)."), some(&format!("()-./{digits}:_")));
        assert_eq!(found("digits, and these special characters: +!@."), some(&format!("!+{digits}@")));
        assert_eq!(found("letters (a-c) and digits"), some(&format!("{digits}abc")));
        assert_eq!(found("letters (A-Z, a-z) and digits").map(|letters| letters.len()), Some(62));
        for text in [
            "words and digits",
            "digits and Chinese characters",
            "digits in UTF-8 format",
            "consecutive periods (.)",
            "",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(signs(" ^!<>=&\"'. More"), Some(("^!<>=&\"'".to_owned(), 9)));
        assert_eq!((signs(" the rest"), signs(", <")), (None, None));
    }
}
