//! The division of the generated code into modules and cargo features.

/// The module and cargo feature of each operation and type.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Whether each group of operations has a module of its own. If not, the API has one file for all operations and one for all
    /// types.
    pub split: bool,
    /// The path that the generated code uses to refer to the module of the API: an absolute path if the code is split into
    /// modules, otherwise `super`.
    pub root: Vec<String>,
    /// The groups, sorted by title.
    pub groups: Vec<Group>,
    /// The place of each operation, in the order of [`Api::operations`](crate::ir::Api::operations).
    pub operations: Vec<OperationPlace>,
    /// The place of each type, indexed by its [`TypeId`](crate::ir::TypeId).
    pub types: Vec<TypePlace>,
}

/// An index into [`Layout::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// A group of operations: those with the same tag, or for operations without tags, those with the same first path segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The tag or path segment, as the document writes it.
    pub title: String,
    /// The name of the group's module.
    pub module: String,
    /// The name of the module that contains the group's module, if the groups are divided among several folders.
    pub folder: Option<String>,
    /// The name of the group's cargo feature.
    pub feature: String,
}

/// The place of an operation: its group, and the key that determines its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationPlace {
    /// The group, which determines the module.
    pub group: GroupId,
    /// The words of the path and the method in snake case. They determine the file: keys that begin with the same words share a
    /// file.
    pub key: String,
}

/// The place of a type: the groups that need it, and the key that determines its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The groups that need the type. They determine the module.
    pub users: Users,
    /// The words of the type name in snake case. They determine the file: keys that begin with the same words share a file. If
    /// the type belongs to an inline schema, the words of the operation or component that contains the schema come first.
    pub key: String,
}

/// The groups that need a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Users {
    /// The type is needed by one group, and is in the module of that group.
    One(GroupId),
    /// The type is needed by a few groups. It is in the module for shared types, and is compiled if one of these groups is
    /// enabled.
    Several(Vec<GroupId>),
    /// The type is needed by many groups, or by none. It is in the module for shared types, and is always compiled.
    All,
}
