//! The direction of values: request, response, or both.

/// The direction in which the values of a type are transferred. It decides which of serde's traits the type implements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direction {
    /// Requests contain such values.
    pub sent: bool,
    /// Responses contain such values.
    pub received: bool,
}

impl Direction {
    /// Only in requests.
    pub const SENT: Self = Self { sent: true, received: false };
    /// Only in responses.
    pub const RECEIVED: Self = Self { sent: false, received: true };
    /// In requests and responses.
    pub const BOTH: Self = Self { sent: true, received: true };
}
