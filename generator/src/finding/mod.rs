//! Findings: the problems that copperplate reports about a document. Each has a code, a JSON pointer, an effect and a remedy.

pub mod place;
pub mod render;
mod skipped_places;

pub(crate) mod abbreviation;
mod cascade;
mod code;
mod findings;
mod focus;
mod misspelt_keys;
mod model;
mod place_set;
mod queries;

pub use code::{Code, Severity};
pub use findings::{Findings, Origin};
pub use focus::Focus;
pub use model::{Finding, Missing, Purpose, Related};
pub(crate) use place_set::PlaceSet;
