//! Code spans of Markdown.

use std::ops::Range;

use crate::text::printable::printable;

/// Returns `text` as a Markdown code span on one line. Backticks in `text` do not end the code span.
pub fn code_span(text: &str) -> String {
    let text = printable(text);
    let longest_run = text.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    let fence = "`".repeat(longest_run + 1);
    // A span whose text begins or ends with a backtick needs a space at each end. Markdown removes these two spaces.
    let needs_spaces = text.starts_with('`') || text.ends_with('`') || (text.starts_with(' ') && text.ends_with(' '));
    match needs_spaces {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// Returns the byte ranges of the code spans in `markdown`. The caller must have escaped every backtick outside of a code span.
pub fn code_spans(markdown: &str) -> Vec<Range<usize>> {
    let (mut spans, mut at) = (Vec::new(), 0);
    while let Some(start) = markdown.get(at..).and_then(|rest| rest.find(['`', '\\'])).map(|start| at + start) {
        if markdown[start..].starts_with('\\') {
            let escaped = markdown[start + 1..].chars().next().map_or(0, char::len_utf8);
            at = start + 1 + escaped;
            continue;
        }
        let fence = run_length(markdown, start);
        let mut from = start + fence;
        let end = loop {
            let Some(run) = markdown[from..].find('`').map(|run| from + run) else { break markdown.len() };
            from = run + run_length(markdown, run);
            if from - run == fence {
                break from;
            }
        };
        spans.push(start..end);
        at = end;
    }
    spans
}

/// Returns the number of consecutive backticks from the byte offset `start`.
pub(super) fn run_length(text: &str, start: usize) -> usize {
    text.as_bytes()[start..].iter().take_while(|byte| **byte == b'`').count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_code_span() {
        for (text, expected) in [
            ("a", "`a`"),
            ("a``b`c", "```a``b`c```"),
            ("`a", "`` `a ``"),
            ("a`` <img> ``", "``` a`` <img> `` ```"),
            (" a ", "`  a  `"),
            ("a\u{2066}\r\n", "`a\\u{2066}\\r\\n`"),
        ] {
            let span = code_span(text);
            assert_eq!(span, expected);
            assert_eq!(code_spans(&span), std::slice::from_ref(&(0..span.len())));
        }
    }

    #[test]
    fn escaped_backticks_begin_no_code_span() {
        assert_eq!(code_spans("a \\` `b` \\\\`c` ``d`e``"), [5..8, 11..14, 15..22]);
    }
}
