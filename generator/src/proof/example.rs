//! Compares the examples of requests and responses.

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Focus};
use crate::json::size::size;
use crate::page::fact::{Fact, FactKind, Page, Response as PageResponse, ResponseExample, Stated};
use crate::pointer::Pointer;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::request_example::Requests;
use crate::proof::wording::{EXTRA, MISSING};
use crate::resolve::document::{MediaType, Operation, Response};

/// A body in the document: the JSON pointer of the example, the JSON pointer of its value, and the value.
struct Declared<'d> {
    pointer: Pointer,
    value: &'d Value,
}

/// Compares the examples of requests with all operations of the page.
pub(crate) fn compare_requests(operations: &[&Operation], comparison: &mut Comparison<'_>) {
    let page = comparison.page;
    settle(FactKind::RequestExample, comparison);
    let bodies: Vec<&Stated<Value>> =
        page.request_examples.iter().filter_map(|example| example.body.as_ref()).collect();
    let contents = || operations.iter().filter_map(|operation| operation.body.as_ref()).flat_map(|body| &body.content);
    let holder = contents().next().map_or_else(
        || operations.first().map(|operation| operation.pointer.clone()).unwrap_or_default(),
        |media_type| media_type.pointer.clone(),
    );
    // A body that is missing as a whole is reported once.
    if contents().next().is_some() {
        compare_bodies(&bodies, declared(contents()), &holder, comparison);
    }
    let requests = Requests::of(operations, page);
    for example in &page.request_examples {
        requests.compare(example, comparison);
    }
}

/// Returns the examples of responses with a status that the page does not describe.
pub(crate) fn misplaced_responses(page: &Page) -> Vec<&ResponseExample> {
    let described: HashSet<u16> = page.responses.iter().map(|response| response.status.value).collect();
    let is_misplaced = |example: &&ResponseExample| example.status.is_some_and(|status| !described.contains(&status));
    page.response_examples.iter().filter(is_misplaced).collect()
}

/// Compares the examples of a response. `misplaced` are the examples with a status that the page does not describe: the status is
/// wrong, and the example may be of this response.
pub(crate) fn compare_responses(
    response: &Response,
    stated: &PageResponse,
    misplaced: &[&ResponseExample],
    comparison: &mut Comparison<'_>,
) {
    settle(FactKind::ResponseExample, comparison);
    let page = comparison.page;
    if !comparison.proof.budget.spend_facts(page.response_examples.len()) {
        return;
    }
    let examples = response.content.iter().flat_map(|media_type| &media_type.examples);
    let declared: HashSet<&Value> = examples.map(|declared| &declared.value).collect();
    let of_response = misplaced.iter().copied().filter(|example| declared.contains(&example.body.value));
    let bodies: Vec<&Stated<Value>> =
        page.examples_of(stated.status.value).chain(of_response).map(|example| &example.body).collect();
    let holder = response.content.first().map_or(&response.pointer, |media_type| &media_type.pointer).clone();
    compare_bodies(&bodies, self::declared(response.content.iter()), &holder, comparison);
}

fn settle(kind: FactKind, comparison: &mut Comparison<'_>) {
    let facts = comparison.facts().filter(|(_, fact)| fact.kind == kind);
    facts.for_each(|(fact, _)| comparison.settle(fact));
}

fn declared<'d>(content: impl Iterator<Item = &'d MediaType>) -> Vec<Declared<'d>> {
    let examples = content.flat_map(|media_type| &media_type.examples);
    examples.map(|example| Declared { pointer: example.pointer.clone(), value: &example.value }).collect()
}

/// Compares the bodies of a page with those of a document.
fn compare_bodies(
    bodies: &[&Stated<Value>],
    mut open: Vec<Declared<'_>>,
    holder: &Pointer,
    comparison: &mut Comparison<'_>,
) {
    // Several operations of a page, and several media types, can have the same example.
    let declared: HashSet<&Value> = open.iter().map(|example| example.value).collect();
    let missing: Vec<&Stated<Value>> = bodies.iter().copied().filter(|body| !declared.contains(&body.value)).collect();
    let stated: HashSet<&Value> = bodies.iter().map(|body| &body.value).collect();
    open.retain(|example| !stated.contains(example.value));
    let is_candidate = |example: &&Declared<'_>| !comparison.is_acknowledged(&example.pointer, Code::NotOnPage);
    let mut candidates: Vec<&Declared<'_>> = open.iter().filter(is_candidate).collect();
    if !comparison.proof.budget.spend_examples(pairs_size(&missing, &candidates)) {
        candidates.clear();
    }
    let mut paired: HashSet<Pointer> = HashSet::new();
    for body in missing {
        let nearest = candidates.iter().min_by_key(|example| distance(example.value, &body.value));
        let nearest = nearest.map(|nearest| (nearest.pointer.clone(), nearest.value));
        match nearest {
            Some((pointer, value)) => {
                candidates.retain(|example| example.pointer != pointer);
                differs(body, &pointer, value, comparison);
                paired.insert(pointer);
            }
            None => {
                let message = "The document does not have this example of a body.".to_owned();
                let at = (holder, Focus::Key);
                comparison.report(Code::MissingInDocument, at, PagePlace::of(body), message, MISSING);
            }
        }
    }
    let beside = bodies.first().map(|body| PagePlace::beside(body, "the example on the page"));
    let place = beside.unwrap_or_else(|| example_section(comparison));
    for example in open.iter().filter(|example| !paired.contains(&example.pointer)) {
        let message = "The page does not have this example of a body.".to_owned();
        comparison.report(Code::NotOnPage, (&example.pointer, Focus::Key), place.clone(), message, EXTRA);
    }
}

/// Returns the size of all pairs of a body and an example.
fn pairs_size(bodies: &[&Stated<Value>], examples: &[&Declared<'_>]) -> usize {
    let size_of_bodies: usize = bodies.iter().map(|body| size(&body.value)).sum();
    let size_of_examples: usize = examples.iter().map(|example| size(example.value)).sum();
    let [of_bodies, of_examples] = [(size_of_bodies, examples.len()), (size_of_examples, bodies.len())]
        .map(|(size, count)| size.saturating_mul(count));
    of_bodies.saturating_add(of_examples)
}

/// Returns the place where the page has its examples, or else its title.
fn example_section(comparison: &Comparison<'_>) -> PagePlace {
    let kinds = [FactKind::ResponseExample, FactKind::RequestExample, FactKind::Title];
    let find = |kind: &FactKind| comparison.page.facts.iter().find(|fact| fact.kind == *kind);
    let fact = kinds.iter().find_map(find);
    fact.map(|fact| PagePlace {
        line: fact.line,
        words: fact.words.clone(),
        label: "the page has no other example".to_owned(),
        fact: None,
    })
    .unwrap_or_default()
}

/// Reports the first member in which an example differs from the page.
fn differs(body: &Stated<Value>, pointer: &Pointer, value: &Value, comparison: &mut Comparison<'_>) {
    let mut steps = Vec::new();
    first_difference(value, &body.value, &mut steps);
    let inner = steps.iter().fold(pointer.clone(), |pointer, step| pointer.join(step));
    // A member that only the document has: the page has the object around it.
    let may_search = comparison.proof.budget.spend_facts(comparison.page.facts.len().saturating_mul(steps.len()));
    let lengths = (1..=steps.len()).rev().filter(|_| may_search);
    let fact =
        lengths.filter_map(|length| steps.get(..length)).find_map(|steps| member_fact(body, steps, comparison.page));
    let (line, words) = fact.map_or((body.line, body.words.clone()), |fact| (fact.line, fact.words.clone()));
    let name = steps.last().map(|name| format!(" in `{name}`")).unwrap_or_default();
    let message = format!("The example differs from the page{name}.");
    let place = PagePlace { line, words, ..PagePlace::of(body) };
    let remedy = "Copy the example of the page.";
    comparison.report(Code::ExampleDiffers, (&inner, Focus::Value), place, message, remedy);
}

/// Returns the fact of the member at the end of a path: the page has the members in the order of the example.
fn member_fact<'p>(body: &Stated<Value>, steps: &[String], page: &'p Page) -> Option<&'p Fact> {
    let (name, around) = steps.split_last()?;
    let (mut before, mut value) = (0, &body.value);
    for step in around.iter().chain([name]) {
        match value {
            Value::Object(members) => {
                let earlier = members.iter().take_while(|(other, _)| *other != step);
                before +=
                    earlier.map(|(other, value)| usize::from(other == name) + occurrences(value, name)).sum::<usize>();
                // An object around the member has the same name.
                before += usize::from(step == name && !std::ptr::eq(step, name));
                value = members.get(step)?;
            }
            Value::Array(items) => {
                let index: usize = step.parse().ok()?;
                before += items.iter().take(index).map(|item| occurrences(item, name)).sum::<usize>();
                value = items.get(index)?;
            }
            _ => return None,
        }
    }
    let mut facts =
        page.facts.iter().filter(|fact| is_example(fact.kind) && fact.line >= body.line && fact.subject == *name);
    facts.nth(before)
}

/// Returns how often a value has a member with this name, at any depth.
fn occurrences(value: &Value, name: &str) -> usize {
    match value {
        Value::Object(members) => {
            members.iter().map(|(other, value)| usize::from(other == name) + occurrences(value, name)).sum()
        }
        Value::Array(items) => items.iter().map(|item| occurrences(item, name)).sum(),
        _ => 0,
    }
}

fn is_example(kind: FactKind) -> bool {
    matches!(kind, FactKind::RequestExample | FactKind::ResponseExample)
}

/// Finds the first member that differs: its names and indices from the outside to the inside.
fn first_difference(left: &Value, right: &Value, steps: &mut Vec<String>) {
    match (left, right) {
        (Value::Object(left), Value::Object(right)) => {
            let differing = right.iter().find(|(name, value)| left.get(*name) != Some(value));
            let extra = || left.iter().find(|(name, _)| !right.contains_key(*name));
            match differing {
                Some((name, value)) => {
                    steps.push(name.clone());
                    if let Some(other) = left.get(name) {
                        first_difference(other, value, steps);
                    }
                }
                None => steps.extend(extra().map(|(name, _)| name.clone())),
            }
        }
        (Value::Array(left), Value::Array(right)) => {
            let differing = left.iter().zip(right).position(|(left, right)| left != right);
            if let Some(index) = differing {
                steps.push(index.to_string());
                if let (Some(left), Some(right)) = (left.get(index), right.get(index)) {
                    first_difference(left, right, steps);
                }
            }
        }
        _ => {}
    }
}

/// Returns the number of members in which two values differ.
fn distance(left: &Value, right: &Value) -> usize {
    match (left, right) {
        _ if left == right => 0,
        (Value::Object(left), Value::Object(right)) => {
            let common = right.iter().map(|(name, value)| left.get(name).map_or(3, |other| distance(other, value)));
            let extra = left.keys().filter(|name| !right.contains_key(*name)).count();
            common.sum::<usize>() + 3 * extra
        }
        (Value::Array(left), Value::Array(right)) => {
            let common = left.iter().zip(right).map(|(left, right)| distance(left, right));
            common.sum::<usize>() + left.len().abs_diff(right.len())
        }
        _ => 1,
    }
}
