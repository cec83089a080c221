//! Recognizes common mistakes in hand-written YAML. The parser's error shows that the YAML is wrong, but not why.

use std::ops::Range;

use crate::load::text::syntax_error::span::line_start;

/// A mistake in a text, with the message and the remedy of its finding.
#[derive(Debug)]
pub(super) struct Mistake {
    /// The byte range of the mistake in the text.
    pub(super) place: Range<usize>,
    /// The message of the finding.
    pub(super) message: String,
    /// The remedy of the finding.
    pub(super) remedy: String,
}

impl Mistake {
    pub(super) fn new(place: Range<usize>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place, message: message.into(), remedy: remedy.into() }
    }
}

/// Returns the common mistake that causes the parser's error at the byte offset `at`. Returns `None` if the cause is not known.
/// `open` has the byte ranges of the brackets that are still open at `at`.
pub(super) fn mistake_at(text: &str, at: usize, open: &[Range<usize>]) -> Option<Mistake> {
    let line = Line::new(text, at)?;
    let next = text.get(at..)?.chars().next()?;
    match next {
        ':' => colon_in_value(&line, at, open)
            .or_else(|| missing_colon(text, &line))
            .or_else(|| value_without_colon(text, &line)),
        ']' | '}' if open.is_empty() => {
            let message = format!("No open bracket matches this `{next}`.");
            Some(Mistake::new(at..at + 1, message, "Delete the bracket, or add the opening bracket."))
        }
        _ => None,
    }
    .or_else(|| text_after_bracket(&line, at))
    .or_else(|| open_bracket(text, &line, open))
    .or_else(|| list_after_key(&line, at))
    .or_else(|| text_after_quote(&line, at))
    .or_else(|| missing_space(text, &line))
    .or_else(|| indented_below_value(text, &line, at))
    .or_else(|| missing_dash(text, &line))
    .or_else(|| inconsistent_indentation(text, &line))
    .or_else(|| line_without_key(&line))
}

/// A line of the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    /// The byte offset of the line in the document.
    start: usize,
    /// The text of the line, without the line break.
    text: &'t str,
}

impl<'t> Line<'t> {
    /// Returns the line that contains the byte offset `at`.
    fn new(text: &'t str, at: usize) -> Option<Self> {
        let start = line_start(text, at)?;
        Some(Self { start, text: text.get(start..)?.lines().next().unwrap_or_default() })
    }

    /// Returns the lines above this line, the nearest line first. Skips blank lines and comments.
    fn above(self, text: &'t str) -> impl Iterator<Item = Self> {
        let mut end = self.start;
        let lines = std::iter::from_fn(move || {
            let before = text.get(..end.checked_sub(1)?)?;
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            end = start;
            Some(Self { start, text: before.get(start..)? })
        });
        lines.filter(|line| !line.is_blank())
    }

    /// Returns whether the line is blank or a comment.
    fn is_blank(self) -> bool {
        let text = self.text.trim_start();
        text.is_empty() || text.starts_with('#')
    }

    /// Returns the number of spaces at the start of the line.
    fn indentation(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    /// Returns whether the line begins an item of a list.
    fn is_item(self) -> bool {
        let text = self.text.trim_start();
        text.starts_with("- ") || text == "-"
    }

    /// Returns the text after the indentation and the dashes of list items, with its column: `- - a` gives `(4, "a")`.
    fn content(self) -> (usize, &'t str) {
        let text = self.text.trim_start_matches(' ');
        let without_dashes =
            std::iter::successors(Some(text), |text| text.strip_prefix("- ").map(|rest| rest.trim_start_matches(' ')));
        let content = without_dashes.last().unwrap_or(text);
        (self.text.len() - content.len(), content)
    }

    /// Returns the key and the value of the line: the text before and after the first `:`. Returns `None` if the line has no `:`,
    /// or has a quote or a bracket before the `:`.
    fn key(self) -> Option<(&'t str, &'t str)> {
        let (key, value) = self.content().1.split_once(':')?;
        let is_key = !key.is_empty() && !key.contains(['{', '[', '\'', '"', '#']);
        is_key.then_some((key, value))
    }

    /// Returns the byte range of the key. If the line has no key, returns the byte range of the line without its indentation.
    fn place(self) -> Range<usize> {
        let start = self.start + self.content().0;
        match self.key() {
            Some((key, _)) => start..start + key.len(),
            None => self.start + self.indentation()..self.start + self.text.trim_end().len(),
        }
    }
}

/// Recognizes a `:` in a value: `summary: Note: see below`.
fn colon_in_value(line: &Line<'_>, at: usize, open: &[Range<usize>]) -> Option<Mistake> {
    let before = line.text.get(..at - line.start)?;
    let is_flow = !open.is_empty();
    let own = if is_flow { before.rsplit([',', '{', '[']).next()? } else { before };
    let (key, value) = own.split_once(": ")?;
    if value.trim_start().starts_with(['\'', '"']) {
        return None;
    }
    let message = match line.text.get(at + 1 - line.start..)?.trim().is_empty() {
        true => "A value that ends with a `:` must be in quotes.",
        false => "A value that contains a `:` followed by a space must be in quotes.",
    };
    let remedy = match is_flow {
        true => "Put the value in quotes, or a `,` before the next key.".to_owned(),
        false => format!("Put the value of `{}` in quotes.", key.trim_start_matches([' ', '-'])),
    };
    Some(Mistake::new(at..at + 1, message, remedy))
}

/// Recognizes a line that begins with a key although a bracket of an earlier line is still open.
fn open_bracket(text: &str, line: &Line<'_>, open: &[Range<usize>]) -> Option<Mistake> {
    let bracket = open.last().filter(|bracket| bracket.start < line.start)?;
    let (bracket, close) = match text.get(bracket.clone())? {
        "[" => ("[", "]"),
        bracket => (bracket, "}"),
    };
    line.key()?;
    let message = format!("A `{bracket}` is still open where this line begins.");
    Some(Mistake::new(
        line.place(),
        message,
        format!("Close the bracket with `{close}`, or end the previous line with a `,`."),
    ))
}

/// Recognizes a list that begins on the line of its key: `tags: - a`.
fn list_after_key(line: &Line<'_>, at: usize) -> Option<Mistake> {
    let (before, rest) = line.text.split_at_checked(at - line.start)?;
    if !(rest.starts_with("- ") && before.trim_end().ends_with(':')) {
        return None;
    }
    let message = "A list cannot begin on the line of its key.";
    Some(Mistake::new(at..at + 1, message, "Begin the list on the next line, or write `[…]`."))
}

/// Recognizes text after a closing quote: `summary: "a" b`.
fn text_after_quote(line: &Line<'_>, at: usize) -> Option<Mistake> {
    let (_, value) = line.key()?;
    let quote = value.trim_start().chars().next().filter(|first| ['\'', '"'].contains(first))?;
    let before = line.text.get(..at - line.start)?;
    if before.matches(quote).count() < 2 {
        return None;
    }
    let twice =
        if quote == '"' { "a quote within them is written `\\\"`" } else { "a quote within them is written twice" };
    let message = "There is text after the closing quote.";
    let end = line.start + line.text.trim_end().len();
    Some(Mistake::new(at..end.max(at), message, format!("Put all of the text between the quotes; {twice}.")))
}

/// Recognizes a key without a `:` on the line above `line`. The key is a single word, and `line` is indented deeper.
fn missing_colon(text: &str, line: &Line<'_>) -> Option<Mistake> {
    let above = line.above(text).next()?;
    let word = above.content().1.trim_end();
    let is_word = !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || "-_$/.{}".contains(letter));
    if !is_word || above.indentation() >= line.indentation() {
        return None;
    }
    let message = format!("`{word}` is not a key, because no `:` follows it.");
    Some(Mistake::new(above.place(), message, format!("Write `{word}:`.")))
}

/// Recognizes that the line above `line` has no `:` between its key and its value: `operationId createPet`. Both lines begin in
/// the same column.
fn value_without_colon(text: &str, line: &Line<'_>) -> Option<Mistake> {
    let above = line.above(text).next()?;
    let (column, content) = above.content();
    let (word, value) = content.trim_end().split_once(' ')?;
    let is_key = !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || "-_$".contains(letter));
    if !is_key || column != line.content().0 || content.contains(": ") || content.ends_with(':') {
        return None;
    }
    let start = above.start + column;
    let message = format!("`{word}` is not a key, because no `:` follows it.");
    Some(Mistake::new(start..start + word.len(), message, format!("Write `{word}: {}`.", value.trim_start())))
}

/// Recognizes text after a closing bracket: `url: {region}.example`.
fn text_after_bracket(line: &Line<'_>, at: usize) -> Option<Mistake> {
    let (column, content) = line.content();
    let value = content.split_once(": ").map_or(content, |(_, value)| value.trim_start());
    let start = line.start + column + content.len() - value.len();
    let opening = value.chars().next().filter(|first| ['{', '['].contains(first))?;
    let (kind, closing) = if opening == '{' { ("mapping", '}') } else { ("list", ']') };
    let end = start + value.find(closing)?;
    let rest = line.text.get(end + 1 - line.start..)?.trim();
    if at <= end || rest.is_empty() || rest.starts_with([',', ':', '#', '}', ']']) {
        return None;
    }
    let message = format!("A value that begins with `{opening}` is a {kind} that ends at the matching `{closing}`.");
    Some(Mistake::new(start..start + 1, message, format!("Put the value in quotes: `'{}'`.", value.trim_end())))
}

/// Recognizes a `:` without a space after it: `summary:x`. The parser reports the error in the same line or in the next line.
fn missing_space(text: &str, line: &Line<'_>) -> Option<Mistake> {
    let candidates = [Some(*line), line.above(text).next()];
    candidates.into_iter().flatten().find_map(|line| {
        let (key, value) = line.key()?;
        let is_word = key.chars().all(|letter| letter.is_alphanumeric() || "-_$/.".contains(letter));
        if !is_word || value.is_empty() || value.starts_with([' ', '/']) {
            return None;
        }
        let colon = line.start + line.content().0 + key.len();
        let message = format!("`{key}` is not a key, because no space follows its `:`.");
        Some(Mistake::new(colon..colon + 1, message, format!("Write `{key}: {value}`.")))
    })
}

/// Recognizes a line that is indented deeper than the key above it, although that key already has a value.
fn indented_below_value(text: &str, line: &Line<'_>, at: usize) -> Option<Mistake> {
    let is_start = !line.text.get(..at - line.start)?.contains(": ");
    let above = line.above(text).next()?;
    let (key, value) = above.key()?;
    let has_value = !value.trim().is_empty() && !value.trim_start().starts_with(['|', '>', '&', '#']);
    if !is_start || !has_value || line.indentation() <= above.content().0 {
        return None;
    }
    let message = format!("The line is indented deeper than `{key}` in the line above, which already has a value.");
    Some(Mistake::new(line.place(), message, "Indent the line like the lines that it belongs to."))
}

/// Recognizes a line that begins in the column of the dashes of a list, but has no dash. The list is indented deeper than its key.
fn missing_dash(text: &str, line: &Line<'_>) -> Option<Mistake> {
    let column = line.indentation();
    let mut outer = line.above(text).skip_while(|above| above.indentation() > column);
    let is_in_list = outer.next().is_some_and(|above| above.indentation() == column && above.is_item());
    let is_deeper = outer.find(|above| !above.is_item() && above.indentation() <= column)?.indentation() < column;
    if line.is_item() || !is_in_list || !is_deeper {
        return None;
    }
    let content = line.content().1.trim_end();
    let message = "The line begins where the items of the list above begin, but has no `-`.";
    Some(Mistake::new(
        line.place(),
        message,
        format!("Write `- {content}`, or indent the line like the lines that it belongs to."),
    ))
}

/// Recognizes a line that is indented like none of the lines above it.
fn inconsistent_indentation(text: &str, line: &Line<'_>) -> Option<Mistake> {
    let column = line.indentation();
    let (mut nearer, mut farther) = (None, None);
    let mut least = usize::MAX;
    for above in line.above(text) {
        let (indentation, content) = (above.indentation(), above.content().0);
        for (at, is_item) in [(content, false), (indentation, above.is_item())] {
            if at >= least || (line.is_item() && !is_item && at != column) {
                continue;
            }
            if at == column && (is_item || !line.is_item()) {
                return None;
            }
            if at > column {
                nearer = Some(at);
            } else if farther.is_none() {
                farther = Some(at);
            }
        }
        least = least.min(indentation);
        if least < column || least == 0 {
            break;
        }
    }
    let nearer = if line.is_item() { nearer.or(farther)? } else { nearer? };
    let spaces = |count: usize| if count == 1 { "1 space".to_owned() } else { format!("{count} spaces") };
    let place = if line.is_item() { line.start + column..line.start + column + 1 } else { line.place() };
    let message = match (line.is_item(), farther) {
        (true, _) => format!("The item is indented by {}, but the items above it by {nearer}.", spaces(column)),
        (false, Some(farther)) => {
            format!(
                "The line is indented by {}. The lines above to which it can belong are indented by {nearer} or {farther}.",
                spaces(column)
            )
        }
        (false, None) => {
            format!(
                "The line is indented by {}. The lines above to which it can belong are indented by {nearer}.",
                spaces(column)
            )
        }
    };
    Some(Mistake::new(place, message, "Indent the line like the lines that it belongs to."))
}

/// Recognizes a line without a `:` where a key is expected.
fn line_without_key(line: &Line<'_>) -> Option<Mistake> {
    if line.is_item() || line.text.contains(": ") || line.text.trim_end().ends_with(':') {
        return None;
    }
    let message = "The line is neither a key with a `:` nor the continuation of a value.";
    Some(Mistake::new(
        line.place(),
        message,
        "Write a `:` after the key. If the line continues a value, indent the line deeper than the key of this value.",
    ))
}
