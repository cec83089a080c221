//! Operations on character classes.

use crate::pattern::structure::Class;

/// Sorts ranges, and joins ranges that overlap or touch: `a-c` and `d-f` become `a-f`.
pub(super) fn normalized(mut ranges: Class) -> Class {
    ranges.sort_unstable();
    let mut out: Class = Vec::new();
    for (first, last) in ranges {
        match out.last_mut() {
            Some((_, end)) if first <= successor(*end) => *end = (*end).max(last),
            _ => out.push((first, last)),
        }
    }
    out
}

/// Returns all characters that are not in `ranges`. The ranges must be normalized.
pub(super) fn complement(ranges: &[(char, char)]) -> Class {
    let mut out = Vec::new();
    let mut next = Some('\0');
    for &(first, last) in ranges {
        if let Some(start) = next.filter(|start| *start < first) {
            out.push((start, predecessor(first)));
        }
        next = (last < char::MAX).then(|| successor(last));
    }
    out.extend(next.map(|start| (start, char::MAX)));
    out
}

/// Returns the next character. Surrogates are skipped.
fn successor(letter: char) -> char {
    (u32::from(letter) + 1..=u32::from(char::MAX)).find_map(char::from_u32).unwrap_or(char::MAX)
}

/// Returns the previous character. Surrogates are skipped.
fn predecessor(letter: char) -> char {
    (0..u32::from(letter)).rev().find_map(char::from_u32).unwrap_or('\0')
}

/// Returns the class of the escape `\d`, `\w` or `\s`. An upper-case `letter` gives the complement of the class.
pub(super) fn escaped(letter: char) -> Option<Class> {
    let class = match letter.to_ascii_lowercase() {
        'd' => vec![('0', '9')],
        'w' => vec![('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
        's' => vec![
            ('\t', '\r'),
            (' ', ' '),
            ('\u{a0}', '\u{a0}'),
            ('\u{1680}', '\u{1680}'),
            ('\u{2000}', '\u{200a}'),
            ('\u{2028}', '\u{2029}'),
            ('\u{202f}', '\u{202f}'),
            ('\u{205f}', '\u{205f}'),
            ('\u{3000}', '\u{3000}'),
            ('\u{feff}', '\u{feff}'),
        ],
        _ => return None,
    };
    Some(if letter.is_ascii_uppercase() { complement(&class) } else { class })
}

/// Returns the class of `.`: all characters except line terminators.
pub(super) fn dot() -> Class {
    complement(&[('\n', '\n'), ('\r', '\r'), ('\u{2028}', '\u{2029}')])
}
