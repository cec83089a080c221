//! Places: lines, columns and bytes of a text, looked up by the JSON Pointers and the focus of findings.
//!
//! The stages carry pointers only. A text is parsed a second time if something has to be printed about it, so that a run without
//! findings pays nothing.

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
