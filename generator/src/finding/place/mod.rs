//! Converts the JSON pointer and the focus of a finding to a line, a column and a range of bytes.
//!
//! Earlier stages keep JSON pointers without positions. If findings about a text are printed, the text is parsed a second time
//! to find the positions. So a run without findings costs nothing extra.

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
