// copperplate runtime: copied into each generated crate that uses it.
//! Whether a service may receive the request of a call twice, and the idempotency key that makes this safe.

use crate::runtime::client::call::Call;
use crate::runtime::client::http_method::http_method;
use crate::runtime::client::operation::Operation;

/// Returns whether an operation has the same effect if the service executes it twice: because the document says so, or because
/// of its HTTP method.
pub(crate) fn is_idempotent<O: Operation>() -> bool {
    O::IS_IDEMPOTENT.unwrap_or(http_method::<O>().is_idempotent())
}

impl<A, T> Call<'_, A, T> {
    /// Returns whether the call can be sent twice without harm.
    pub(crate) fn is_idempotent<O: Operation>(&self) -> bool {
        is_idempotent::<O>()
    }

    /// Returns whether the caller set the idempotency key of the call. Another call with the same key has no effect.
    pub(crate) fn has_own_idempotency_key(&self) -> bool {
        false
    }
}
