// copperplate runtime: copied into each generated crate that uses it.
//! What a client does with a response that violates its schema.

use std::fmt;
use std::sync::Arc;

use crate::runtime::validation::violation::Violations;

/// A function that receives the `operationId` of a call and the violations of its response.
pub type ViolationHook = dyn Fn(&'static str, &Violations) + Send + Sync;

/// What a client does with a response that violates its schema.
#[derive(Clone, Default)]
pub enum ResponsePolicy {
    /// The response is decoded, but not validated. This is the default, because a service often changes before its
    /// OpenAPI document does.
    #[default]
    Off,
    /// The response is validated. If the response is invalid, the function is called with the violations, and the call
    /// still succeeds.
    Warn(Arc<ViolationHook>),
    /// The response is validated. If the response is invalid, the call returns an error for which
    /// [`Error::is_invalid_response`](crate::runtime::Error::is_invalid_response) is true.
    Enforce,
}

impl fmt::Debug for ResponsePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "Off",
            Self::Warn(_) => "Warn(…)",
            Self::Enforce => "Enforce",
        })
    }
}
