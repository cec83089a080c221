//! Wraps inline Markdown so that no line begins a heading, list, table or code block.

use crate::ir::Docs;
use crate::text::code_span::code_spans;

/// The maximum width of a line of documentation, in characters.
const WIDTH: usize = 100;

/// The minimum number of backticks that open a fenced code block.
const FENCE: usize = 3;

/// Wraps inline Markdown into lines of at most [`WIDTH`] characters, unless a word or a code span is longer. In `markdown`, every
/// backtick outside of a code span must be escaped.
///
/// A positive `indent` is the width of the list marker at the start of `markdown`. All lines but the first are indented by this
/// width. Lines are broken only at spaces, because other white space can belong to the regular expression of a `pattern`.
pub(crate) fn wrapped(markdown: &str, indent: usize) -> Docs {
    let mut lines = Docs::new();
    let mut spans = code_spans(markdown).into_iter().peekable();
    let (mut start, mut words) = (0, 0_usize);
    for word in markdown.split(' ') {
        let at = start;
        start += word.len() + 1;
        if word.is_empty() {
            continue;
        }
        words += 1;
        while spans.next_if(|span| span.end <= at).is_some() {}
        let span = spans.peek().filter(|span| span.start < at);
        let can_begin_line = span.is_none_or(|span| {
            let fence = markdown[span.start..].bytes().take(FENCE).take_while(|byte| *byte == b'`').count();
            fence < FENCE && at_line_start(word) == word && !word.starts_with(['`', '<']) && !word.starts_with("[^")
        });
        let is_first_of_item = indent > 0 && words == 2;
        match lines.last_mut() {
            None if indent > 0 => lines.push(word.to_owned()),
            None => lines.push(at_line_start(word)),
            Some(line) if is_first_of_item => {
                line.push(' ');
                line.push_str(&at_line_start(word));
            }
            Some(line) if !can_begin_line || fits(line, word) => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) if span.is_some() => lines.push(format!("{:indent$}{word}", "")),
            Some(_) => lines.push(format!("{:indent$}{}", "", at_line_start(word))),
        }
    }
    lines
}

/// Returns whether `line` has room for a space and `word`.
fn fits(line: &str, word: &str) -> bool {
    line.len() + 1 + word.len() <= WIDTH || line.chars().count() + 1 + word.chars().count() <= WIDTH
}

/// Escapes the start of inline Markdown, so that it can begin a line. Without the escape, the line could become a list item, a
/// heading, a thematic break, a code block or a row of a table.
pub(super) fn at_line_start(markdown: &str) -> String {
    let word = markdown.split(' ').next().unwrap_or_default();
    let consists_of = |letters: &[u8]| !word.is_empty() && word.bytes().all(|letter| letters.contains(&letter));
    let is_number =
        word.strip_suffix(['.', ')']).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    let is_block = word == "+"
        || word.starts_with(['#', '>', '|'])
        || ["---", "===", "~~~"].iter().any(|start| word.starts_with(start))
        || consists_of(b"-:|")
        || [b"*", b"_", b"="].iter().any(|letter| consists_of(*letter));
    match (is_block, is_number) {
        (true, _) => format!("\\{markdown}"),
        (false, true) => format!("{}\\{}", &markdown[..word.len() - 1], &markdown[word.len() - 1..]),
        (false, false) => markdown.to_owned(),
    }
}

/// Returns whether a line is a Markdown thematic break. Such a line consists of spaces and at least three of the same character:
/// `-`, `*` or `_`.
pub(super) fn is_thematic_break(line: &str) -> bool {
    let letters: String = line.split_whitespace().collect();
    letters.len() >= 3 && ["-", "*", "_"].iter().any(|letter| letters.replace(letter, "").is_empty())
}
