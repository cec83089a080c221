//! Writes generated files to disk: [`compare()`] finds the differences, [`write()`] applies them.
//!
//! A file belongs to copperplate if its first line says so. No other file is ever overwritten or deleted.

mod compare;
mod write;

pub use compare::{Changes, compare};
pub use write::write;
