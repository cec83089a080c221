//! Reads `x-idempotent` and `x-idempotency-key`, which decide whether a client sends a request again.

use crate::pointer::Pointer;
use crate::resolve::context::{Context, Extensions};
use crate::resolve::document::IdempotencyKey;
use crate::resolve::extension::{read, report_malformed};

/// Reads `x-idempotent` of the operation at `place`.
pub(super) fn is_idempotent(cx: &mut Context<'_>, extensions: &Extensions, place: &Pointer) -> Option<bool> {
    read(cx, extensions, "x-idempotent", place, "x-idempotent: true")
}

/// Reads `x-idempotency-key` of the operation at `place`. An operation without the extension has that of the document if its
/// HTTP method `method` is not idempotent.
pub(super) fn idempotency_key(
    cx: &mut Context<'_>,
    method: &str,
    extensions: &Extensions,
    place: &Pointer,
) -> Option<IdempotencyKey> {
    let (name, sample) = ("x-idempotency-key", "x-idempotency-key: Idempotency-Key");
    let root = Pointer::root();
    let (extensions, place) = match extensions.contains_key(name) {
        true => (extensions, place),
        false if matches!(method, "post" | "patch") => (&cx.openapi.extensions, &root),
        false => return None,
    };
    let header: String = read(cx, extensions, name, place, sample)?;
    let pointer = place.join(name);
    let is_name = !header.is_empty() && header.bytes().all(|byte| byte == b'-' || byte.is_ascii_alphanumeric());
    if !is_name {
        let reason = "a header name consists of letters, digits and `-`";
        report_malformed(cx, &pointer, name, reason, sample);
    } else if ["accept", "authorization", "content-type", "cookie", "user-agent"]
        .contains(&header.to_ascii_lowercase().as_str())
    {
        let reason = format!("the header `{header}` has another meaning");
        report_malformed(cx, &pointer, name, &reason, sample);
    }
    Some(IdempotencyKey { pointer, header })
}

#[cfg(test)]
mod tests {
    use crate::resolve::tests::resolved;

    #[test]
    fn the_key_of_the_document_applies_to_methods_that_are_not_idempotent() {
        let (document, findings) = resolved(
            "x-idempotency-key: Idempotency-Key\npaths:\n  /a:\n    get: {responses: {}}\n    put: {x-idempotent: false, \
             responses: {}}\n    post: {responses: {}}\n    patch: {x-idempotency-key: X-Key, responses: {}}\n",
        );
        assert_eq!(findings, [""; 0]);
        let keys = document.operations.iter().map(|operation| operation.idempotency_key.as_ref());
        let keys: Vec<_> = keys.map(|key| key.map(|key| format!("{} {}", key.pointer, key.header))).collect();
        let own = Some("/paths/~1a/patch/x-idempotency-key X-Key".to_owned());
        assert_eq!(keys, [None, None, Some("/x-idempotency-key Idempotency-Key".to_owned()), own]);
        assert_eq!(document.operations[1].is_idempotent, Some(false));
    }

    #[test]
    fn a_header_with_another_meaning_is_malformed() {
        let (_, findings) = resolved(
            "paths:\n  /a:\n    get: {x-idempotency-key: a b, responses: {}}\n    post: {x-idempotency-key: Authorization, \
             responses: {}}\n    put: {x-idempotent: maybe, responses: {}}\n",
        );
        assert_eq!(
            findings,
            [
                "extension-shape /paths/~1a/get/x-idempotency-key",
                "extension-shape /paths/~1a/post/x-idempotency-key",
                "extension-shape /paths/~1a/put/x-idempotent",
            ]
        );
    }
}
