//! The modules and features of an API: where the text of each operation and type goes.

/// How the text of an API is divided into modules.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Whether each group has a module. A small API has one file for all operations and one for all types.
    pub split: bool,
    /// The path by which the text of the API names the API's module: an absolute path if the text is divided, `super` if it is not.
    pub root: Vec<String>,
    /// The groups, sorted by title.
    pub groups: Vec<Group>,
    /// The place of each operation, in the order of the operations.
    pub operations: Vec<OperationPlace>,
    /// The place of each type, by its id.
    pub types: Vec<TypePlace>,
}

/// An index into [`Layout::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// The operations with one tag, or with one first path segment if they have no tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The tag or path segment, as the document writes it.
    pub title: String,
    /// The module.
    pub module: String,
    /// The module that contains the module, if there are too many groups for one folder.
    pub folder: Option<String>,
    /// The cargo feature.
    pub feature: String,
}

/// The place of an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationPlace {
    /// The group, which decides on the module.
    pub group: GroupId,
    /// Words in snake case, which decide on the file: keys that begin with the same words share one. They are those of the path and of
    /// the method.
    pub key: String,
}

/// The place of a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The groups that need it, which decide on the module.
    pub users: Users,
    /// Words in snake case, which decide on the file: keys that begin with the same words share one. They are those of the name. For the
    /// type of an inline schema, they are those of the operation or component that contains the schema, and of the name.
    pub key: String,
}

/// The groups that need a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Users {
    /// One group. The type is in its module.
    One(GroupId),
    /// A few groups. The type is in the module for shared types, and compiled if one of the groups is.
    Several(Vec<GroupId>),
    /// Many groups, or none. The type is in the module for shared types, and always compiled.
    All,
}
