//! Looks up places (lines, columns and bytes of a text) by the JSON Pointers and the focus of findings.
//!
//! The stages keep only JSON Pointers. A text is parsed a second time only if a finding about it is printed, so a run without
//! findings has no extra cost.

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
