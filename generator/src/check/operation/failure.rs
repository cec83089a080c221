//! The member that `x-failure` asks is one that the response has: a failure that is looked for elsewhere is never found.

use crate::finding::{Code, Findings, Focus};
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Document, Response, Schema, SchemaRef};
use crate::suggestion::nearest;

/// The pointer of each `x-failure` leads to a property that the schema of the response has.
pub(crate) fn pointers(document: &Document, findings: &mut Findings) {
    for response in document.operations.iter().flat_map(|operation| &operation.responses) {
        let Some(failure) = &response.failure else { continue };
        let Some(pointer) = Pointer::parse(&failure.pointer) else { continue };
        let Some((name, properties)) = absent(document, response, &pointer) else { continue };
        let place = response.pointer.join("x-failure").join("pointer");
        let remedy = match nearest(&name, properties.into_iter(), 3) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => format!("Name a property of the response, or add `{name}` to its schema."),
        };
        let message = format!("`x-failure` asks for `{name}`, and the schema of the response has no such property.");
        findings.add(Code::ExtensionShape, &place, message, remedy);
        findings.focus(Focus::Value);
    }
}

/// The first name of `pointer` that the schemas of `response` do not have where they say what they have, and the names that they
/// have there.
fn absent<'d>(document: &'d Document, response: &'d Response, pointer: &Pointer) -> Option<(String, Vec<&'d str>)> {
    let media = response.content.iter().filter(|media| media.is_json());
    let mut here: Vec<&SchemaRef> = media.map(|media| media.schema.as_ref()).collect::<Option<_>>()?;
    for name in pointer.tokens() {
        let around =
            document.reachable_schemas(here, |schema| schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of));
        let holders = around.iter().filter_map(|schema| schema.properties.get(&name));
        here = holders.collect();
        if here.is_empty() {
            let names: Vec<&str> =
                around.iter().flat_map(|schema| schema.properties.keys().map(String::as_str)).collect();
            let is_told = !names.is_empty() && !around.iter().any(|schema| is_open(schema));
            return is_told.then_some((name, names));
        }
    }
    None
}

/// Whether a schema may mean members that it does not name.
fn is_open(schema: &Schema) -> bool {
    let is_made_of_others = [&schema.all_of, &schema.one_of, &schema.any_of].iter().any(|parts| !parts.is_empty());
    match schema.additional_properties {
        AdditionalProperties::Any | AdditionalProperties::Schema(_) => true,
        AdditionalProperties::Absent | AdditionalProperties::Forbidden => {
            schema.properties.is_empty() && !is_made_of_others
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    fn says_of(pointer: &str, schema: &str) -> Vec<String> {
        let said = says(&format!(
            "paths:\n  /a:\n    get:\n      responses:\n        200:\n          description: ''\n          \
             x-failure: {{pointer: {pointer}, when: non-empty}}\n          \
             content: {{application/json: {{schema: {schema}}}}}\n\
             components:\n  schemas:\n    E: {{type: object, properties: {{error: {{type: object, properties: {{id: {{}}}}}}}}}}\n"
        ));
        said.into_iter().filter(|line| !line.starts_with("missing-operation-id")).collect()
    }

    #[test]
    fn a_failure_is_looked_for_where_it_can_be() {
        let told = ["extension-shape /paths/~1a/get/responses/200/x-failure/pointer"];
        let named = "{$ref: '#/components/schemas/E'}";
        for sound in ["/error", "/error/id", "/error/id/deep"] {
            assert_eq!(says_of(sound, named), [""; 0], "{sound}");
        }
        for astray in ["/eror", "/error/name", "/other"] {
            assert_eq!(says_of(astray, named), told, "{astray}");
        }
        let both = "{allOf: [{$ref: '#/components/schemas/E'}, {type: object, properties: {b: {}}}]}";
        assert_eq!((says_of("/b", both), says_of("/error/id", both)), (Vec::new(), Vec::new()));
        assert_eq!(says_of("/errors", both), told);
        for open in ["{}", "{type: object}", "{properties: {a: {}}, additionalProperties: true}"] {
            assert_eq!(says_of("/b", open), [""; 0], "{open}");
        }
        assert_eq!(says_of("/b", &format!("{{oneOf: [{named}, {{}}]}}")), [""; 0]);
    }
}
