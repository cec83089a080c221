//! What an OpenAPI document claims of each operation: a flat list of fields, and a flat list of facts.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// The deepest nesting of objects that is listed.
const MOST_DEPTH: usize = 8;

/// The keywords of a schema that are facts of their own.
const KEYWORDS: &[&str] = &[
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minimum",
    "maximum",
    "default",
    "pattern",
    "format",
    "example",
];

/// An operation of a document.
#[derive(Debug, Clone, Default)]
pub struct Operation {
    /// The method in upper case.
    pub method: String,
    /// The path. The extension `x-url` of a vendor's document counts more than the key in `paths`.
    pub path: String,
    /// The `operationId`.
    pub id: String,
    /// The parameters and the properties of the body, by place and name: `query limit`, `body vpc.name`.
    pub request: BTreeMap<String, Field>,
    /// The headers and the properties of the responses, by status: `200 body vpc.name`.
    pub responses: BTreeMap<String, Field>,
    /// Facts that are about no field: media types, statuses, examples.
    pub others: BTreeSet<String>,
}

/// A parameter or a property.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Field {
    /// Whether it is required.
    pub required: bool,
    /// The type: `array of string`.
    pub kind: String,
    /// The allowed values.
    pub values: Option<BTreeSet<String>>,
    /// Other keywords, each with its value.
    pub keywords: BTreeMap<&'static str, String>,
}

/// Returns the operations of a document.
pub fn operations(document: &Value) -> Vec<Operation> {
    let mut operations = Vec::new();
    for (path, item) in members(&document["paths"]) {
        for method in ["get", "put", "post", "delete", "patch", "head", "options"] {
            if item[method].is_object() {
                operations.push(operation(document, path, item, method));
            }
        }
    }
    operations
}

fn operation(document: &Value, path: &str, item: &Value, method: &str) -> Operation {
    let node = &item[method];
    let url = item["x-url"].as_str().map(|url| url.trim_start_matches("{endpoint}"));
    let mut found = Operation {
        method: method.to_uppercase(),
        path: url.unwrap_or(path).to_owned(),
        id: node["operationId"].as_str().unwrap_or_default().to_owned(),
        ..Operation::default()
    };
    for parameter in list(&item["parameters"]).chain(list(&node["parameters"])) {
        let parameter = resolved(document, parameter);
        let mut field = field(document, &parameter["schema"], parameter["required"] == true);
        field.keywords.extend(example_of(parameter));
        found.request.insert(subject(parameter), field);
    }
    credentials(document, node, &mut found.request);
    let body = resolved(document, &node["requestBody"]);
    if body.is_object() {
        found.others.insert(format!("body required {}", body["required"] == true));
        content(document, body, "body", &mut found.request, &mut found.others);
    }
    for (status, response) in members(&node["responses"]) {
        let response = resolved(document, response);
        found.others.insert(format!("status {status}"));
        for (name, header) in members(&response["headers"]) {
            let header = resolved(document, header);
            let field = field(document, &header["schema"], header["required"] == true);
            found.responses.insert(format!("{status} header {}", name.to_lowercase()), field);
        }
        content(document, response, &format!("{status} body"), &mut found.responses, &mut found.others);
    }
    for example in list(&node["x-examples"]) {
        found.others.insert(format!("request {}", example["request"].as_str().unwrap_or_default()));
    }
    for (name, value) in members(&node["x-fixed-headers"]) {
        found.others.insert(format!("fixed header {name}: {value}"));
    }
    found
}

/// Returns the place and the name of a parameter or an API key.
fn subject(parameter: &Value) -> String {
    let place = parameter["in"].as_str().unwrap_or_default();
    let name = parameter["name"].as_str().unwrap_or_default();
    format!("{place} {}", if place == "header" { name.to_lowercase() } else { name.to_owned() })
}

/// Lists the credentials of an operation, which a page describes as parameters.
fn credentials(document: &Value, operation: &Value, fields: &mut BTreeMap<String, Field>) {
    let alternatives = if operation["security"].is_array() { &operation["security"] } else { &document["security"] };
    let is_required = alternatives.as_array().is_some_and(|alternatives| alternatives.len() == 1);
    for (name, _) in list(alternatives).flat_map(members) {
        let scheme = &document["components"]["securitySchemes"][name];
        if !scheme.is_object() {
            continue;
        }
        let place = if scheme["type"] == "http" { "header authorization".to_owned() } else { subject(scheme) };
        let field = Field { required: is_required, kind: "string".to_owned(), ..Field::default() };
        fields.entry(place).or_insert(field);
    }
}

/// Lists the properties, the media types and the examples of a body.
fn content(
    document: &Value,
    holder: &Value,
    subject: &str,
    fields: &mut BTreeMap<String, Field>,
    others: &mut BTreeSet<String>,
) {
    for (name, media_type) in members(&holder["content"]) {
        others.insert(format!("{subject} of {name}"));
        properties(document, &media_type["schema"], subject, fields, 0);
        for (_, example) in members(&media_type["examples"]) {
            others.insert(format!("{subject} example {}", resolved(document, example)["value"]));
        }
    }
}

/// Lists the properties of an object, of the items of an array, and of the values of a map.
fn properties(document: &Value, schema: &Value, prefix: &str, fields: &mut BTreeMap<String, Field>, depth: usize) {
    let schema = resolved(document, schema);
    if depth > MOST_DEPTH {
        return;
    }
    for part in list(&schema["allOf"]) {
        properties(document, part, prefix, fields, depth + 1);
    }
    if schema["items"].is_object() {
        properties(document, &schema["items"], prefix, fields, depth + 1);
    }
    // The properties of the values of a map: `body wheels.*.size`.
    if schema["additionalProperties"].is_object() {
        properties(document, &schema["additionalProperties"], &format!("{prefix}.*"), fields, depth + 1);
    }
    for (name, property) in members(&schema["properties"]) {
        let separator = if prefix.ends_with("body") { ' ' } else { '.' };
        let subject = format!("{prefix}{separator}{name}");
        let is_required = list(&schema["required"]).any(|required| required == name);
        fields.insert(subject.clone(), field(document, property, is_required));
        properties(document, property, &subject, fields, depth + 1);
    }
}

fn field(document: &Value, schema: &Value, required: bool) -> Field {
    let outer = resolved(document, schema);
    let mut field = Field { required, kind: kind(document, outer, 0), ..Field::default() };
    let mut inner = outer;
    while inner["items"].is_object() {
        field.keywords.extend(keywords(inner));
        inner = resolved(document, &inner["items"]);
    }
    field.keywords.extend(keywords(inner));
    field.values = inner["enum"].as_array().map(|values| values.iter().map(plain).collect());
    field
}

fn keywords(schema: &Value) -> impl Iterator<Item = (&'static str, String)> + '_ {
    KEYWORDS.iter().filter(|keyword| !schema[**keyword].is_null()).map(|keyword| (*keyword, plain(&schema[*keyword])))
}

/// Returns the examples of a parameter, as one fact.
fn example_of(parameter: &Value) -> Option<(&'static str, String)> {
    let several = members(&parameter["examples"]).map(|(_, example)| plain(&example["value"]));
    let mut examples: Vec<String> = several.chain(parameter.get("example").map(plain)).collect();
    examples.sort();
    (!examples.is_empty()).then(|| ("example", examples.join(", ")))
}

fn kind(document: &Value, schema: &Value, depth: usize) -> String {
    let name = schema["type"].as_str();
    let is_object = schema["properties"].is_object() || schema["allOf"].is_array();
    match name.unwrap_or(if is_object { "object" } else { "any" }) {
        "array" if depth < MOST_DEPTH => {
            format!("array of {}", kind(document, resolved(document, &schema["items"]), depth + 1))
        }
        name => name.to_owned(),
    }
}

/// Follows references within the document.
fn resolved<'d>(document: &'d Value, mut value: &'d Value) -> &'d Value {
    for _ in 0..MOST_DEPTH {
        let Some(pointer) = value["$ref"].as_str().and_then(|reference| reference.strip_prefix('#')) else { break };
        value = document.pointer(pointer).unwrap_or(&Value::Null);
    }
    value
}

fn members(value: &Value) -> impl Iterator<Item = (&str, &Value)> {
    value.as_object().into_iter().flatten().map(|(name, value)| (name.as_str(), value))
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

impl Operation {
    /// Returns the path with `{}` for each placeholder.
    pub fn template(&self) -> String {
        let (mut template, mut depth) = (String::new(), 0_usize);
        for letter in self.path.split('?').next().unwrap_or_default().chars() {
            match letter {
                '{' => depth += 1,
                '}' => {
                    depth = depth.saturating_sub(1);
                    template.push_str("{}");
                }
                _ if depth == 0 => template.push(letter),
                _ => {}
            }
        }
        template.trim_end_matches('/').to_owned()
    }

    /// Returns the names of the placeholders in the path, in order.
    pub fn placeholders(&self) -> Vec<String> {
        let parts = self.path.split('?').next().unwrap_or_default().split('{').skip(1);
        parts.filter_map(|part| part.split_once('}')).map(|(name, _)| name.to_owned()).collect()
    }

    /// Returns every fact as a line of text. A parameter of the path has its position, and its name is one fact. Of a pattern,
    /// the fact is that there is one: pages state it in words.
    pub fn facts(&self) -> BTreeSet<String> {
        let mut facts: BTreeSet<String> = self.others.clone();
        facts.insert("operation".to_owned());
        for (subject, field) in self.request.iter().chain(&self.responses) {
            let position = subject.strip_prefix("path ").and_then(|name| self.path.find(&format!("{{{name}}}")));
            let place =
                position.map(|position| format!("path parameter {}", self.path[..position].matches('{').count() + 1));
            if place.is_some() {
                facts.insert(subject.clone());
            }
            let subject = place.unwrap_or_else(|| subject.clone());
            facts.insert(format!("{subject}: required {}", field.required));
            facts.insert(format!("{subject}: type {}", field.kind));
            facts.extend(field.values.iter().map(|values| format!("{subject}: enum {values:?}")));
            facts.extend(field.keywords.iter().map(|(keyword, value)| match *keyword {
                "pattern" => format!("{subject}: pattern"),
                keyword => format!("{subject}: {keyword} {value}"),
            }));
        }
        facts
    }
}
