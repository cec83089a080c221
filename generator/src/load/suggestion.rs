//! What the author probably meant.

use serde_json::Value;

use crate::pointer::Pointer;

/// Keys that OpenAPI 3.1, JSON Schema or Swagger 2.0 know, and how OpenAPI 3.0 says the same: (object, key, remedy).
const ELSEWHERE: &[(&str, &str, &str)] = &[
    ("Schema", "const", "OpenAPI 3.0 has no `const`; write an `enum` with the one value."),
    ("Schema", "examples", "OpenAPI 3.0 knows one `example` in a schema; keep the best one."),
    ("Schema", "$defs", "Move the schemas to `components.schemas`."),
    ("Schema", "definitions", "Move the schemas to `components.schemas`."),
    ("Schema", "$schema", "Delete it: the dialect of OpenAPI 3.0 is fixed."),
    ("Schema", "patternProperties", "OpenAPI 3.0 cannot say it; describe the values with `additionalProperties`."),
    ("Schema", "propertyNames", "OpenAPI 3.0 cannot say it; say it in `description`."),
    ("Schema", "prefixItems", "OpenAPI 3.0 has no tuples; describe the items with `items`."),
    ("Schema", "contentEncoding", "Write `format: byte` for base64."),
    ("Schema", "contentMediaType", "Write `format: binary`, or `format: byte` for base64."),
    ("Parameter", "type", "OpenAPI 3.0 describes the value in `schema`: `schema: {type: …}`."),
    ("Parameter", "format", "OpenAPI 3.0 describes the value in `schema`: `schema: {format: …}`."),
    ("Parameter", "enum", "OpenAPI 3.0 describes the value in `schema`: `schema: {enum: …}`."),
    ("Header", "type", "OpenAPI 3.0 describes the value in `schema`: `schema: {type: …}`."),
    ("Response", "schema", "OpenAPI 3.0 describes the body in `content`: `content: {application/json: {schema: …}}`."),
    (
        "Operation",
        "body",
        "OpenAPI 3.0 describes the body in `requestBody`: `requestBody: {content: {application/json: …}}`.",
    ),
    ("Operation", "consumes", "OpenAPI 3.0 names media types as keys of `requestBody.content`."),
    ("Operation", "produces", "OpenAPI 3.0 names media types as keys of a response's `content`."),
    ("Info", "summary", "OpenAPI 3.0 has no summary here; move it into `description`."),
    ("License", "identifier", "OpenAPI 3.0 has no SPDX identifier; use `url`."),
    ("OpenAPI", "webhooks", "OpenAPI 3.0 has no webhooks, and a client has no use for them; delete them."),
    ("Components", "pathItems", "OpenAPI 3.0 has no such components; write the items under `paths`."),
];

/// How to say `key` of the object called `object` in OpenAPI 3.0, where that is known.
pub(super) fn elsewhere(object: &str, key: &str) -> Option<&'static str> {
    let known = ELSEWHERE.iter().find(|(owner, name, _)| *owner == object && *name == key)?;
    Some(known.2)
}

/// The candidate that `word` probably is a slip of: at most one letter in every `letters` differs.
pub(crate) fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>, letters: usize) -> Option<&'c str> {
    let lower = word.to_lowercase();
    let distance = |candidate: &str| strsim::osa_distance(&lower, &candidate.to_lowercase());
    let (distance, best) = candidates
        .map(|candidate| (distance(candidate), candidate))
        // A letter is rather forgotten than mistaken for another.
        .min_by_key(|(far, candidate)| (*far, !holds(&candidate.to_lowercase(), &lower)))?;
    let limit = (best.chars().count() / letters.max(1)).clamp(1, 3);
    // Of a name of one letter nothing is left where one differs.
    let is_alike = distance < word.chars().count().max(best.chars().count());
    (distance <= limit && is_alike && word != best).then_some(best)
}

/// Whether the letters of `part` are among those of `whole`, in their order.
fn holds(whole: &str, part: &str) -> bool {
    let mut letters = whole.chars();
    part.chars().all(|letter| letters.any(|other| other == letter))
}

/// The place that a pointer to nowhere was probably meant to name: a member with nearly the name, or the component of that name.
pub(crate) fn neighbour(tree: &Value, pointer: &Pointer) -> Option<Pointer> {
    let beside = || {
        let parent = pointer.parent()?;
        let members = tree.pointer(parent.as_str())?.as_object()?;
        let name = nearest(&pointer.last()?, members.keys().map(String::as_str), 3)?;
        Some(parent.join(name))
    };
    let component = || {
        // The way there is misspelt, such as `#/component/schemas/Pet` or `#/definitions/Pet`.
        let sections = tree.get("components")?.as_object()?.iter();
        let exact = |(section, members): (&String, &Value)| {
            let place = Pointer::root().join("components").join(section).join(pointer.last()?);
            members.get(pointer.last()?).map(|_| place)
        };
        sections.filter(|(section, _)| !section.starts_with("x-")).find_map(exact)
    };
    beside().or_else(component)
}

/// The component that a reference was probably meant to lead to which is a bare name, or has the name at its end.
pub(crate) fn component_named(tree: &Value, section: &str, reference: &str) -> Option<Pointer> {
    let name = reference.rsplit(['/', '#']).next().filter(|name| !name.is_empty())?;
    let place = Pointer::root().join("components").join(section);
    let members = tree.pointer(place.as_str())?.as_object()?;
    if members.contains_key(name) {
        return Some(place.join(name));
    }
    Some(place.join(nearest(name, members.keys().map(String::as_str), 3)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_find_their_component() {
        let tree = serde_json::json!({"components": {"schemas": {"Pet": {}}, "responses": {"Gone": {}}}});
        let near = |pointer: &str| neighbour(&tree, &Pointer::parse(pointer)?).map(|near| near.to_string());
        assert_eq!(near("/components/schemas/Pat").as_deref(), Some("/components/schemas/Pet"));
        assert_eq!(near("/component/schemas/Pet").as_deref(), Some("/components/schemas/Pet"));
        assert_eq!(near("/definitions/Gone").as_deref(), Some("/components/responses/Gone"));
        assert_eq!(near("/definitions/Cat"), None);
        let named = |reference: &str| component_named(&tree, "schemas", reference).map(|near| near.to_string());
        for reference in ["Pet", "schemas/Pet", "Pat"] {
            assert_eq!(named(reference).as_deref(), Some("/components/schemas/Pet"), "{reference}");
        }
        assert_eq!(named("cats.yaml"), None);
    }

    #[test]
    fn slips_find_their_word() {
        let keys = ["description", "operationId", "tags", "in"];
        assert_eq!(nearest("descripton", keys.into_iter(), 3), Some("description"));
        assert_eq!(nearest("operationID", keys.into_iter(), 3), Some("operationId"));
        assert_eq!(nearest("tag", keys.into_iter(), 3), Some("tags"));
        assert_eq!(nearest("produces", keys.into_iter(), 3), None);
        assert_eq!(nearest("tags", keys.into_iter(), 3), None);
        assert_eq!(nearest("pst", ["put", "post"].into_iter(), 3), Some("post"));
        assert_eq!(nearest("x", ["y"].into_iter(), 3), None);
        assert_eq!(nearest("X", ["x"].into_iter(), 3), Some("x"));
    }
}
