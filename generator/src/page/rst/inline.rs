//! Reads inline markup: emphasis, literals, references and escapes.

use crate::page::tree::{Link, Text};

/// Reads a line with markup.
pub(super) fn text(line: &str, number: usize) -> Text {
    let mut text = Text::default();
    push(line, number, &mut text);
    text.trim_end();
    text
}

/// Appends a line with markup to a text.
pub(super) fn push(line: &str, number: usize, text: &mut Text) {
    let mut rest = line;
    let mut plain = String::new();
    while let Some(first) = rest.chars().next() {
        if first == '\\' {
            let mut letters = rest[1..].chars();
            plain.extend(letters.next().filter(|letter| *letter != ' '));
            rest = letters.as_str();
        } else if let Some((reference, length)) = reference(rest) {
            text.push(&std::mem::take(&mut plain), number);
            // Otherwise the exponent would be further digits.
            if rest.starts_with(":sup:") && text.words.ends_with(|last: char| last.is_ascii_digit()) {
                text.words.push('^');
            }
            let start = text.words.len();
            text.push(&reference.label, number);
            let end = text.words.len();
            if let Some(target) = reference.target {
                text.links.push(Link { target, start, end });
            }
            rest = &rest[length..];
        } else if let Some((inner, length)) = marked(rest) {
            plain.push_str(inner);
            rest = &rest[length..];
        } else {
            plain.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    text.push(&plain, number);
}

struct Reference {
    label: String,
    target: Option<String>,
}

/// Reads a reference at the start of a text: ``:ref:`label <target>` `` or `` `label <address>`__ ``. Returns it and its length.
fn reference(text: &str) -> Option<(Reference, usize)> {
    let role = match text.strip_prefix(':') {
        Some(rest) => {
            let name =
                rest.find(|letter: char| !letter.is_ascii_lowercase() && letter != '-').filter(|length| *length > 0)?;
            text.len() - rest[name..].strip_prefix(":`")?.len()
        }
        None if text.starts_with('`') && !text.starts_with("``") => 1,
        None => return None,
    };
    let inner = &text[role..];
    let length = inner.find('`')?;
    let (inner, mut end) = (&inner[..length], role + length + 1);
    end += text[end..].bytes().take_while(|byte| *byte == b'_').take(2).count();
    let target = inner.rfind('<').and_then(|open| Some((open, inner[open + 1..].strip_suffix('>')?)));
    let (label, target) = match target {
        Some((open, target)) => (inner[..open].trim(), Some(target.to_lowercase())),
        None => (inner, None),
    };
    Some((Reference { label: label.replace('\\', ""), target }, end))
}

/// Reads a marked text: `**strong**`, `*emphasis*`, ``` ``literal`` ```. Returns the inner text and the length.
fn marked(text: &str) -> Option<(&str, usize)> {
    for mark in ["**", "``", "*"] {
        let Some(inner) = text.strip_prefix(mark) else { continue };
        let length = inner.find(mark)?;
        let content = &inner[..length];
        let is_tight = !content.is_empty() && !content.starts_with(' ') && !content.ends_with(' ');
        return is_tight.then_some((content, 2 * mark.len() + length));
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_kept() {
        assert_eq!(text(r"2\ :sup:`31`\ -1", 1).words, "2^31-1");
    }

    #[test]
    fn a_role_has_a_name_of_letters() {
        let shown = |line| text(line, 1).words;
        assert_eq!(["::`a`", ":A:`a`", ":a: `b`", ":a-b:`c`"].map(shown), ["::a", ":A:a", ":a: b", "c"]);
    }

    #[test]
    fn marks_are_removed_and_links_kept() {
        let text = text(r"See :ref:`Table 1 <t1>`: **a\_b** or ``*``, my\_name `x <http://y>`__", 3);
        assert_eq!(text.words, r"See Table 1: a\_b or *, my_name x");
        let targets: Vec<&str> = text.links.iter().map(|link| link.target.as_str()).collect();
        assert_eq!(targets, ["t1", "http://y"]);
        assert_eq!(&text.words[text.links[0].start..text.links[0].end], "Table 1");
    }
}
