//! Writes the examples of requests (`x-examples`).

use crate::page::fact::{Form, Page, RequestExample};
use crate::page::uri;
use crate::page::vocabulary::{Place, TypeWord};
use crate::pointer::Pointer;
use crate::transcribe::schema::value_of;
use crate::transcribe::yaml::{Node, citation, quoted};

/// Headers that are no parameters, and that no example repeats.
const SKIPPED: &[&str] = &["accept", "content-length", "host", "user-agent"];

/// Returns the examples of a form, if the page has any: requests with values in the place of all placeholders.
/// `placeholders` are the names of the placeholders in the draft.
pub(super) fn of_form(page: &Page, form: &Form, placeholders: &[String]) -> Option<Node> {
    let mut nodes = Vec::new();
    for example in &page.request_examples {
        if let Some(node) = whole(page, example, form, placeholders) {
            let name =
                if nodes.is_empty() { "page-example".to_owned() } else { format!("page-example-{}", nodes.len() + 1) };
            let mut named = Node::map([("name".to_owned(), quoted(&name))]);
            named.add("source", quoted(&citation(page, example.line, example.last_line)));
            named.extend(node);
            nodes.push(named);
        }
    }
    (!nodes.is_empty()).then(|| Node::list(nodes))
}

fn whole(page: &Page, example: &RequestExample, form: &Form, placeholders: &[String]) -> Option<Node> {
    let url = example.url.as_ref()?;
    let (_, target) = uri::split_server(&url.value);
    // An example that only repeats a form has no values.
    if target.is_empty() || target.contains('{') {
        return None;
    }
    let stated = example.method.as_ref().map(|stated| stated.value.as_str());
    // An example that fits no form contradicts the page. It stays with the first form.
    let own_form = page.form_of(target, stated).or(page.forms.first())?;
    // A page can have a form twice, and the draft has it once.
    if own_form.path.value != form.path.value || method_of(own_form) != method_of(form) {
        return None;
    }
    let method = stated.or(method_of(form)).unwrap_or("GET");
    let values = uri::values(target, &form.path.value).unwrap_or_default();
    let mut parameters: Vec<(String, Node)> = Vec::new();
    for (name, value) in placeholders.iter().zip(values) {
        parameters.push((name.clone(), value_node(page, Place::Path, name, &decoded(value))));
    }
    let query = target.split_once('?').map(|(_, query)| query.split('&')).into_iter().flatten();
    for (name, value) in query.filter_map(|pair| pair.split_once('=')) {
        if parameters.iter().all(|(known, _)| known != name) {
            parameters.push((name.to_owned(), value_node(page, Place::Query, name, &decoded(value))));
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
    Some(node)
}

fn method_of(form: &Form) -> Option<&str> {
    form.method.as_ref().map(|method| method.value.as_str())
}

/// Returns a value of an example in the type of its parameter.
fn value_node(page: &Page, place: Place, name: &str, value: &str) -> Node {
    let field = page.parameters.iter().find(|field| field.place == place && field.name.value == name);
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
