//! Follows references inside the document.

use std::borrow::Cow;

use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{Context, was_left_out};
use crate::finding::Code;
use crate::load::suggestion::nearest;
use crate::pointer::Pointer;

/// What `item` is, and where: itself at `place`, or what its references lead to in the end.
pub(super) fn follow<'i, T: Clone + DeserializeOwned>(
    cx: &mut Context<'_>,
    item: &'i ReferenceOr<T>,
    place: &Pointer,
) -> Option<(Pointer, Cow<'i, T>)> {
    match item {
        ReferenceOr::Item(item) => Some((place.clone(), Cow::Borrowed(item))),
        ReferenceOr::Reference { reference } => {
            let (target, value) = end(cx, reference, place)?;
            Some((target.clone(), Cow::Owned(typed(cx, value, &target, place)?)))
        }
    }
}

/// `value` at `target` in its type; a finding at `place`, which refers to it, where it has another.
pub(super) fn typed<T: DeserializeOwned>(
    cx: &mut Context<'_>,
    value: &Value,
    target: &Pointer,
    place: &Pointer,
) -> Option<T> {
    match T::deserialize(value) {
        Ok(typed) => Some(typed),
        Err(error) => {
            cx.findings.add(
                Code::Shape,
                place,
                format!(
                    "The reference leads to `#{target}`, where something else stands than is wanted here: {error}."
                ),
                "Refer to an object of the kind that is wanted here.",
            );
            None
        }
    }
}

/// The first place that is no reference on the way from `reference`, which stands at `place`.
fn end<'a>(cx: &mut Context<'a>, reference: &str, place: &Pointer) -> Option<(Pointer, &'a Value)> {
    let mut passed = Vec::new();
    let mut next = reference.to_owned();
    loop {
        let (target, value) = target(cx, &next, place)?;
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some((target, value));
        };
        if passed.contains(&target) {
            cx.findings.add(
                Code::RefCycle,
                place,
                format!("The reference `{next}` leads back to itself."),
                "Let one of the references on the way lead to an object.",
            );
            return None;
        }
        next = reference.to_owned();
        passed.push(target);
    }
}

/// The place that `reference`, which stands at `place`, names, and what stands there.
pub(super) fn target<'a>(cx: &mut Context<'a>, reference: &str, place: &Pointer) -> Option<(Pointer, &'a Value)> {
    let Some(fragment) = reference.strip_prefix('#') else {
        cx.findings.add(
            Code::RefRemote,
            place,
            format!("The reference `{reference}` leaves the document."),
            "Copy what it leads to into `components`, and refer to it with `#/components/…`.",
        );
        return None;
    };
    let pointer = percent_decoded(fragment).and_then(|text| Pointer::parse(&text));
    let found = pointer.as_ref().and_then(|pointer| Some((pointer.clone(), cx.at(pointer)?)));
    let is_known = |pointer: &Pointer| was_left_out(cx.findings, pointer);
    if found.is_none() && !pointer.as_ref().is_some_and(is_known) {
        let remedy = pointer.as_ref().and_then(|pointer| neighbour(cx, pointer));
        let remedy = remedy.unwrap_or_else(|| "Add what is missing, or correct the reference.".to_owned());
        cx.findings.add(Code::RefMissing, place, format!("The reference `{reference}` leads nowhere."), remedy);
    }
    found
}

/// "Did you mean": a member beside `pointer` with nearly its name.
fn neighbour(cx: &Context<'_>, pointer: &Pointer) -> Option<String> {
    let parent = pointer.parent()?;
    let members = cx.at(&parent)?.as_object()?;
    let name = nearest(&pointer.last()?, members.keys().map(String::as_str), 3)?;
    Some(format!("Did you mean `#{}`?", parent.join(name)))
}

/// `text` with every `%41` replaced by the byte it stands for; `None` where the bytes are no UTF-8.
fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let mut digits = rest.clone();
        let escaped = (byte == b'%').then(|| Some((hex(digits.next()?)?, hex(digits.next()?)?))).flatten();
        if let Some((high, low)) = escaped {
            bytes.push(high << 4 | low);
            rest = digits;
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::super::tests::resolved;
    use super::*;

    #[test]
    fn fragments_are_decoded() {
        assert_eq!(percent_decoded("/a%20b%2Fc").as_deref(), Some("/a b/c"));
        assert_eq!(percent_decoded("/100%").as_deref(), Some("/100%"));
        assert_eq!(percent_decoded("/%zz").as_deref(), Some("/%zz"));
        assert_eq!(percent_decoded("%ff"), None);
    }

    #[test]
    fn references_of_every_kind_are_followed() {
        let (document, findings) = resolved(
            "paths:\n  /a: {$ref: '#/paths/~1b~1%7Bid%7D'}\n  /b/{id}:\n    parameters: [{$ref: '#/components/parameters/Id'}]\n\
             \x20   post:\n      requestBody: {$ref: '#/components/requestBodies/B'}\n      responses:\n        \
             '200': {$ref: '#/components/responses/R'}\n      security: [{key: []}]\n\
             components:\n  parameters:\n    Id: {$ref: '#/components/parameters/Id2'}\n    \
             Id2: {name: id, in: path, required: true, schema: {$ref: '#/components/schemas/S'}, \
             examples: {e: {$ref: '#/components/examples/E'}}}\n  requestBodies:\n    B: {content: {a/b: {}}}\n  \
             responses:\n    R: {description: r, headers: {H: {$ref: '#/components/headers/H'}}}\n  \
             headers:\n    H: {schema: {type: string}}\n  examples:\n    E: {value: x}\n  schemas:\n    \
             S: {type: string}\n  securitySchemes:\n    key: {$ref: '#/components/securitySchemes/real'}\n    \
             real: {type: http, scheme: Bearer}\n",
        );
        assert_eq!(findings, [""; 0]);
        let paths: Vec<_> = document.operations.iter().map(|operation| operation.path.as_str()).collect();
        assert_eq!(paths, ["/a", "/b/{id}"]);
        let operation = document.operations.first().expect("an operation");
        let parameter = operation.parameters.first().expect("a parameter");
        assert_eq!(parameter.pointer.as_str(), "/components/parameters/Id2");
        assert_eq!(parameter.component.as_deref(), Some("Id2"));
        assert_eq!(
            parameter.examples.first().map(|example| example.pointer.as_str()),
            Some("/components/examples/E/value")
        );
        assert_eq!(operation.body.as_ref().map(|body| body.content.len()), Some(1));
        assert_eq!(operation.responses.first().map(|response| response.headers.len()), Some(1));
        assert_eq!(operation.security, [["key".to_owned()]]);
    }

    #[test]
    fn references_that_lead_astray_are_reported() {
        let (document, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters:\n      - {$ref: '#/components/parameters/Idd'}\n      \
             - {$ref: 'other.yaml#/P'}\n      - {$ref: '#/components/parameters/Loop'}\n      \
             - {$ref: '#/components/schemas/S'}\n      responses: {}\n\
             components:\n  parameters:\n    Id: {name: a, in: query, schema: {}}\n    \
             Loop: {$ref: '#/components/parameters/Loop2'}\n    Loop2: {$ref: '#/components/parameters/Loop'}\n  \
             schemas:\n    S: {type: string}\n",
        );
        let place = "/paths/~1a/get/parameters";
        assert_eq!(
            findings,
            [
                format!("ref-missing {place}/0"),
                format!("ref-remote {place}/1"),
                format!("ref-cycle {place}/2"),
                format!("shape {place}/3"),
            ]
        );
        assert_eq!(document.operations.first().map(|operation| operation.parameters.len()), Some(0));
    }

    #[test]
    fn what_was_taken_out_is_not_missed() {
        let (_, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters: [{$ref: '#/components/parameters/P'}]\n      responses: {}\n\
             components:\n  parameters:\n    P: {name: p, in: qery, schema: {}}\n",
        );
        assert_eq!(findings, ["shape /components/parameters/P/in"]);
    }
}
