//! The version bump that a difference requires.

/// The version bump that a difference requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VersionBump {
    /// Existing code compiles and keeps its meaning. The crate only sends, decodes or validates some values differently.
    Patch,
    /// Existing code compiles and keeps its meaning. New code can do more.
    Minor,
    /// Some existing code no longer compiles, or has another meaning.
    Major,
}

impl VersionBump {
    /// Returns `major`, `minor` or `patch`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
        }
    }
}
