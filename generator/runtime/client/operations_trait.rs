// copperplate runtime: copied into each generated crate that uses it.
//! What the traits over the operations of APIs share. Code that takes such a trait can be tested with an implementation of the
//! test's own in place of a client.

use std::error::Error as StdError;
use std::fmt;
use std::pin::Pin;

use crate::runtime::client::http_method::http_method;
use crate::runtime::client::idempotency::is_idempotent;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::transport::{Transport, TransportError};
use crate::runtime::error::Error;
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::response::reply::Reply;

/// The future of a call through a trait: `Box::pin(async move { … })`.
pub type Sending<'a, S, H = ()> = Pin<Box<dyn Future<Output = Result<Reply<S, H>, Error>> + Send + 'a>>;

/// Sends an operation. Generated code calls this function.
#[doc(hidden)]
pub fn send_boxed<'a, O>(operation: O) -> Sending<'a, O::Success, O::Headers>
where
    O: Operation<Api: Sync, Transport: Transport + Sync> + Send + Sync + 'a,
{
    Box::pin(operation.send())
}

/// Returns the error of an operation that an implementation of a trait does not have. Generated code calls this function.
#[doc(hidden)]
pub fn not_implemented<'a, O: Operation>() -> Sending<'a, O::Success, O::Headers> {
    let error = Error::transport(unsent::<O>(), TransportError::Other(Box::new(NotImplemented)));
    Box::pin(async { Err(error) })
}

/// Describes a call that no transport sent.
pub(crate) fn unsent<O: Operation>() -> FailedRequest {
    let request = FailedRequest::unsent(O::ID, Some(http_method::<O>()));
    FailedRequest { is_idempotent: is_idempotent::<O>(), ..request }
}

/// The cause of the error.
#[derive(Debug)]
struct NotImplemented;

impl fmt::Display for NotImplemented {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this implementation of the trait does not have the operation")
    }
}

impl StdError for NotImplemented {}
