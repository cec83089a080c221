//! Markdown for doc comments: paragraphs, wrapped lines and code spans.

use crate::ir::Docs;
use crate::lower::docs::escaping::escaped;

/// The maximum width of a line of documentation, in characters.
const WIDTH: usize = 100;

/// Converts a description to wrapped lines of documentation. Markdown that rustdoc would resolve as a link, parse as HTML or
/// compile as code is escaped.
pub(crate) fn prose(text: &str) -> Docs {
    let mut lines = Docs::new();
    let mut block = Block::default();
    let mut fenced = false;
    for line in text.trim().lines() {
        let line = line.replace('\t', "    ").replace(is_forbidden_in_comments, " ");
        let trimmed = line.trim();
        if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
            block.end(&mut lines);
            fenced = !fenced;
            lines.push(if fenced { "```text".to_owned() } else { "```".to_owned() });
        } else if fenced {
            lines.push(line.trim_end().to_owned());
        } else if trimmed.is_empty() {
            block.end(&mut lines);
            lines.push(String::new());
        } else if trimmed.starts_with(['#', '|', '>']) {
            block.end(&mut lines);
            lines.push(escaped(trimmed));
        } else {
            block.add(trimmed, &mut lines);
        }
    }
    block.end(&mut lines);
    lines.extend(fenced.then(|| "```".to_owned()));
    lines
}

/// A paragraph or list item whose lines are being collected.
#[derive(Default)]
struct Block {
    lines: Vec<String>,
    indent: usize,
}

impl Block {
    fn add(&mut self, line: &str, lines: &mut Docs) {
        let marker = marker_width(line);
        if marker > 0 {
            self.end(lines);
            self.indent = marker;
        }
        self.lines.push(line.to_owned());
    }

    fn end(&mut self, lines: &mut Docs) {
        let text = escaped(&self.lines.join(" "));
        lines.extend(wrapped(text.split_whitespace(), self.indent));
        *self = Self::default();
    }
}

/// The width of a list item's marker with the space after it; zero if the line begins no list item.
fn marker_width(line: &str) -> usize {
    let Some((marker, _)) = line.split_once(' ') else { return 0 };
    let is_bullet = matches!(marker, "-" | "*" | "+");
    let is_number = marker
        .strip_suffix(['.', ')'])
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()));
    if is_bullet || is_number { marker.len() + 1 } else { 0 }
}

/// Wraps words into lines of at most [`WIDTH`] characters. All lines but the first are indented by `indent` spaces.
pub(super) fn wrapped<'w>(words: impl Iterator<Item = &'w str>, indent: usize) -> Docs {
    let mut lines = Docs::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{:indent$}{}", "", escaped_at_line_start(word))),
            None => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Escapes a word that wrapping puts at the start of a line, so that it does not become a list marker or a heading.
fn escaped_at_line_start(word: &str) -> String {
    let is_number =
        word.strip_suffix(['.', ')']).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    match word {
        "-" | "+" | "*" | "=" | "|" => format!("\\{word}"),
        _ if word.starts_with(['#', '>', '|']) || word.starts_with("---") || word.starts_with("===") => {
            format!("\\{word}")
        }
        _ if is_number => format!("{}\\{}", &word[..word.len() - 1], &word[word.len() - 1..]),
        _ => word.to_owned(),
    }
}

/// Whether the compiler rejects the character in a comment. It rejects bare carriage returns, and characters that change the
/// direction of the text.
fn is_forbidden_in_comments(letter: char) -> bool {
    matches!(letter, '\r' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// `text` as a code span. Control characters are escaped, because comments may not contain all of them.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() {
        return "the empty string".to_owned();
    }
    let is_escaped = |letter: char| letter.is_control() || is_forbidden_in_comments(letter);
    if text.contains(is_escaped) {
        let escape =
            |letter: char| if is_escaped(letter) { letter.escape_default().to_string() } else { letter.into() };
        return code(&text.chars().map(escape).collect::<String>());
    }
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Appends `lines` to `docs` as a separate paragraph. Appends nothing if there are no lines.
pub(crate) fn paragraph(docs: &mut Docs, lines: impl IntoIterator<Item = String>) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_some() && !docs.is_empty() {
        docs.push(String::new());
    }
    docs.extend(lines);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_becomes_markdown_without_links_and_html_of_its_own() {
        let cases = [
            ("See [.] of <b>x</b>.", "See \\[.\\] of \\<b\\>x\\</b\\>."),
            ("At https://x.example/a.", "At <https://x.example/a>."),
            ("A [link](https://x.example/) stays.", "A [link](https://x.example/) stays."),
            ("    indented code", "indented code"),
            ("`a[0]`", "`a[0]`"),
            ("| a |\tb |", "| a |    b |"),
            ("See <https://x.example/>.", "See <https://x.example/>."),
            (
                "[Error Codes](https://x.example/e) and [table](below)",
                "[Error Codes](https://x.example/e) and \\[table\\](below)",
            ),
            ("`Vec`<T> and `a <T> [0]`", "`Vec`\\<T\\> and `a <T> [0]`"),
            ("a ` alone and [x]", "a \\` alone and \\[x\\]"),
            ("# one\rtwo \u{202b}three", "# one two  three"),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), [expected]);
        }
    }

    #[test]
    fn prose_is_wrapped_by_paragraphs_and_list_items() {
        assert_eq!(prose("- a list\n  goes on\n- and on"), ["- a list goes on", "- and on"]);
        assert_eq!(prose(&"word ".repeat(30)).len(), 2);
        let wrapped = prose(&format!("{} - dash 2. two", "w".repeat(100)));
        assert_eq!(wrapped[1], "\\- dash 2. two");
    }

    #[test]
    fn code_blocks_are_closed_and_not_compiled() {
        assert_eq!(prose("```json\n{\"a\": []}"), ["```text", "{\"a\": []}", "```"]);
        assert_eq!(prose("```\na\rb\n```"), ["```text", "a b", "```"]);
    }

    #[test]
    fn code_spans_escape_control_characters() {
        assert_eq!(code("a\u{2066}\r"), "`a\\u{2066}\\r`");
        assert_eq!(code("a`b"), "`` a`b ``");
        assert_eq!(code(""), "the empty string");
    }
}
