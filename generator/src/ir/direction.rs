//! The direction in which values of a type are transferred: in requests, in responses, or in both.

/// The direction in which the values of a type are transferred. The direction decides whether the type implements serde's
/// `Serialize`, `Deserialize` or both.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Direction {
    /// Whether requests contain values of the type.
    pub sent: bool,
    /// Whether responses contain values of the type.
    pub received: bool,
}

impl Direction {
    /// Values occur only in requests.
    pub const SENT: Self = Self { sent: true, received: false };
    /// Values occur only in responses.
    pub const RECEIVED: Self = Self { sent: false, received: true };
    /// Values occur in requests and responses.
    pub const BOTH: Self = Self { sent: true, received: true };
}
