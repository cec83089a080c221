//! Finds misspelt members of examples: the name is similar to the name of a property, but not equal.

use std::collections::HashSet;

use serde_json::{Map, Value};

use crate::finding::{Code, Findings};
use crate::lint::context::Context;
use crate::lint::example::combination::{CombinationIndex, Combinations};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, MediaType, ParameterValue, Schema};
use crate::suggestion::nearest;

/// The maximum depth to which the value of an example is examined.
const MAX_DEPTH: usize = 60;

/// The largest number of properties with which the members of all examples are compared.
const MOST_COMPARED: usize = 5_000_000;

/// Reports members of examples that are not properties of the schema, but are similar to a property that the example lacks.
pub(crate) fn names(context: &Context<'_>, findings: &mut Findings) {
    let document = context.document;
    let combinations = Combinations::default();
    let mut examination = Examination { document, combinations, remaining: MOST_COMPARED, findings };
    for schema in &context.schemas {
        schema.examples().for_each(|(place, example)| examination.examine(schema, example, &place));
    }
    for operation in &document.operations {
        for parameter in &operation.parameters {
            let schema = match &parameter.value {
                ParameterValue::Schema(schema) => document.resolved(schema),
                ParameterValue::Content(media) => schema_of(document, media),
            };
            for (schema, example) in
                schema.iter().flat_map(|schema| parameter.examples.iter().map(move |e| (schema, e)))
            {
                examination.examine(schema, &example.value, &example.pointer);
            }
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        for media in bodies.chain(responses) {
            let Some(schema) = schema_of(document, media) else { continue };
            media.examples.iter().for_each(|example| examination.examine(schema, &example.value, &example.pointer));
        }
    }
    let payloads = document.webhooks.iter().flat_map(|webhook| &webhook.body).flat_map(|body| &body.content);
    for media in payloads {
        let Some(schema) = schema_of(document, media) else { continue };
        media.examples.iter().for_each(|example| examination.examine(schema, &example.value, &example.pointer));
    }
}

fn schema_of<'d>(document: &'d Document, media: &'d MediaType) -> Option<&'d Schema> {
    document.resolved(media.schema.as_ref()?)
}

/// The examination of all examples of a document.
struct Examination<'d, 'f> {
    document: &'d Document,
    combinations: Combinations<'d>,
    /// With how many more properties the members of examples may be compared.
    remaining: usize,
    findings: &'f mut Findings,
}

impl<'d> Examination<'d, '_> {
    /// Examines an example of `schema`.
    fn examine(&mut self, schema: &'d Schema, example: &Value, place: &Pointer) {
        self.combinations.shrink();
        let combination = self.combinations.of(self.document, vec![schema]);
        self.descend(combination, example, place, MAX_DEPTH);
    }

    /// Examines `value`, which is an example or a value inside an example. The value must match all schemas of the combination.
    fn descend(&mut self, combination: CombinationIndex, value: &Value, place: &Pointer, depth: usize) {
        let Some(depth) = depth.checked_sub(1) else { return };
        // In a union, it is not known which variant the example is meant for.
        if self.combinations.get(combination).has_union {
            return;
        }
        match value {
            Value::Object(members) => {
                self.misspelt(combination, members, place);
                for (name, member) in members {
                    if let Some(inner) = self.combinations.of_property(self.document, combination, name) {
                        self.descend(inner, member, &place.join(name), depth);
                    }
                }
            }
            Value::Array(items) => {
                let Some(inner) = self.combinations.of_items(self.document, combination) else { return };
                for (index, item) in items.iter().enumerate() {
                    self.descend(inner, item, &place.join(index), depth);
                }
            }
            _ => {}
        }
    }

    fn misspelt(&mut self, index: CombinationIndex, members: &Map<String, Value>, place: &Pointer) {
        let combination = self.combinations.get(index);
        let is_known = |name: &String| combination.properties.contains_key(name.as_str());
        let unknown: Vec<&String> = members.keys().filter(|name| !is_known(name)).collect();
        let cost = combination.cost;
        if unknown.is_empty() || !combination.is_open || !self.may_compare(cost, place) {
            return;
        }
        let parts = &self.combinations.get(index).parts;
        let named = parts.iter().flat_map(|part| part.properties.keys()).map(String::as_str);
        // If a required member is missing, another rule reports it.
        let required: HashSet<&str> = parts.iter().flat_map(|part| &part.required).map(String::as_str).collect();
        let free: Vec<&str> = named.filter(|name| !members.contains_key(*name) && !required.contains(name)).collect();
        for name in unknown {
            let Some(near) = nearest(name, free.iter().copied(), 4).filter(|near| !differ_in_digits_only(name, near))
            else {
                continue;
            };
            self.findings.add(
                Code::DoubtfulMember,
                &place.join(name),
                format!("The example has the member `{name}`, but the schema has no such property."),
                format!("Did you mean `{near}`?"),
            );
        }
    }

    /// Returns whether the members at `place` may be compared with the properties of a combination, at this cost. Reports the
    /// first members that may not, because comparing them would take too long.
    fn may_compare(&mut self, cost: usize, place: &Pointer) -> bool {
        if let Some(remaining) = self.remaining.checked_sub(cost) {
            self.remaining = remaining;
            return true;
        }
        if std::mem::take(&mut self.remaining) > 0 {
            let message = "From here on, the members of examples are not compared with the properties of their schemas, because \
                           the document has too many of both.";
            self.findings.add(Code::DoubtfulMember, place, message, "Shorten the examples.");
        }
        false
    }
}

/// Returns whether two names differ only in digits, such as `line1` and `line2`.
fn differ_in_digits_only(left: &str, right: &str) -> bool {
    let letters = |text: &str| text.chars().filter(|letter| !letter.is_numeric()).collect::<String>();
    letters(left) == letters(right)
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places_in_schemas;

    fn found(schema: &str) -> Vec<String> {
        places_in_schemas("doubtful-member", &format!("A: {schema}"))
    }

    /// The schema `A` of this test has an `allOf` with two schemas. Both have a property `x` that refers to `A` again. If `A` were
    /// examined for each of them, each level of the example would double the number of examined schemas.
    #[test]
    fn a_schema_that_several_parts_refer_to_is_examined_once() {
        let deep = (0..40).fold("{ower: a}".to_owned(), |inner, _| format!("{{x: {inner}}}"));
        let part = "{properties: {x: {$ref: '#/components/schemas/A'}, owner: {}}}";
        let schema = format!("{{allOf: [{part}, {part}], example: {deep}}}");
        assert_eq!(found(&schema), [format!("/A/example{}/ower", "/x".repeat(40))]);
    }

    #[test]
    fn misspelt_members_are_reported() {
        let properties = "type: object, properties: {pictureUrl: {type: string}, line1: {}, list: {type: array, items: {properties: {owner: {}}}}}";
        assert_eq!(found(&format!("{{{properties}, example: {{pictureURL: a}}}}")), ["/A/example/pictureURL"]);
        assert_eq!(found(&format!("{{{properties}, example: {{list: [{{ower: 1}}]}}}}")), ["/A/example/list/0/ower"]);
        for example in ["{pictureUrl: a, pictureURL: b}", "{line2: a}", "{other: a}", "{}"] {
            assert_eq!(found(&format!("{{{properties}, example: {example}}}")), [""; 0], "{example}");
        }
        let map = "type: object, properties: {owner: {}}, additionalProperties: {type: string}";
        assert_eq!(found(&format!("{{{map}, example: {{owners: a}}}}")), [""; 0]);
    }
}
