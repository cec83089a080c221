//! Compares the examples of requests and responses.

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Focus};
use crate::page::fact::{Fact, FactKind, Page, RequestExample, Response as PageResponse, ResponseExample, Stated};
use crate::page::uri;
use crate::pointer::Pointer;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::matching::{is_named, references};
use crate::proof::path;
use crate::proof::wording::{EXTRA, MISSING};
use crate::resolve::document::{MediaType, Operation, OperationExample, Response};

/// The headers of an example that the client sets itself.
const OWN_HEADERS: &[&str] = &["accept", "content-type", "content-length", "host", "user-agent"];

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
    let owners = owners(operations, comparison);
    for (index, example) in page.request_examples.iter().enumerate() {
        let others = owners.iter().filter(|(_, owners)| !owners.is_empty() && !owners.contains(&index));
        request(example, operations, &others.map(|(pointer, _)| pointer.clone()).collect(), comparison);
    }
}

/// Compares the examples of a response.
pub(crate) fn compare_responses(response: &Response, stated: &PageResponse, comparison: &mut Comparison<'_>) {
    settle(FactKind::ResponseExample, comparison);
    let page = comparison.page;
    let declared = || response.content.iter().flat_map(|media_type| &media_type.examples);
    // An example with a status that the page does not describe: the status is wrong, and the example may be of this response.
    let is_of_none = |status: Option<u16>| {
        status.is_some_and(|status| page.responses.iter().all(|response| response.status.value != status))
    };
    let is_misplaced = |example: &&ResponseExample| {
        let is_declared = || declared().any(|declared| declared.value == example.body.value);
        is_of_none(example.status) && is_declared()
    };
    let bodies = page.examples_of(stated.status.value).chain(page.response_examples.iter().filter(is_misplaced));
    let bodies: Vec<&Stated<Value>> = bodies.map(|example| &example.body).collect();
    let holder = response.content.first().map_or(&response.pointer, |media_type| &media_type.pointer).clone();
    compare_bodies(&bodies, self::declared(response.content.iter()), &holder, comparison);
}

fn settle(kind: FactKind, comparison: &mut Comparison<'_>) {
    let facts = comparison.page.facts.iter().enumerate().filter(|(_, fact)| fact.kind == kind);
    let facts: Vec<usize> = facts.map(|(index, _)| index).collect();
    facts.into_iter().for_each(|fact| comparison.settle(fact));
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
    let is_declared = |body: &&Stated<Value>| open.iter().any(|example| *example.value == body.value);
    let missing: Vec<&Stated<Value>> = bodies.iter().copied().filter(|body| !is_declared(body)).collect();
    open.retain(|example| bodies.iter().all(|body| body.value != *example.value));
    for body in missing {
        let is_candidate = |example: &&Declared<'_>| !comparison.is_acknowledged(&example.pointer, Code::NotOnPage);
        let nearest = open.iter().filter(is_candidate).min_by_key(|example| distance(example.value, &body.value));
        let nearest = nearest.map(|nearest| (nearest.pointer.clone(), nearest.value));
        match nearest {
            Some((pointer, value)) => {
                open.retain(|example| example.pointer != pointer);
                differs(body, &pointer, value, comparison);
            }
            None => {
                let message = "The document does not have this example of a body.".to_owned();
                let at = (holder, Focus::Key);
                comparison.report(Code::MissingInDocument, at, PagePlace::of(body), message, MISSING);
            }
        }
    }
    for example in open {
        let message = "The page does not have this example of a body.".to_owned();
        let beside = bodies.first().map(|body| PagePlace::beside(body, "the example on the page"));
        let place = beside.unwrap_or_else(|| example_section(comparison));
        comparison.report(Code::NotOnPage, (&example.pointer, Focus::Key), place, message, EXTRA);
    }
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
    let lengths = (1..=steps.len()).rev();
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

/// Returns, for each example of the document, the examples of the page that have the same request.
fn owners(operations: &[&Operation], comparison: &Comparison<'_>) -> Vec<(Pointer, Vec<usize>)> {
    let targets: Vec<Option<String>> =
        comparison.page.request_examples.iter().map(|example| Some(target(&example.url.as_ref()?.value))).collect();
    let of_one = |declared: &OperationExample| {
        let target = Some(split(&declared.request).1);
        let same = targets.iter().enumerate().filter(|(_, other)| other.as_deref() == target);
        (declared.pointer.clone(), same.map(|(index, _)| index).collect())
    };
    operations.iter().flat_map(|operation| &operation.examples).map(of_one).collect()
}

/// Returns the path and the query of a URL. Pages forget the slash after the server.
fn target(url: &str) -> String {
    let (_, target) = uri::split_server(url);
    format!("/{}", target.trim_start_matches('/'))
}

/// Compares the request line and the headers of an example with `x-examples`. `others` are examples of the document that
/// only other examples of the page have.
fn request(
    example: &RequestExample,
    operations: &[&Operation],
    others: &HashSet<Pointer>,
    comparison: &mut Comparison<'_>,
) {
    let Some(url) = &example.url else { return };
    let target = &target(&url.value);
    // An example that only repeats the template has no values.
    if target == "/"
        || target.contains('{')
        || operations.iter().any(|operation| path::is_same(target, &operation.path))
    {
        return;
    }
    // The example of a form for which the document has no operation.
    let method = example.method.as_ref();
    let form = comparison.page.form_of(target, method.map(|method| method.value.as_str()));
    if form.is_some_and(|form| !operations.iter().any(|operation| path::is_same(&form.path.value, &operation.path))) {
        return;
    }
    let candidates: Vec<(&OperationExample, &&Operation)> = operations
        .iter()
        .flat_map(|operation| operation.examples.iter().map(move |example| (example, operation)))
        .collect();
    let score = |declared: &OperationExample| {
        let (declared_method, declared_target) = split(&declared.request);
        let is_cited = is_cited(declared, example.line, comparison);
        let same_method = method.is_none_or(|method| method.value == declared_method);
        // The lines of a page change with each edit of it.
        let is_same = declared_target == target && same_method;
        let is_cited = (!others.contains(&declared.pointer), is_cited);
        (is_cited, is_same, strsim::normalized_levenshtein(declared_target, target), same_method)
    };
    let best = candidates.iter().max_by(|(left, _), (right, _)| {
        let (left, right) = (score(left), score(right));
        (left.0, left.1).cmp(&(right.0, right.1)).then(left.2.total_cmp(&right.2)).then(left.3.cmp(&right.3))
    });
    let Some((best, _)) = best else {
        let Some(operation) = operations.first() else { return };
        let message = "The document does not have this example of a request.".to_owned();
        let at = (&operation.pointer, Focus::Key);
        return comparison.report(Code::MissingInDocument, at, PagePlace::of(url), message, "Add it to `x-examples`.");
    };
    let (declared_method, declared_target) = split(&best.request);
    let pointer = best.pointer.join("request");
    if declared_target != target || method.is_some_and(|method| method.value != declared_method) {
        let method = method.map(|method| format!("{} ", method.value)).unwrap_or_default();
        let message = format!("The request is `{}` in the document, and `{method}{target}` on the page.", best.request);
        let remedy = "Copy the request of the page.";
        return comparison.report(Code::ExampleDiffers, (&pointer, Focus::Value), PagePlace::of(url), message, remedy);
    }
    for stated in &example.headers {
        let (name, value) = &stated.value;
        if OWN_HEADERS.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        let declared = best.headers.iter().find(|(declared, _)| declared.eq_ignore_ascii_case(name));
        let holder = best.pointer.join("headers");
        let (pointer, code) = match declared {
            Some((_, declared)) if declared == value => continue,
            Some((name, _)) => (holder.join(name), Code::ExampleDiffers),
            None => (best.pointer.clone(), Code::MissingInDocument),
        };
        let message = format!("The example does not send `{name}: {value}`, as the page does.");
        let remedy = "Copy the header of the page.";
        comparison.report(code, (&pointer, Focus::Value), PagePlace::of(stated), message, remedy);
    }
}

fn split(request: &str) -> (&str, &str) {
    request.split_once(' ').unwrap_or(("", request))
}

/// Returns whether the `source` of an example names a line of the page.
fn is_cited(declared: &OperationExample, line: usize, comparison: &Comparison<'_>) -> bool {
    let source = declared.source.as_deref().unwrap_or_default();
    let (found, _) = references(source);
    found.iter().any(|reference| {
        let is_inside = reference.lines.is_some_and(|(first, last)| (first..=last).contains(&line));
        is_named(comparison.page, reference.page) && is_inside
    })
}
