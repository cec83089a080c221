//! Printing findings: for people as a compiler does, for machines as JSON lines, for pull requests as annotations.

use std::collections::HashMap;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use serde_json::json;

use crate::finding::{Code, Finding, Severity};
use crate::place::{Place, places};
use crate::pointer::Pointer;

/// Findings, and where each stands in its text.
#[derive(Debug)]
pub struct Placed<'a> {
    finding: &'a Finding,
    text: &'a str,
    place: Option<Place>,
}

/// Looks up the places of `findings`; `texts` gives the text of each file.
pub fn placed<'a>(findings: &'a [Finding], texts: &HashMap<&str, &'a str>) -> Vec<Placed<'a>> {
    let mut by_file: HashMap<&str, Vec<&Pointer>> = HashMap::new();
    for finding in findings {
        by_file.entry(&finding.file).or_default().push(&finding.pointer);
    }
    let text_of = |file: &str| texts.get(file).copied().unwrap_or_default();
    let found: HashMap<&str, HashMap<Pointer, Place>> =
        by_file.into_iter().map(|(file, pointers)| (file, places(text_of(file), pointers))).collect();
    let place = |finding: &Finding| match finding.code {
        Code::Syntax => told_place(&finding.message, text_of(&finding.file)),
        _ => found.get(finding.file.as_str())?.get(&finding.pointer).cloned(),
    };
    findings.iter().map(|finding| Placed { finding, text: text_of(&finding.file), place: place(finding) }).collect()
}

/// The place that a parser tells in its message: `… at line 3 column 7 …`.
fn told_place(message: &str, text: &str) -> Option<Place> {
    let number_behind = |word: &str| {
        let (_, rest) = message.split_once(word)?;
        let digits = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
        rest[..digits].parse::<usize>().ok()
    };
    let (line, column) = (number_behind("line ")?, number_behind("column ")?);
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line_text = text.split_inclusive('\n').nth(line.saturating_sub(1)).unwrap_or_default().trim_end();
    let offset = line_text.char_indices().nth(column.saturating_sub(1)).map_or(line_text.len(), |(offset, _)| offset);
    let width = line_text[offset..].chars().next().map_or(0, char::len_utf8);
    Some(Place { line, column, bytes: before + offset..before + offset + width })
}

/// A line that is longer than this is no text for people, such as JSON that has been minified.
const LONGEST_LINE: usize = 2000;

/// The line at fault, and the span of the fault in it; `None` where the line is too long to show.
fn excerpt<'t>(text: &'t str, place: &Place) -> Option<(&'t str, std::ops::Range<usize>)> {
    let start = text.get(..place.bytes.start)?.rfind('\n').map_or(0, |end| end + 1);
    let rest = text.get(start..)?;
    let line = rest.lines().next().unwrap_or_default();
    let last = line.len().min(place.bytes.end.saturating_sub(start));
    (line.len() <= LONGEST_LINE).then(|| (line, place.bytes.start - start..last))
}

impl Placed<'_> {
    /// The finding for people: title, the line at fault, the pointer, and what to do.
    pub fn text(&self, styled: bool) -> String {
        let Finding { code, severity, file, pointer, message, remedy, .. } = self.finding;
        let level = match severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let id = format!("{} {}", code.number(), code.id());
        let group = Group::with_title(level.primary_title(message).id(&id));
        let group = match &self.place {
            Some(place) => match excerpt(self.text, place) {
                Some((lines, span)) => {
                    let snippet = Snippet::source(lines).line_start(place.line).path(file);
                    group.element(snippet.annotation(AnnotationKind::Primary.span(span)))
                }
                None => group.element(Origin::path(file).line(place.line).char_column(place.column)),
            },
            None => group.element(Origin::path(file)),
        };
        let at = format!("at #{pointer}");
        let group = if pointer.as_str().is_empty() { group } else { group.element(Level::NOTE.message(&at)) };
        let group = group.element(Level::HELP.message(remedy));
        let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group]).to_string()
    }

    /// The finding as one JSON object on one line.
    pub fn json(&self) -> String {
        let finding = self.finding;
        json!({
            "code": finding.code.number(),
            "id": finding.code.id(),
            "severity": finding.severity.word(),
            "file": finding.file,
            "line": self.place.as_ref().map(|place| place.line),
            "column": self.place.as_ref().map(|place| place.column),
            "pointer": finding.pointer.as_str(),
            "message": finding.message,
            "remedy": finding.remedy,
        })
        .to_string()
    }

    /// The finding as an annotation of GitHub Actions.
    pub fn github(&self) -> String {
        let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
        let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
        let finding = self.finding;
        let place = self.place.as_ref().map(|place| format!(",line={},col={}", place.line, place.column));
        let title = property(&format!("{} {}", finding.code.number(), finding.code.id()));
        let text = escape(&format!("{} (#{}) {}", finding.message, finding.pointer, finding.remedy));
        let (word, file) = (finding.severity.word(), property(&finding.file));
        format!("::{word} file={file}{},title={title}::{text}", place.unwrap_or_default())
    }
}
