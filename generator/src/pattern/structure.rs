//! The structure of a pattern.

/// A character class: ranges, both ends included, ascending and apart.
pub type Class = Vec<(char, char)>;

/// A part of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A character class and how often it stands.
    Class(Class, Times),
    /// A group and how often it stands.
    Group(Vec<Vec<Part>>, Times),
    /// `^`.
    Start,
    /// `$`.
    End,
}

/// How often a part stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Times {
    /// At least.
    pub min: usize,
    /// At most; `None` where nothing bounds it.
    pub max: Option<usize>,
}

impl Times {
    /// Exactly once.
    pub const ONCE: Self = Self { min: 1, max: Some(1) };
}

/// What `(?=…)` or `(?!…)` demands of the start of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Whether it must not match there.
    pub negated: bool,
    /// What it looks for.
    pub alternatives: Vec<Vec<Part>>,
}

/// The structure of a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Structure {
    /// What has to hold of the start of the text.
    pub looks: Vec<Look>,
    /// Sequences of parts, one of which has to match.
    pub alternatives: Vec<Vec<Part>>,
}
