//! Words for types that cannot be named after the place where they are used: words that describe the content of a schema, and
//! words that several operations have in common.

use std::collections::HashSet;

use heck::ToSnakeCase;

use crate::lower::analysis::predicates::alternatives;
use crate::resolve::document::{Schema, SchemaRef};

/// The maximum number of values or members in a name. A name with more of them is not readable.
pub(crate) const MAX_WORDS: usize = 3;

/// The maximum number of required members that name a body. A schema with more required members is not a wrapper of these
/// members, and a few of them do not describe it.
const MAX_REQUIRED: usize = 2;

/// Words of names of operations that do not say what the operation is about.
const COMMON_VERBS: &[&str] = &[
    "a", "add", "all", "an", "and", "by", "create", "delete", "for", "from", "get", "id", "in", "list", "of", "on",
    "or", "patch", "post", "put", "remove", "search", "set", "the", "to", "update", "with",
];

/// Returns words that describe a body: the title, or the required members if there are few of them.
pub(crate) fn body_words(schema: &Schema) -> Option<String> {
    title(schema).or_else(|| {
        let members = required_members(schema);
        (1..=MAX_REQUIRED).contains(&members.len()).then(|| members.join(" "))
    })
}

/// Returns the required members of a schema, each followed by the component to which it refers: `data TagResponse`.
pub(crate) fn typed_members(schema: &Schema) -> Option<String> {
    let mut members = required_members(schema);
    if members.is_empty() {
        members = all_members(schema);
    }
    members.truncate(MAX_REQUIRED);
    let typed = members.into_iter().map(|member| match schema.properties.get(&member).and_then(component) {
        Some(component) => format!("{member} {component}"),
        None => member,
    });
    let typed: Vec<String> = typed.collect();
    (!typed.is_empty()).then(|| typed.join(" "))
}

/// Returns words that describe the content of `schema`: the title, otherwise at most `most` values, members or alternatives.
pub(crate) fn content_words(schema: &Schema, most: usize) -> Option<String> {
    if let Some(title) = title(schema) {
        return Some(title);
    }
    let mut words: Vec<String> = match &schema.enum_values {
        Some(values) => values.iter().filter_map(|value| value.as_str().map(str::to_owned)).collect(),
        None if !schema.properties.is_empty() => match required_members(schema) {
            required if !required.is_empty() && most <= MAX_WORDS => required,
            _ => all_members(schema),
        },
        None => alternatives(schema).iter().filter_map(alternative_words).collect(),
    };
    words.sort_unstable();
    words.dedup();
    words.truncate(most);
    (!words.is_empty()).then(|| words.join(" "))
}

/// Returns the words that the names of all operations contain, except verbs such as `get`. Returns `None` if there are no such
/// words, or if they are the whole name of an operation. `operations` is sorted.
pub(crate) fn common_words(operations: &[&str]) -> Option<String> {
    let words = |operation: &&str| -> Vec<String> { operation.to_snake_case().split('_').map(str::to_owned).collect() };
    let of_operations: Vec<Vec<String>> = operations.iter().map(words).collect();
    let (first, rest) = of_operations.split_first()?;
    let mut common = first.clone();
    for words in rest {
        let words: HashSet<&String> = words.iter().collect();
        common.retain(|word| words.contains(word));
        if common.is_empty() {
            return None;
        }
    }
    let mut seen = HashSet::new();
    common.retain(|word| {
        let is_telling = !COMMON_VERBS.contains(&word.as_str()) && word.starts_with(char::is_alphabetic);
        is_telling && seen.insert(word.clone())
    });
    let is_whole_name = of_operations.contains(&common);
    (!common.is_empty() && !is_whole_name).then(|| common.join(" "))
}

/// Returns the title of a schema if it contains a letter or digit.
pub(crate) fn title(schema: &Schema) -> Option<String> {
    schema.title.clone().filter(|title| title.chars().any(char::is_alphanumeric))
}

/// Returns the required members in alphabetical order.
fn required_members(schema: &Schema) -> Vec<String> {
    let mut members: Vec<String> =
        schema.required.iter().filter(|name| schema.properties.contains_key(*name)).cloned().collect();
    members.sort_unstable();
    members
}

/// Returns all members in alphabetical order.
fn all_members(schema: &Schema) -> Vec<String> {
    let mut members: Vec<String> = schema.properties.keys().cloned().collect();
    members.sort_unstable();
    members
}

/// Returns the name of the component to which a schema, a wrapper such as `allOf: [A]`, or the items of a list refer.
fn component(schema: &SchemaRef) -> Option<String> {
    match schema {
        SchemaRef::Component { name, .. } => Some(name.clone()),
        SchemaRef::Inline(schema) => match (schema.all_of.as_slice(), &schema.items) {
            ([only], _) => component(only),
            (_, Some(items)) => component(items).map(|items| format!("{items} list")),
            _ => None,
        },
    }
}

/// Returns the component's name, or words that describe the content of an inline alternative.
fn alternative_words(alternative: &SchemaRef) -> Option<String> {
    match alternative {
        SchemaRef::Component { name, .. } => Some(name.clone()),
        SchemaRef::Inline(schema) => content_words(schema, 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_are_no_verbs() {
        assert_eq!(common_words(&["CreateTask", "GetTask", "UpdateTaskById"]), Some("task".to_owned()));
        assert_eq!(common_words(&["GetTag", "GetTask"]), None);
        assert_eq!(common_words(&["PetsOwnersList", "PetsOwnersGet"]), Some("pets owners".to_owned()));
        assert_eq!(common_words(&["ExportPets", "ExportPetsAsText"]), None);
    }
}
