//! Escapes HTML, images and most links in inline Markdown. Keeps code spans, and keeps links to web pages and to mail addresses.

use std::collections::HashMap;

use crate::text::code_span::run_length;

/// Separates characters that a code hosting service would turn into a link.
const SEPARATOR: &str = "<!-- -->";

/// The maximum length of the target of a link, in bytes. A link with a longer target is escaped.
const MAX_LINK: usize = 2_000;

/// The maximum depth of nested parentheses in the target of a link. A link with deeper parentheses is escaped.
const MAX_DEPTH: usize = 4;

/// Escapes inline Markdown, but keeps code spans and links to `http`, `https` and `mailto` URLs. Images become links, because a
/// browser loads an image without a click.
pub fn inline(markdown: &str) -> String {
    escaped(markdown, true)
}

/// Escapes inline Markdown, including links, URLs and mentions such as `@name` and `#1`, but keeps code spans. Empty comments
/// separate the characters that code hosting services turn into links.
pub fn inline_without_links(markdown: &str) -> String {
    escaped(markdown, false)
}

/// Escapes `|` in inline Markdown, and replaces control characters by spaces, so that the Markdown fits in one table cell.
pub fn table_cell(markdown: &str) -> String {
    let (mut cell, mut is_escaped) = (String::with_capacity(markdown.len()), false);
    for letter in markdown.chars() {
        if letter == '|' && !is_escaped {
            cell.push('\\');
        }
        is_escaped = letter == '\\' && !is_escaped;
        cell.push(if letter.is_control() { ' ' } else { letter });
    }
    cell
}

fn escaped(text: &str, with_links: bool) -> String {
    let runs = BacktickRuns::of(text);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(next) = text[at..].chars().next() {
        let rest = &text[at..];
        let kept = match next {
            '`' => runs.code_span(text, at).map(unchanged),
            '<' if with_links => autolink(rest).map(unchanged),
            '[' if with_links => link(rest),
            'h' if with_links && !out.ends_with(char::is_alphanumeric) => bare_url(rest),
            _ => None,
        };
        if let Some(kept) = kept {
            out.push_str(&kept.text);
            at += kept.length;
            continue;
        }
        match next {
            '`' => {
                // Escape all backticks of the run, so that none of them begins or ends a code span.
                let length = run_length(text, at);
                out.extend(std::iter::repeat_n("\\`", length));
                at += length;
            }
            '\\' => {
                at += escape(rest, &mut out);
                if !with_links && out.ends_with(['@', '#', ':']) {
                    out.push_str(SEPARATOR);
                }
            }
            '&' if !with_links => {
                out.push_str("\\&");
                at += 1;
            }
            '@' | '#' | ':' | 'w' | 'W' | 'G' | 'g' if !with_links && begins_link(rest) => {
                let length = match next {
                    'w' | 'W' => 3,
                    'G' | 'g' => 2,
                    _ => 1,
                };
                out.push_str(&rest[..length]);
                out.push_str(SEPARATOR);
                at += length;
            }
            '[' | ']' | '<' | '>' | '!' => {
                if next != '!' || rest.starts_with("![") {
                    out.push('\\');
                }
                out.push(next);
                at += 1;
            }
            _ => {
                // Copy up to the next character that can begin a construct. All of these characters are ASCII.
                let plain = rest.bytes().skip(1).position(|byte| BEGINS_CONSTRUCT[usize::from(byte)]);
                let length = plain.map_or(rest.len(), |plain| plain + 1);
                out.push_str(&rest[..length]);
                at += length;
            }
        }
    }
    out
}

/// For each byte, whether it is an ASCII character that [`escaped`] handles in some way.
const BEGINS_CONSTRUCT: [bool; 256] = {
    let (mut table, bytes, mut index) = ([false; 256], b"`<>[]!\\&@#:wWgGh", 0);
    while index < bytes.len() {
        table[bytes[index] as usize] = true;
        index += 1;
    }
    table
};

/// Returns whether services such as GitHub may turn the start of `text` into a link: a mention, an issue, or a part of a URL.
fn begins_link(text: &str) -> bool {
    let is_web_host = text.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www."));
    let next_is = |is: fn(char) -> bool| text[1..].starts_with(is);
    match text.as_bytes().first() {
        Some(b'@') => next_is(char::is_alphanumeric),
        Some(b'#') => next_is(|letter| letter.is_ascii_digit()),
        Some(b':') => text.starts_with("://"),
        Some(b'G' | b'g') => text.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("gh-")),
        _ => is_web_host,
    }
}

/// Copies the backslash escape at the start of `text`, such as `\*`, to `out`. Returns the number of bytes that the escape has in
/// `text`.
fn escape(text: &str, out: &mut String) -> usize {
    match text[1..].chars().next() {
        Some('`') => {
            let length = run_length(text, 1);
            out.extend(std::iter::repeat_n("\\`", length));
            1 + length
        }
        Some(escaped) if escaped.is_ascii_punctuation() => {
            out.extend(['\\', escaped]);
            2
        }
        // Escape a final backslash. Otherwise the backslash could escape the character that is printed after `text`.
        None => {
            out.push_str("\\\\");
            1
        }
        Some(_) => {
            out.push('\\');
            1
        }
    }
}

/// The byte offsets of the runs of consecutive backticks in a text, by the length of the run. The offsets are in ascending order.
struct BacktickRuns(HashMap<usize, Vec<usize>>);

impl BacktickRuns {
    fn of(text: &str) -> Self {
        let (mut runs, mut at) = (HashMap::<usize, Vec<usize>>::new(), 0);
        while let Some(start) = text[at..].find('`').map(|start| at + start) {
            let length = run_length(text, start);
            runs.entry(length).or_default().push(start);
            at = start + length;
        }
        Self(runs)
    }

    /// Returns the code span that begins at the byte offset `start`. The code span ends with the next run of backticks that is as
    /// long as the run at `start`.
    fn code_span<'t>(&self, text: &'t str, start: usize) -> Option<&'t str> {
        let length = run_length(text, start);
        let places = self.0.get(&length)?;
        let end = places.get(places.partition_point(|place| *place <= start))?;
        text.get(start..end + length)
    }
}

/// A construct, such as a link, that is not escaped.
struct Kept {
    /// The Markdown that is written for the construct.
    text: String,
    /// The length of the construct in the input, in bytes.
    length: usize,
}

fn unchanged(text: &str) -> Kept {
    Kept { text: text.to_owned(), length: text.len() }
}

/// Returns the autolink at the start of the text: `<https://…>`.
fn autolink(text: &str) -> Option<&str> {
    let inside = &text[1..];
    let end = inside.find(|letter| !is_of_url(letter))?;
    (is_url(inside) && inside[end..].starts_with('>') && end <= MAX_LINK).then(|| &text[..end + 2])
}

/// Returns whether a target is the address of a mailbox with a domain: `mailto:a@x.example)`. Of other texts, rustdoc warns that no
/// item has this name.
fn is_mail(target: &str) -> bool {
    let address = target.strip_prefix("mailto:").and_then(|rest| rest.split([')', '?']).next());
    address.and_then(|address| address.split_once('@')).is_some_and(|(_, domain)| domain.contains('.'))
}

/// Returns the link at the start of `text`, such as `[label](https://…)`. Markdown in the label is escaped.
fn link(text: &str) -> Option<Kept> {
    let label = &text[1..1 + text[1..].find(['[', ']', '\n'])?];
    let target = text[1 + label.len()..].strip_prefix("](")?;
    if label.ends_with('\\') || !(is_url(target) || is_mail(target)) {
        return None;
    }
    let (mut depth, mut length) = (0_usize, 0);
    for letter in target.chars() {
        match letter {
            '(' if depth == MAX_DEPTH => return None,
            '(' => depth += 1,
            ')' if depth == 0 => break,
            ')' => depth -= 1,
            _ => {}
        }
        length += letter.len_utf8();
        if !is_of_url(letter) || length > MAX_LINK {
            return None;
        }
    }
    let target =
        target.get(..length).filter(|target| text.as_bytes().get(1 + label.len() + 2 + target.len()) == Some(&b')'))?;
    let length = 1 + label.len() + 2 + length + 1;
    Some(Kept { text: format!("[{}]({target})", escaped(label, false)), length })
}

/// Returns the bare URL at the start of the text, and puts it in angle brackets. Punctuation at the end belongs to the sentence,
/// not to the URL.
fn bare_url(text: &str) -> Option<Kept> {
    if !is_url(text) {
        return None;
    }
    let end = text.find(|letter| !is_of_url(letter) || "[]{}'".contains(letter)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '*', '_']);
    let has_host = url.split_once("://").is_some_and(|(_, rest)| !rest.is_empty());
    has_host.then(|| Kept { text: format!("<{url}>"), length: url.len() })
}

/// Returns whether a URL in Markdown may contain the character without an escape.
fn is_of_url(letter: char) -> bool {
    !letter.is_whitespace() && !letter.is_control() && !"<>`\"\\".contains(letter)
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_to_web_pages_and_code_spans_are_kept() {
        for (text, expected) in [
            ("At https://x.example/a.", "At <https://x.example/a>."),
            ("A [link](https://x.example/) stays.", "A [link](https://x.example/) stays."),
            ("[a](https://x.example/b_(c)) d", "[a](https://x.example/b_(c)) d"),
            ("[a *b* `c`](mailto:a@x.example)", "[a *b* `c`](mailto:a@x.example)"),
            ("[a](mailto:javascript:x) b", "\\[a\\](mailto:javascript:x) b"),
            ("[a](mailto:a@b) b.c", "\\[a\\](mailto:a@b) b.c"),
            ("See <https://x.example/>.", "See <https://x.example/>."),
            ("`Vec`<T> and `a <T> [0]`", "`Vec`\\<T\\> and `a <T> [0]`"),
            ("``a`b`` \\_ \\< a\\b", "``a`b`` \\_ \\< a\\b"),
        ] {
            assert_eq!(inline(text), expected);
        }
    }

    #[test]
    fn other_links_html_and_images_are_escaped() {
        for (text, expected) in [
            ("[a](javascript:b) [c](d) [e]: f", "\\[a\\](javascript:b) \\[c\\](d) \\[e\\]: f"),
            ("[a](https://b \"c\")", "\\[a\\](<https://b> \"c\")"),
            ("<https://b\"onclick=c> <b>", "\\<<https://b>\"onclick=c\\> \\<b\\>"),
            ("![a](https://b/c.png)!", "\\![a](https://b/c.png)!"),
            ("a ` alone and [x]", "a \\` alone and \\[x\\]"),
            ("\\\\<b> \\`<b>`", "\\\\\\<b\\> \\`\\<b\\>\\`"),
            ("\\``<b>`", "\\`\\`\\<b\\>\\`"),
            ("``` <b> `` c\\", "\\`\\`\\` \\<b\\> \\`\\` c\\\\"),
        ] {
            assert_eq!(inline(text), expected);
        }
        assert_eq!(inline_without_links("`a` [b](https://c)"), "`a` \\[b\\](https:<!-- -->//c)");
        assert_eq!(
            inline_without_links("@ann #1 Www.a.b é@ `@c` a#b"),
            "@<!-- -->ann #<!-- -->1 Www<!-- -->.a.b é@ `@c` a#b"
        );
        assert_eq!(inline_without_links("\\@a &commat;b GH-1"), "\\@<!-- -->a \\&commat;b GH<!-- -->-1");
    }

    #[test]
    fn long_texts_are_escaped_in_linear_time() {
        let runs: String = (1..1_500).map(|length| "`".repeat(length) + "a").collect();
        for text in ["`".repeat(1 << 20), "<".repeat(1 << 20), "[a](https://".repeat(1 << 17), runs] {
            assert!(inline(&text).len() >= text.len());
        }
    }

    #[test]
    fn a_pipe_never_ends_a_table_cell() {
        assert_eq!(table_cell("a|b"), r"a\|b");
        assert_eq!(table_cell(r"a\|b"), r"a\|b");
        assert_eq!(table_cell(r"a\\|b"), r"a\\\|b");
        assert_eq!(table_cell("`a|b`\nc"), r"`a\|b` c");
    }
}
