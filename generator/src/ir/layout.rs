//! The division of the generated code into modules and cargo features.

/// The module and cargo feature of each operation and type.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Whether each group of operations has a module of its own. If not, the API has one file for all operations and one for all
    /// types.
    pub split: bool,
    /// The path of the API's module in generated code. It begins with `crate` if the code is split into modules. Otherwise it is
    /// `super`.
    pub root: Vec<String>,
    /// The groups, sorted by title.
    pub groups: Vec<Group>,
    /// The group and file of each operation, in the order of [`Api::operations`](crate::ir::Api::operations).
    pub operations: Vec<OperationPlace>,
    /// The group and file of each type, indexed by its [`TypeId`](crate::ir::TypeId).
    pub types: Vec<TypePlace>,
}

/// An index into [`Layout::groups`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GroupId(pub usize);

/// A group of operations with the same tag. Operations without tags are grouped by their first path segment.
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

/// Where an operation is generated: its group, and the key that determines its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationPlace {
    /// The group, which determines the module.
    pub group: GroupId,
    /// The words of the URL path and of the Rust method, in snake case, such as `pets_list_pets`. Operations with keys that begin
    /// alike share a file.
    pub key: String,
}

/// Where a type is generated: the groups that need it, and the key that determines its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The groups that need the type. They determine the module.
    pub users: Users,
    /// The words of the type name in snake case. Types with keys that begin alike share a file. If the type belongs to an inline
    /// schema, the words of the operation or component that contains the schema come first.
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
