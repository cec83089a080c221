//! Reports examples, `default` values and `enum` values that violate their schemas. Suggests remedies for common mistakes.

use serde_json::Value;

use crate::check::value::{Validator, Violation};
use crate::finding::{Code, Findings, Focus};
use crate::json::number;
use crate::load::quotes;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef, SchemaType};
use crate::suggestion::nearest;

/// The number of findings of a document from which on only the first violation of each invalid example is reported.
const MANY_FINDINGS: usize = 10_000;

/// Reports an example that violates `schema`, which may be a reference to a component. `value` is the example, and `place` is its
/// JSON Pointer.
pub(super) fn check_ref<'d>(
    validator: &Validator<'d>,
    schema: &'d SchemaRef,
    (place, value): (&Pointer, &Value),
    findings: &mut Findings,
) {
    if let Some(schema) = validator.schema(schema) {
        check(validator, schema, (place, value), findings);
    }
}

/// Reports an example that violates `schema`. `value` is the example, and `place` is its JSON Pointer.
pub(super) fn check<'d>(
    validator: &Validator<'d>,
    schema: &'d Schema,
    (place, value): (&Pointer, &Value),
    findings: &mut Findings,
) {
    if findings.mark() < MANY_FINDINGS {
        return report(place, value, validator.violations_of(schema, value), findings);
    }
    let mut violations = validator.first_violations(schema, value, 1);
    match violations.as_mut_slice() {
        // A mistake in the schema explains the first violation, but perhaps not the others.
        [first, _] if is_reported(first, findings) => violations = validator.violations_of(schema, value),
        [first, _] => {
            let reason =
                "All other violations of this example are not listed, because the document has too many findings";
            first.message = format!("{}. {reason}", first.message);
            violations.truncate(1);
        }
        _ => {}
    }
    report(place, value, violations, findings);
}

/// Reports the `violations` of an example that violates its schema.
fn report(place: &Pointer, value: &Value, violations: Vec<Violation>, findings: &mut Findings) {
    for violation in violations {
        if is_reported(&violation, findings) {
            findings.record_invalid_example(place);
            continue;
        }
        let (subject, problem) = (subject(&violation), &violation.message);
        let message = format!("The example violates `{}` of its schema: {subject} {problem}.", violation.keyword);
        findings.add(Code::ExampleInvalid, &within(place, &violation.pointer), message, remedy(&violation, value));
        relate_keyword(&violation, findings);
    }
}

/// Returns whether `findings` already explains the violation by a mistake in the schema. If so, the violation is not reported.
fn is_reported(violation: &Violation, findings: &Findings) -> bool {
    let schema = violation.schema.as_ref();
    schema.is_some_and(|schema| findings.explains_invalid_values_of(&schema.join(violation.keyword)))
}

/// Returns the subject of a sentence about the violation: `it` for the example itself, `the value at /id` for a value inside the
/// example.
pub(crate) fn subject(violation: &Violation) -> String {
    match violation.pointer.as_str() {
        "" => "it".to_owned(),
        inner => format!("the value at `{inner}`"),
    }
}

fn remedy(violation: &Violation, value: &Value) -> String {
    if violation.keyword == "type" && violation.pointer == Pointer::root() && is_json_text(value) {
        return "Write the example as an object or a list, not as a string that contains JSON.".to_owned();
    }
    let given = value.pointer(violation.pointer.as_str());
    if let Some(quotes) = given.and_then(|given| quotes_remedy(violation, given)) {
        return format!(
            "{quotes} If the API documentation contains exactly this example, add `x-acknowledge: {{example-invalid: the \
             reason}}` to the object that contains the example."
        );
    }
    given.and_then(|given| misspelt_member_remedy(violation, given)).unwrap_or_else(|| {
        "Correct the example or the schema. If the API documentation contains exactly this example, add `x-acknowledge: \
         {example-invalid: the reason}` to the object that contains the example."
            .to_owned()
    })
}

/// Adds the location of the violated keyword to the last of `findings`, as a related location.
pub(crate) fn relate_keyword(violation: &Violation, findings: &mut Findings) {
    if let Some(schema) = &violation.schema {
        let label = format!("the violated `{}`", violation.keyword);
        findings.add_related(&schema.join(violation.keyword), Focus::Value, label);
    }
}

/// Suggests renaming a member of the object `given` to the name of a required member that `given` lacks, if the two names are
/// similar.
fn misspelt_member_remedy(violation: &Violation, given: &Value) -> Option<String> {
    let missing = violation.missing_member.as_deref()?;
    let near = nearest(missing, given.as_object()?.keys().map(String::as_str), 4)?;
    Some(format!("Did you mean `{missing}` instead of `{near}`?"))
}

/// Suggests quotes around `given`, or suggests removing the quotes, if the value then has the type that the schema requires. For
/// example, `'5'` becomes `5` for `type: integer`.
pub(crate) fn quotes_remedy(violation: &Violation, given: &Value) -> Option<String> {
    use SchemaType::{Boolean, Integer, Number, String};
    let required = violation.required_type?;
    match (required, given) {
        (Integer | Number | Boolean, Value::String(text)) => {
            let unquoted = serde_json::from_str::<Value>(text).ok()?;
            let has_required_type = match required {
                Boolean => unquoted.is_boolean(),
                Integer => unquoted.as_number().is_some_and(number::is_integer),
                _ => unquoted.is_number(),
            };
            has_required_type.then(|| format!("Remove the quotes: `{text}`."))
        }
        (String, Value::Number(_) | Value::Bool(_)) => Some(quotes::remedy(given)),
        _ => None,
    }
}

fn is_json_text(value: &Value) -> bool {
    let parsed = value.as_str().and_then(|text| serde_json::from_str::<Value>(text).ok());
    parsed.is_some_and(|value| value.is_object() || value.is_array())
}

/// Returns the JSON Pointer of a value inside the value at `place`. `inner` is the JSON Pointer relative to `place`.
pub(crate) fn within(place: &Pointer, inner: &Pointer) -> Pointer {
    Pointer::parse(&format!("{place}{inner}")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use crate::check::tests::findings;
    use crate::finding::Finding;

    #[test]
    fn a_document_with_many_findings_has_one_finding_for_each_further_example() {
        let required: Vec<String> = (0..90).map(|index| format!("m{index}")).collect();
        let members: Vec<String> = required.iter().map(|name| format!("{name}: {{}}")).collect();
        let (required, members) = (required.join(", "), members.join(", "));
        let mut text = "paths: {}\ncomponents:\n  schemas:\n".to_owned();
        for index in 0..200 {
            _ = writeln!(
                text,
                "    A{index}: {{type: object, required: [{required}], properties: {{{members}}}, example: {{}}}}"
            );
        }
        let findings = findings(&text);
        // 112 schemas have 10,080 findings, and 88 schemas have one each.
        assert_eq!(findings.iter().count(), 10_080 + 88);
        let last = findings.iter().last();
        assert_eq!(
            last.map(|finding: &Finding| finding.message.as_str()),
            Some(
                "The example violates `required` of its schema: it has no `m0`, which is required. All other violations of this \
                 example are not listed, because the document has too many findings."
            )
        );
    }

    #[test]
    fn a_string_of_json_has_a_remedy_of_its_own() {
        let text = "paths: {}\ncomponents:\n  schemas:\n    A: {type: object, example: '{\"a\": 1}'}\n";
        let remedy = findings(text).iter().next().map(|finding| finding.remedy.clone());
        assert_eq!(
            remedy.as_deref(),
            Some("Write the example as an object or a list, not as a string that contains JSON.")
        );
    }
}
