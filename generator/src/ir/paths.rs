//! Paths of operations, and the arguments that are inserted into them.

/// The path of an operation.
#[derive(Debug, Clone)]
pub enum Path {
    /// A single template.
    Template {
        /// The template, as the document writes it.
        template: String,
        /// The arguments that replace each `{name}` in the template, in order.
        values: Vec<PathValue>,
    },
    /// One template for each combination of the forms of the key arguments.
    Overloaded {
        /// The indices of the arguments that are inserted into the templates, in order: keys and plain path parameters.
        arguments: Vec<usize>,
        /// The templates. They are nested in the order of those arguments that have several forms.
        templates: TemplateTable,
    },
}

/// The path templates of an overloaded method, as a tree.
#[derive(Debug, Clone)]
pub enum TemplateTable {
    /// The template that results when the form of every argument is known.
    Template(String),
    /// One entry for each form of the next argument with several forms.
    Forms(Vec<TemplateTable>),
}

/// The argument that replaces one `{name}` in a template.
#[derive(Debug, Clone, Copy)]
pub struct PathValue {
    /// The index of the argument in [`Operation::arguments`](crate::ir::Operation::arguments).
    pub argument: usize,
    /// Whether the argument is inside an OData string literal in the path (`x-odata-literal`).
    pub odata_literal: bool,
}
