//! URL paths of operations, and the arguments that are inserted into these paths.

/// The URL path of an operation.
#[derive(Debug, Clone)]
pub enum Path {
    /// A single template.
    Template {
        /// The template, as the document writes it.
        template: String,
        /// The arguments that replace the `{name}` expressions in the template, in the order of these expressions.
        values: Vec<PathValue>,
    },
    /// The paths of an overloaded method (`x-overload`). A key is an argument of the method. The form of a key is the set of path
    /// parameters that the key holds. Each combination of forms has a template of its own.
    Overloaded {
        /// The arguments that are inserted into the templates, as indices into
        /// [`Operation::arguments`](crate::ir::Operation::arguments). Each argument is a key or a single path parameter.
        arguments: Vec<usize>,
        /// The path templates, as a tree. Each level of the tree distinguishes the forms of one key. The tree has no level for a
        /// key with a single form.
        templates: TemplateTable,
    },
}

/// The path templates of an overloaded method (`x-overload`), as a tree. Each edge of the tree stands for one form of a key.
#[derive(Debug, Clone)]
pub enum TemplateTable {
    /// A leaf: a path template. A request uses the template if the forms of its keys lead from the root of the tree to this leaf.
    Template(String),
    /// An inner node: one subtree for each form of the key that this level of the tree distinguishes.
    Forms(Vec<TemplateTable>),
}

/// The argument that replaces one `{name}` in a template.
#[derive(Debug, Clone, Copy)]
pub struct PathValue {
    /// The index of the argument in [`Operation::arguments`](crate::ir::Operation::arguments).
    pub argument: usize,
    /// Whether the path contains the argument inside an OData string literal, such as `Box('{name}')` (`x-odata-literal`).
    pub odata_literal: bool,
}
