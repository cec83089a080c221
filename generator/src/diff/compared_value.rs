//! Describes a value that is being compared: whether it is sent or received, the parameter, body, property or header that
//! contains it, and its path.

use std::rc::Rc;

use crate::diff::change::Direction;
use crate::diff::schema::merged::MergedConstraints;

/// The OpenAPI construct that contains a compared value. Its name replaces the `*` in the id of a rule: for a property,
/// `request-*-max-length-set` becomes `request-property-max-length-set`.
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

/// A value in a request or response. The comparison finds the differences between the older and the newer schema of the value.
#[derive(Debug, Clone)]
pub(super) struct ComparedValue {
    pub direction: Direction,
    pub holder: Holder,
    /// The path of the value in the report, such as ``query parameter `limit` `` or `Pet.tags[]`.
    pub path: String,
    /// Whether `nullable` has already been compared for this value, so that no change is reported twice.
    pub nullable_reported: bool,
    /// The constraints merged from all members of the enclosing `allOf`; `None` outside of any `allOf`.
    pub merged: Option<Rc<MergedConstraints>>,
    /// Whether the schema is a variant of a union or a member of an `allOf`, and other schemas apply to the same value.
    pub is_partial: bool,
}

impl ComparedValue {
    pub fn new(direction: Direction, holder: Holder, path: impl Into<String>) -> Self {
        Self { direction, holder, path: path.into(), nullable_reported: false, merged: None, is_partial: false }
    }

    /// Describes a property or an array item of this value. `step` is appended to the path, such as `.name` or `[]`.
    pub fn part(&self, step: &str) -> Self {
        Self::new(self.direction, Holder::Property, format!("{}{step}", self.path))
    }

    /// Describes the same value, for the comparison of one variant of its union or one member of its `allOf`. `step` is appended
    /// to the path, such as `<Cat>`.
    pub fn variant(&self, step: &str) -> Self {
        let path = format!("{}{step}", self.path);
        Self { merged: self.merged.clone(), is_partial: true, ..Self::new(self.direction, self.holder, path) }
    }
}
