//! Reads request bodies.

use openapiv3::ReferenceOr;

use crate::finding::Code;
use crate::pointer::Pointer;
use crate::resolve::context::Context;
use crate::resolve::document::RequestBody;
use crate::resolve::media_type::content;
use crate::resolve::reference::follow;

/// Reads the `requestBody` at `place`.
pub(super) fn request_body(
    cx: &mut Context<'_>,
    item: &ReferenceOr<openapiv3::RequestBody>,
    place: &Pointer,
) -> Option<RequestBody> {
    let mark = cx.findings.mark();
    let Some((pointer, body)) = follow(cx, item, place) else {
        // The target was skipped, and an earlier finding explains why. This finding rejects the operation, because without the
        // body the operation would send a different request.
        if mark == cx.findings.mark() {
            let message = "The reference leads to a request body that was skipped.";
            cx.findings.add(Code::RefMissing, place, message, "Correct the request body.");
        }
        return None;
    };
    Some(RequestBody {
        description: body.description.clone(),
        required: body.required,
        content: content(cx, &body.content, &pointer.join("content")),
        pointer,
    })
}
