//! Finds media types that are invalid or probably misspelt.

use crate::finding::{Code, Findings};
use crate::resolve::document::{Document, MediaType, ParameterValue};
use crate::suggestion::nearest;

/// Well-known media types.
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

/// Reports media types that are invalid, or similar to a well-known media type but not equal to it.
pub(super) fn known(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        let parameters = operation.parameters.iter().filter_map(|parameter| match &parameter.value {
            ParameterValue::Content(media) => Some(media),
            ParameterValue::Schema(_) => None,
        });
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        parameters.chain(bodies).chain(responses).for_each(|media| check_name(media, findings));
    }
}

fn check_name(media: &MediaType, findings: &mut Findings) {
    let essence = media.name.split(';').next().unwrap_or_default().trim();
    let is_private = ["+", "*", "/vnd.", "/x.", "/prs."].iter().any(|mark| essence.contains(mark));
    if is_private || KNOWN.iter().any(|known| known.eq_ignore_ascii_case(essence)) {
        return;
    }
    if !essence.contains('/') {
        let remedy = match nearest(essence, KNOWN.iter().copied(), 4).or_else(|| with_subtype(essence)) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => "Write a type and a subtype with a `/` between them, such as `application/json`.".to_owned(),
        };
        let message = format!("`{essence}` is not a media type, because it has no `/`.");
        findings.add(Code::MisspeltMediaType, &media.pointer, message, remedy);
    } else if let Some(near) = nearest(essence, KNOWN.iter().copied(), 9) {
        let message = format!("`{essence}` is not a known media type.");
        findings.add(Code::MisspeltMediaType, &media.pointer, message, format!("Did you mean `{near}`?"));
    }
}

/// Returns the well-known media type with this subtype.
fn with_subtype(subtype: &str) -> Option<&'static str> {
    let has_subtype = |known: &&str| known.rsplit('/').next().is_some_and(|known| known.eq_ignore_ascii_case(subtype));
    KNOWN.iter().copied().find(has_subtype)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    #[test]
    fn probable_misspellings_are_reported() {
        let count = |name: &str| {
            codes_and_places(&format!(
                "paths:\n  /a:\n    get:\n      responses: {{'200': {{description: d., content: {{'{name}': {{}}}}}}}}\n"
            ))
            .len()
        };
        for valid in ["application/json", "Application/JSON; charset=utf-8", "image/*", "application/vnd.a+json", "a/b"]
        {
            assert_eq!(count(valid), 0, "{valid}");
        }
        for misspelt in [
            "aplication/json",
            "aplication json",
            "json",
            "payload",
            "application/jsno",
            "application.json",
            "text/plan",
            "multipart/formdata",
        ] {
            assert_eq!(count(misspelt), 1, "{misspelt}");
        }
    }
}
