//! Names that mean nothing as they are written, and are nearly one that does.

use std::borrow::Cow;

use crate::check::schema::each;
use crate::finding::{Code, Finding, Findings};
use crate::resolve::document::{AdditionalProperties, Document, MediaType, ParameterValue, Schema, SchemaType};
use crate::suggestion::nearest;

/// The required members of a schema that are none of its properties, and nearly one: index, name, and the property.
pub(super) fn meant(schema: &Schema) -> impl Iterator<Item = (usize, &str, Cow<'_, str>)> {
    let unlisted = schema.required.iter().enumerate().filter(|(_, name)| !schema.properties.contains_key(*name));
    unlisted.filter_map(|(index, name)| {
        let free = schema.properties.keys().filter(|property| !schema.required.contains(property));
        let slip = || nearest(name, free.map(String::as_str), 3).map(Cow::Borrowed);
        Some((index, name.as_str(), names_in(name, schema).or_else(slip)?))
    })
}

/// The properties that `name` names with spaces between them.
fn names_in<'s>(name: &str, schema: &Schema) -> Option<Cow<'s, str>> {
    let names: Vec<&str> = name.split_whitespace().collect();
    let are_properties = names.len() > 1 && names.iter().all(|name| schema.properties.contains_key(*name));
    are_properties.then(|| names.join(", ").into())
}

/// No required member is nearly a property. That it need not be one is the law, and hardly ever what is meant.
pub(super) fn required(document: &Document, findings: &mut Findings) {
    each(document, &mut |schema| {
        for (index, name, meant) in meant(schema) {
            // What `additionalProperties: false` forbids besides is told as a contradiction.
            if !matches!(schema.additional_properties, AdditionalProperties::Forbidden) {
                findings.add(
                    Code::MisspeltRequired,
                    &schema.pointer.join("required").join(index),
                    format!("`{name}` is required, and the schema has no such property."),
                    format!("Did you mean `{meant}`?"),
                );
            }
        }
    });
}

/// Every array says what its items are, as OpenAPI asks; where the key is misspelt or its value was taken out that is told.
pub(super) fn items(document: &Document, findings: &mut Findings) {
    each(document, &mut |schema| {
        let is_bare = schema.kind == Some(SchemaType::Array) && schema.items.is_none() && schema.all_of.is_empty();
        let is_told = |findings: &Findings| {
            let has_unknown_key = |finding: &Finding| {
                finding.code == Code::UnknownKey && finding.pointer.parent().as_ref() == Some(&schema.pointer)
            };
            findings.has_skipped(&schema.pointer.join("items")) || findings.iter().any(has_unknown_key)
        };
        if is_bare && !is_told(findings) {
            let message = "The schema is an array and has no `items`.";
            findings.add(Code::MissingItems, &schema.pointer, message, "Describe the items: `items: {type: …}`.");
        }
    });
}

/// Media types that everybody knows.
const KNOWN: &[&str] = &[
    "application/cbor",
    "application/gzip",
    "application/hal+json",
    "application/javascript",
    "application/jose",
    "application/json",
    "application/json-patch+json",
    "application/json-seq",
    "application/jsonl",
    "application/jwt",
    "application/ld+json",
    "application/merge-patch+json",
    "application/msgpack",
    "application/octet-stream",
    "application/pdf",
    "application/problem+json",
    "application/problem+xml",
    "application/soap+xml",
    "application/vnd.api+json",
    "application/x-ndjson",
    "application/x-tar",
    "application/x-www-form-urlencoded",
    "application/x-yaml",
    "application/x-zip",
    "application/xml",
    "application/yaml",
    "application/yml",
    "application/zip",
    "audio/mpeg",
    "audio/ogg",
    "audio/wav",
    "image/gif",
    "image/jpeg",
    "image/jpg",
    "image/png",
    "image/svg+xml",
    "image/webp",
    "multipart/form-data",
    "multipart/mixed",
    "multipart/related",
    "text/calendar",
    "text/css",
    "text/csv",
    "text/event-stream",
    "text/html",
    "text/markdown",
    "text/plain",
    "text/xml",
    "text/yaml",
    "text/yml",
    "video/mp4",
    "video/mpeg",
    "video/ogg",
    "video/webm",
];

/// No media type is nearly one that everybody knows.
pub(super) fn media_types(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        let parameters = operation.parameters.iter().filter_map(|parameter| match &parameter.value {
            ParameterValue::Content(media) => Some(media),
            ParameterValue::Schema(_) => None,
        });
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let answers = operation.responses.iter().flat_map(|response| &response.content);
        parameters.chain(bodies).chain(answers).for_each(|media| media_type(media, findings));
    }
}

fn media_type(media: &MediaType, findings: &mut Findings) {
    let essence = media.name.split(';').next().unwrap_or_default().trim();
    let is_private = ["+", "*", "/vnd.", "/x.", "/prs."].iter().any(|mark| essence.contains(mark));
    if is_private || KNOWN.iter().any(|known| known.eq_ignore_ascii_case(essence)) {
        return;
    }
    if !essence.contains('/') {
        let remedy = match nearest(essence, KNOWN.iter().copied(), 4).or_else(|| subtype(essence)) {
            Some(meant) => format!("Did you mean `{meant}`?"),
            None => "Write a type and a subtype with a `/` between them, such as `application/json`.".to_owned(),
        };
        let message = format!("`{essence}` is no media type: it has no `/`.");
        findings.add(Code::MisspeltMediaType, &media.pointer, message, remedy);
    } else if let Some(meant) = nearest(essence, KNOWN.iter().copied(), 9) {
        findings.add(
            Code::MisspeltMediaType,
            &media.pointer,
            format!("`{essence}` is no media type that is known."),
            format!("Did you mean `{meant}`?"),
        );
    }
}

/// The known media type of this subtype.
fn subtype(name: &str) -> Option<&'static str> {
    KNOWN
        .iter()
        .copied()
        .find(|known| known.rsplit('/').next().is_some_and(|subtype| subtype.eq_ignore_ascii_case(name)))
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    #[test]
    fn required_members_are_properties_or_far_from_any() {
        let says_of = |schema: &str| {
            let said = says(&format!("paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"));
            said.into_iter().map(|line| line.replace(" /components/schemas/A", " ")).collect::<Vec<_>>()
        };
        assert_eq!(says_of("{required: [ids], properties: {id: {}, x: {}}}"), ["misspelt-required /required/0"]);
        assert_eq!(says_of("{required: [ids, id], properties: {id: {}, x: {}}}"), [""; 0]);
        assert_eq!(says_of("{required: [name], properties: {id: {}}}"), [""; 0]);
        // An example lacks the member too, which is no news.
        assert_eq!(
            says_of("{required: [x, ids], properties: {id: {}, x: {}}, example: {id: 1, x: 1}}"),
            ["misspelt-required /required/1"]
        );
        assert_eq!(
            says_of("{required: [ids], properties: {id: {}}, additionalProperties: false}"),
            ["contradictory-bounds /required"]
        );
    }

    #[test]
    fn media_types_are_known_or_far_from_any() {
        let says_of = |name: &str| {
            says(&format!(
                "paths:\n  /a:\n    get:\n      responses: {{'200': {{description: d., content: {{'{name}': {{}}}}}}}}\n"
            ))
            .len()
        };
        for right in ["application/json", "Application/JSON; charset=utf-8", "image/*", "application/vnd.a+json", "a/b"]
        {
            assert_eq!(says_of(right), 0, "{right}");
        }
        for wrong in [
            "aplication/json",
            "aplication json",
            "json",
            "payload",
            "application/jsno",
            "application.json",
            "text/plan",
            "multipart/formdata",
        ] {
            assert_eq!(says_of(wrong), 1, "{wrong}");
        }
    }
}
