//! Layout: in which module the text of an operation or a type stands, and which features compile it.

/// How the text of an API is divided.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Whether each group has a module of its own. A small API stands in one file a kind of item.
    pub split: bool,
    /// The path to the module of the API from where its text stands: from the root of the crate where it is divided, and `super`
    /// where it is not.
    pub root: Vec<String>,
    /// The groups, by their titles.
    pub groups: Vec<Group>,
    /// The group of each operation, in the order of the operations.
    pub operations: Vec<GroupId>,
    /// The module that each operation has where its group has too many for one file.
    pub files: Vec<String>,
    /// Where each type stands, by its id.
    pub types: Vec<TypePlace>,
}

/// An index into [`Layout::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// The operations of one tag, or of one first path segment where there are no tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// As the document writes it.
    pub title: String,
    /// The module.
    pub module: String,
    /// The cargo feature.
    pub feature: String,
}

/// Where a type stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The module of the component or operation in which the document describes the type.
    pub owner: String,
    /// The module of the type alone, where its owner has too many for one file.
    pub file: String,
    /// Who needs it.
    pub users: Users,
}

/// Which groups need a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Users {
    /// One: the type stands in its module.
    One(GroupId),
    /// A few: the type is shared, and compiled for each of them.
    Several(Vec<GroupId>),
    /// Many, or none in particular: the type is shared and always there.
    All,
}
