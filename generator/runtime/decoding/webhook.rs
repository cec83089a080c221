// copperplate runtime: copied into each generated crate that uses it.
//! Decodes and validates webhooks: requests that the service sends.

use bytes::Bytes;
use http::HeaderMap;

use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::decoding::from_json::FromJsonError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::validate::share;
use crate::runtime::validation::violation::Direction;

/// A webhook that the service has sent.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Webhook<B, H> {
    /// The payload.
    pub body: B,
    /// The documented headers; `()` if the document describes none.
    pub headers: H,
}

/// The result of decoding and validating a webhook.
pub type WebhookResult<B, H> = Result<Webhook<B, H>, FromJsonError>;

/// Decodes and validates the payload and the headers of a webhook. `required` are the names of the headers that it must have,
/// `read` reads the headers, and `check` validates the payload.
#[doc(hidden)]
pub fn webhook<B: DecodeOwned, H>(
    headers: &HeaderMap,
    body: &[u8],
    required: &[&str],
    read: fn(&RawResponse) -> H,
    check: fn(&B, ValidationContext<'_>),
) -> WebhookResult<B, H> {
    share(|| {
        let leniency = Leniency::recording();
        let decoded: B = from_slice(body, &leniency)
            .map_err(|error| FromJsonError::Decode(DecodeError::new(body, &error, &leniency)))?;
        let report = Report::new(Direction::Response);
        leniency.report(ValidationContext::root(&report));
        check(&decoded, ValidationContext::root(&report));
        let headers = read_headers(headers, required, read, &report);
        report.finish().map(|()| Webhook { body: decoded, headers }).map_err(FromJsonError::Invalid)
    })
}

/// Validates the headers of a webhook that has no payload.
#[doc(hidden)]
pub fn webhook_without_body<H>(
    headers: &HeaderMap,
    required: &[&str],
    read: fn(&RawResponse) -> H,
) -> WebhookResult<(), H> {
    let report = Report::new(Direction::Response);
    let headers = read_headers(headers, required, read, &report);
    report.finish().map(|()| Webhook { body: (), headers }).map_err(FromJsonError::Invalid)
}

/// Reads headers as if they were those of a response. Reports the headers that are missing or do not decode.
fn read_headers<H>(headers: &HeaderMap, required: &[&str], read: fn(&RawResponse) -> H, report: &Report) -> H {
    for name in required.iter().filter(|name| !headers.contains_key(**name)) {
        ValidationContext::root(report).header(name).report_violation("required", None, None);
    }
    let mut response = http::Response::new(Bytes::new());
    response.headers_mut().clone_from(headers);
    let response = RawResponse::new(response, Leniency::recording());
    let headers = read(&response);
    response.leniency().report(ValidationContext::root(report));
    headers
}
