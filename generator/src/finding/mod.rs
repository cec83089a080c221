//! Findings: the problems that copperplate reports about a document. Each has a code, a JSON pointer, an effect and a remedy.

pub mod place;
pub mod render;
mod skipped_places;

pub(crate) mod abbreviation;
mod cascade;
mod code;
mod findings;
mod focus;
mod model;
mod queries;

pub use code::{Code, Severity};
pub use findings::{Findings, Origin};
pub use focus::Focus;
pub use model::{Finding, Missing, Purpose, Related};
