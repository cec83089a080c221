// copperplate runtime: copied into each generated crate that uses it.
//! Describes an operation with its arguments, for errors and `Debug`.

use std::fmt;

use crate::runtime::client::base_url::resolve;
use crate::runtime::client::http_method::http_method;
use crate::runtime::client::idempotency::is_idempotent;
use crate::runtime::client::operation::Operation;
use crate::runtime::error::failed_request::{FailedRequest, URL_LENGTH};
use crate::runtime::printing::Cut;
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::violation::Direction;

/// Describes the request of an operation. The path is written again, so that a call that succeeds does no work for it.
pub(crate) fn describe<O: Operation>(operation: &O) -> FailedRequest {
    let call = operation.call();
    let report = Report::verdict_only(Direction::Request);
    let mut request = RequestBuilder::for_printing(&report);
    operation.write_request(&mut request);
    let base = resolve(&call.client.config.base, call.server(O::SERVER));
    let url = base.ok().map(|base| request.printed_url(&base));
    let is_idempotent = call.has_own_idempotency_key() || is_idempotent::<O>();
    FailedRequest { operation: O::ID, method: Some(http_method::<O>()), url, is_idempotent }
}

/// Prints the ID, the method and the URL of an operation, but no other argument, because arguments can contain secrets.
///
/// # Errors
/// Returns the error of the formatter.
pub fn print<O: Operation>(operation: &O, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let url = describe(operation).url;
    f.debug_struct("Operation")
        .field("id", &O::ID)
        .field("method", &http_method::<O>())
        .field("url", &url.as_deref().map(|url| Cut(url, URL_LENGTH)))
        .finish_non_exhaustive()
}
