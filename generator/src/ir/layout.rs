//! The division of the generated code into modules and cargo features.

/// Names that the cargo feature of a group or of an API cannot have: names of features that every generated crate has, and of
/// dependencies.
pub const RESERVED_FEATURES: &[&str] = &[
    "blocking",
    "bytes",
    "clap",
    "clap_complete",
    "cli",
    "default",
    "ecma",
    "futures-core",
    "hmac",
    "http",
    "http-body",
    "mock",
    "native-tls",
    "reqwest",
    "rustls",
    "serde",
    "serde-json",
    "sha2",
    "symmetric",
    "tokio",
    "tower",
    "tower-service",
    "tracing",
    "traits",
    "zeroize",
];

/// The module and cargo feature of each operation and type.
#[derive(Debug, Clone, Default)]
pub struct Layout {
    /// Whether each group of operations has a module of its own. If not, the API has one file for all operations and one for all
    /// types.
    pub split: bool,
    /// The path by which generated code refers to the module of the API, one element per segment. The path begins with `crate` if
    /// [`Layout::split`] is true. Otherwise, the path is `super`.
    pub root: Vec<String>,
    /// The groups of operations, sorted by title.
    pub groups: Vec<Group>,
    /// The group and file of each operation, in the order of [`Api::operations`](crate::ir::Api::operations).
    pub operations: Vec<OperationPlace>,
    /// The group and file of each type, indexed by its [`TypeId`](crate::ir::TypeId).
    pub types: Vec<TypePlace>,
}

impl Layout {
    /// Returns the path by which generated code refers to an item of the API, such as `crate::types` for `types`. For an empty
    /// name, returns the path of the API itself.
    pub fn path(&self, item: &str) -> String {
        let root = self.root.join("::");
        if item.is_empty() { root } else { format!("{root}::{item}") }
    }
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
    /// The name of the module that contains the group's module, such as `tags_p` for `pets`. `None` if the module of the API
    /// contains the group's module directly.
    pub folder: Option<String>,
    /// The name of the group's cargo feature.
    pub feature: String,
}

/// Where an operation is generated: its group, and the key that determines its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OperationPlace {
    /// The group, which determines the module.
    pub group: GroupId,
    /// Determines the file of the operation. The key consists of the URL path and the name of the Rust method, in snake case and
    /// without the name of the group: `owners_list_pets`. Operations whose keys begin with the same words can share a file.
    pub key: String,
}

/// Where a type is generated: the groups that need it, and the key that determines its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypePlace {
    /// The groups of operations that need the type. These groups determine which module contains the type.
    pub users: Users,
    /// Determines the file of the type. The key is the name of the type in snake case. For an inline schema, the key begins with
    /// the key of the operation, or the name of the component, that contains the schema. Types whose keys begin with the same
    /// words can share a file.
    pub key: String,
}

/// The groups of operations that need a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Users {
    /// One group of operations needs the type. The type is in the module of this group.
    One(GroupId),
    /// A few groups of operations need the type. The type is in the module for shared types. It is compiled if the cargo feature
    /// of at least one of these groups is enabled.
    Several(Vec<GroupId>),
    /// Many groups of operations need the type, or no group needs it. The type is in the module for shared types, and is always
    /// compiled.
    All,
}

/// Converts the name of a module or method to the name that it has in a shell and among cargo features: `x_language` to `x-language`.
pub fn kebab(name: &str) -> String {
    name.trim_matches('_').replace('_', "-")
}
