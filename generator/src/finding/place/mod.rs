//! Converts the JSON pointer and the focus of a finding to a line, a column and a range of bytes.
//!
//! The stages keep only JSON pointers. A text is parsed a second time if findings about it are printed, so a run without findings
//! costs nothing extra.

mod event;
mod json;
mod lookup;
mod position;
#[cfg(test)]
mod tests;
mod walk;
mod yaml;

pub use lookup::Places;
pub use position::Place;
pub use walk::Reference;
