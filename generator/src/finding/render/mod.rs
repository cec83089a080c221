//! Renders findings: for people in the manner of a compiler, as JSON lines, and as annotations of GitHub Actions.

mod excerpt;
mod placed;
mod reference_chain;

pub use placed::{Placed, placed, placed_for};
