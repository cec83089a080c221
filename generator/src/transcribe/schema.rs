//! Writes the schema of a parameter, a header or a property.

use std::collections::HashSet;

use serde_json::Value;

use crate::json::number;
use crate::page::fact::{Field, Page, Rule, TypeName};
use crate::page::vocabulary::{Place, TypeWord};
use crate::transcribe::components::Components;
use crate::transcribe::transcription::Transcription;
use crate::transcribe::yaml::{Node, citation, quoted};

/// Writes schemas, and puts named objects into the components.
pub(super) struct SchemaWriter<'w> {
    pub(super) page: &'w Page,
    pub(super) transcription: Transcription,
    pub(super) components: &'w mut Components,
}

impl SchemaWriter<'_> {
    /// Returns the schema of a row.
    pub(super) fn schema(&mut self, field: &Field) -> Node {
        let implied = field.implied_type();
        let kind = field.kind.as_ref().map_or(&implied, |kind| &kind.value);
        let repeats = field.rules.iter().any(|rule| rule.value == Rule::Repeated);
        match repeats && kind.base != TypeWord::Array {
            true => self.of_type(
                field,
                &TypeName { base: TypeWord::Array, inner: Some(Box::new(kind.clone())), ..implied.clone() },
            ),
            false => self.of_type(field, kind),
        }
    }

    fn of_type(&mut self, field: &Field, kind: &TypeName) -> Node {
        let mut node = Node::map([]);
        match kind.base {
            TypeWord::Array => {
                node.add("type", Node::text("array"));
                items_rules(field, &mut node);
                let inner = match &kind.inner {
                    Some(inner) => self.of_type(field, inner),
                    None if !field.fields.is_empty() => self.object(field, kind),
                    None => self.untyped_items(field),
                };
                node.add("items", inner);
            }
            TypeWord::Object => return self.object(field, kind),
            base => {
                if let Some((name, format)) = word(base) {
                    node.add("type", Node::text(name));
                    if let Some(format) = format {
                        node.add("format", Node::text(format));
                    }
                }
                scalar_rules(field, base, &mut node);
            }
        }
        node
    }

    /// Returns the schema of items whose type the page does not state. In a parameter they are texts.
    fn untyped_items(&self, field: &Field) -> Node {
        let is_parameter = matches!(field.place, Place::Path | Place::Query | Place::Header | Place::Cookie);
        let base = if is_parameter { TypeWord::String } else { TypeWord::Any };
        let mut node = Node::map([]);
        if let Some((name, _)) = word(base) {
            let name = Node::text(name).with_comment("judgement: the page has no type for the items");
            node.add("type", name);
        }
        scalar_rules(field, base, &mut node);
        node
    }

    /// Returns the schema of an object: a reference, if the page names the object.
    fn object(&mut self, field: &Field, kind: &TypeName) -> Node {
        if field.fields.is_empty() {
            let mut node = Node::map([("type".to_owned(), Node::text("object"))]);
            if let Some(inner) = kind.inner.as_ref().filter(|_| kind.base == TypeWord::Object) {
                let values = self.of_type(&Field { rules: Vec::new(), ..field.clone() }, inner);
                node.add("additionalProperties", values);
            }
            return node;
        }
        let properties = self.properties(&field.fields);
        if kind.base == TypeWord::Object && kind.inner.is_some() {
            let mut node = Node::map([("type".to_owned(), Node::text("object"))]);
            node.add("additionalProperties", properties);
            return node;
        }
        match &kind.object {
            Some(name) => self.components.schema(name, properties),
            None => properties,
        }
    }

    /// Returns the schema of an object with these properties.
    pub(super) fn properties(&mut self, fields: &[Field]) -> Node {
        let mut node = Node::map([("type".to_owned(), Node::text("object"))]);
        let is_required = |field: &&Field| field.mandatory.as_ref().is_some_and(|mandatory| mandatory.value);
        let required: Vec<String> = fields.iter().filter(is_required).map(|field| field.name.value.clone()).collect();
        if !required.is_empty() {
            node.add("required", Node::json(&required.into()));
        }
        let mut properties = Node::map([]);
        let mut known = HashSet::new();
        for field in fields {
            // A page can describe a property twice.
            if !known.insert(field.name.value.as_str()) {
                continue;
            }
            let mut schema = self.schema(field);
            if let Some(description) = self.description(field)
                && schema.get_mut("$ref").is_none()
            {
                schema.add("description", description);
            }
            properties.add(&field.name.value, schema.with_comment(&cited(self.page, field)));
        }
        node.add("properties", properties);
        node
    }

    /// Returns the description of a row: its words, if they are asked for, and what no keyword can state.
    pub(super) fn description(&self, field: &Field) -> Option<Node> {
        let template = field.rules.iter().find_map(|rule| match &rule.value {
            Rule::Default(value) if value.contains('{') => Some(format!("Default: `{value}`.")),
            _ => None,
        });
        let words = Some(field.description.clone()).filter(|words| self.transcription.has_words && !words.is_empty());
        let parts: Vec<String> = words.into_iter().chain(template).collect();
        (!parts.is_empty()).then(|| quoted(&parts.join(" ")))
    }
}

/// Returns the lines of a row.
pub(super) fn cited(page: &Page, field: &Field) -> String {
    let lines = field.rules.iter().map(|rule| rule.line).chain(field.kind.iter().map(|kind| kind.line));
    let last = lines.max().unwrap_or(field.name.line).max(field.name.line);
    citation(page, field.name.line, last)
}

fn word(base: TypeWord) -> Option<(&'static str, Option<&'static str>)> {
    match base {
        TypeWord::String => Some(("string", None)),
        TypeWord::Integer => Some(("integer", None)),
        TypeWord::Long => Some(("integer", Some("int64"))),
        TypeWord::Number => Some(("number", None)),
        TypeWord::Boolean => Some(("boolean", None)),
        TypeWord::Array => Some(("array", None)),
        TypeWord::Object => Some(("object", None)),
        TypeWord::Any => None,
    }
}

fn items_rules(field: &Field, node: &mut Node) {
    for rule in &field.rules {
        match &rule.value {
            Rule::MinItems(items) => node.add("minItems", Node::text(items.to_string())),
            Rule::MaxItems(items) => node.add("maxItems", Node::text(items.to_string())),
            _ => {}
        }
    }
}

fn scalar_rules(field: &Field, base: TypeWord, node: &mut Node) {
    let is_list = field.kind.as_ref().is_some_and(|kind| kind.value.base == TypeWord::Array);
    let is_property =
        matches!(field.place, Place::Open | Place::Body | Place::ResponseBody | Place::Response | Place::Request);
    let mut has_example = false;
    for rule in &field.rules {
        match &rule.value {
            Rule::MinLength(length) => node.add("minLength", Node::text(length.to_string())),
            Rule::MaxLength(length) => node.add("maxLength", Node::text(length.to_string())),
            Rule::Minimum(bound) if number::parse(bound).is_some() => node.add("minimum", Node::text(bound)),
            Rule::Maximum(bound) if number::parse(bound).is_some() => node.add("maximum", Node::text(bound)),
            Rule::Default(value) if !is_list && !value.contains('{') => {
                if let Some(value) = value_of(value, base) {
                    node.add("default", Node::json(&value));
                }
            }
            Rule::Values(values) => {
                let mut read: Vec<Value> = values.iter().filter_map(|value| value_of(value, base)).collect();
                let mut known = HashSet::new();
                read.retain(|value| known.insert(value.clone()));
                if read.len() == values.len() {
                    node.add("enum", Node::json(&read.into()));
                }
            }
            Rule::Example(value) if is_property || is_list => {
                if let Some(value) = value_of(value, base).filter(|_| !has_example) {
                    has_example = true;
                    node.add("example", Node::json(&value));
                }
            }
            _ => {}
        }
    }
    if base == TypeWord::String
        && let Some(rule) = field.rules.iter().map(|rule| &rule.value).max_by_key(|rule| form_rank(rule))
        && form_rank(rule) > 0
    {
        node.add("pattern", quoted(&pattern(rule)).with_comment("judgement: the form that the page states"));
    }
}

/// Returns how much a rule says about the form of a text; 0 if it says nothing. A schema has one pattern.
fn form_rank(rule: &Rule) -> u8 {
    match rule {
        Rule::Forbidden(_) => 1,
        Rule::Lowercase => 2,
        Rule::Charset(_) => 3,
        Rule::Form(_) => 4,
        _ => 0,
    }
}

/// Returns a value that a page writes without quotes, in the type of its schema.
pub(super) fn value_of(text: &str, base: TypeWord) -> Option<Value> {
    match base {
        TypeWord::Integer | TypeWord::Long => text.parse::<i64>().ok().map(Value::from),
        TypeWord::Number => number::parse(text).map(Value::Number),
        TypeWord::Boolean => text.to_ascii_lowercase().parse::<bool>().ok().map(Value::from),
        _ => Some(Value::from(text)),
    }
}

/// Returns a pattern for the form or the characters of a value.
fn pattern(rule: &Rule) -> String {
    match rule {
        Rule::Lowercase => "^[^A-Z]*$".to_owned(),
        Rule::Charset(letters) => format!("^[{}]*$", class(letters)),
        Rule::Forbidden(letters) => format!("^[^{}]*$", class(letters)),
        Rule::Form(template) => {
            // Words stand for any text, and the signs between them stay.
            let mut pattern = String::from("^");
            for letter in template.chars() {
                match letter {
                    '-' | ':' | '/' | ',' | ';' => pattern.push(letter),
                    _ if pattern.ends_with(".+") => {}
                    _ => pattern.push_str(".+"),
                }
            }
            pattern.push('$');
            pattern
        }
        _ => String::new(),
    }
}

/// Returns characters for a class of a pattern, with ranges.
fn class(letters: &str) -> String {
    let mut class = String::new();
    for letter in letters.chars() {
        if matches!(letter, '-' | ']' | '[' | '\\' | '^') {
            class.push('\\');
        }
        class.push(letter);
    }
    class
        .replace("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "A-Z")
        .replace("abcdefghijklmnopqrstuvwxyz", "a-z")
        .replace("0123456789", "0-9")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::fact::Stated;

    #[test]
    fn an_enum_has_the_values_of_the_page_if_all_are_different() {
        let written = |values: &[&str]| {
            let values = values.iter().map(|value| (*value).to_owned()).collect();
            let rule = Stated { value: Rule::Values(values), line: 1, words: String::new(), fact: 0 };
            let name = Stated { value: "x".to_owned(), line: 1, words: String::new(), fact: 0 };
            let field = Field { rules: vec![rule], ..Field::new(name, Place::Query) };
            let mut node = Node::map([]);
            scalar_rules(&field, TypeWord::Integer, &mut node);
            node.get_mut("enum").map(|node| node.to_yaml().trim().to_owned())
        };
        assert_eq!(written(&["3", "1", "2"]), Some("[3,1,2]".to_owned()));
        assert_eq!((written(&["3", "1", "01"]), written(&["3", "x"])), (None, None));
    }
}
