//! The names that emitted code can import. The stage `print` finds out which of these names each piece of code uses.

use std::sync::OnceLock;

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
    /// The indices of `if_named`, sorted by name. All operations of an API share them.
    pub(crate) sorted: OnceLock<Vec<usize>>,
}

impl Importable {
    /// Returns the imports in `if_named` that import `name`.
    pub fn named(&self, name: &str) -> impl Iterator<Item = &Import> {
        let name_of = |index: &usize| self.if_named[*index].name.as_str();
        let sorted = self.sorted.get_or_init(|| {
            let mut sorted: Vec<usize> = (0..self.if_named.len()).collect();
            sorted.sort_by_key(|index| name_of(index));
            sorted
        });
        let start = sorted.partition_point(|index| name_of(index) < name);
        let end = start + sorted[start..].partition_point(|index| name_of(index) == name);
        sorted[start..end].iter().map(|index| &self.if_named[*index])
    }
}
