//! Decides which statuses are successes, sorts responses by status, and names the enum variants for statuses.

use crate::ir::StatusMatch;
use crate::lower::naming::identifiers;
use crate::resolve::document::{Operation, Response, Status};

/// Returns the responses of an operation in matching order: exact statuses, then ranges, then `default`.
pub(super) fn by_status(operation: &Operation) -> Vec<&Response> {
    let mut responses: Vec<&Response> = operation.responses.iter().collect();
    responses.sort_by_key(|response| response.status);
    responses
}

/// Returns whether a response with this status is a success. 2XX is a success. If the operation describes no 2XX status, 1XX and
/// 3XX are successes too, because the purpose of such an operation can be a redirect.
pub(super) fn is_success(status: Status, operation: &Operation) -> bool {
    let is_2xx = |status: Status| matches!(status, Status::Code(200..=299) | Status::Range(2));
    let is_1xx_or_3xx = matches!(status, Status::Code(100..=199 | 300..=399) | Status::Range(1 | 3));
    is_2xx(status) || (is_1xx_or_3xx && !operation.responses.iter().any(|response| is_2xx(response.status)))
}

/// Converts a status of the document, such as `4XX`, to the statuses that a response arm accepts.
pub(super) fn status_match(status: Status) -> StatusMatch {
    match status {
        Status::Code(code) => StatusMatch::Code(code),
        Status::Range(first_digit) => StatusMatch::Range(first_digit),
        Status::Default => StatusMatch::Other,
    }
}

/// Returns the name of a status in words: `Not Found` for 404, `Client Error` for 4XX.
pub(super) fn status_words(status: Status) -> String {
    match status {
        Status::Code(code) => http::StatusCode::from_u16(code)
            .ok()
            .and_then(|status| status.canonical_reason())
            .map_or_else(|| format!("Status {code}"), str::to_owned),
        Status::Range(1) => "Informational".to_owned(),
        Status::Range(2) => "Success".to_owned(),
        Status::Range(3) => "Redirection".to_owned(),
        Status::Range(4) => "Client Error".to_owned(),
        Status::Range(5) => "Server Error".to_owned(),
        Status::Range(first_digit) => format!("Status {first_digit}XX"),
        Status::Default => "Default".to_owned(),
    }
}

/// Returns the name of the enum variant for a status: `NotFound` for 404.
pub(super) fn status_variant(status: Status) -> String {
    identifiers::pascal(&status_words(status).to_lowercase())
}
