//! Describes a value that is being compared: its direction, the construct that contains it, and its path.

use std::rc::Rc;

use crate::diff::change::Direction;
use crate::diff::schema::merged::MergedConstraints;

/// The construct that contains a value. It replaces `*` in the ids of rules about values.
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

/// A value in a request or response.
#[derive(Debug, Clone)]
pub(super) struct ComparedValue {
    pub direction: Direction,
    pub holder: Holder,
    /// The path of the value in the report, such as ``query parameter `limit` `` or `Pet.tags[]`.
    pub path: String,
    /// Whether a change of `nullable` has already been reported.
    pub nullable_reported: bool,
    /// The constraints merged from all members of the `allOf`, if the compared schemas are members of one.
    pub merged: Option<Rc<MergedConstraints>>,
}

impl ComparedValue {
    pub fn new(direction: Direction, holder: Holder, path: impl Into<String>) -> Self {
        Self { direction, holder, path: path.into(), nullable_reported: false, merged: None }
    }

    /// Returns the site of a member or item of this value. `step` is added to the path, such as `.name`.
    pub fn part(&self, step: &str) -> Self {
        Self::new(self.direction, Holder::Property, format!("{}{step}", self.path))
    }

    /// Returns the site of this value as a variant of a union or a member of `allOf` describes it. `step` is added to the path.
    pub fn variant(&self, step: &str) -> Self {
        let path = format!("{}{step}", self.path);
        Self { merged: self.merged.clone(), ..Self::new(self.direction, self.holder, path) }
    }
}
