//! Paths: how the arguments of an operation fill the path of its request.

/// The path of an operation.
#[derive(Debug, Clone)]
pub enum Path {
    /// One template.
    Template {
        /// The template, as the document writes it.
        template: String,
        /// The arguments that fill its `{name}`s, in order.
        values: Vec<PathValue>,
    },
    /// A template for each combination of forms of the key arguments.
    Overloaded {
        /// The indices of the arguments that fill the templates, in order: keys and plain path parameters.
        arguments: Vec<usize>,
        /// The templates, nested in the order of the arguments that have several forms.
        templates: TemplateTable,
    },
}

/// The templates of an overloaded method.
#[derive(Debug, Clone)]
pub enum TemplateTable {
    /// The template that remains when the forms of all arguments are known.
    Template(String),
    /// One entry for each form of the next argument that has several forms.
    Forms(Vec<TemplateTable>),
}

/// The argument that fills one `{name}` of a template.
#[derive(Debug, Clone, Copy)]
pub struct PathValue {
    /// The index of the argument in [`Operation::arguments`](crate::ir::Operation::arguments).
    pub argument: usize,
    /// Whether the path has it inside an OData string literal (`x-odata-literal`).
    pub odata_literal: bool,
}
