//! Finds media types that cannot be sent, are invalid, or are probably misspelt.

use copperplate_runtime::runtime::response::media_type::is_token;

use crate::finding::{Code, Findings};
use crate::pointer::Pointer;
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

/// Reports media types that are invalid, or that are probably misspelt: similar to a well-known media type, but not equal.
pub(super) fn known(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        let parameters = operation.parameters.iter().filter_map(|parameter| match &parameter.value {
            ParameterValue::Content(media) => Some(media),
            ParameterValue::Schema(_) => None,
        });
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        let responses = operation.responses.iter().flat_map(|response| &response.content);
        parameters.chain(bodies).chain(responses).for_each(|media| check_name(media, findings));
        let extension = operation.pointer.join("x-fixed-headers");
        for (name, value) in &operation.fixed_headers {
            if name.eq_ignore_ascii_case("Content-Type") {
                report_unsendable(value, &extension.join(name), findings);
            }
        }
        let bodies = operation.body.iter().flat_map(|body| &body.content);
        for encoding in bodies.flat_map(|media| &media.encoding) {
            let place = encoding.pointer.join("contentType");
            if let Some(list) = &encoding.content_type
                && !report_unsendable(list, &place, findings)
                && let Some(wrong) = list.split(',').map(str::trim).find(|name| !is_media_type(name))
            {
                let message = format!("`{wrong}` is not a media type, so no part can have this `contentType`.");
                findings.add(Code::UnsupportedMediaType, &place, message, REMEDY);
            }
        }
    }
}

const REMEDY: &str = "Write a media type such as `text/plain` or `text/plain; charset=utf-8`.";

/// Reports the media type `name` if it cannot be sent in a header, for example because it contains a line break or an open quote.
/// Returns whether it was reported.
fn report_unsendable(name: &str, place: &Pointer, findings: &mut Findings) -> bool {
    let is_printable = name.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_printable && has_balanced_quotes(name) {
        return false;
    }
    let message = format!("The media type `{}` cannot be sent in a header.", name.escape_debug());
    findings.add(Code::UnsupportedMediaType, place, message, REMEDY);
    true
}

/// Returns whether `name` consists of a type, a subtype and optional parameters. The runtime refuses to send a multipart part
/// with an invalid media type.
fn is_media_type(name: &str) -> bool {
    let (essence, parameters) = name.split_once(';').map_or((name, None), |(essence, rest)| (essence, Some(rest)));
    let has_parts =
        essence.trim_end().split_once('/').is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype));
    let is_parameter =
        |text: &str| text.trim().split_once('=').is_some_and(|(name, value)| is_token(name) && !value.is_empty());
    has_parts && parameters.is_none_or(|parameters| parameters.contains('"') || parameters.split(';').all(is_parameter))
}

/// Returns whether every quoted string in a media type is closed, and is the complete value of a parameter.
fn has_balanced_quotes(name: &str) -> bool {
    let mut rest = name;
    while let Some((before, quoted)) = rest.split_once('"') {
        let mut is_escaped = false;
        let end = quoted.find(|letter: char| {
            let is_end = letter == '"' && !is_escaped;
            is_escaped = letter == '\\' && !is_escaped;
            is_end
        });
        let Some(after) = end.map(|end| &quoted[end + 1..]) else { return false };
        if !before.ends_with('=')
            || !before.contains(';')
            || !matches!(after.trim_start().chars().next(), None | Some(';' | ','))
        {
            return false;
        }
        rest = after;
    }
    true
}

fn check_name(media: &MediaType, findings: &mut Findings) {
    if report_unsendable(&media.name, &media.pointer, findings) {
        return;
    }
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

/// Returns the well-known media type with this subtype, such as `application/json` for `json`.
fn with_subtype(subtype: &str) -> Option<&'static str> {
    let has_subtype = |known: &&str| known.rsplit('/').next().is_some_and(|known| known.eq_ignore_ascii_case(subtype));
    KNOWN.iter().copied().find(has_subtype)
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    #[test]
    fn media_types_that_would_change_their_header_are_reported() {
        let codes = |name: &str, content_type: &str| {
            let (name, content_type) = (serde_json::json!(name), serde_json::json!(content_type));
            codes_and_places(&format!(
                "paths:\n  /a:\n    post:\n      requestBody: {{content: {{{name}: {{schema: {{type: object}}, \
                 encoding: {{p: {{contentType: {content_type}}}}}}}}}}}\n      responses: {{}}\n"
            ))
        };
        for valid in ["multipart/form-data; a=\"b;c\"; d=e", "text/plain; charset=utf-8", "a/b; c=\"d\\\"e\""] {
            assert_eq!(codes(valid, valid), [""; 0], "{valid}");
        }
        for wrong in ["a/b\"; boundary=\"evil", "a/b\r\nX-Evil: 1", "a/b; c=\"d", "a/é", "a/b; c=\"d\"e", "\"a/b\""] {
            let found = codes("multipart/form-data", wrong);
            assert_eq!(found.len(), 1, "{wrong:?}: {found:?}");
            assert!(found[0].starts_with("unsupported-media-type") && found[0].ends_with("/contentType"), "{found:?}");
            let found = codes(wrong, "text/plain");
            assert_eq!((found.len(), found[0].split(' ').next()), (1, Some("unsupported-media-type")), "{found:?}");
        }
        for list in ["image/png, image/jpeg", "image/*", "text/plain;charset=utf-8 , a/b"] {
            assert_eq!(codes("multipart/form-data", list), [""; 0], "{list}");
        }
        for list in ["json", "image/png,", "a b/c", "a/b; c"] {
            assert_eq!(codes("multipart/form-data", list).len(), 1, "{list}");
        }
    }

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
