//! Words that other readers of YAML take for something else than text.

/// The words that YAML 1.1 takes for truth values.
pub(crate) fn is_truth_of_1_1(word: &str) -> bool {
    word.len() <= 3 && ["yes", "no", "on", "off"].iter().any(|truth| truth.eq_ignore_ascii_case(word))
}

/// The keys that YAML takes for something else than text.
pub(crate) fn is_no_text_of_yaml(key: &str) -> bool {
    is_truth_of_1_1(key) || ["true", "false", "null", "~"].contains(&key)
}

/// Whether one of the words may stand in `text` without quotes, as a key or as an item: lists of countries and of switches have
/// them between quotes, and looking up where each word stands takes as long as reading the text.
pub(crate) fn may_stand_plain(text: &str) -> bool {
    let pieces = text.lines().flat_map(|line| line.split([',', '[', ']', '{', '}']));
    pieces.map(|piece| piece.split(" #").next().unwrap_or_default()).any(|piece| {
        let name = piece.split(':').next().unwrap_or_default();
        let is_key = name.len() < piece.len() || name.trim_start().starts_with('?');
        let mut words = name.split_whitespace().rev();
        let is_trap = |word| if is_key { is_no_text_of_yaml(word) } else { is_truth_of_1_1(word) };
        // Before a word stand the signs of an item or a key, an anchor and a tag, or it is one of a sentence.
        words.next().is_some_and(is_trap) && words.all(|before| before.starts_with(['-', '?', '&', '!']))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_quotes_are_seen() {
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
        ] {
            assert!(may_stand_plain(text), "{text}");
        }
        for text in
            ["enum: ['NO', \"on\"]", "- 'yes'", "'off': 1", "says no to it", "a: no", "nobody: 1", "# - no", "null"]
        {
            assert!(!may_stand_plain(text), "{text}");
        }
    }
}
