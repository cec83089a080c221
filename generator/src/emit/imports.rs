//! The names that a piece of emitted code can import. When a piece is printed, `print` finds out which of them it needs.

/// An imported name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Import {
    /// The path of the module that has the name.
    pub module: String,
    /// The name.
    pub name: String,
}

impl Import {
    /// Creates the import `use module::name`.
    pub fn new(module: &str, name: &str) -> Self {
        Self { module: module.to_owned(), name: name.to_owned() }
    }
}

/// The names that pieces of one kind can import.
#[derive(Debug, Clone, Default)]
pub struct Importable {
    /// Imported by every piece.
    pub always: Vec<Import>,
    /// Imported if the piece has a path that begins with the name.
    pub if_named: Vec<Import>,
    /// Traits, each with a method. The trait is imported if the piece calls the method.
    pub if_called: Vec<(Import, &'static str)>,
    /// Modules. A module is imported if the piece has a path of several segments that begins with its name.
    pub if_path_begins: Vec<Import>,
}
