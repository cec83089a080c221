//! Writes text of documents as Markdown that cannot break the structure of the README.

/// The maximum length, in bytes, of a paragraph that is never shortened.
const SHORT: usize = 100;

/// The first paragraph of some documentation as one line, without headings; `None` if the documentation does not begin with a
/// paragraph.
///
/// Documentation lines contain no HTML, no link definitions, and code only in fences, so they need no escapes.
pub fn first_paragraph(docs: &[String]) -> Option<String> {
    let is_heading = |line: &&String| line.is_empty() || line.starts_with('#');
    let lines = docs.iter().skip_while(is_heading);
    let ends_paragraph = |line: &str| line.is_empty() || line.starts_with(['#', '|', '>']) || line.starts_with("```");
    let lines: Vec<&str> = lines.map(|line| line.trim()).take_while(|line| !ends_paragraph(line)).collect();
    (!lines.is_empty()).then(|| lines.join(" "))
}

/// A table cell. The pipes in the Markdown are escaped, so that it stays one cell.
pub fn cell(markdown: &str) -> String {
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

/// A row of a table.
pub fn row<const N: usize>(cells: [&str; N]) -> String {
    let cells: Vec<String> = cells.iter().map(|markdown| cell(markdown)).collect();
    format!("| {} |\n", cells.join(" | "))
}

/// The two lines that begin a table.
pub fn table_head<const N: usize>(titles: [&str; N]) -> String {
    format!("{}{}|\n", row(titles), "|---".repeat(N))
}

/// Raw text as a code span. No characters in the text can end the span.
pub fn code(text: &str) -> String {
    let text = one_line(text);
    let longest_run = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest_run + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// Raw text as inline Markdown that shows the text unchanged.
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

/// The first sentence of a paragraph. Returns the whole paragraph if it is short. A sentence does not end within a code span or a
/// link.
pub fn first_sentence(paragraph: &str) -> &str {
    let is_balanced = |text: &str| {
        text.matches('`').count().is_multiple_of(2) && text.matches('[').count() == text.matches(']').count()
    };
    let ends = paragraph.match_indices(". ").map(|(end, _)| &paragraph[..=end]);
    match paragraph.len() {
        ..=SHORT => paragraph,
        _ => ends.into_iter().find(|sentence| is_balanced(sentence)).unwrap_or(paragraph),
    }
}

fn one_line(text: &str) -> String {
    text.split(|letter: char| letter.is_whitespace() || letter.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
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
    }

    #[test]
    fn a_pipe_never_ends_a_cell() {
        assert_eq!(cell("a|b"), r"a\|b");
        assert_eq!(cell(r"a\|b"), r"a\|b");
        assert_eq!(cell(r"a\\|b"), r"a\\\|b");
        assert_eq!(cell("`a|b`\nc"), r"`a\|b` c");
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
        assert_eq!(cell(&escaped("a|b\\|c")), r"a\|b\\\|c");
    }
}
