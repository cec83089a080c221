//! The files of the runtime that a generated crate contains: the core, and the parts that its code uses.
//!
//! [`parts`] is the table of the parts, [`usage`] decides which of them the code of a crate uses, and [`selection`] removes the
//! others from the source files of the runtime.

mod parts;
mod selection;
mod sources;
#[cfg(test)]
mod tests;
mod usage;

use super::output::Output;
use selection::Selection;
use sources::{BACKTRACKING, SOURCES};

/// Returns the source files of the runtime as files of a generated crate. `code` has the other files of the crate. If
/// `has_backtracking` is true, the crate also gets the file `src/ecma.rs`, which matches patterns with backtracking.
pub fn files(code: &[Output], has_backtracking: bool) -> Vec<Output> {
    selected(&Selection::new(usage::used_parts(code)), has_backtracking)
}

fn selected(selection: &Selection, has_backtracking: bool) -> Vec<Output> {
    let engine = has_backtracking.then(|| Output::new("src/ecma.rs".to_owned(), BACKTRACKING.to_owned()));
    let sources = SOURCES.iter().filter(|(path, _)| selection.has_file(path));
    let sources = sources.map(|(path, text)| Output::new(format!("src/runtime/{path}"), selection.text(path, text)));
    engine.into_iter().chain(sources).collect()
}
