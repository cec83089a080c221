//! Converts texts of documents to Markdown for doc comments: paragraphs, lists, tables, code blocks and code spans.
//!
//! In a doc comment, rustdoc runs code blocks as tests, renders HTML and resolves links. Therefore every line that comes from a
//! document is escaped, except for the constructs that this module recognizes, such as lists.

use std::borrow::Cow;
use std::mem;

use crate::ir::Docs;
use crate::lower::docs::wrapping::{at_line_start, is_thematic_break, wrapped};
use crate::text::code_span::code_span;
use crate::text::inline::inline;
use crate::text::printable::is_directional;

/// Converts a description to wrapped lines of documentation. Markdown that rustdoc would resolve as a link, show as HTML or run
/// as code is escaped. Code blocks get the language `text`.
pub(crate) fn prose(text: &str) -> Docs {
    let mut prose = Prose::default();
    let lines = text.trim().lines().map(without_forbidden);
    // A line that consists of forbidden characters is blank. A doc comment must not begin or end with a blank line.
    let lines: Vec<Cow<'_, str>> = lines.skip_while(|line| line.trim().is_empty()).collect();
    let end = lines.iter().rposition(|line| !line.trim().is_empty()).map_or(0, |last| last + 1);
    lines.iter().take(end).for_each(|line| prose.add(line));
    prose.end_block();
    prose.end_fence();
    prose.lines
}

/// Returns a line with spaces instead of tabs and of the characters that a Rust comment cannot contain.
fn without_forbidden(line: &str) -> Cow<'_, str> {
    // Most lines are printable ASCII, and stay as they are.
    if line.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return Cow::Borrowed(line);
    }
    Cow::Owned(line.replace('\t', "    ").replace(is_forbidden_in_comments, " "))
}

/// Converts a text to one line of inline Markdown.
pub(crate) fn line(text: &str) -> String {
    let words = text.replace(is_forbidden_in_comments, " ");
    at_line_start(&inline(&words.split_whitespace().collect::<Vec<_>>().join(" ")))
}

/// The state of [`prose`]: the finished lines, and the block or the fenced code block whose end has not been read yet.
#[derive(Default)]
struct Prose {
    lines: Docs,
    block: Block,
    fence: Option<Fence>,
}

/// A paragraph or list item whose lines are being collected.
#[derive(Default)]
struct Block {
    lines: Vec<String>,
    indent: usize,
}

/// A fenced code block whose lines are being collected.
struct Fence {
    letter: char,
    length: usize,
    content: Vec<String>,
}

impl Prose {
    fn add(&mut self, line: &str) {
        let trimmed = line.trim();
        if let Some(fence) = &mut self.fence {
            match fence.is_closed_by(trimmed) {
                true => self.end_fence(),
                false => fence.content.push(line.trim_end().to_owned()),
            }
        } else if let Some(fence) = Fence::opened_by(trimmed) {
            self.end_block();
            self.fence = Some(fence);
        } else if trimmed.is_empty() {
            self.end_block();
            // Markdown reads several blank lines like one.
            if self.lines.last().is_some_and(|last| !last.is_empty()) {
                self.lines.push(String::new());
            }
        } else if trimmed.starts_with('|') {
            self.end_block();
            // A blank line separates the row from the paragraph above. Without the blank line, the last line of the paragraph
            // would become the head of the table.
            if self.lines.last().is_some_and(|last| !last.is_empty() && !last.starts_with('|')) {
                self.lines.push(String::new());
            }
            self.lines.push(table_row(trimmed));
        } else if trimmed.starts_with(['#', '>']) {
            // A blank line separates the line from a list item above. Without the blank line, it would continue the item.
            let is_after_item = self.block.indent > 0;
            self.end_block();
            if is_after_item {
                self.lines.push(String::new());
            }
            self.push([inline(trimmed)]);
        } else if self.block.lines.is_empty() && is_thematic_break(trimmed) {
            self.push([trimmed.to_owned()]);
        } else {
            let marker = marker_width(trimmed);
            if marker > 0 {
                self.end_block();
                self.block.indent = marker;
            }
            self.block.lines.push(trimmed.to_owned());
        }
    }

    /// Appends lines that are not rows of a table. If they follow a row of a table, appends a blank line first, which ends the
    /// table.
    fn push(&mut self, lines: impl IntoIterator<Item = String>) {
        if self.lines.last().is_some_and(|last| last.starts_with('|')) {
            self.lines.push(String::new());
        }
        self.lines.extend(lines);
    }

    fn end_block(&mut self) {
        let Block { lines, indent } = mem::take(&mut self.block);
        if !lines.is_empty() {
            let text = lines.join(" ");
            let text = inline(&text.split_whitespace().collect::<Vec<_>>().join(" "));
            self.push(wrapped(&text, indent));
        }
    }

    /// Appends the fenced code block that is being collected, with the language `text`. The fences are longer than any run of
    /// backticks that begins a line of the code block.
    fn end_fence(&mut self) {
        let Some(Fence { content, .. }) = self.fence.take() else { return };
        let run = |line: &String| line.trim_start().bytes().take_while(|byte| *byte == b'`').count();
        let longest_run = content.iter().map(run).max().unwrap_or_default();
        let fence = "`".repeat(3.max(longest_run + 1));
        let (start, end) = (format!("{fence}text"), fence);
        self.push([start].into_iter().chain(content).chain([end]));
    }
}

impl Fence {
    /// Returns the fenced code block that `line` opens; `None` if `line` opens no such block. An opening line begins with at
    /// least three tildes, or with at least three backticks. After the opening backticks, the line has no further backtick.
    fn opened_by(line: &str) -> Option<Self> {
        let letter = line.chars().next().filter(|letter| matches!(letter, '`' | '~'))?;
        let info = line.trim_start_matches(letter);
        let length = line.len() - info.len();
        (length >= 3 && !(letter == '`' && info.contains('`'))).then_some(Self { letter, length, content: Vec::new() })
    }

    /// Returns whether the line closes the fenced code block. A closing line is at least as long as the opening fence, and
    /// consists of the same character.
    fn is_closed_by(&self, line: &str) -> bool {
        line.len() >= self.length && line.chars().all(|letter| letter == self.letter)
    }
}

/// Converts a row of a table. Each cell is escaped on its own, because a code span cannot continue in the next cell.
fn table_row(line: &str) -> String {
    let (mut row, mut start, mut is_escaped) = (String::new(), 0, false);
    for (at, letter) in line.char_indices() {
        if letter == '|' && !is_escaped {
            row.push_str(&inline(&line[start..at]));
            row.push('|');
            start = at + 1;
        }
        is_escaped = letter == '\\' && !is_escaped;
    }
    row + &inline(&line[start..])
}

/// Returns the width of the marker of a list item and the space after it: 2 for `- item`. Returns zero if the line begins no list
/// item.
fn marker_width(line: &str) -> usize {
    let Some((marker, _)) = line.split_once(' ') else { return 0 };
    let is_bullet = matches!(marker, "-" | "*" | "+");
    let is_number = marker
        .strip_suffix(['.', ')'])
        .is_some_and(|digits| (1..10).contains(&digits.len()) && digits.bytes().all(|digit| digit.is_ascii_digit()));
    if is_bullet || is_number { marker.len() + 1 } else { 0 }
}

/// Returns whether a Rust comment cannot contain the character: a control character, a line separator, or a character that
/// changes the direction of the text.
fn is_forbidden_in_comments(letter: char) -> bool {
    letter.is_control() || is_directional(letter) || matches!(letter, '\u{2028}' | '\u{2029}')
}

/// Returns `text` as a code span.
pub(crate) fn code(text: &str) -> String {
    if text.is_empty() { "the empty string".to_owned() } else { code_span(text) }
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
    fn prose_without_visible_text_is_empty() {
        assert_eq!(prose("\u{7f}\n\u{202e}\n"), [""; 0]);
        assert_eq!(prose("\u{7f}\na\n\u{7f}\nb\n\u{0}"), ["a", "", "b"]);
        assert_eq!(prose("a\n\n \n\n# b\n\n\n| c |\n\n\n\n- d"), ["a", "", "# b", "", "| c |", "", "- d"]);
        assert_eq!(prose("```\na\n\n\nb\n```"), ["```text", "a", "", "", "b", "```"]);
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
    fn code_blocks_keep_their_content() {
        assert_eq!(prose("````\n```rust\nx\n```\n````"), ["````text", "```rust", "x", "```", "````"]);
        assert_eq!(prose("~~~rust\n```\n~~~\ny"), ["````text", "```", "````", "y"]);
        assert_eq!(prose("```a``` b"), ["```a``` b"]);
    }

    #[test]
    fn no_line_begins_a_block_of_its_own() {
        let long = "w".repeat(100);
        let wrapped = |text: &str| prose(&format!("{long} {text}")).split_off(1);
        assert_eq!(wrapped("~~~rust x"), ["\\~~~rust x"]);
        assert_eq!(wrapped("```rust x"), ["\\`\\`\\`rust x"]);
        assert_eq!(wrapped(":--|--: <b>"), ["\\:--|--: \\<b\\>"]);
        // In a code span, the backslash of an escape would be visible. Therefore, no line begins with a word of the span that
        // needs an escape.
        assert_eq!(prose(&format!("`{long} ~~~rust # <b> x`")), [format!("`{long} ~~~rust # <b>"), "x`".to_owned()]);
        assert_eq!(prose(&format!("```{long} x`y```")), [format!("```{long} x`y```")]);
        assert_eq!(prose("- ~~~rust\n  x\n  ~~~"), ["- \\~~~rust x", "```text", "```"]);
        assert_eq!(prose("1. ```rust x"), ["1. \\`\\`\\`rust x"]);
        assert_eq!(prose("> ~~~rust"), ["\\> ~~~rust"]);
        assert_eq!(prose("1. a\n> b\n> c\n# d"), ["1. a", "", "\\> b", "\\> c", "# d"]);
        assert_eq!(prose("-\n~~~"), ["\\-", "```text", "```"]);
        assert_eq!(prose("a\n\n---\nb"), ["a", "", "---", "b"]);
        assert_eq!(line("~~~ a\n# b"), "\\~~~ a # b");
    }

    #[test]
    fn a_long_fence_around_many_words_takes_linear_time() {
        let fence = "`".repeat(1 << 17);
        let text = format!("{fence}{} {fence}", " a".repeat(1 << 17));
        assert_eq!(prose(&format!("x {text}")).len(), 2);
    }

    #[test]
    fn tables_contain_no_code_spans_of_several_cells() {
        assert_eq!(prose("| `<b> | ` |"), ["| \\`\\<b\\> | \\` |"]);
        assert_eq!(prose("a `|` b\n|---|\n| c |\n`d|e`"), ["a `|` b", "", "|---|", "| c |", "", "`d|e`"]);
    }

    #[test]
    fn code_spans_escape_control_characters() {
        assert_eq!(code("a\u{2066}\r"), "`a\\u{2066}\\r`");
        assert_eq!(code("a`b"), "``a`b``");
        assert_eq!(code(""), "the empty string");
    }
}
