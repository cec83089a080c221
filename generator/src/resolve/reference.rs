//! Follows references inside the document.

use std::borrow::Cow;

use openapiv3::ReferenceOr;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::finding::{Code, Findings, Focus};
use crate::load::suggestion::{component_named, neighbour};
use crate::load::{LEFT_OUT_REQUIRED, as_doubles, is_relative};
use crate::pointer::Pointer;
use crate::resolve::schema;
use crate::resolve::{Context, was_left_out};

/// What a reference may lead to.
pub(super) trait Referable: Clone + DeserializeOwned {
    /// What becomes of such a piece where its reference leads nowhere; `None`: the operation that needs it is lost.
    const CONSEQUENCE: Option<&'static str>;
    /// Where `components` has such pieces, and what one is called.
    const KIND: Section;
}

/// A section of `components`, and what a piece of it is called.
pub(super) type Section = (&'static str, &'static str);

/// The sections that a reference can lead to.
const SECTIONS: &[Section] = &[
    SCHEMA,
    ("responses", "a response"),
    ("parameters", "a parameter"),
    ("examples", "an example"),
    ("requestBodies", "a request body"),
    ("headers", "a header"),
    ("securitySchemes", "a security scheme"),
    ("links", "a link"),
    ("callbacks", "a callback"),
];

/// The section of schemas.
pub(super) const SCHEMA: Section = ("schemas", "a schema");

macro_rules! referable {
    ($($kind:ident $section:literal $called:literal $consequence:expr;)*) => {
        $(impl Referable for openapiv3::$kind {
            const CONSEQUENCE: Option<&'static str> = $consequence;
            const KIND: Section = ($section, $called);
        })*
    };
}

referable! {
    Example "examples" "an example" Some("The example is left out.");
    Header "headers" "a header" Some("The header is left out.");
    Parameter "parameters" "a parameter" None;
    PathItem "paths" "a path item" Some("The path is left out.");
    RequestBody "requestBodies" "a request body" None;
    Response "responses" "a response" Some("The response is left out.");
    SecurityScheme "securitySchemes" "a security scheme" Some("The security scheme is left out.");
}

/// What `item` is, and where: itself at `place`, or what its references lead to in the end.
pub(super) fn follow<'i, T: Referable>(
    cx: &mut Context<'_>,
    item: &'i ReferenceOr<T>,
    place: &Pointer,
) -> Option<(Pointer, Cow<'i, T>)> {
    match item {
        ReferenceOr::Item(item) => Some((place.clone(), Cow::Borrowed(item))),
        ReferenceOr::Reference { reference } => {
            let mark = cx.findings.mark();
            let found = end(cx, reference, place).and_then(|(target, value)| {
                Some((target.clone(), Cow::Owned(typed(cx, value, &target, place, T::KIND)?)))
            });
            if found.is_none() {
                if T::KIND.0 == "parameters" && mark == cx.findings.mark() {
                    left_out(cx, reference, place);
                }
                settle(cx, mark, T::CONSEQUENCE);
            }
            found
        }
    }
}

/// About a parameter that was left out with all that stood around it: without it another request would be sent.
fn left_out(cx: &mut Context<'_>, reference: &str, place: &Pointer) {
    let target = reference.strip_prefix('#').and_then(Pointer::from_fragment);
    if let Some(target) = target.filter(|target| cx.at(target).is_none()) {
        let message = "The parameter that the reference leads to is left out.";
        cx.findings.add(Code::RefMissing, place, message, "Correct what stands around it.");
        cx.findings.miss(&target);
    }
}

/// Says what becomes of the piece whose reference, since `mark`, turned out to lead nowhere.
pub(super) fn settle(cx: &mut Context<'_>, mark: usize, consequence: Option<&'static str>) {
    for code in [Code::Shape, Code::RefMissing, Code::RefCycle, Code::RefRemote] {
        cx.findings.settle(mark, code, consequence);
    }
}

/// `value` at `target` in its type; a finding at `place`, which refers to it, where it has another.
pub(super) fn typed<T: DeserializeOwned>(
    cx: &mut Context<'_>,
    value: &Value,
    target: &Pointer,
    place: &Pointer,
    wanted: Section,
) -> Option<T> {
    match T::deserialize(&*as_doubles(value)) {
        Ok(typed) => Some(typed),
        Err(error) => {
            wrong_kind(cx, target, place, wanted, &error.to_string());
            None
        }
    }
}

/// About a reference at `place` to something else than is wanted there.
pub(super) fn wrong_kind(cx: &mut Context<'_>, target: &Pointer, place: &Pointer, wanted: Section, why: &str) {
    let (section, called) = wanted;
    let message = match section_of(target).filter(|(other, _)| *other != section) {
        Some((_, found)) => {
            format!("The reference leads to `#{target}`, which is {found}, and {called} is wanted here.")
        }
        None => format!(
            "The reference leads to `#{target}`, where something else stands than {called}, which is wanted here: {why}."
        ),
    };
    let namesake = target.last().and_then(|name| component_named(cx.raw, section, &name));
    let remedy = match namesake {
        Some(near) => format!("Did you mean `#{near}`?"),
        None if section == "paths" => "Refer to a path item.".to_owned(),
        None => format!("Refer to {called}; they stand under `#/components/{section}`."),
    };
    cx.findings.add(Code::Shape, place, message, remedy);
    cx.findings.focus(Focus::Member("$ref"));
    cx.findings.relate(target, Focus::Key, "leads here");
}

/// The section of `components` that `place` is a piece of.
pub(super) fn section_of(place: &Pointer) -> Option<Section> {
    SECTIONS.iter().find(|(section, _)| schema::component_name(place, section).is_some()).copied()
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
            for pointer in &passed {
                cx.findings.relate(pointer, Focus::Member("$ref"), "leads on");
            }
            return None;
        }
        next = reference.to_owned();
        passed.push(target);
    }
}

/// The place that `reference`, which stands at `place`, names, and what stands there.
pub(super) fn target<'a>(cx: &mut Context<'a>, reference: &str, place: &Pointer) -> Option<(Pointer, &'a Value)> {
    let Some(fragment) = reference.strip_prefix('#') else {
        outside(cx, reference, place);
        return None;
    };
    let pointer = Pointer::from_fragment(fragment);
    let found = pointer.as_ref().and_then(|pointer| Some((pointer.clone(), cx.at(pointer)?)));
    let is_known = |pointer: &Pointer| was_left_out(cx.findings, pointer);
    if found.is_none() && !pointer.as_ref().is_some_and(is_known) {
        let moved = pointer.as_ref().and_then(|pointer| meant(cx, pointer));
        // Under the misspelt key, and where the right one stands beside it.
        let places = moved.iter().chain(&pointer);
        let near = places.filter_map(|pointer| neighbour(cx.raw, pointer)).next();
        let near = near.or_else(|| neighbour(cx.raw, &Pointer::parse(&format!("/{fragment}"))?));
        let remedy = match near {
            Some(near) => format!("Did you mean `#{}`?", corrected(cx, near)),
            None => "Add what is missing, or correct the reference.".to_owned(),
        };
        cx.findings.add(Code::RefMissing, place, format!("The reference `{reference}` leads nowhere."), remedy);
        // What is not there under the misspelt name either does not follow from the slip.
        let is_slip_of_its_own = moved.is_some_and(|moved| cx.at(&moved).is_none());
        let missing = pointer.or_else(|| Pointer::parse(&format!("/{fragment}")));
        if let Some(pointer) = missing.filter(|_| !is_slip_of_its_own) {
            cx.findings.miss(&pointer);
        }
    }
    found
}

/// A misspelt key as it is written, and as it was meant, of which `picks` one to be around a place.
fn slip_around(findings: &Findings, picks: impl Fn(&Pointer, &Pointer) -> bool) -> Option<(&Pointer, &Pointer)> {
    let slips = findings.iter().filter(|finding| finding.code == Code::UnknownKey);
    let mut slips = slips.filter_map(|finding| Some((&finding.pointer, &finding.missing.as_ref()?.place)));
    slips.find(|(written, meant)| picks(written, meant))
}

/// Where what `pointer` names stands under a misspelt key around it.
fn meant(cx: &Context<'_>, pointer: &Pointer) -> Option<Pointer> {
    let (written, meant) = slip_around(cx.findings, |_, meant| pointer.is_within(meant))?;
    Some(pointer.moved(meant, written))
}

/// `pointer` as it is called once a misspelt key around it is mended.
fn corrected(cx: &Context<'_>, pointer: Pointer) -> Pointer {
    match slip_around(cx.findings, |written, _| pointer.is_within(written)) {
        Some((written, meant)) => pointer.moved(written, meant),
        None => pointer,
    }
}

/// About a reference at `place` that leads to no place of the document.
fn outside(cx: &mut Context<'_>, reference: &str, place: &Pointer) {
    if reference == LEFT_OUT_REQUIRED && !was_left_out(cx.findings, place) {
        cx.findings.add(
            Code::RefMissing,
            place,
            "The parameter that the reference leads to is left out, and it is required.",
            "Correct the parameter.",
        );
    }
    // What leads to a file beside the document, or to a parameter that was left out, has been reported.
    if reference.starts_with("left-out:") || is_relative(reference) {
        return;
    }
    if let Some(pointer) = Pointer::parse(reference).filter(|pointer| cx.at(pointer).is_some()) {
        let message = format!(
            "The reference `{reference}` leads to a file of that name; a place of the document begins with `#`."
        );
        cx.findings.add(Code::RefRemote, place, message, format!("Did you mean `#{reference}`?"));
        return cx.findings.miss(&pointer);
    }
    let file = reference.split(['#', '?']).next().and_then(|path| path.rsplit('/').next()).unwrap_or_default();
    cx.findings.add(
        Code::RefRemote,
        place,
        format!("The reference `{reference}` leads out of the document's folder; nothing is fetched from there."),
        format!("Vendor the file beside the spec, and refer to it with a relative path, such as `./{file}#/…`."),
    );
    let remote = reference.split('#').next().unwrap_or_default();
    cx.findings.miss_in(remote.to_owned(), Pointer::root());
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
    fn references_that_lead_astray_are_reported() {
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
    fn a_parameter_that_went_with_its_section_costs_the_operation() {
        let (_, findings) = resolved(
            "paths:\n  /a:\n    get:\n      parameters: [{$ref: '#/components/parameters/P'}]\n      responses: {}\n\
             components:\n  parameters:\n  P: {name: p, in: query, required: true, schema: {}}\n",
        );
        assert_eq!(findings, ["shape /components/parameters", "ref-missing /paths/~1a/get/parameters/0"]);
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
