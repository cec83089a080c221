//! Writes the operations of a page.

use std::collections::{HashMap, HashSet};

use crate::page::fact::{Body, Field, Form, Page, Response, Rule};
use crate::page::uri;
use crate::page::vocabulary::Place;
use crate::transcribe::components::Components;
use crate::transcribe::example::Examples;
use crate::transcribe::schema::{SchemaWriter, cited, value_of};
use crate::transcribe::transcription::Transcription;
use crate::transcribe::yaml::{Node, citation, name, quoted};

/// The methods of OpenAPI 3.0.
const METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE"];

/// The number of media types of a body that have its examples and properties. Bodies have one or two.
const MOST_MEDIA_TYPES: usize = 10;

/// The maximum length of an `operationId`, in characters, without the number that makes it unique. It becomes the name of a
/// method. Titles of pages are shorter.
const LONGEST_ID: usize = 200;

/// Writes the operations of one page.
pub(super) struct Draft<'d> {
    pub(super) page: &'d Page,
    pub(super) transcription: Transcription,
    pub(super) components: &'d mut Components,
}

impl Draft<'_> {
    /// Returns the operations: the path, the method in lower case, and the Operation Object.
    pub(super) fn operations(&mut self, comments: &mut Vec<String>) -> Vec<(String, String, Node)> {
        let page = self.page;
        for (line, reason) in &page.unread {
            comments.push(format!("{}: not read: {reason}", citation(page, *line, *line)));
        }
        let mut operations: Vec<(String, String, Node)> = Vec::new();
        let mut known = HashSet::new();
        let examples = Examples::of(page);
        for form in &page.forms {
            let at = citation(page, form.path.line, form.last_line);
            let method = form.method_name().unwrap_or("GET");
            if !METHODS.contains(&method) {
                comments.push(format!("{at}: OpenAPI 3.0 has no method {method}."));
                continue;
            }
            let (path, placeholders) = template(&form.path.value);
            let method = method.to_lowercase();
            if !known.insert((path.clone(), method.clone())) {
                continue;
            }
            let operation = self.operation(form, &placeholders, &examples).with_comment(&at);
            operations.push((path, method, operation));
        }
        operations
    }

    fn operation(&mut self, form: &Form, placeholders: &[String], examples: &Examples<'_>) -> Node {
        let page = self.page;
        let title = page.title.as_ref().map_or_else(|| name(&page.file), |title| title.value.clone());
        let id: String = camel_case(&title).chars().take(LONGEST_ID).collect();
        let id = self.components.operation_name(&id);
        let mut node = Node::map([("operationId".to_owned(), quoted(&id))]);
        node.add("summary", quoted(&title));
        let source = match page.forms.len() {
            1 => format!("{} {title}", name(&page.file)),
            _ => format!("{} {title}", citation(page, form.path.line, form.last_line)),
        };
        node.add("x-source", quoted(&source));
        if let Some(fixed) = self.fixed_headers() {
            node.add("x-fixed-headers", fixed);
        }
        let parameters = self.parameters(form, placeholders);
        if !parameters.is_empty() {
            node.add("parameters", Node::list(parameters));
        }
        if let Some(body) = page.body.as_ref().filter(|body| body.exists.value) {
            node.add("requestBody", self.request_body(body));
        }
        node.add("responses", self.responses());
        if let Some(examples) = examples.of_form(form, placeholders) {
            node.add("x-examples", examples);
        }
        node
    }

    fn writer(&mut self) -> SchemaWriter<'_> {
        SchemaWriter { page: self.page, transcription: self.transcription, components: self.components }
    }

    fn content_type(&self) -> Option<&Field> {
        let is_header = |field: &&Field| field.name.value.eq_ignore_ascii_case("content-type");
        self.page.parameters.iter().find(is_header)
    }

    /// Returns the values that a page allows for the header `Content-Type`.
    fn media_types(&self) -> Vec<String> {
        let rules = self.content_type().into_iter().flat_map(|field| &field.rules);
        let values = rules.filter_map(|rule| match &rule.value {
            Rule::Values(values) => Some(values.clone()),
            _ => None,
        });
        let mut values: Vec<String> = values.flatten().filter(|value| value.contains('/')).collect();
        values.dedup();
        values
    }

    /// Returns `x-fixed-headers` for a request without a body that has a `Content-Type`.
    fn fixed_headers(&self) -> Option<Node> {
        let has_body = self.page.body.as_ref().is_some_and(|body| body.exists.value);
        let field = self.content_type().filter(|_| !has_body)?;
        let is_mandatory = field.mandatory.as_ref().is_some_and(|mandatory| mandatory.value);
        if !is_mandatory {
            return None;
        }
        let value = self.media_types().into_iter().next().unwrap_or_else(|| "application/json".to_owned());
        let header = (field.name.value.clone(), quoted(&value));
        Some(Node::map([header]).with_comment(&cited(self.page, field)))
    }

    fn parameters(&mut self, form: &Form, placeholders: &[String]) -> Vec<Node> {
        let page = self.page;
        let mut nodes = Vec::new();
        let mut rows: HashMap<&str, &Field> = HashMap::new();
        for field in page.parameters.iter().filter(|field| field.place == Place::Path) {
            rows.entry(&field.name.value).or_insert(field);
        }
        let row = |name: &str| rows.get(name).copied();
        let describes_path = page.describes_path();
        for (placeholder, on_page) in placeholders.iter().zip(uri::path_placeholders(&form.path.value)) {
            let described = row(placeholder);
            let mut node = match described {
                Some(field) => self.parameter(field),
                None => {
                    let mut node = Node::map([("name".to_owned(), quoted(placeholder))]);
                    node.add("in", Node::text("path"));
                    node.add("required", Node::text("true"));
                    node.add("schema", Node::map([("type".to_owned(), Node::text("string"))]));
                    node
                }
            };
            let is_renamed = placeholder != on_page;
            if is_renamed && row(on_page).is_none() {
                node.acknowledge("name-differs", "the URL of the page has this name twice");
            }
            if described.is_none() && describes_path {
                let reason = if is_renamed { "the URL of the page has this name twice" } else { "only the URL has it" };
                node.acknowledge("not-on-page", reason);
            }
            if described.and_then(|field| field.mandatory.as_ref()).is_some_and(|mandatory| !mandatory.value) {
                node.acknowledge("required-differs", "OpenAPI requires each parameter of the path");
            }
            nodes.push(node);
        }
        let others = page.parameters.iter().filter(|field| field.place != Place::Path);
        for field in others {
            let lower = field.name.value.to_ascii_lowercase();
            let is_header = field.place == Place::Header;
            if is_header && ["content-type", "accept", "content-length", "host"].contains(&lower.as_str()) {
                continue;
            }
            if is_header && lower == "authorization" {
                self.authorization(field);
                continue;
            }
            if is_header && lower == "x-auth-token" {
                self.token(field);
            }
            nodes.push(self.parameter(field));
        }
        nodes
    }

    /// Adds the scheme of the header `Authorization`, which OpenAPI ignores as a parameter.
    fn authorization(&mut self, field: &Field) {
        let is_optional = field.mandatory.as_ref().is_some_and(|mandatory| !mandatory.value);
        let is_bearer =
            field.rules.iter().any(|rule| matches!(&rule.value, Rule::Form(form) if form.starts_with("Bearer")));
        let scheme = match is_bearer {
            true => vec![("type", "http"), ("scheme", "bearer")],
            false => vec![("type", "apiKey"), ("in", "header"), ("name", "Authorization")],
        };
        let scheme = scheme.into_iter().map(|(key, value)| (key.to_owned(), Node::text(value)));
        self.components.scheme("Authorization", Node::map(scheme).with_comment(&cited(self.page, field)), is_optional);
    }

    fn token(&mut self, field: &Field) {
        let members = [("type", "apiKey"), ("in", "header"), ("name", field.name.value.as_str())];
        let scheme = members.into_iter().map(|(key, value)| (key.to_owned(), quoted(value)));
        let is_optional = field.mandatory.as_ref().is_some_and(|mandatory| !mandatory.value);
        self.components.scheme(
            &field.name.value,
            Node::map(scheme).with_comment(&cited(self.page, field)),
            is_optional,
        );
    }

    fn parameter(&mut self, field: &Field) -> Node {
        let place = match field.place {
            Place::Path => "path",
            Place::Query => "query",
            Place::Cookie => "cookie",
            _ => "header",
        };
        let is_required = place == "path" || field.mandatory.as_ref().is_some_and(|mandatory| mandatory.value);
        let mut node = Node::map([("name".to_owned(), quoted(&field.name.value))]);
        node.add("in", Node::text(place));
        node.add("required", Node::text(is_required.to_string()));
        if field.rules.iter().any(|rule| rule.value == Rule::Repeated) {
            node.add("x-repeat-header", Node::text("true"));
        }
        if let Some(description) = self.writer().description(field) {
            node.add("description", description);
        }
        let schema = self.writer().schema(field);
        node.add("schema", schema);
        let base = field.kind.as_ref().map_or(crate::page::vocabulary::TypeWord::String, |kind| kind.value.base);
        let examples = field.rules.iter().filter_map(|rule| match &rule.value {
            Rule::Example(value) => value_of(value, base),
            _ => None,
        });
        let is_scalar =
            !matches!(base, crate::page::vocabulary::TypeWord::Array | crate::page::vocabulary::TypeWord::Object);
        let examples: Vec<_> = examples.filter(|_| is_scalar).collect();
        match examples.as_slice() {
            [] => {}
            [only] => node.add("example", Node::json(only)),
            several => {
                let mut all = Node::map([]);
                for (index, value) in several.iter().enumerate() {
                    all.add(&format!("page-{}", index + 1), Node::map([("value".to_owned(), Node::json(value))]));
                }
                node.add("examples", all);
            }
        }
        node.with_comment(&cited(self.page, field))
    }

    fn request_body(&mut self, body: &Body) -> Node {
        let is_mandatory = |field: &Field| field.mandatory.as_ref().is_some_and(|mandatory| mandatory.value);
        let is_required = body.fields.iter().any(is_mandatory) || self.content_type().is_some_and(is_mandatory);
        let mut node = Node::map([]);
        node.add("required", Node::text(is_required.to_string()));
        let examples = self.page.request_examples.iter().filter_map(|example| example.body.as_ref());
        let examples: Vec<_> = examples.map(|body| (body.line, body.value.clone())).collect();
        let schema = self.writer().properties(&body.fields);
        let types = self.media_types();
        let types = if types.is_empty() { vec!["application/json".to_owned()] } else { types };
        let media_type = media_type(self.page, schema, &examples);
        let content = types.into_iter().enumerate().map(|(index, name)| match index < MOST_MEDIA_TYPES {
            true => (name, media_type.clone()),
            false => (name, Node::map([]).with_comment("judgement: has the schema of the other media types")),
        });
        node.add("content", Node::map(content));
        node.with_comment(&citation(self.page, body.exists.line, body.exists.line))
    }

    fn responses(&mut self) -> Node {
        let page = self.page;
        let mut node = Node::map([]);
        let mut responses: Vec<&Response> = page.responses.iter().collect();
        responses.sort_by_key(|response| response.status.value);
        for response in responses {
            let status = response.status.value.to_string();
            node.add(&status, self.response(response));
        }
        if node.is_empty() {
            let response = Node::map([("description".to_owned(), quoted("Success."))]);
            node.add("200", response.with_comment("judgement: the page states no status"));
        }
        node
    }

    fn response(&mut self, response: &Response) -> Node {
        let page = self.page;
        let code = response.status.value;
        let mut node = Node::map([("description".to_owned(), quoted(&format!("Status {code}.")))]);
        let mut headers = Node::map([]);
        for field in response.headers.iter().filter(|field| !field.name.value.eq_ignore_ascii_case("content-type")) {
            let schema = self.writer().schema(field);
            headers
                .add(&field.name.value, Node::map([("schema".to_owned(), schema)]).with_comment(&cited(page, field)));
        }
        if !headers.is_empty() {
            node.add("headers", headers);
        }
        let examples: Vec<_> =
            page.examples_of(code).map(|found| (found.body.line, found.body.value.clone())).collect();
        let schema = match &response.body {
            Some(body) if body.exists.value => Some(self.writer().properties(&body.fields)),
            _ => examples.first().map(|(_, value)| schema_of_example(value)),
        };
        if let Some(schema) = schema {
            if response.body.as_ref().is_some_and(|body| !body.exists.value) {
                node.acknowledge("not-on-page", "the page says that there is no body, and has an example of it");
            }
            node.add("content", Node::map([("application/json".to_owned(), media_type(page, schema, &examples))]));
        }
        node.with_comment(&citation(page, response.status.line, response.status.line))
    }
}

/// Returns the schema of a body of which the page has an example and no table.
fn schema_of_example(value: &serde_json::Value) -> Node {
    let name = if value.is_array() { "array" } else { "object" };
    let kind = Node::text(name).with_comment("judgement: the page has only an example of the body");
    let mut schema = Node::map([("type".to_owned(), kind)]);
    if value.is_array() {
        schema.add("items", Node::map([]));
    }
    schema
}

/// Returns a Media Type Object. An example that contradicts its schema is printed by the page, so it is acknowledged.
fn media_type(page: &Page, schema: Node, examples: &[(usize, serde_json::Value)]) -> Node {
    let mut node = Node::map([("schema".to_owned(), schema)]);
    let mut all = Node::map([]);
    for (index, (line, value)) in examples.iter().enumerate() {
        let name = if index == 0 { "page-example".to_owned() } else { format!("page-example-{}", index + 1) };
        let example = Node::map([("value".to_owned(), Node::json(value))]);
        all.add(&name, example.with_comment(&citation(page, *line, *line)));
    }
    if !all.is_empty() {
        node.add("examples", all);
    }
    node
}

/// Returns the path of OpenAPI for a form of the URL, and the names of its placeholders. A name that occurs twice gets a number.
fn template(form: &str) -> (String, Vec<String>) {
    let (_, path) = uri::split_server(form);
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('.');
    let (mut written, mut names, mut rest) = (String::from("/"), Vec::new(), path.trim_start_matches('/'));
    // How many of the names are a name without the digits at its end.
    let mut counts: HashMap<String, usize> = HashMap::new();
    while let Some((before, after)) = rest.split_once('{') {
        written.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        let name = name.trim();
        let count = counts.get(name).copied().unwrap_or_default();
        let unique = if count == 0 { name.to_owned() } else { format!("{name}{}", count + 1) };
        *counts.entry(unique.trim_end_matches(char::is_numeric).to_owned()).or_default() += 1;
        written.push_str(&format!("{{{unique}}}"));
        names.push(unique);
        rest = after;
    }
    // A brace without a partner is a slip of the page.
    written.push_str(rest.split('{').next().unwrap_or_default());
    let mut depth = 0_usize;
    written.retain(|letter| match letter {
        '{' => {
            depth += 1;
            true
        }
        '}' => {
            let is_open = depth > 0;
            depth = depth.saturating_sub(1);
            is_open
        }
        _ => true,
    });
    (written.replace(char::is_whitespace, ""), names)
}

/// Returns a title as a name: `Deleting a Tag` becomes `deletingATag`.
fn camel_case(title: &str) -> String {
    let mut name = String::new();
    for word in title.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let mut letters = word.chars();
        let first = letters.next().into_iter();
        if name.is_empty() {
            name.extend(first.flat_map(char::to_lowercase));
            name.push_str(&letters.as_str().to_lowercase());
        } else {
            name.extend(first.flat_map(char::to_uppercase));
            name.push_str(letters.as_str());
        }
    }
    if name.is_empty() { "operation".to_owned() } else { name }
}
