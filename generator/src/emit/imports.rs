//! The names that emitted code can import. The stage `print` finds out which of these names each piece of code uses.

/// An imported name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Import {
    /// The path of the module that declares the imported name.
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
    /// Names that every piece of code imports.
    pub always: Vec<Import>,
    /// Names that a piece of code imports if the code contains a path that begins with the name.
    pub if_named: Vec<Import>,
    /// Traits, each with the name of a method. A piece of code imports the trait if the code calls a method of this name.
    pub if_called: Vec<(Import, &'static str)>,
    /// Modules. A piece of code imports a module if the code contains a path of several segments that begins with the name of the
    /// module. For example, `types::Pet` needs the import of `types`.
    pub if_path_begins: Vec<Import>,
}
