// copperplate runtime: copied into each generated crate that uses it.
//! The source of randomness of a client.

use std::collections::hash_map::RandomState;
use std::fmt;
use std::hash::{BuildHasher, Hasher};
use std::sync::Arc;

/// The source of randomness of a client, for the delays between attempts and for idempotency keys. Tests replace it. It is
/// not meant for cryptography.
#[derive(Clone, Default)]
pub(crate) struct Randomness(pub Option<Arc<dyn Fn() -> u64 + Send + Sync>>);

impl Randomness {
    /// Returns a random number.
    pub(crate) fn next(&self) -> u64 {
        match &self.0 {
            Some(next) => next(),
            // The standard library gives each new state other keys, which come from the operating system.
            None => RandomState::new().build_hasher().finish(),
        }
    }

    /// Returns a random number from 0 to 1.
    pub(crate) fn fraction(&self) -> f64 {
        self.next() as f64 / u64::MAX as f64
    }
}

impl fmt::Debug for Randomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Randomness")
    }
}
