//! The version bump that a difference requires.

/// The version bump that a difference requires.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VersionBump {
    /// Existing code keeps its meaning; only values are treated differently.
    Patch,
    /// Existing code still compiles.
    Minor,
    /// Some existing code no longer compiles, or changes its meaning.
    Major,
}

impl VersionBump {
    /// `major`, `minor` or `patch`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Major => "major",
            Self::Minor => "minor",
            Self::Patch => "patch",
        }
    }
}
