//! Follows references within the document.

use std::borrow::Cow;

use openapiv3::{OpenAPI, ReferenceOr};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::file_reference::is_relative;
use crate::finding::{Code, Focus};
use crate::load::{SKIPPED_PREFIX, SKIPPED_REQUIRED_PARAMETER, typed_view};
use crate::pointer::Pointer;
use crate::resolve::component::{Section, component_name, section_of};
use crate::resolve::context::Context;
use crate::suggestion::{nearest_component, nearest_place};

/// A type of `openapiv3`, such as `Parameter`. In the document, a `$ref` can stand in place of an object of this type.
pub(super) trait Referable: Clone + DeserializeOwned {
    /// A sentence that states what `--skip-unsupported` does if the `$ref` has no target: "The header is skipped." `None` if the
    /// whole operation is skipped.
    const CONSEQUENCE: Option<&'static str>;
    /// The section of `components` that has objects of this type.
    const SECTION: Section;

    /// Returns the object of this type in the section of `components`, if there is one with this name.
    fn component<'a>(openapi: &'a OpenAPI, name: &str) -> Option<&'a ReferenceOr<Self>>;
}

macro_rules! referable {
    ($($kind:ident $section:literal $noun:literal $field:ident $consequence:expr;)*) => {
        $(impl Referable for openapiv3::$kind {
            const CONSEQUENCE: Option<&'static str> = $consequence;
            const SECTION: Section = ($section, $noun);

            fn component<'a>(openapi: &'a OpenAPI, name: &str) -> Option<&'a ReferenceOr<Self>> {
                openapi.components.as_ref()?.$field.get(name)
            }
        })*
    };
}

referable! {
    Example "examples" "an example" examples Some("The example is skipped.");
    Header "headers" "a header" headers Some("The header is skipped.");
    Parameter "parameters" "a parameter" parameters None;
    RequestBody "requestBodies" "a request body" request_bodies None;
    Response "responses" "a response" responses Some("The response is skipped.");
    SecurityScheme "securitySchemes" "a security scheme" security_schemes Some("The security scheme is skipped.");
}

impl Referable for openapiv3::PathItem {
    const CONSEQUENCE: Option<&'static str> = Some("The path is skipped.");
    const SECTION: Section = ("paths", "a path item");

    /// Returns `None`, because `openapiv3` has no components of this type.
    fn component<'a>(_: &'a OpenAPI, _: &str) -> Option<&'a ReferenceOr<Self>> {
        None
    }
}

/// Returns the object in `item` and the JSON Pointer of that object. If `item` is a reference, follows the chain of references to
/// its end. If the chain does not end at an object of the type `T`, reports a finding at `place` and returns `None`.
pub(super) fn follow<'i, 'a: 'i, T: Referable>(
    cx: &mut Context<'a>,
    item: &'i ReferenceOr<T>,
    place: &Pointer,
) -> Option<(Pointer, Cow<'i, T>)> {
    match item {
        ReferenceOr::Item(item) => Some((place.clone(), Cow::Borrowed(item))),
        ReferenceOr::Reference { reference } => {
            let mark = cx.findings.mark();
            let found = follow_chain(cx, reference, place).and_then(|(target, value)| {
                let component = component_name(&target, T::SECTION.0);
                let known = component.and_then(|name| T::component(cx.openapi, &name)).and_then(ReferenceOr::as_item);
                let typed = match known {
                    Some(known) => Cow::Borrowed(known),
                    None => Cow::Owned(typed(cx, value, &target, place, T::SECTION)?),
                };
                Some((target, typed))
            });
            if found.is_none() {
                if T::SECTION.0 == "parameters" && mark == cx.findings.mark() {
                    report_skipped_parameter(cx, reference, place);
                }
                set_consequence(cx, mark, T::CONSEQUENCE);
            }
            found
        }
    }
}

/// Reports a `$ref` to a parameter that is missing, because an object that contains the parameter was skipped, or because a
/// component between them refers to a missing parameter. Without the parameter the operation would send a different request, so
/// the operation cannot be generated.
fn report_skipped_parameter(cx: &mut Context<'_>, reference: &str, place: &Pointer) {
    let mut next = reference.to_owned();
    for length in 0..=MAX_CHAIN {
        let Some(target) = next.strip_prefix('#').and_then(Pointer::from_fragment) else {
            // A finding about the component reports where its reference leads.
            if length > 0 && !next.starts_with(SKIPPED_PREFIX) {
                let message = format!("The reference leads to a parameter that is missing: `{next}` leads nowhere.");
                cx.findings.add(Code::RefMissing, place, message, "Correct the reference of the component.");
            }
            return;
        };
        let Some(value) = cx.value_at(&target) else {
            let message = "The reference leads to a parameter that was skipped together with its enclosing object.";
            cx.findings.add(Code::RefMissing, place, message, "Correct the enclosing object.");
            return cx.findings.set_missing(&target);
        };
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return };
        next = reference.to_owned();
    }
}

/// Sets the consequence of each finding about a reference, except of the first `mark` findings. A consequence is a sentence such
/// as "The header is skipped."
pub(super) fn set_consequence(cx: &mut Context<'_>, mark: usize, consequence: Option<&'static str>) {
    for code in [Code::Shape, Code::RefMissing, Code::RefCycle, Code::RefRemote] {
        cx.findings.set_consequence(mark, code, consequence);
    }
}

/// Converts `value`, the target of a reference, to the type `T`. `target` is the JSON Pointer of `value`, and `place` is the JSON
/// Pointer of the reference. If the conversion fails, reports the reference.
pub(super) fn typed<T: DeserializeOwned>(
    cx: &mut Context<'_>,
    value: &Value,
    target: &Pointer,
    place: &Pointer,
    expected: Section,
) -> Option<T> {
    if !is_well_formed(cx, value, target, place, expected) {
        return None;
    }
    match T::deserialize(&*typed_view::of_object(value, expected.0, cx.version)) {
        Ok(typed) => Some(typed),
        Err(error) => {
            report_wrong_kind(cx, target, place, expected, &error.to_string());
            None
        }
    }
}

/// Returns whether `value`, the target of a reference, is well-formed. If it is not, reports the reference. See [`typed`] for the
/// arguments.
pub(super) fn is_well_formed(
    cx: &mut Context<'_>,
    value: &Value,
    target: &Pointer,
    place: &Pointer,
    expected: Section,
) -> bool {
    // The load stage has checked components. In OpenAPI 3.0, other targets may be malformed, for example in an extension.
    if cx.version.has_json_schema() || section_of(target).is_some() {
        return true;
    }
    let examined = cx.inline_targets.malformed.entry((target.clone(), expected.0));
    let problem = examined.or_insert_with(|| typed_view::malformed_part(value, expected.0)).clone();
    if let Some(problem) = &problem {
        report_wrong_kind(cx, target, place, expected, problem);
    }
    problem.is_none()
}

/// Reports that the reference at `place` leads to an object of the wrong type, such as a header where a parameter is expected.
/// `target` is the JSON Pointer of the object. `expected` is the section of `components` for objects of the correct type. The
/// message contains `reason`, unless `target` is a component of a different section.
pub(super) fn report_wrong_kind(
    cx: &mut Context<'_>,
    target: &Pointer,
    place: &Pointer,
    expected: Section,
    reason: &str,
) {
    let (section, noun) = expected;
    let message = match section_of(target).filter(|(other, _)| *other != section) {
        Some((_, found)) => {
            format!("The reference leads to `#{target}`, which is {found}, but {noun} is expected here.")
        }
        None => format!("The reference leads to `#{target}`, which is not {noun}: {reason}."),
    };
    let namesake = target.last().and_then(|name| nearest_component(cx.raw, section, &name));
    let remedy = match namesake {
        Some(near) => format!("Did you mean `#{near}`?"),
        None if section == "paths" => "Refer to a path item.".to_owned(),
        None => format!("Refer to {noun} under `#/components/{section}`."),
    };
    cx.findings.add(Code::Shape, place, message, remedy);
    cx.findings.set_focus(Focus::Member("$ref"));
    cx.findings.add_related(target, Focus::Key, "the target of the reference");
}

/// The largest number of references in a chain.
const MAX_CHAIN: usize = 50;

/// Follows the chain of references that starts with `reference` at `place`. Returns the first value that is not a reference, with
/// its JSON Pointer.
fn follow_chain<'a>(cx: &mut Context<'a>, reference: &str, place: &Pointer) -> Option<(Pointer, &'a Value)> {
    let mut passed: Vec<Pointer> = Vec::new();
    let mut next = reference.to_owned();
    loop {
        let holder = passed.last().unwrap_or(place).clone();
        let (target, value) = target_of(cx, &next, place, &holder)?;
        let Some(reference) = value.get("$ref").and_then(Value::as_str) else {
            return Some((target, value));
        };
        if passed.contains(&target) {
            cx.findings.add(
                Code::RefCycle,
                place,
                format!("The reference `{next}` leads back to itself."),
                "Replace one of the references in the cycle with an object.",
            );
            for pointer in &passed {
                cx.findings.add_related(pointer, Focus::Member("$ref"), "the next reference in the cycle");
            }
            return None;
        }
        if passed.len() >= MAX_CHAIN {
            let message = format!("The reference `{next}` leads through more than {MAX_CHAIN} other references.");
            cx.findings.add(Code::RefCycle, place, message, "Refer to the object at the end of the chain.");
            return None;
        }
        next = reference.to_owned();
        passed.push(target);
    }
}

/// Returns the JSON Pointer in `reference`, and the value to which it points. If there is no such value, returns `None`, and a
/// finding explains why.
pub(super) fn target<'a>(cx: &mut Context<'a>, reference: &str, place: &Pointer) -> Option<(Pointer, &'a Value)> {
    target_of(cx, reference, place, place)
}

/// Does the same as [`target`] for a reference in a chain, which is at `holder`. `place` is the JSON Pointer of the first reference
/// of the chain, where problems are reported.
fn target_of<'a>(
    cx: &mut Context<'a>,
    reference: &str,
    place: &Pointer,
    holder: &Pointer,
) -> Option<(Pointer, &'a Value)> {
    let Some(fragment) = reference.strip_prefix('#') else {
        report_outside_reference(cx, reference, place, holder);
        return None;
    };
    let pointer = Pointer::from_fragment(fragment);
    let found = pointer.as_ref().and_then(|pointer| Some((pointer.clone(), cx.value_at(pointer)?)));
    let is_known = |pointer: &Pointer| cx.findings.has_skipped(pointer);
    if found.is_none() && !pointer.as_ref().is_some_and(is_known) {
        let misspelt = pointer.as_ref().and_then(|pointer| cx.findings.with_misspelling(pointer));
        // The document may misspell a key of the pointer, such as `component` for `components`. Search under the misspelt key
        // first, then under the correct key.
        let places = misspelt.iter().chain(&pointer);
        let near = places.filter_map(|pointer| nearest_place(cx.raw, pointer)).next();
        let near = near.or_else(|| nearest_place(cx.raw, &Pointer::parse(&format!("/{fragment}"))?));
        let remedy = match near {
            Some(near) => format!("Did you mean `#{}`?", cx.findings.without_misspelling(&near).unwrap_or(near)),
            None => "Add the target, or correct the reference.".to_owned(),
        };
        cx.findings.add(Code::RefMissing, place, format!("The reference `{reference}` leads nowhere."), remedy);
        // If the target does not exist under the misspelt key either, the reference itself is wrong.
        let is_wrong_by_itself = misspelt.is_some_and(|place| cx.value_at(&place).is_none());
        let missing = pointer.or_else(|| Pointer::parse(&format!("/{fragment}")));
        if let Some(pointer) = missing.filter(|_| !is_wrong_by_itself) {
            cx.findings.set_missing(&pointer);
        }
    }
    found
}

/// Reports `reference`, which does not begin with `#`, unless a finding reports the reference already. The reference is at `holder`.
fn report_outside_reference(cx: &mut Context<'_>, reference: &str, place: &Pointer, holder: &Pointer) {
    if reference == SKIPPED_REQUIRED_PARAMETER && !cx.findings.has_skipped(place) {
        let message = "The reference leads to a required parameter that was skipped.";
        return cx.findings.add(Code::RefMissing, place, message, "Correct the parameter.");
    }
    // The load stage reports references to other files and to skipped parameters, except after a limit of the document.
    if reference.starts_with(SKIPPED_PREFIX) || is_relative(reference) {
        if !cx.findings.has_skipped(holder) && !cx.findings.has_limit() {
            let message = format!("The reference `{reference}` leads nowhere.");
            cx.findings.add(Code::RefMissing, place, message, "Add the target, or correct the reference.");
        }
        return;
    }
    if let Some(pointer) = Pointer::parse(reference).filter(|pointer| cx.value_at(pointer).is_some()) {
        let message =
            format!("The reference `{reference}` leads to a file. A reference within the document begins with `#`.");
        cx.findings.add(Code::RefRemote, place, message, format!("Did you mean `#{reference}`?"));
        return cx.findings.set_missing(&pointer);
    }
    let file = reference.split(['#', '?']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    cx.findings.add(
        Code::RefRemote,
        place,
        format!("The reference `{reference}` is a URL or an absolute path. copperplate reads only files with a relative path."),
        format!("Copy the file into the folder of the document, and refer to the copy with a relative path, such as \
                 `./{file}#/…`."),
    );
    let remote = reference.split('#').next().unwrap_or_default();
    cx.findings.set_missing_in(remote.to_owned(), Pointer::root());
}

#[cfg(test)]
mod tests {
    use crate::resolve::tests::resolved;

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
    fn references_that_lead_nowhere_are_reported() {
        let (document, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters:\n      - {$ref: '#/components/parameters/Idd'}\n      \
             - {$ref: 'https://other.example/other.yaml#/P'}\n      - {$ref: '#/components/parameters/Loop'}\n      \
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
    fn a_reference_to_a_parameter_in_a_skipped_section_is_reported() {
        let (_, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters: [{$ref: '#/components/parameters/P'}]\n      responses: {}\n\
             components:\n  parameters:\n  P: {name: p, in: query, required: true, schema: {}}\n",
        );
        assert_eq!(findings, ["shape /components/parameters", "ref-missing /paths/~1a/get/parameters/0"]);
    }

    #[test]
    fn a_reference_to_a_skipped_parameter_is_not_reported_again() {
        let (_, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters: [{$ref: '#/components/parameters/P'}]\n      responses: {}\n\
             components:\n  parameters:\n    P: {name: p, in: qery, schema: {}}\n",
        );
        assert_eq!(findings, ["shape /components/parameters/P/in"]);
    }
}
