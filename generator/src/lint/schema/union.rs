//! Finds duplicate variants in `oneOf`, and each `not` that excludes every value.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Findings, Focus};
use crate::json::equality::canonical_text;
use crate::lint::context::Context;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};

/// Reports each `oneOf` that contains the same schema twice. A value that matches this schema matches two variants, so `oneOf`
/// rejects the value.
pub(crate) fn duplicates(context: &Context<'_>, findings: &mut Findings) {
    for schema in &context.schemas {
        // A discriminator selects one variant, so a value is not matched against the remaining variants.
        if schema.discriminator.is_some() {
            continue;
        }
        let place = schema.pointer.join("oneOf");
        let mut first_index: HashMap<String, usize> = HashMap::new();
        for index in 0..schema.one_of.len() {
            let Some(raw) = context.raw.pointer(place.join(index).as_str()) else { continue };
            let first = *first_index.entry(canonical_text(&without_annotations(raw))).or_insert(index);
            if first == index {
                continue;
            }
            let message = format!(
                "The variants {} and {} of `oneOf` are the same schema, so no value matches only one of the two.",
                first + 1,
                index + 1
            );
            let remedy = "Delete or correct one of the two variants, or write `anyOf`.";
            findings.add(Code::ImpossibleSchema, &place.join(index), message, remedy);
            findings.set_focus(Focus::Member("$ref"));
            findings.add_related(&place.join(first), Focus::Member("$ref"), "the same schema");
        }
    }
}

/// Returns a copy of `schema`, the JSON value of a schema, without the keywords `title`, `description` and `example`.
fn without_annotations(schema: &Value) -> Value {
    let mut plain = schema.clone();
    if let Value::Object(keywords) = &mut plain {
        keywords.retain(|keyword, _| !["title", "description", "example"].contains(&keyword.as_str()));
    }
    plain
}

/// Reports each `not` that excludes every value. Exception: in the schema of `additionalProperties` or `items`, `not: {}` is a
/// common way to forbid additional members or items, and is not reported.
pub(crate) fn exclusions(context: &Context<'_>, findings: &mut Findings) {
    let anything = Schema::default();
    for schema in &context.schemas {
        let is_any = |inner: &Schema| Schema { pointer: Pointer::root(), ..inner.clone() } == anything;
        let excludes_all = matches!(&schema.not, Some(SchemaRef::Inline(inner)) if is_any(inner));
        let holder = schema.pointer.last().unwrap_or_default();
        if excludes_all && !["additionalProperties", "items"].contains(&holder.as_str()) {
            let message = "`not` excludes every value, because every value matches `{}`.";
            let remedy = "Write the schema of the excluded values below `not`. To forbid other members, write \
                          `additionalProperties: false`.";
            findings.add(Code::ImpossibleSchema, &schema.pointer.join("not"), message, remedy);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn found(schemas: &str) -> Vec<String> {
        places_in_schemas("impossible-schema", schemas)
    }

    #[test]
    fn duplicate_alternatives_are_reported() {
        let refers = "{$ref: '#/components/schemas/B'}";
        let b = "B: {type: object, properties: {k: {type: string}}}";
        assert_eq!(found(&format!("{b}, A: {{oneOf: [{refers}, {{type: string}}, {refers}]}}")), ["/A/oneOf/2"]);
        assert_eq!(found("A: {oneOf: [{type: string}, {type: string, description: d.}]}"), ["/A/oneOf/1"]);
        assert_eq!(found("A: {oneOf: [{type: string}, {type: string, maxLength: 1}]}"), [""; 0]);
        assert_eq!(found(&format!("{b}, A: {{anyOf: [{refers}, {refers}]}}")), [""; 0]);
        let named = format!("{b}, A: {{oneOf: [{refers}, {refers}], discriminator: {{propertyName: k}}}}");
        assert_eq!(found(&named), [""; 0]);
    }

    #[test]
    fn a_not_that_excludes_every_value_is_reported() {
        assert_eq!(found("A: {properties: {a: {not: {}}}}"), ["/A/properties/a/not"]);
        assert_eq!(found("A: {additionalProperties: {not: {}}, items: {not: {}}}"), [""; 0]);
        assert_eq!(found("A: {not: {type: string}}"), [""; 0]);
    }
}
