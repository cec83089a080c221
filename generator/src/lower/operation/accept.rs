//! The header `Accept`: the media types that the responses of an operation are decoded from.

use crate::lower::operation::media_types::preferred_first;
use crate::lower::operation::response_bodies::can_have_body;
use crate::lower::state::Lowering;
use crate::resolve::document::Operation;

impl<'d> Lowering<'d> {
    /// Returns the value of the header `Accept`: the media types of all documented responses that the client reads, whatever
    /// their status. Returns an empty string if no response has a body; the client then accepts every media type.
    ///
    /// The list does not end with `*/*`, although a response that the document does not describe can have any media type. A
    /// server may send such a response in spite of `Accept`, and servers do. With `*/*`, a server could also choose a media type
    /// that the client does not read for a response that the document describes.
    pub(super) fn accept(&self, operation: &'d Operation) -> String {
        let responses = operation.responses.iter().filter(|response| can_have_body(operation, response));
        let accepted = preferred_first(responses.flat_map(|response| self.readable(response)));
        let mut names: Vec<&str> = accepted.into_iter().map(|media| media.name.as_str()).collect();
        names.dedup();
        names.join(", ")
    }
}
