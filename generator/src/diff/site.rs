//! The value that is being compared: its direction, what contains it, and its path.

use std::rc::Rc;

use crate::diff::change::Direction;
use crate::diff::schema::merged::MergedConstraints;

/// The construct that contains a value. It is part of the ids of rules about values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Holder {
    Parameter,
    Body,
    Property,
    Header,
}

impl Holder {
    pub fn word(self) -> &'static str {
        match self {
            Self::Parameter => "parameter",
            Self::Body => "body",
            Self::Property => "property",
            Self::Header => "header",
        }
    }
}

/// A value in a message.
#[derive(Debug, Clone)]
pub(super) struct Site {
    pub direction: Direction,
    pub holder: Holder,
    /// The path of the value, for people: ``query parameter `limit` `` or `Pet.tags[]`.
    pub path: String,
    /// Whether a change of `nullable` is already reported.
    pub nullable_reported: bool,
    /// The constraints of the whole `allOf`, if the schemas that are compared are members of one.
    pub merged: Option<Rc<MergedConstraints>>,
}

impl Site {
    pub fn new(direction: Direction, holder: Holder, path: impl Into<String>) -> Self {
        Self { direction, holder, path: path.into(), nullable_reported: false, merged: None }
    }

    /// A member or item of this value; `step` continues the path, such as `.name`.
    pub fn part(&self, step: &str) -> Self {
        Self::new(self.direction, Holder::Property, format!("{}{step}", self.path))
    }

    /// This value, as a variant or a member of `allOf` describes it; `step` continues the path.
    pub fn variant(&self, step: &str) -> Self {
        let path = format!("{}{step}", self.path);
        Self { merged: self.merged.clone(), ..Self::new(self.direction, self.holder, path) }
    }
}
