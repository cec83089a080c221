//! Marks the facts in a line of a page.

use std::collections::BTreeMap;

use crate::page::Format;
use crate::page::fact::Page;
use crate::proof::summary::FactState;

/// Returns text for HTML. Control characters are left out.
pub(super) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '\t' => html.push('\t'),
            // Direction marks could show a text in another order than it has.
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => html.push('\u{fffd}'),
            _ if letter.is_control() => {}
            _ => html.push(letter),
        }
    }
    html
}

/// Returns the text of a line as a reader sees it: without tags.
pub(super) fn visible(line: &str, file: &str) -> String {
    if !matches!(Format::of(file, ""), Format::Html | Format::Markdown) {
        return line.to_owned();
    }
    let (mut text, mut in_tag) = (String::new(), false);
    for letter in line.chars() {
        match letter {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                text.push(' ');
            }
            _ if !in_tag => text.push(letter),
            _ => {}
        }
    }
    text
}

/// Returns a line as HTML with its facts marked.
pub(super) fn marked(
    line: &str,
    facts: &[usize],
    page: &Page,
    states: &BTreeMap<usize, FactState>,
    line_of: impl Fn(usize) -> Option<usize>,
) -> String {
    let mut marks: Vec<(usize, usize, usize)> = Vec::new();
    for fact in facts {
        let Some(stated) = page.facts.get(*fact).filter(|stated| stated.kind.is_comparable()) else { continue };
        let words = stated.words.as_str();
        let start: String = words.chars().take(40).collect();
        let found = line.find(words).map(|at| (at, words.len()));
        let found = found.or_else(|| line.find(start.trim()).map(|at| (at, start.trim().len())));
        // Words on several lines are marked by the whole line.
        let (at, length) = found.filter(|(_, length)| *length > 0).unwrap_or((0, line.len()));
        marks.push((at, at + length, *fact));
    }
    marks.sort_by_key(|(start, end, _)| (*start, std::cmp::Reverse(*end)));
    let (mut html, mut written) = (String::new(), 0);
    for (start, end, fact) in marks {
        if start < written || start == end {
            continue;
        }
        html.push_str(&escaped(line.get(written..start).unwrap_or_default()));
        let state = class(states, fact);
        let words = escaped(line.get(start..end).unwrap_or_default());
        html.push_str(&match line_of(fact) {
            Some(target) => {
                format!("<button type=\"button\" class=\"mark {state}\" data-to=\"d-{target}\">{words}</button>")
            }
            None => format!("<span class=\"mark {state}\">{words}</span>"),
        });
        written = end;
    }
    html + &escaped(line.get(written..).unwrap_or_default())
}

fn class(states: &BTreeMap<usize, FactState>, fact: usize) -> &'static str {
    match states.get(&fact) {
        Some(FactState::Agrees) => "agrees",
        Some(FactState::Acknowledged) => "acknowledged",
        Some(FactState::Differs) => "differs",
        Some(FactState::NotCompared) | None => "not-compared",
    }
}
