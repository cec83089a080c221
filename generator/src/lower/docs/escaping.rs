//! Escapes inline markdown that rustdoc would resolve as a link, parse as HTML or warn about. Code spans, links and URLs are not
//! escaped.

/// Escapes the special characters of `text`, except in code spans, autolinks, and links to web pages.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let kept = match next {
            '`' => code_span(rest),
            '<' => autolink(rest),
            '[' => link(rest),
            'h' if !out.ends_with(char::is_alphanumeric) => bare_url(rest),
            _ => None,
        };
        match kept {
            Some(kept) => {
                out.push_str(&kept.text);
                rest = &rest[kept.length..];
            }
            None => {
                if matches!(next, '[' | ']' | '<' | '>' | '`') {
                    out.push('\\');
                }
                out.push(next);
                rest = &rest[next.len_utf8()..];
            }
        }
    }
    out
}

/// A part of the text that keeps its meaning in markdown.
struct Kept {
    /// The part as it is written in the result.
    text: String,
    /// The number of bytes of the input that it replaces.
    length: usize,
}

fn unchanged(text: &str) -> Kept {
    Kept { text: text.to_owned(), length: text.len() }
}

/// The code span at the start of the text: a run of backticks, and everything up to the next run of the same length.
fn code_span(text: &str) -> Option<Kept> {
    let fence = text.len() - text.trim_start_matches('`').len();
    let mut from = fence;
    while let Some(start) = text[from..].find('`').map(|start| from + start) {
        let run = text[start..].len() - text[start..].trim_start_matches('`').len();
        if run == fence {
            return Some(unchanged(&text[..start + run]));
        }
        from = start + run;
    }
    None
}

/// The autolink `<https://…>` at the start of the text.
fn autolink(text: &str) -> Option<Kept> {
    let end = text.find('>')?;
    let inside = &text[1..end];
    (is_url(inside) && !inside.contains([' ', '<'])).then(|| unchanged(&text[..=end]))
}

/// The link `[text](https://…)` at the start of the text. Its label is escaped.
fn link(text: &str) -> Option<Kept> {
    let (label, rest) = text[1..].split_once("](")?;
    let (target, _) = rest.split_once(')')?;
    if label.contains(['[', ']']) || !is_url(target) || target.contains(['<', '>']) {
        return None;
    }
    let length = 1 + label.len() + 2 + target.len() + 1;
    Some(Kept { text: format!("[{}]({target})", escaped(label)), length })
}

/// The URL without brackets at the start of the text. It is put in angle brackets. Punctuation at its end belongs to the sentence,
/// not to the URL.
fn bare_url(text: &str) -> Option<Kept> {
    if !is_url(text) {
        return None;
    }
    let end = text.find(|letter: char| letter.is_whitespace() || "<>`[]{}\"'".contains(letter)).unwrap_or(text.len());
    let url = text[..end].trim_end_matches(['.', ',', ';', ':', ')', '!', '?', '*', '_']);
    let has_host = url.split_once("://").is_some_and(|(_, rest)| !rest.is_empty());
    has_host.then(|| Kept { text: format!("<{url}>"), length: url.len() })
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
