// copperplate runtime: copied unchanged into every generated crate.
//! What a client does with responses that violate the document.

use std::fmt;
use std::sync::Arc;

use crate::runtime::validation::violation::Violations;

/// A function that receives the `operationId` of a call and the violations of its response.
pub type ViolationHook = dyn Fn(&'static str, &Violations) + Send + Sync;

/// What happens to a response that violates the document.
#[derive(Clone, Default)]
pub enum ResponsePolicy {
    /// Responses are decoded, but not validated. This is the default, because services change before their documents
    /// do.
    #[default]
    Off,
    /// The function is called with the violations, and the call succeeds.
    Warn(Arc<ViolationHook>),
    /// The call fails with an error for which
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
