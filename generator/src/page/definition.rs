//! Recognizes descriptions of values outside of tables: `limit (integer, required): the number`. They are not read, and reported.

use crate::page::vocabulary::Vocabulary;

/// The number of words after a name in which a type or a requirement is looked for.
const MOST_WORDS: usize = 5;

/// Returns whether a text describes a value: a name, and then a type or whether it is mandatory.
pub(super) fn is_value(words: &str, vocabulary: &Vocabulary) -> bool {
    let Some((name, rest)) = split(words) else { return false };
    let parts = rest.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty());
    let is_type = |part: &str| vocabulary.types.iter().any(|(known, _)| known.eq_ignore_ascii_case(part));
    let is_requirement =
        |part: &str| ["required", "optional", "mandatory"].iter().any(|word| part.eq_ignore_ascii_case(word));
    let is_sign = rest.trim_start().starts_with(['(', ':', '[']) || name.contains('_');
    let mut near = parts.take(MOST_WORDS);
    if is_sign {
        return near.any(|part| is_type(part) || is_requirement(part));
    }
    // A sentence such as `The integer is required` begins with a capital letter.
    let is_word = name.starts_with(|first: char| first.is_uppercase());
    let is_loud = rest.trim().chars().all(|letter| !letter.is_lowercase());
    !is_word && (near.next().is_some_and(is_type) || is_loud && near.any(is_requirement))
}

/// Returns whether a text is a name alone, or a name before a sign: `limit`, `limit: the number`.
pub(super) fn is_name(words: &str) -> bool {
    split(words).is_some_and(|(name, rest)| {
        let rest = rest.trim_start();
        let is_word = name.contains('_') || name.starts_with(|first: char| first.is_lowercase());
        is_word && (rest.is_empty() || rest.starts_with([':', '(', '-', '–', '—']))
    })
}

/// Returns the status at the start of a text: `200 OK`.
pub(super) fn leading_status(words: &str) -> Option<u16> {
    let words = words.trim().trim_start_matches(['*', '`']);
    let digits = words.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let is_whole = words[3..].chars().next().is_none_or(|next| next.is_whitespace() || "*`:-".contains(next));
    digits.parse().ok().filter(|status| is_whole && (100..600).contains(status))
}

/// Splits a text into a name and the rest.
fn split(words: &str) -> Option<(&str, &str)> {
    let words = words.trim().trim_start_matches(['*', '`', '"', ':']);
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "_-.$[]".contains(letter);
    let length = words.find(|letter: char| !is_part(letter)).unwrap_or(words.len());
    let (name, rest) = words.split_at(length);
    let is_name =
        name.len() > 1 && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_' || first == '$');
    is_name.then(|| (name, rest.trim_start_matches(['*', '`', '"'])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    #[test]
    fn descriptions_of_values_begin_with_a_name() {
        let vocabulary = vocabulary::of("Endpoint");
        for text in
            ["limit (integer, required): the number", "`size` string", "pet_id: integer", "amount integer REQUIRED"]
        {
            assert!(is_value(text, vocabulary), "{text}");
        }
        for text in ["The string is long.", "None", "An integer is required.", "Table 1 lists the parameters."] {
            assert!(!is_value(text, vocabulary), "{text}");
        }
        assert!(is_name("limit") && is_name("`limit` - the number") && !is_name("A sentence of words"));
    }
}
