//! Compares the examples of requests: the method, the path with the query, and the headers.

use std::collections::{HashMap, HashSet};
use std::iter;

use crate::finding::{Code, Focus};
use crate::page::fact::{Page, RequestExample};
use crate::page::form_index::FormIndex;
use crate::page::uri;
use crate::proof::budget;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::matching::{is_named, references};
use crate::proof::path;
use crate::resolve::document::{Operation, OperationExample};

/// The headers of an example that the client sets itself.
const OWN_HEADERS: &[&str] = &["accept", "content-type", "content-length", "host", "user-agent"];

/// An example of a request in the document.
struct Declared<'d> {
    example: &'d OperationExample,
    method: &'d str,
    target: &'d str,
    /// Whether an example of the page has this target.
    is_on_page: bool,
}

/// The examples of requests in the document, for all operations of a page.
pub(super) struct Requests<'d> {
    operations: &'d [&'d Operation],
    /// The literals of the paths of the operations.
    paths: HashSet<Vec<String>>,
    declared: Vec<Declared<'d>>,
    /// The examples whose `source` names lines of the page, each with the first and the last line.
    cited: Vec<(usize, (usize, usize))>,
    /// The last example with a target.
    by_target: HashMap<&'d str, usize>,
    /// The last example with a target and a method.
    by_request: HashMap<(&'d str, &'d str), usize>,
    /// The examples whose targets no example of the page has.
    free: Vec<usize>,
    forms: FormIndex<'d>,
    /// The size of the forms.
    letters_of_forms: usize,
}

impl<'d> Requests<'d> {
    pub(super) fn of(operations: &'d [&'d Operation], page: &'d Page) -> Self {
        let urls = page.request_examples.iter().filter_map(|example| example.url.as_ref());
        let targets: HashSet<String> = urls.map(|url| target(&url.value)).collect();
        let declared = |example: &'d OperationExample| {
            let (method, target) = split(&example.request);
            Declared { example, method, target, is_on_page: targets.contains(target) }
        };
        let examples = operations.iter().flat_map(|operation| &operation.examples);
        let declared: Vec<Declared<'d>> = examples.map(declared).collect();
        let cited = declared.iter().enumerate().flat_map(|(index, one)| {
            let (found, _) = references(one.example.source.as_deref().unwrap_or_default());
            let of_page = found.into_iter().filter(|reference| is_named(page, reference.page));
            of_page.filter_map(move |reference| Some((index, reference.lines?)))
        });
        let numbered = || declared.iter().enumerate();
        Self {
            operations,
            paths: operations.iter().map(|operation| path::literals(&operation.path)).collect(),
            cited: cited.collect(),
            by_target: numbered().map(|(index, one)| (one.target, index)).collect(),
            by_request: numbered().map(|(index, one)| ((one.target, one.method), index)).collect(),
            forms: FormIndex::new(page),
            letters_of_forms: budget::letters(page.forms.iter().map(|form| form.path.value.as_str())),
            free: numbered().filter(|(_, one)| !one.is_on_page).map(|(index, _)| index).collect(),
            declared,
        }
    }

    /// Compares the request line and the headers of an example with `x-examples`.
    pub(super) fn compare(&self, example: &RequestExample, comparison: &mut Comparison<'_>) {
        let Some(url) = &example.url else { return };
        let target = &target(&url.value);
        // An example that only repeats the template has no values.
        if target == "/" || target.contains('{') || self.paths.contains(&path::literals(target)) {
            return;
        }
        // The example of a form for which the document has no operation.
        let method = example.method.as_ref();
        if !comparison.proof.budget.spend_letters(self.letters_of_forms.saturating_mul(target.len())) {
            return;
        }
        let form = self.forms.find(target, method.map(|method| method.value.as_str()));
        if form.is_some_and(|form| !self.paths.contains(&path::literals(&form.path.value))) {
            return;
        }
        let stated_method = method.map(|method| method.value.as_str());
        let Some(best) = self.most_similar(target, stated_method, example.line, comparison) else {
            let Some(operation) = self.operations.first() else { return };
            let message = "The document does not have this example of a request.".to_owned();
            let at = (&operation.pointer, Focus::Key);
            let remedy = "Add it to `x-examples`.";
            return comparison.report(Code::MissingInDocument, at, PagePlace::of(url), message, remedy);
        };
        let (best, declared_method, declared_target) = (best.example, best.method, best.target);
        let pointer = best.pointer.join("request");
        if declared_target != target || method.is_some_and(|method| method.value != declared_method) {
            let method = method.map(|method| format!("{} ", method.value)).unwrap_or_default();
            let message =
                format!("The request is `{}` in the document, and `{method}{target}` on the page.", best.request);
            let remedy = "Copy the request of the page.";
            return comparison.report(
                Code::ExampleDiffers,
                (&pointer, Focus::Value),
                PagePlace::of(url),
                message,
                remedy,
            );
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

    /// Returns the example of the document that is most similar to an example of the page. An example that only other examples of
    /// the page have is the last choice. Of the others, an example whose `source` names the line is the first choice: the lines of
    /// a page change with each edit of it.
    fn most_similar(
        &self,
        target: &str,
        method: Option<&str>,
        line: usize,
        comparison: &mut Comparison<'_>,
    ) -> Option<&Declared<'d>> {
        let cited = self.cited.iter().filter(|(_, (first, last))| (*first..=*last).contains(&line));
        let cited: Vec<&Declared<'d>> = cited.filter_map(|(index, _)| self.declared.get(*index)).collect();
        let is_other = |declared: &Declared<'_>| declared.is_on_page && declared.target != target;
        let (others, own): (Vec<_>, Vec<_>) = cited.into_iter().partition(|declared| is_other(declared));
        if !own.is_empty() {
            return nearest(&own, target, method, comparison);
        }
        let same = match method {
            Some(method) => self.by_request.get(&(target, method)).or_else(|| self.by_target.get(target)),
            None => self.by_target.get(target),
        };
        if let Some(same) = same {
            return self.declared.get(*same);
        }
        if !self.free.is_empty() {
            let free: Vec<_> = self.free.iter().filter_map(|index| self.declared.get(*index)).collect();
            return nearest(&free, target, method, comparison);
        }
        match others.is_empty() {
            true => nearest(&self.declared.iter().collect::<Vec<_>>(), target, method, comparison),
            false => nearest(&others, target, method, comparison),
        }
    }
}

/// Returns the example with the most similar target, and of several the one with the same method, or else the last one.
fn nearest<'a, 'd>(
    declared: &[&'a Declared<'d>],
    target: &str,
    method: Option<&str>,
    comparison: &mut Comparison<'_>,
) -> Option<&'a Declared<'d>> {
    let size =
        budget::letters(declared.iter().map(|one| one.target)).saturating_mul(budget::letters(iter::once(target)));
    if declared.len() > 1 && !comparison.proof.budget.spend_letters(size) {
        return declared.last().copied();
    }
    let has_method = |one: &Declared<'_>| method.is_none_or(|method| method == one.method);
    let score = |one: &Declared<'_>| {
        (one.target == target && has_method(one), strsim::normalized_levenshtein(one.target, target), has_method(one))
    };
    let scored = declared.iter().map(|one| (score(one), *one));
    let best = scored.max_by(|(left, _), (right, _)| {
        left.0.cmp(&right.0).then(left.1.total_cmp(&right.1)).then(left.2.cmp(&right.2))
    });
    best.map(|(_, one)| one)
}

/// Returns the path and the query of a URL. Pages forget the slash after the server.
fn target(url: &str) -> String {
    let (_, target) = uri::split_server(url);
    format!("/{}", target.trim_start_matches('/'))
}

fn split(request: &str) -> (&str, &str) {
    request.split_once(' ').unwrap_or(("", request))
}
