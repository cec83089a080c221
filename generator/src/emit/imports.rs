//! The names that the text of a piece may have to import. Which of them it does import is decided when it is printed.

/// An imported name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Import {
    /// The path of the module that has the name.
    pub module: String,
    /// The name.
    pub name: String,
}

impl Import {
    /// `use module::name`.
    pub fn new(module: &str, name: &str) -> Self {
        Self { module: module.to_owned(), name: name.to_owned() }
    }
}

/// The names that pieces of one kind may have to import.
#[derive(Debug, Clone, Default)]
pub struct Importable {
    /// Imported by every piece.
    pub always: Vec<Import>,
    /// Imported if the piece has a path that begins with the name.
    pub if_named: Vec<Import>,
    /// Traits, imported if the piece calls the method.
    pub if_called: Vec<(Import, &'static str)>,
    /// Modules, imported if the piece has a longer path that begins with the name.
    pub if_path_begins: Vec<Import>,
}
