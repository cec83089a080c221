//! Documentation: a document's prose as markdown that rustdoc takes without a warning, and sentences about constraints.

pub(crate) mod inline_markdown;

use serde_json::Value as Json;

use crate::exact::Decimal;
use crate::ir::Docs;
use crate::resolve::document::{Schema, SchemaRef};

/// How wide documentation is set.
const WIDTH: usize = 100;

/// The lines of a description, set anew. Links that rustdoc would look up, HTML and code that it would compile are disarmed.
pub fn prose(text: &str) -> Docs {
    let mut lines = Docs::new();
    let mut block = Block::default();
    let mut fenced = false;
    for line in text.trim().lines() {
        let line = line.replace('\t', "    ").replace(no_comment_holds, " ");
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
            lines.push(inline_markdown::disarmed(trimmed));
        } else {
            block.add(trimmed, &mut lines);
        }
    }
    block.end(&mut lines);
    lines.extend(fenced.then(|| "```".to_owned()));
    lines
}

/// A paragraph or a list item whose lines are being joined.
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
        let text = inline_markdown::disarmed(&self.lines.join(" "));
        let words: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        lines.extend(wrapped(&words, self.indent));
        *self = Self::default();
    }
}

/// How wide the marker of a list item is, with its space; zero where the line is none.
fn marker_width(line: &str) -> usize {
    let Some((marker, _)) = line.split_once(' ') else { return 0 };
    let bullet = matches!(marker, "-" | "*" | "+");
    let number = marker
        .strip_suffix(['.', ')'])
        .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit()));
    if bullet || number { marker.len() + 1 } else { 0 }
}

/// The words in lines of at most [`WIDTH`] characters, all but the first indented.
fn wrapped(words: &[String], indent: usize) -> Docs {
    let mut lines = Docs::new();
    for word in words {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) => lines.push(format!("{:indent$}{}", "", first_of_line(word))),
            None => lines.push(word.clone()),
        }
    }
    lines
}

/// A word that begins a line only because the text was wrapped there: it must not become the marker of a list or a heading.
fn first_of_line(word: &str) -> String {
    let number = word.strip_suffix(['.', ')']).is_some_and(|digits| digits.bytes().all(|digit| digit.is_ascii_digit()));
    match word {
        "-" | "+" | "*" | "=" | "|" => format!("\\{word}"),
        _ if word.starts_with(['#', '>', '|']) || word.starts_with("---") || word.starts_with("===") => {
            format!("\\{word}")
        }
        _ if number => format!("{}\\{}", &word[..word.len() - 1], &word[word.len() - 1..]),
        _ => word.to_owned(),
    }
}

/// Letters that the compiler refuses in a comment: a carriage return by itself, and those that turn the direction of the text.
fn no_comment_holds(letter: char) -> bool {
    matches!(letter, '\r' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// A text in code quotes; control characters are escaped, since a comment may not hold all of them.
pub fn code(text: &str) -> String {
    if text.is_empty() {
        return "the empty text".to_owned();
    }
    let is_escaped = |letter: char| letter.is_control() || no_comment_holds(letter);
    if text.contains(is_escaped) {
        let shown = |letter: char| if is_escaped(letter) { letter.escape_default().to_string() } else { letter.into() };
        return code(&text.chars().map(shown).collect::<String>());
    }
    if text.contains('`') { format!("`` {text} ``") } else { format!("`{text}`") }
}

/// Adds a paragraph.
pub fn paragraph(docs: &mut Docs, lines: impl IntoIterator<Item = String>) {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_some() && !docs.is_empty() {
        docs.push(String::new());
    }
    docs.extend(lines);
}

/// What a schema says of itself: description, constraints, default and source.
pub fn schema(schema: &Schema) -> Docs {
    let mut docs = Docs::new();
    let text = schema.description.as_deref().or(schema.title.as_deref());
    paragraph(&mut docs, text.map(prose).unwrap_or_default());
    paragraph(&mut docs, constraints(schema));
    paragraph(&mut docs, source(schema.source.as_deref()));
    paragraph(&mut docs, deprecated(schema.deprecated));
    docs
}

/// What is deprecated says so in words: on a type or a field the attribute would warn about the crate's own use of it.
pub fn deprecated(deprecated: bool) -> Option<String> {
    deprecated.then(|| "**Deprecated.**".to_owned())
}

/// `Source: …`, where the document names one.
pub fn source(source: Option<&str>) -> Docs {
    source.map(|source| prose(&format!("Source: {source}"))).unwrap_or_default()
}

/// The constraints of a schema, in one paragraph.
pub fn constraints(schema: &Schema) -> Docs {
    let mut sentences = Vec::from_iter(sentence(&rules(schema).join(", ")));
    if let Some(default) = &schema.default {
        sentences.push(format!("Default: {}, the service's own; it is not sent unasked.", code(&default.to_string())));
    }
    wrapped(&sentences.join(" ").split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect::<Vec<_>>(), 0)
}

fn rules(schema: &Schema) -> Vec<String> {
    let number = |limit: &Option<serde_json::Number>, exclusive: bool| {
        limit.as_ref().map(|limit| if exclusive { format!("{limit} (exclusive)") } else { limit.to_string() })
    };
    let count = |limit: Option<u64>| limit.map(|limit| limit.to_string());
    let minimum = number(&schema.minimum, schema.exclusive_minimum);
    let maximum = number(&schema.maximum, schema.exclusive_maximum);
    let mut parts = Vec::new();
    parts.extend(range(count(schema.min_length.filter(|length| *length > 0)), count(schema.max_length), "character"));
    parts.extend(schema.pattern.as_deref().map(|pattern| format!("matches {}", code(pattern))));
    parts.extend(range(minimum, maximum, ""));
    let step = schema.multiple_of.as_ref().filter(|step| Decimal::of(step).is_positive());
    parts.extend(step.map(|step| format!("a multiple of {step}")));
    parts.extend(range(count(schema.min_items.filter(|count| *count > 0)), count(schema.max_items), "item"));
    parts.extend(schema.unique_items.then(|| "no two items the same".to_owned()));
    parts.extend(range(
        count(schema.min_properties.filter(|count| *count > 0)),
        count(schema.max_properties),
        "member",
    ));
    parts.extend(schema.format.as_deref().map(|format| format!("format {}", code(format))));
    let listed =
        |values: &Vec<Json>| values.iter().map(|value| code(&value.to_string())).collect::<Vec<_>>().join(", ");
    parts.extend(schema.values.as_ref().map(|values| format!("one of {}", listed(values))));
    if let Some(SchemaRef::Inline(items)) = &schema.items {
        let items = rules(items);
        parts.extend((!items.is_empty()).then(|| format!("each item {}", items.join(", "))));
    }
    let words = [
        (schema.nullable, "null is allowed"),
        (schema.read_only, "only in answers"),
        (schema.write_only, "only in requests"),
    ];
    parts.extend(words.iter().filter(|(said, _)| *said).map(|(_, words)| (*words).to_owned()));
    parts
}

/// A range in words: `1 to 64 characters`, `at most 3 items`, `at least 1 member`.
fn range(least: Option<String>, most: Option<String>, unit: &str) -> Option<String> {
    let (range, last) = match (least, most) {
        (Some(least), Some(most)) if least == most => (format!("exactly {least}"), most),
        (Some(least), Some(most)) => (format!("{least} to {most}"), most),
        (Some(least), None) => (format!("at least {least}"), least),
        (None, Some(most)) => (format!("at most {most}"), most),
        (None, None) => return None,
    };
    let plural = if unit.is_empty() || last == "1" { "" } else { "s" };
    Some(format!("{range} {unit}{plural}").trim_end().to_owned())
}

/// The parts as a sentence: a capital first, a full stop last.
fn sentence(parts: &str) -> Option<String> {
    let mut letters = parts.chars();
    let first = letters.next()?;
    Some(format!("{}{}.", first.to_uppercase(), letters.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_is_harmless_markdown() {
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
        assert_eq!(prose("- a list\n  goes on\n- and on"), ["- a list goes on", "- and on"]);
        assert_eq!(prose(&"word ".repeat(30)).len(), 2);
        let wrapped = prose(&format!("{} - dash 2. two", "w".repeat(100)));
        assert_eq!(wrapped[1], "\\- dash 2. two");
        assert_eq!(prose("```json\n{\"a\": []}"), ["```text", "{\"a\": []}", "```"]);
        assert_eq!(prose("```\na\rb\n```"), ["```text", "a b", "```"]);
        assert_eq!(code("a\u{2066}\r"), "`a\\u{2066}\\r`");
    }
}
