//! Reads examples, and the `x-acknowledge` of invalid examples.

use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value;

use crate::finding::Code;
use crate::json::equality::canonical_text;
use crate::json::member::values_along;
use crate::load::grammar::ACKNOWLEDGE;
use crate::pointer::Pointer;
use crate::resolve::context::Context;
use crate::resolve::document::Example;
use crate::resolve::reference::follow;

/// Returns the examples under the keys `example` and `examples` of the object at `place`. `named` is the value of `examples`.
/// `is_json` states whether the serialized form of a value is JSON.
pub(super) fn examples(
    cx: &mut Context<'_>,
    named: &IndexMap<String, ReferenceOr<openapiv3::Example>>,
    place: &Pointer,
    is_json: bool,
) -> Vec<Example> {
    let single = cx.member(place, "example").map(|value| {
        let pointer = place.join("example");
        let acknowledgement = acknowledgement(cx, &pointer);
        Example { pointer, name: "example".to_owned(), summary: None, value: value.clone(), acknowledgement }
    });
    let place = place.join("examples");
    let named = named.iter().filter_map(|(name, item)| {
        let (pointer, example) = follow(cx, item, &place.join(name))?;
        let serialized = serialized_value(cx, &pointer, is_json);
        // OpenAPI 3.2 writes the value as `dataValue`, next to its serialized form.
        let written = ["value", "dataValue"].iter().find_map(|key| Some((*key, cx.member(&pointer, key)?.clone())));
        let Some((key, value)) = written.or(serialized.map(|value| ("serializedValue", value))) else {
            if example.external_value.is_some() {
                cx.findings.add(
                    Code::NoEffect,
                    &pointer.join("externalValue"),
                    "copperplate does not read `externalValue`, so the example is neither validated nor tested.",
                    "Write the value under `value`.",
                );
            }
            return None;
        };
        let pointer = pointer.join(key);
        let acknowledgement = acknowledgement(cx, &pointer);
        Some(Example { pointer, name: name.clone(), summary: example.summary.clone(), value, acknowledgement })
    });
    single.into_iter().chain(named).collect()
}

/// Returns the value that the `serializedValue` of the example at `place` has. Reports a text that is not JSON, or is the JSON of
/// another value than `dataValue`. Other serialized forms than JSON are not read.
fn serialized_value(cx: &mut Context<'_>, place: &Pointer, is_json: bool) -> Option<Value> {
    let text = cx.member(place, "serializedValue")?.as_str()?;
    let pointer = place.join("serializedValue");
    if !is_json {
        let message = "copperplate reads `serializedValue` only if it is JSON, so the serialized form is not tested.";
        let remedy = match cx.member(place, "dataValue") {
            Some(_) => "No change is necessary: `dataValue` is validated and tested.",
            None => "Write the value under `dataValue`.",
        };
        cx.findings.add(Code::NoEffect, &pointer, message, remedy);
        return None;
    }
    let parsed: Result<Value, _> = serde_json::from_str(text);
    let data = cx.member(place, "dataValue");
    let message = match (&parsed, data) {
        (Err(error), _) => format!("The serialized value of the example is not JSON: {error}."),
        (Ok(value), Some(data)) if canonical_text(value) != canonical_text(data) => {
            "The serialized value of the example is the JSON of another value than `dataValue`.".to_owned()
        }
        (Ok(_), _) => return parsed.ok(),
    };
    if acknowledgement(cx, &pointer).is_none() {
        cx.findings.add(Code::ExampleInvalid, &pointer, message, "Correct `serializedValue` or `dataValue`.");
    }
    None
}

/// Returns the reason why the example at `place` may contradict its schema. An `x-acknowledge` of the example, or of an enclosing
/// object, gives the reason under the key `example-invalid`. The innermost `x-acknowledge` with this key wins. Returns `None` if
/// no `x-acknowledge` has the key.
pub(super) fn acknowledgement(cx: &Context<'_>, place: &Pointer) -> Option<String> {
    let code = Code::ExampleInvalid.id();
    let reason = |value: &Value| value.get(ACKNOWLEDGE)?.get(code)?.as_str().map(str::to_owned);
    values_along(cx.raw, place).filter_map(reason).last()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::resolve::tests::resolved;

    #[test]
    fn examples_keep_null_values_and_acknowledgements() {
        let (document, findings) = resolved(
            "paths:\n  /a:\n    post:\n      requestBody:\n        content:\n          application/json:\n            \
             example: null\n            examples:\n              a: {value: null, summary: s}\n              \
             b: {value: 1, x-acknowledge: {example-invalid: as printed}}\n              c: {externalValue: u}\n      \
             responses: {}\n",
        );
        let place = "/paths/~1a/post/requestBody/content/application~1json";
        assert_eq!(findings, [format!("no-effect {place}/examples/c/externalValue")]);
        let body = document.operations.first().and_then(|operation| operation.body.clone()).expect("a body");
        let examples = &body.content.first().expect("a media type").examples;
        let seen: Vec<_> = examples
            .iter()
            .map(|example| (example.pointer.to_string(), example.value.clone(), example.acknowledgement.as_deref()))
            .collect();
        assert_eq!(
            seen,
            [
                (format!("{place}/example"), json!(null), None),
                (format!("{place}/examples/a/value"), json!(null), None),
                (format!("{place}/examples/b/value"), json!(1), Some("as printed")),
            ]
        );
    }
}
