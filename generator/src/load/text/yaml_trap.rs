//! Recognizes words that copperplate reads as strings, but other YAML parsers read as booleans or null.

/// Returns whether `word` is a boolean in YAML 1.1, but not in YAML 1.2: `yes`, `no`, `on` and `off`.
pub(crate) fn is_yaml_1_1_boolean(word: &str) -> bool {
    word.len() <= 3 && ["yes", "no", "on", "off"].iter().any(|boolean| boolean.eq_ignore_ascii_case(word))
}

/// Returns whether some YAML parsers read the unquoted `key` as a boolean or as null. copperplate reads every key as a string.
pub(crate) fn is_ambiguous_key(key: &str) -> bool {
    is_yaml_1_1_boolean(key) || ["true", "false", "null", "~"].contains(&key)
}

/// Returns whether `text` may contain an unquoted word such as `no` as a key or as an item of a list.
///
/// Many documents have these words only in quotes, such as the country code `'NO'`. This check avoids a second pass over those
/// documents.
pub(crate) fn may_be_unquoted(text: &str) -> bool {
    let mut before = "";
    text.lines().any(|line| {
        let before = std::mem::replace(&mut before, line);
        has_unquoted(line) && !continues_text(line, before)
    })
}

/// Returns whether `line` is a single word in a text of several lines: `before`, the line before it, neither opens nor continues
/// a list, and ends neither in an indicator nor in a comment.
fn continues_text(line: &str, before: &str) -> bool {
    let mut words = before.split_whitespace().rev();
    let last = words.next().unwrap_or("-");
    let begins_item = last.ends_with(['[', ',', '-', '?', ':', '|', '>']) || last.starts_with(['&', '!']);
    line.trim().bytes().all(|byte| byte.is_ascii_alphabetic()) && !begins_item && !before.contains('#')
}

/// Returns whether a line may contain an unquoted word such as `no` as a key or as an item of a list.
fn has_unquoted(line: &str) -> bool {
    let pieces = line.split([',', '[', ']', '{', '}']);
    pieces.map(|piece| piece.split(" #").next().unwrap_or_default()).any(|piece| {
        let name = piece.split(':').next().unwrap_or_default();
        let is_key = name.len() < piece.len() || name.trim_start().starts_with('?');
        let mut words = name.split_whitespace().rev();
        let is_trap = |word| if is_key { is_ambiguous_key(word) } else { is_yaml_1_1_boolean(word) };
        // Only `-`, `?`, an anchor or a tag may precede a key or list item such as `no`. Otherwise the word is part of a
        // sentence.
        words.next().is_some_and(is_trap) && words.all(|before| before.starts_with(['-', '?', '&', '!']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unquoted_words_are_found() {
        for text in [
            "on: 1",
            "a:\n  Off : 1",
            "- ~: 1",
            "enum: [a, NO]",
            "enum: [no,\n  yes]",
            "enum:\n- off",
            "enum:\n  - - &a !!str yes # but",
            "{no: 1}",
            "? ~\n: 1",
            "enum: [\n  yes\n]",
            "enum: [a,\n  yes]",
            "enum: [a, # b\n  yes\n]",
            "enum:\n-\n  yes",
            "enum:\n- &a\n  yes",
            "enum: [a,\n\n  yes\n]",
            "? a\n?\n  yes\n",
        ] {
            assert!(may_be_unquoted(text), "{text}");
        }
        for text in [
            "enum: ['NO', \"on\"]",
            "- 'yes'",
            "'off': 1",
            "says no to it",
            "a: no",
            "nobody: 1",
            "# - no",
            "null",
            "a: b\n  on",
        ] {
            assert!(!may_be_unquoted(text), "{text}");
        }
    }
}
