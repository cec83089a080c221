// copperplate runtime: copied into each generated crate that uses it.
//! Whether a service may receive the request of a call twice, and the idempotency key that makes this safe.

use crate::runtime::client::call::Call;
use crate::runtime::client::http_method::http_method;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::randomness::Randomness; // part: idempotency_keys

/// Returns whether an operation has the same effect if the service executes it twice: because the document says so, or because
/// of its HTTP method.
pub(crate) fn is_idempotent<O: Operation>() -> bool {
    O::IS_IDEMPOTENT.unwrap_or(http_method::<O>().is_idempotent())
}

impl<A, T> Call<'_, A, T> {
    /// Returns whether the call can be sent twice without harm.
    pub(crate) fn is_idempotent<O: Operation>(&self) -> bool {
        // part: idempotency_keys
        let has_key = O::IDEMPOTENCY_KEY.is_some();
        if has_key {
            return true;
        }
        // end of part
        is_idempotent::<O>()
    }

    /// Returns whether the caller set the idempotency key of the call. Another call with the same key has no effect.
    pub(crate) fn has_own_idempotency_key(&self) -> bool {
        // part: idempotency_keys
        if self.options().idempotency_key.is_some() {
            return true;
        }
        // end of part
        false
    }

    // part: idempotency_keys
    /// Returns the idempotency key of the call: the caller's, or else that of the stream, or else a random one if the operation
    /// has such a key.
    pub(crate) fn idempotency_key<O: Operation>(&self) -> Option<String> {
        let random = || O::IDEMPOTENCY_KEY.map(|_| random_key(&self.client.config.randomness));
        let options = self.options();
        options.idempotency_key.clone().or_else(|| options.stream_key.clone()).or_else(random)
    }
    // end of part
}

// part: idempotency_keys
/// Returns a random UUID.
fn random_key(randomness: &Randomness) -> String {
    let (high, low) = (randomness.next(), randomness.next());
    format!(
        "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xfff,
        low >> 48 & 0x3fff | 0x8000,
        low & 0xffff_ffff_ffff
    )
}
// end of part
