// copperplate runtime: copied into each generated crate that uses it.
//! The HTTP method of an operation.

use http::Method;

use crate::runtime::client::operation::Operation;

/// Returns the HTTP method with which the requests of an operation are sent.
pub(crate) fn http_method<O: Operation>() -> Method {
    // part: other_methods
    if let Some(method) = O::OTHER_METHOD.and_then(|method| Method::from_bytes(method.as_bytes()).ok()) {
        return method;
    }
    // end of part
    O::METHOD
}
