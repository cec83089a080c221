//! The headers with the same value in all requests of an operation: `x-fixed-headers` and `Accept`.

use crate::lower::operation::media_types::preferred_first;
use crate::lower::state::Lowering;
use crate::resolve::document::Operation;

impl<'d> Lowering<'d> {
    /// Returns the headers of `x-fixed-headers`. Adds `Accept` if a response can have several media types and `x-fixed-headers` has
    /// no `Accept`. The added header lists the media types that the client reads.
    pub(super) fn fixed_headers(&self, operation: &'d Operation) -> Vec<(String, String)> {
        let mut headers = operation.fixed_headers.clone();
        let has_choice = operation.responses.iter().any(|response| response.content.len() > 1);
        if !has_choice || headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("Accept")) {
            return headers;
        }
        let accepted = preferred_first(operation.responses.iter().flat_map(|response| self.readable(response)));
        let mut names: Vec<&str> = accepted.into_iter().map(|media| media.name.as_str()).collect();
        names.dedup();
        headers.push(("Accept".to_owned(), names.join(", ")));
        headers
    }
}
