//! Writes text from OpenAPI documents as Markdown, so that it cannot break the structure of the README.

use crate::text::code_span::{code_span, code_spans};
use crate::text::inline::table_cell;
use crate::text::printable::printable;

/// A paragraph of at most this many bytes is never shortened.
const SHORT: usize = 100;

/// Returns the first paragraph of a description as one line. Headings before the paragraph are skipped. Returns `None` if a
/// different block, such as a table, comes first.
///
/// The lines in `docs` need no escapes: they contain no HTML and no link definitions, and code blocks only in fences.
pub fn first_paragraph(docs: &[String]) -> Option<String> {
    let is_heading = |line: &&String| line.is_empty() || line.starts_with('#');
    let lines = docs.iter().skip_while(is_heading);
    let ends_paragraph = |line: &str| line.is_empty() || line.starts_with(['#', '|', '>']) || line.starts_with("```");
    let lines: Vec<&str> = lines.map(|line| line.trim()).take_while(|line| !ends_paragraph(line)).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// Returns a row of a table.
pub fn row<const N: usize>(cells: [&str; N]) -> String {
    let cells: Vec<String> = cells.iter().map(|markdown| table_cell(markdown)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// Returns the two lines that begin a table.
pub fn table_head<const N: usize>(titles: [&str; N]) -> String {
    format!("{}{}|\n", row(titles), "|---".repeat(N))
}

/// Writes raw text as a code span. No characters in the text can end the span.
pub fn code(text: &str) -> String {
    code_span(&one_line(text))
}

/// Escapes raw text, so that Markdown shows it unchanged.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in one_line(text).chars() {
        if "\\`*_[]<>|~&".contains(letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

/// Returns the first sentence of a paragraph, or the whole paragraph if it is short. A sentence does not end within a code span
/// or a link.
pub fn first_sentence(paragraph: &str) -> &str {
    if paragraph.len() <= SHORT {
        return paragraph;
    }
    let spans = code_spans(paragraph);
    let is_outside = |end: usize| !spans.iter().any(|span| span.contains(&end));
    let is_balanced = |text: &str| text.matches('[').count() == text.matches(']').count();
    let ends = paragraph.match_indices(". ").filter(|(end, _)| is_outside(*end));
    ends.map(|(end, _)| &paragraph[..=end]).find(|sentence| is_balanced(sentence)).unwrap_or(paragraph)
}

fn one_line(text: &str) -> String {
    let words = text.split(|letter: char| letter.is_whitespace() || letter.is_control());
    let text = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    printable(&text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn the_first_paragraph_ends_where_another_block_begins() {
        for (docs, expected) in [
            ("One\ntwo.\n\nThree.", Some("One two.")),
            ("# Title\n\nText.", Some("Text.")),
            ("Text.\n```text\ncode\n```", Some("Text.")),
            ("Text.\n| a | b |", Some("Text.")),
            ("```text\ncode\n```", None),
            ("", None),
        ] {
            assert_eq!(first_paragraph(&lines(docs)).as_deref(), expected, "{docs}");
        }
    }

    #[test]
    fn a_long_paragraph_is_shortened_to_a_whole_sentence() {
        let rest = "word ".repeat(20);
        assert_eq!(first_sentence("One. Two."), "One. Two.");
        assert_eq!(first_sentence(&format!("One. {rest}")), "One.");
        assert_eq!(first_sentence(&format!("See `a. b` and [c. d](x). {rest}")), "See `a. b` and [c. d](x).");
        assert_eq!(first_sentence(&rest), rest);
        let code = format!("``<b>`c` d. {rest}``");
        assert_eq!(first_sentence(&code), code);
    }

    #[test]
    fn nothing_ends_a_code_span() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a``b`c"), "```a``b`c```");
        assert_eq!(code("`a"), "`` `a ``");
        assert_eq!(code("a\r\n\n```b"), "````a ```b````");
    }

    #[test]
    fn raw_text_is_shown_as_it_is() {
        assert_eq!(escaped("<b>*a*</b>\n# [x](y) | `z`"), r"\<b\>\*a\*\</b\> # \[x\](y) \| \`z\`");
        assert_eq!(escaped("Pets, v2.0: \"all\""), "Pets, v2.0: \"all\"");
        assert_eq!(table_cell(&escaped("a|b\\|c")), r"a\|b\\\|c");
    }
}
