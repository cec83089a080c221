//! The files of the runtime that a generated crate contains: the core, and the parts that its code uses.
//!
//! [`parts`] is the table of the parts, [`usage`] decides which of them the code of a crate uses, [`source_file`] finds the lines
//! of each part in the source files of the runtime, and [`selection`] removes the lines of the others.

mod parts;
mod selection;
mod source_file;
mod sources;
#[cfg(test)]
mod tests;
mod usage;

use super::output::Output;
use selection::Selection;
use source_file::FILES;
use sources::BACKTRACKING;

/// Returns the source files of the runtime as files of a generated crate. `code` has the other files of the crate. If
/// `has_backtracking` is true, the crate also gets the file `src/ecma.rs`, which matches patterns with backtracking.
pub fn files(code: &[Output], has_backtracking: bool) -> Vec<Output> {
    selected(&Selection::new(usage::used_parts(code)), has_backtracking)
}

fn selected(selection: &Selection, has_backtracking: bool) -> Vec<Output> {
    let engine = has_backtracking.then(|| Output::new("src/ecma.rs".to_owned(), BACKTRACKING.to_owned()));
    let sources = FILES.iter().enumerate().filter(|(index, _)| selection.has_file(*index));
    let sources = sources.map(|(_, file)| Output::new(format!("src/runtime/{}", file.path), selection.text(file)));
    engine.into_iter().chain(sources).collect()
}
