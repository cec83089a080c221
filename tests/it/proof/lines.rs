//! The lines of pages that the comments in a document cite: `# 001:L11-14`.

use std::ops::RangeInclusive;

use copperplate::finding::place::Places;
use copperplate::finding::{Finding, Focus};
use copperplate::pipeline::PageInput;
use copperplate::pointer::Pointer;
use serde_yaml::Value;

use super::mutations::get;

/// The lines of a page: the number of the page, and the lines.
pub type Cited = (String, RangeInclusive<usize>);

/// Returns the lines that the document cites for a value: in the lines of the
/// two nearest values around it that cite any.
pub fn cited(text: &str, document: &Value, place: &Pointer) -> Vec<Cited> {
    let around: Vec<Pointer> = std::iter::successors(Some(place.clone()), Pointer::parent).collect();
    let places = Places::of(text, around.iter().map(|pointer| (pointer, &Focus::Key)));
    let mut all = Vec::new();
    let mut levels = 0;
    for pointer in around.iter().filter(|pointer| **pointer != Pointer::root()) {
        let line = places.place(pointer, &Focus::Key).map_or(0, |place| place.line);
        let written = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
        let below = text.lines().skip(line).take_while(|line| line.trim_start().starts_with('#'));
        let comments = written.split_once('#').map(|(_, comment)| comment).into_iter().chain(below);
        let found: Vec<Cited> = comments.flat_map(citations).collect();
        levels += usize::from(!found.is_empty());
        all.extend(found);
        let source = get(document, pointer).and_then(|value| value.get("x-source")).and_then(Value::as_str);
        let found = source.map(citations).unwrap_or_default();
        levels += usize::from(!found.is_empty());
        all.extend(found);
        if levels > 1 {
            break;
        }
    }
    all
}

/// Returns the citations in a text: `001:L11-14, L20 and 000:L5`.
fn citations(text: &str) -> Vec<Cited> {
    let (mut found, mut page) = (Vec::new(), String::new());
    for word in text.split([' ', ',', ';', '(', ')']) {
        let lines = match word.split_once(":L") {
            Some((number, lines)) if number.len() == 3 => {
                number.clone_into(&mut page);
                lines
            }
            _ => match word.strip_prefix('L') {
                Some(lines) if !page.is_empty() => lines,
                _ => continue,
            },
        };
        let lines = lines.trim_end_matches(':');
        let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
        if let (Ok(first), Ok(last)) = (first.parse(), last.parse()) {
            found.push((page.clone(), first..=last));
        }
    }
    found
}

/// Returns what is wrong with the lines of a finding: each place in a page must be one that the document cites.
pub fn fault(finding: &Finding, pages: &[PageInput], cited: &[Cited]) -> Option<String> {
    if finding.related.is_empty() {
        return Some("has no place in a page".to_owned());
    }
    let lines = finding.related.iter().map(|related| {
        let page = pages.iter().find(|page| page.file == related.file).unwrap();
        let Focus::Bytes(bytes) = &related.focus else { panic!("a place in a page has bytes") };
        (&page.file[..3], page.text[..bytes.start].matches('\n').count() + 1)
    });
    let is_cited = |(page, line): &(&str, usize)| {
        let of_page: Vec<&Cited> = cited.iter().filter(|(number, _)| number == page).collect();
        of_page.is_empty() || of_page.iter().any(|(_, lines)| lines.contains(line))
    };
    let wrong: Vec<(&str, usize)> = lines.filter(|place| !is_cited(place)).collect();
    (!wrong.is_empty()).then(|| format!("is at {wrong:?}, the document cites {cited:?}"))
}
