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
    /// The groups of operations, sorted by title.
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
    /// The words of the URL path and of the Rust method, in snake case, such as `pets_list_pets`. If the keys of two operations
    /// begin alike, the operations can share a file.
    pub key: String,
}

/// Where a type is generated: the groups that need it, and the key that determines its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The groups of operations that need the type. They decide in which module the type is.
    pub users: Users,
    /// The words of the type name, in snake case. For an inline schema, the words of the containing operation or component come
    /// first. If the keys of two types begin alike, the types can share a file.
    pub key: String,
}

/// The groups of operations that need a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Users {
    /// One group of operations needs the type. The type is in the module of this group.
    One(GroupId),
    /// A few groups of operations need the type. It is in the module for shared types, and is compiled if the cargo feature of
    /// one of these groups is enabled.
    Several(Vec<GroupId>),
    /// Many groups of operations need the type, or none does. The type is in the module for shared types, and is always compiled.
    All,
}
