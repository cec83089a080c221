//! Examples do not contradict their schemas.

pub(crate) mod request;

use std::collections::HashSet;

use serde_json::Value;

use crate::check::schema;
use crate::check::value::{Direction, Validator, Violation, number};
use crate::finding::{Code, Findings, Focus};
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Example, MediaType, ParameterValue, SchemaRef, SchemaType};
use crate::suggestion::nearest;

/// Each `example` of a schema meets that schema.
pub(super) fn of_schemas(document: &Document, findings: &mut Findings) {
    let validator = Validator::new(document, Direction::Either);
    schema::each(document, &mut |schema| {
        if let Some(example) = &schema.example {
            let violations = validator.violations_of(schema, example);
            report(&schema.pointer.join("example"), example, violations, findings);
        }
    });
}

/// The examples of parameters, bodies and responses meet their schemas.
pub(super) fn of_operations(document: &Document, findings: &mut Findings) {
    let request = Validator::new(document, Direction::Request);
    let response = Validator::new(document, Direction::Response);
    // Components are reached from many operations and judged once.
    let mut judged = HashSet::new();
    for operation in &document.operations {
        for parameter in &operation.parameters {
            match &parameter.value {
                _ if !judged.insert(&parameter.pointer) => {}
                ParameterValue::Schema(schema) => judge(&request, schema, &parameter.examples, findings),
                ParameterValue::Content(media) => judge_media(&request, media, findings),
            }
        }
        for body in operation.body.iter().filter(|body| judged.insert(&body.pointer)) {
            body.content.iter().for_each(|media| judge_media(&request, media, findings));
        }
        for answer in operation.responses.iter().filter(|response| judged.insert(&response.pointer)) {
            answer.content.iter().for_each(|media| judge_media(&response, media, findings));
        }
    }
}

fn judge_media<'d>(validator: &Validator<'d>, media: &'d MediaType, findings: &mut Findings) {
    let Some(schema) = &media.schema else { return };
    let is_text = |kind| matches!(kind, None | Some(SchemaType::String));
    if media.is_json() || validator.schema(schema).is_some_and(|schema| is_text(schema.kind)) {
        judge(validator, schema, &media.examples, findings);
    } else {
        // A text is the value as it travels, in a notation that only the media type knows.
        let values = media.examples.iter().filter(|example| !example.value.is_string());
        values.for_each(|example| judge(validator, schema, std::slice::from_ref(example), findings));
    }
}

fn judge<'d>(validator: &Validator<'d>, schema: &'d SchemaRef, examples: &[Example], findings: &mut Findings) {
    for example in examples {
        let violations = validator.violations(schema, &example.value);
        report(&example.pointer, &example.value, violations, findings);
    }
}

/// Reports the `violations` of the example `value` at `place`.
pub(super) fn report(place: &Pointer, value: &Value, violations: Vec<Violation>, findings: &mut Findings) {
    // A bound that nothing can meet, or a member whose name is misspelt, has been told where it stands.
    let is_told = |violation: &Violation, findings: &Findings| {
        let keyword = violation.schema.as_ref().map(|schema| schema.join(violation.keyword));
        let is_about = |place: &Pointer| keyword.as_ref().is_some_and(|keyword| place.is_within(keyword));
        findings.iter().any(|finding| {
            matches!(finding.code, Code::MisspeltRequired | Code::ContradictoryBounds | Code::DoubtfulPattern)
                && (is_about(&finding.pointer) || finding.related.iter().any(|related| is_about(&related.pointer)))
        })
    };
    for violation in violations {
        if is_told(&violation, findings) {
            findings.add_at_odds(place);
            continue;
        }
        let subject = match violation.pointer.as_str() {
            "" => "it".to_owned(),
            inner => format!("`{inner}`"),
        };
        let is_text_of_json =
            violation.keyword == "type" && violation.pointer == Pointer::root() && is_json_text(value);
        let given = value.pointer(violation.pointer.as_str());
        let remedy = if is_text_of_json {
            "Write the example as a value of the document, not as text that holds JSON.".to_owned()
        } else if let Some(quotes) = given.and_then(|given| about_quotes(&violation, given)) {
            format!("{quotes} If the page prints it so, say why: `x-acknowledge: {{example-invalid: …}}`.")
        } else if let Some(slip) = given.and_then(|given| misspelt(&violation, given)) {
            slip
        } else {
            "Correct the example or the schema; if the page prints it so, say why: `x-acknowledge: {example-invalid: …}`."
                .to_owned()
        };
        let message =
            format!("The example contradicts its schema by `{}`: {subject} {}.", violation.keyword, violation.message);
        findings.add(Code::ExampleInvalid, &within(place, &violation.pointer), message, remedy);
        relate_keyword(&violation, findings);
    }
}

/// Shows beside the last finding the keyword that a value contradicts.
pub(super) fn relate_keyword(violation: &Violation, findings: &mut Findings) {
    if let Some(schema) = &violation.schema {
        findings.relate(&schema.join(violation.keyword), Focus::Value, format!("by this `{}`", violation.keyword));
    }
}

/// The member of `given` that is probably the missing one, misspelt.
fn misspelt(violation: &Violation, given: &Value) -> Option<String> {
    let missing = violation.lacks.as_deref()?;
    let near = nearest(missing, given.as_object()?.keys().map(String::as_str), 4)?;
    Some(format!("Did you mean `{missing}` by `{near}`?"))
}

/// What to do about quotes, where those alone make `given` a value of another type than is wanted.
pub(super) fn about_quotes(violation: &Violation, given: &Value) -> Option<String> {
    use SchemaType::{Boolean, Integer, Number, String};
    match (violation.wanted?, given) {
        (Integer | Number | Boolean, Value::String(text)) => {
            let meant = serde_json::from_str::<Value>(text).ok()?;
            let fits = match violation.wanted? {
                Boolean => meant.is_boolean(),
                Integer => meant.as_number().is_some_and(number::is_integer),
                _ => meant.is_number(),
            };
            fits.then(|| format!("Write it without the quotes: `{text}`."))
        }
        (String, Value::Number(_) | Value::Bool(_)) => Some(format!("Put it in quotes: `'{given}'`.")),
        _ => None,
    }
}

fn is_json_text(value: &Value) -> bool {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    parsed.is_some_and(|value| value.is_object() || value.is_array())
}

/// The place `inner` of the value at `place`.
pub(super) fn within(place: &Pointer, inner: &Pointer) -> Pointer {
    Pointer::parse(&format!("{place}{inner}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use crate::check::tests::{findings, says};

    #[test]
    fn examples_are_judged_wherever_they_stand() {
        let text = "paths:\n  /a:\n    post:\n      parameters:\n      \
                    - {name: q, in: query, schema: {type: integer}, example: x, examples: {b: {value: 1}, c: {value: y}}}\n      \
                    - {name: r, in: query, content: {application/json: {schema: {type: integer}, example: x}}}\n      \
                    requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/S'}, example: {id: 1}}}}\n      \
                    responses:\n        '200':\n          description: ok\n          content:\n            \
                    application/json: {schema: {$ref: '#/components/schemas/S'}, example: {}}\n\
                    components:\n  schemas:\n    S:\n      required: [id, name]\n      properties:\n        \
                    id: {type: string, readOnly: true}\n        name: {type: string, example: 5}\n";
        let operation = "/paths/~1a/post";
        assert_eq!(
            says(text),
            [
                "example-invalid /components/schemas/S/properties/name/example".to_owned(),
                format!("example-invalid {operation}/parameters/0/example"),
                format!("example-invalid {operation}/parameters/0/examples/c/value"),
                format!("example-invalid {operation}/parameters/1/content/application~1json/example"),
                // `name` is missing, and `id` is no string.
                format!("example-invalid {operation}/requestBody/content/application~1json/example"),
                format!("example-invalid {operation}/requestBody/content/application~1json/example/id"),
                // `id` and `name` are missing.
                format!("example-invalid {operation}/responses/200/content/application~1json/example"),
                format!("example-invalid {operation}/responses/200/content/application~1json/example"),
            ]
        );
    }

    #[test]
    fn text_of_another_notation_is_left_alone() {
        let media = |name: &str| {
            says(&format!(
                "paths:\n  /a:\n    post:\n      requestBody: {{content: {{{name}: {{schema: {{type: object}}, example: '<a/>'}}}}}}\n      \
                 responses: {{}}\n"
            ))
        };
        assert_eq!(media("application/xml"), [""; 0]);
        assert_eq!(media("application/vnd.a+json").len(), 1);
        assert_eq!(media("'application/json; charset=utf-8'").len(), 1);
    }

    #[test]
    fn json_written_as_text_is_told_so() {
        let text = "paths: {}\ncomponents:\n  schemas:\n    A: {type: object, example: '{\"a\": 1}'}\n";
        let remedy = findings(text).iter().next().map(|finding| finding.remedy.clone());
        assert_eq!(
            remedy.as_deref(),
            Some("Write the example as a value of the document, not as text that holds JSON.")
        );
    }
}
