//! Renders findings as text in the style of compiler diagnostics, as JSON lines, and as annotations of GitHub Actions.

mod excerpt;
mod placed;
mod reference_chain;

pub use placed::{Placed, placed, placed_for};
