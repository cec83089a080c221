//! Writes the examples of requests (`x-examples`).

use std::collections::{HashMap, HashSet};

use crate::page::fact::{Field, Form, Page, RequestExample};
use crate::page::form_index::FormIndex;
use crate::page::uri;
use crate::page::vocabulary::{Place, TypeWord};
use crate::pointer::Pointer;
use crate::transcribe::schema::value_of;
use crate::transcribe::yaml::{Node, citation, quoted};

/// Headers that are no parameters, and that no example repeats.
const SKIPPED: &[&str] = &["accept", "content-length", "host", "user-agent"];

/// The examples of requests with values in the place of all placeholders.
pub(super) struct Examples<'p> {
    page: &'p Page,
    by_form: HashMap<FormKey<'p>, Vec<&'p RequestExample>>,
    fields: Fields<'p>,
}

/// The parameters of a page by their places and names. Of equal ones, the first.
type Fields<'p> = HashMap<(Place, &'p str), &'p Field>;

/// The path and the method of a form. A page can have a form twice, and the draft has it once.
type FormKey<'p> = (&'p str, Option<&'p str>);

impl<'p> Examples<'p> {
    pub(super) fn of(page: &'p Page) -> Self {
        let index = FormIndex::new(page);
        let mut by_form: HashMap<FormKey<'p>, Vec<&RequestExample>> = HashMap::new();
        let mut fields = Fields::new();
        for field in &page.parameters {
            fields.entry((field.place, &field.name.value)).or_insert(field);
        }
        for example in &page.request_examples {
            let Some(url) = &example.url else { continue };
            let (_, target) = uri::split_server(&url.value);
            // An example that only repeats a form has no values.
            if target.is_empty() || target.contains('{') {
                continue;
            }
            // An example that fits no form contradicts the page. It stays with the first form.
            let form = index.find(target, stated_method(example)).or(page.forms.first());
            if let Some(form) = form {
                by_form.entry((&form.path.value, form.method_name())).or_default().push(example);
            }
        }
        Self { page, by_form, fields }
    }

    /// Returns the examples of a form, if the page has any. `placeholders` are the names of the placeholders in the draft.
    pub(super) fn of_form(&self, form: &Form, placeholders: &[String]) -> Option<Node> {
        let examples = self.by_form.get(&(form.path.value.as_str(), form.method_name()))?;
        let nodes = examples.iter().enumerate().map(|(index, example)| {
            let name = if index == 0 { "page-example".to_owned() } else { format!("page-example-{}", index + 1) };
            let mut named = Node::map([("name".to_owned(), quoted(&name))]);
            named.add("source", quoted(&citation(self.page, example.line, example.last_line)));
            named.extend(request(&self.fields, example, form, placeholders));
            named
        });
        Some(Node::list(nodes.collect()))
    }
}

fn stated_method(example: &RequestExample) -> Option<&str> {
    example.method.as_ref().map(|stated| stated.value.as_str())
}

fn request(fields: &Fields<'_>, example: &RequestExample, form: &Form, placeholders: &[String]) -> Node {
    let url = example.url.as_ref().map_or("", |url| url.value.as_str());
    let (_, target) = uri::split_server(url);
    let stated = stated_method(example);
    let method = stated.or(form.method_name()).unwrap_or("GET");
    let values = uri::values(target, &form.path.value).unwrap_or_default();
    let mut parameters: Vec<(String, Node)> = Vec::new();
    for (name, value) in placeholders.iter().zip(values) {
        parameters.push((name.clone(), value_node(fields, Place::Path, name, &decoded(value))));
    }
    let query = target.split_once('?').map(|(_, query)| query.split('&')).into_iter().flatten();
    let mut known: HashSet<String> = parameters.iter().map(|(name, _)| name.clone()).collect();
    for (name, value) in query.filter_map(|pair| pair.split_once('=')) {
        if known.insert(name.to_owned()) {
            parameters.push((name.to_owned(), value_node(fields, Place::Query, name, &decoded(value))));
        }
    }
    let mut headers = Vec::new();
    for stated in &example.headers {
        let (name, value) = &stated.value;
        if SKIPPED.contains(&name.to_ascii_lowercase().as_str()) {
            continue;
        }
        headers.push((name.clone(), quoted(value)));
        if !name.eq_ignore_ascii_case("content-type") {
            parameters.push((name.clone(), quoted(value)));
        }
    }
    let mut node = Node::map([]);
    if !parameters.is_empty() {
        node.add("parameters", Node::map(parameters));
    }
    if let Some(body) = &example.body {
        node.add("body", Node::json(&body.value));
    }
    node.add("request", quoted(&format!("{method} /{}", target.trim_start_matches('/'))));
    if !headers.is_empty() {
        node.add("headers", Node::map(headers));
    }
    node
}

/// Returns a value of an example in the type of its parameter.
fn value_node(fields: &Fields<'_>, place: Place, name: &str, value: &str) -> Node {
    let field = fields.get(&(place, name));
    let base = field.and_then(|field| field.kind.as_ref()).map_or(TypeWord::String, |kind| kind.value.base);
    match base {
        TypeWord::Array => {
            let kind = field.and_then(|field| field.kind.as_ref());
            let item = kind.map_or(TypeWord::String, |kind| kind.value.innermost().base);
            Node::json(&vec![value_of(value, item).unwrap_or_else(|| value.into())].into())
        }
        base => value_of(value, base).map_or_else(|| quoted(value), |value| Node::json(&value)),
    }
}

/// Decodes the percent-encoded bytes of a value.
fn decoded(value: &str) -> String {
    Pointer::percent_decoded(value).unwrap_or_else(|| value.to_owned())
}
