// copperplate runtime: copied into each generated crate that uses it.
//! The HTTP method of an operation.

use http::Method;

use crate::runtime::client::operation::Operation;

/// Returns the HTTP method with which the requests of an operation are sent.
pub(crate) fn http_method<O: Operation>() -> Method {
    O::METHOD
}
