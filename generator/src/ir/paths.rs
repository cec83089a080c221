//! URL paths of operations, and the arguments that are inserted into these paths.

/// The URL path of an operation.
#[derive(Debug, Clone)]
pub enum Path {
    /// A single template.
    Template {
        /// The template, as the document writes it.
        template: String,
        /// The arguments that replace each `{name}` in the template, in order.
        values: Vec<PathValue>,
    },
    /// The path of an overloaded method (`x-overload`): one template for each combination of the forms of its keys.
    Overloaded {
        /// The indices of the arguments that are inserted into the templates, in order. These arguments are keys and plain path
        /// parameters.
        arguments: Vec<usize>,
        /// The path templates, as a tree. Its first level distinguishes the forms of the first argument that has several forms,
        /// and so on.
        templates: TemplateTable,
    },
}

/// The path templates of an overloaded method (`x-overload`), as a tree. Each branch of the tree stands for one form of an
/// argument.
#[derive(Debug, Clone)]
pub enum TemplateTable {
    /// A leaf: the path template. The branches from the root to the leaf are the forms of the arguments that select this
    /// template.
    Template(String),
    /// A branch: one subtree for each form of the argument at this level of the tree.
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
