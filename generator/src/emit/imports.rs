//! The names that emitted code can import. The stage `print` finds out which of these names each piece of code uses.

/// An imported name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Import {
    /// The path of the module that declares the name.
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

/// The names that a piece of emitted code can import.
#[derive(Debug, Clone, Default)]
pub struct Importable {
    /// Imported by every piece.
    pub always: Vec<Import>,
    /// Imported if the piece has a path that begins with the name.
    pub if_named: Vec<Import>,
    /// Traits, each with a method. The trait is imported if the piece calls the method.
    pub if_called: Vec<(Import, &'static str)>,
    /// Modules. A module is imported if the piece has a longer path that begins with its name, such as `types::Pet`.
    pub if_path_begins: Vec<Import>,
}
