//! Documentation text.

/// The lines of a doc comment, in markdown that rustdoc accepts without warnings.
pub type Docs = Vec<String>;
