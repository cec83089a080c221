//! Members of examples that their schemas do not name, and nearly do.

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::lint::schema::all_of::parts;
use crate::lint::{Linted, sites};
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Document, MediaType, ParameterValue, Schema, SchemaRef};
use crate::suggestion::nearest;

/// How deep an example is followed into its schema.
const DEEPEST: usize = 60;

/// No example has a member whose name is nearly that of a property which it lacks.
pub(super) fn names(linted: &Linted<'_>, findings: &mut Findings) {
    let document = linted.document;
    let mut judge = |schema: &Schema, value: &Value, place: &Pointer| {
        descend(document, &[schema], value, place, DEEPEST, findings);
    };
    for schema in sites::schemas(document) {
        if let Some(example) = &schema.example {
            judge(schema, example, &schema.pointer.join("example"));
        }
    }
    for operation in &document.operations {
        for parameter in &operation.parameters {
            let schema = match &parameter.value {
                ParameterValue::Schema(schema) => sites::resolved(document, schema),
                ParameterValue::Content(media) => described(document, media),
            };
            for (schema, example) in
                schema.iter().flat_map(|schema| parameter.examples.iter().map(move |e| (schema, e)))
            {
                judge(schema, &example.value, &example.pointer);
            }
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let answers = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(answers) {
            let Some(schema) = described(document, media) else { continue };
            media.examples.iter().for_each(|example| judge(schema, &example.value, &example.pointer));
        }
    }
}

fn described<'d>(document: &'d Document, media: &'d MediaType) -> Option<&'d Schema> {
    sites::resolved(document, media.schema.as_ref()?)
}

/// `schemas` judge the value together; one that two of them lead to is followed once.
fn descend(
    document: &Document,
    schemas: &[&Schema],
    value: &Value,
    place: &Pointer,
    depth: usize,
    findings: &mut Findings,
) {
    let Some(depth) = depth.checked_sub(1) else { return };
    let parts = parts(document, schemas.iter().copied());
    // Which alternative is meant nobody knows.
    if parts.iter().any(|part| !part.one_of.is_empty() || !part.any_of.is_empty()) {
        return;
    }
    match value {
        Value::Object(members) => {
            misspelt(&parts, members, place, findings);
            for (name, member) in members {
                let inner = each_once(document, parts.iter().filter_map(|part| part.properties.get(name)));
                if !inner.is_empty() {
                    descend(document, &inner, member, &place.join(name), depth, findings);
                }
            }
        }
        Value::Array(items) => {
            let inner = each_once(document, parts.iter().filter_map(|part| part.items.as_ref()));
            for (index, item) in items.iter().enumerate().filter(|_| !inner.is_empty()) {
                descend(document, &inner, item, &place.join(index), depth, findings);
            }
        }
        _ => {}
    }
}

fn each_once<'d>(document: &'d Document, schemas: impl Iterator<Item = &'d SchemaRef>) -> Vec<&'d Schema> {
    let mut distinct: Vec<&Schema> = Vec::new();
    for schema in schemas.filter_map(|schema| sites::resolved(document, schema)) {
        if !distinct.iter().any(|known| std::ptr::eq(*known, schema)) {
            distinct.push(schema);
        }
    }
    distinct
}

fn misspelt(parts: &[&Schema], members: &Map<String, Value>, place: &Pointer, findings: &mut Findings) {
    // Where others are described or forbidden, a name is either right or told.
    let is_open =
        |part: &&Schema| matches!(part.additional_properties, AdditionalProperties::Absent | AdditionalProperties::Any);
    if !parts.iter().all(is_open) {
        return;
    }
    let named = || parts.iter().flat_map(|part| part.properties.keys()).map(String::as_str);
    // That a required one is missing is a contradiction, and told as one.
    let is_required = |name: &str| parts.iter().flat_map(|part| &part.required).any(|required| required == name);
    let free: Vec<&str> = named().filter(|name| !members.contains_key(*name) && !is_required(name)).collect();
    for name in members.keys().filter(|name| !named().any(|known| known == *name)) {
        let Some(meant) = nearest(name, free.iter().copied(), 4).filter(|meant| !differ_by_number(name, meant)) else {
            continue;
        };
        findings.add(
            Code::DoubtfulMember,
            &place.join(name),
            format!("The example has a member `{name}`, which the schema does not name."),
            format!("Did you mean `{meant}`?"),
        );
    }
}

/// Whether the two are a first and a second of the same.
fn differ_by_number(left: &str, right: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| !letter.is_numeric()).collect::<String>();
    letters(left) == letters(right)
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn told(schema: &str) -> Vec<String> {
        places_in_schemas("doubtful-member", &format!("A: {schema}"))
    }

    /// Two parts have the member that leads back: without care each level of the example would be judged twice as often.
    #[test]
    fn members_that_several_parts_describe_are_followed_once() {
        let deep = (0..40).fold("{ower: a}".to_owned(), |inner, _| format!("{{x: {inner}}}"));
        let part = "{properties: {x: {$ref: '#/components/schemas/A'}, owner: {}}}";
        let schema = format!("{{allOf: [{part}, {part}], example: {deep}}}");
        assert_eq!(told(&schema), [format!("/A/example{}/ower", "/x".repeat(40))]);
    }

    #[test]
    fn misspelt_members_are_told() {
        let properties = "type: object, properties: {pictureUrl: {type: string}, line1: {}, list: {type: array, items: {properties: {owner: {}}}}}";
        assert_eq!(told(&format!("{{{properties}, example: {{pictureURL: a}}}}")), ["/A/example/pictureURL"]);
        assert_eq!(told(&format!("{{{properties}, example: {{list: [{{ower: 1}}]}}}}")), ["/A/example/list/0/ower"]);
        for example in ["{pictureUrl: a, pictureURL: b}", "{line2: a}", "{other: a}", "{}"] {
            assert_eq!(told(&format!("{{{properties}, example: {example}}}")), [""; 0], "{example}");
        }
        let map = "type: object, properties: {owner: {}}, additionalProperties: {type: string}";
        assert_eq!(told(&format!("{{{map}, example: {{owners: a}}}}")), [""; 0]);
    }
}
