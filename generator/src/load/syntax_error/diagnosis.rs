//! What a person would say of a line that the parser could not read: the usual slips of those who write YAML by hand.

use std::ops::Range;

/// A slip: its place, what is wrong, and what to do about it.
#[derive(Debug)]
pub(crate) struct Slip {
    pub(crate) place: Range<usize>,
    pub(crate) message: String,
    pub(crate) remedy: String,
}

impl Slip {
    fn new(place: Range<usize>, message: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { place, message: message.into(), remedy: remedy.into() }
    }
}

/// The slip that the parser's fault at `at` follows from, where it is a usual one; `open` are the brackets that are not closed.
pub(crate) fn slip(text: &str, at: usize, open: &[Range<usize>]) -> Option<Slip> {
    let line = Line::of(text, at)?;
    let next = text.get(at..)?.chars().next()?;
    match next {
        ':' => colon_in_value(&line, at, open)
            .or_else(|| missing_colon(text, &line))
            .or_else(|| value_without_colon(text, &line)),
        ']' | '}' if open.is_empty() => {
            let message = format!("This `{next}` closes nothing.");
            Some(Slip::new(at..at + 1, message, "Delete it, or open what it closes."))
        }
        _ => None,
    }
    .or_else(|| behind_brace(&line, at))
    .or_else(|| open_bracket(text, &line, open))
    .or_else(|| list_behind_key(&line, at))
    .or_else(|| behind_quote(&line, at))
    .or_else(|| missing_space(text, &line))
    .or_else(|| deeper(text, &line, at))
    .or_else(|| between(text, &line))
    .or_else(|| no_key(&line))
}

/// A line of the text.
#[derive(Clone, Copy)]
struct Line<'t> {
    start: usize,
    text: &'t str,
}

impl<'t> Line<'t> {
    fn of(text: &'t str, at: usize) -> Option<Self> {
        let start = text.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
        Some(Self { start, text: text.get(start..)?.lines().next().unwrap_or_default() })
    }

    /// The lines before it that say something, the last one first.
    fn before(self, text: &'t str) -> impl Iterator<Item = Self> {
        let mut end = self.start;
        let lines = std::iter::from_fn(move || {
            let before = text.get(..end.checked_sub(1)?)?;
            let start = before.rfind('\n').map_or(0, |end| end + 1);
            end = start;
            Some(Self { start, text: before.get(start..)? })
        });
        lines.filter(|line| !line.is_blank())
    }

    fn is_blank(self) -> bool {
        let said = self.text.trim_start();
        said.is_empty() || said.starts_with('#')
    }

    fn indentation(self) -> usize {
        self.text.len() - self.text.trim_start_matches(' ').len()
    }

    fn is_item(self) -> bool {
        let said = self.text.trim_start();
        said.starts_with("- ") || said == "-"
    }

    /// What it says, without the dashes of lists, and the column where that begins.
    fn said(self) -> (usize, &'t str) {
        let said = self.text.trim_start_matches(' ');
        let rest =
            std::iter::successors(Some(said), |said| said.strip_prefix("- ").map(|rest| rest.trim_start_matches(' ')));
        let said = rest.last().unwrap_or(said);
        (self.text.len() - said.len(), said)
    }

    /// Its key and its value; a word of letters and the like before the first `:`.
    fn key(self) -> Option<(&'t str, &'t str)> {
        let (key, value) = self.said().1.split_once(':')?;
        let is_key = !key.is_empty() && !key.contains(['{', '[', '\'', '"', '#']);
        is_key.then_some((key, value))
    }

    /// Its key, or all that it says where it has none.
    fn place(self) -> Range<usize> {
        let start = self.start + self.said().0;
        match self.key() {
            Some((key, _)) => start..start + key.len(),
            None => self.start + self.indentation()..self.start + self.text.trim_end().len(),
        }
    }
}

/// `summary: Note: see below`.
fn colon_in_value(line: &Line<'_>, at: usize, open: &[Range<usize>]) -> Option<Slip> {
    let before = line.text.get(..at - line.start)?;
    let is_flow = !open.is_empty();
    let own = if is_flow { before.rsplit([',', '{', '[']).next()? } else { before };
    let (key, value) = own.split_once(": ")?;
    if value.trim_start().starts_with(['\'', '"']) {
        return None;
    }
    let message = match line.text.get(at + 1 - line.start..)?.trim().is_empty() {
        true => "A value cannot end with a `:` unless it is in quotes.",
        false => "A value cannot hold a `:` followed by a space unless it is in quotes.",
    };
    let remedy = match is_flow {
        true => "Put the value in quotes, or a `,` before the next key.".to_owned(),
        false => format!("Put the value of `{}` in quotes.", key.trim_start_matches([' ', '-'])),
    };
    Some(Slip::new(at..at + 1, message, remedy))
}

/// A bracket of a line before that is still open where the next key stands.
fn open_bracket(text: &str, line: &Line<'_>, open: &[Range<usize>]) -> Option<Slip> {
    let bracket = open.last().filter(|bracket| bracket.start < line.start)?;
    let (bracket, close) = match text.get(bracket.clone())? {
        "[" => ("[", "]"),
        bracket => (bracket, "}"),
    };
    line.key()?;
    let message = format!("A `{bracket}` is still open where this line begins.");
    Some(Slip::new(line.place(), message, format!("Close it with `{close}`, or end the line before with a `,`.")))
}

/// `tags: - a`.
fn list_behind_key(line: &Line<'_>, at: usize) -> Option<Slip> {
    let (before, rest) = line.text.split_at_checked(at - line.start)?;
    if !(rest.starts_with("- ") && before.trim_end().ends_with(':')) {
        return None;
    }
    let message = "A list does not begin in the line of its key.";
    Some(Slip::new(at..at + 1, message, "Begin it in the next line, or write `[…]`."))
}

/// `summary: "a" b`.
fn behind_quote(line: &Line<'_>, at: usize) -> Option<Slip> {
    let (_, value) = line.key()?;
    let quote = value.trim_start().chars().next().filter(|first| ['\'', '"'].contains(first))?;
    let before = line.text.get(..at - line.start)?;
    if before.matches(quote).count() < 2 {
        return None;
    }
    let twice = if quote == '"' { "a quote within is written `\\\"`" } else { "a quote within is written twice" };
    let message = "Text stands behind the closing quote.";
    let end = line.start + line.text.trim_end().len();
    Some(Slip::new(at..end.max(at), message, format!("Put all of it within the quotes; {twice}.")))
}

/// A line with a word alone, and one below it that is indented as if the word were its key.
fn missing_colon(text: &str, line: &Line<'_>) -> Option<Slip> {
    let above = line.before(text).next()?;
    let word = above.said().1.trim_end();
    let is_word = !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || "-_$/.{}".contains(letter));
    if !is_word || above.indentation() >= line.indentation() {
        return None;
    }
    let message = format!("No `:` follows `{word}`, so that it is no key of what stands below it.");
    Some(Slip::new(above.place(), message, format!("Write `{word}:`.")))
}

/// `operationId createPet`, above a line that begins in the same column.
fn value_without_colon(text: &str, line: &Line<'_>) -> Option<Slip> {
    let above = line.before(text).next()?;
    let (column, said) = above.said();
    let (word, value) = said.trim_end().split_once(' ')?;
    let is_key = !word.is_empty() && word.chars().all(|letter| letter.is_alphanumeric() || "-_$".contains(letter));
    if !is_key || column != line.said().0 || said.contains(": ") || said.ends_with(':') {
        return None;
    }
    let start = above.start + column;
    let message = format!("No `:` follows `{word}`, so that it is no key.");
    Some(Slip::new(start..start + word.len(), message, format!("Write `{word}: {}`.", value.trim_start())))
}

/// `url: {region}.example`.
fn behind_brace(line: &Line<'_>, at: usize) -> Option<Slip> {
    let (column, said) = line.said();
    let value = said.split_once(": ").map_or(said, |(_, value)| value.trim_start());
    let start = line.start + column + said.len() - value.len();
    let opening = value.chars().next().filter(|first| ['{', '['].contains(first))?;
    let (kind, closing) = if opening == '{' { ("mapping", '}') } else { ("list", ']') };
    let end = start + value.find(closing)?;
    let rest = line.text.get(end + 1 - line.start..)?.trim();
    if at <= end || rest.is_empty() || rest.starts_with([',', ':', '#', '}', ']']) {
        return None;
    }
    let message = format!("A value that begins with `{opening}` is a {kind}, which ends with its `{closing}`.");
    Some(Slip::new(start..start + 1, message, format!("Put the text in quotes: `'{}'`.", value.trim_end())))
}

/// `summary:x`, before a line that is in order.
fn missing_space(text: &str, line: &Line<'_>) -> Option<Slip> {
    let candidates = [Some(*line), line.before(text).next()];
    candidates.into_iter().flatten().find_map(|line| {
        let (key, value) = line.key()?;
        let is_word = key.chars().all(|letter| letter.is_alphanumeric() || "-_$/.".contains(letter));
        if !is_word || value.is_empty() || value.starts_with([' ', '/']) {
            return None;
        }
        let colon = line.start + line.said().0 + key.len();
        let message = format!("No space follows the `:` of `{key}`, so that it is no key.");
        Some(Slip::new(colon..colon + 1, message, format!("Write `{key}: {value}`.")))
    })
}

/// A line below a key that has a value, and indented as if it were a part of it.
fn deeper(text: &str, line: &Line<'_>, at: usize) -> Option<Slip> {
    let is_start = !line.text.get(..at - line.start)?.contains(": ");
    let above = line.before(text).next()?;
    let (key, value) = above.key()?;
    let has_value = !value.trim().is_empty() && !value.trim_start().starts_with(['|', '>', '&', '#']);
    if !is_start || !has_value || line.indentation() <= above.said().0 {
        return None;
    }
    let message = format!("The line is indented deeper than `{key}` above it, which has a value already.");
    Some(Slip::new(line.place(), message, "Indent it like the lines that it belongs to."))
}

/// A line that stands between the columns of the lines above it, or an item that stands below no other.
fn between(text: &str, line: &Line<'_>) -> Option<Slip> {
    let column = line.indentation();
    let (mut nearer, mut farther) = (None, None);
    let mut least = usize::MAX;
    for above in line.before(text) {
        let (indentation, said) = (above.indentation(), above.said().0);
        for (at, is_item) in [(said, false), (indentation, above.is_item())] {
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
        (true, _) => format!("The item is indented by {}, and the items above it by {nearer}.", spaces(column)),
        (false, Some(farther)) => {
            format!(
                "The line is indented by {}, and the lines above that it could belong to by {nearer} or {farther}.",
                spaces(column)
            )
        }
        (false, None) => {
            format!(
                "The line is indented by {}, and the lines above that it could belong to by {nearer}.",
                spaces(column)
            )
        }
    };
    Some(Slip::new(place, message, "Indent it like those that it belongs to."))
}

/// A line without a `:` among keys.
fn no_key(line: &Line<'_>) -> Option<Slip> {
    if line.is_item() || line.text.contains(": ") || line.text.trim_end().ends_with(':') {
        return None;
    }
    let message =
        "The line is neither a key with its value, nor text that goes on, which is indented deeper than its key.";
    Some(Slip::new(line.place(), message, "Put a `:` behind the key, or indent the text deeper."))
}
