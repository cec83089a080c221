//! Compares `x-source` and `summary` with the headings of the page.

use crate::finding::{Code, Focus};
use crate::page::fact::Field;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::matching::{Match, is_named, references};
use crate::resolve::document::{Operation, Schema};

/// Compares `x-source` and `summary` of an operation.
pub(crate) fn compare(operation: &Operation, found: &Match, comparison: &mut Comparison<'_>) {
    let page = comparison.page;
    let Some(title) = &page.title else { return };
    if let Some(source) = &operation.source {
        let (found_references, words) = references(source);
        let cited = found_references.iter().find(|reference| is_named(page, reference.page));
        let is_title = |heading: &str| heading == words;
        let is_known = words.is_empty() || is_title(&title.value) || is_heading(words, comparison);
        if cited.is_some() && !is_known && !comparison.proof.budget.is_spent() {
            let message = format!("The page has no heading `{words}`.");
            report(operation, "x-source", message, comparison);
        }
        let form = page.forms.get(found.form);
        if let (Some((first, last)), Some(form)) = (cited.and_then(|reference| reference.lines), form) {
            let is_inside = first <= form.path.line && form.last_line <= last;
            if !is_inside {
                let message =
                    format!("`x-source` names the lines {first} to {last}, and the URL is on line {}.", form.path.line);
                report(operation, "x-source", message, comparison);
            }
        }
    }
    if let Some(summary) = operation.summary.as_deref().filter(|_| page.forms.len() == 1)
        && summary != title.value
    {
        let message = format!("The summary is `{summary}`, and the title of the page is `{}`.", title.value);
        report(operation, "summary", message, comparison);
    }
}

/// Returns whether a text is a heading of the page, the caption of a table, or a line that stands alone.
fn is_heading(words: &str, comparison: &mut Comparison<'_>) -> bool {
    let is_heading = comparison.page.headings.iter().any(|(_, heading)| heading == words);
    is_heading || comparison.facts().any(|(_, fact)| fact.words == words)
}

fn report(operation: &Operation, key: &'static str, message: String, comparison: &mut Comparison<'_>) {
    let Some(title) = &comparison.page.title else { return };
    let place = PagePlace::of(title);
    let remedy = "Write the title and the lines of the page.";
    comparison.report(Code::SourceDiffers, (&operation.pointer.join(key), Focus::Value), place, message, remedy);
}

/// Compares the lines in the `x-source` of a schema with the lines of the rows that describe its properties.
pub(crate) fn compare_schema(schema: &Schema, fields: &[Field], comparison: &mut Comparison<'_>) {
    let Some(source) = &schema.source else { return };
    let page = comparison.page;
    let (found, _) = references(source);
    let cited: Vec<(usize, usize)> = found
        .iter()
        .filter(|reference| is_named(page, reference.page))
        .filter_map(|reference| reference.lines)
        .collect();
    let outside = fields.iter().find(|field| {
        let line = field.name.line;
        !cited.is_empty() && !cited.iter().any(|(first, last)| (*first..=*last).contains(&line))
    });
    if let Some(field) = outside {
        let message =
            format!("`x-source` does not have the line of `{}`, which is {}.", field.name.value, field.name.line);
        let place = PagePlace::of(&field.name);
        let pointer = schema.pointer.join("x-source");
        comparison.report(Code::SourceDiffers, (&pointer, Focus::Value), place, message, "Correct the lines.");
    }
}
