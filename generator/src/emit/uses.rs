//! What pieces of text may import, wherever they end up.

/// An imported name: the path of its module, and the name.
pub type Use = (String, String);

/// What pieces of one kind may import.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// What each of them imports.
    pub always: Vec<Use>,
    /// What is imported where it is mentioned by itself.
    pub where_mentioned: Vec<Use>,
    /// Traits that are imported where their method is called.
    pub where_called: Vec<(Use, &'static str)>,
    /// Modules that are imported where a path begins with them.
    pub modules: Vec<Use>,
}
