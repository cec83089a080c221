//! Compiles the runtime as a crate of its own, so that it can be linted and tested. Its path is `crate::runtime`, as in
//! the generated crates.
//!
//! Generated crates contain the files of [`runtime`], but not this file.

#[path = "mod.rs"]
pub mod runtime;

// This module is not a part of `runtime`, because only generated crates with a pattern that needs backtracking contain it.
#[cfg(feature = "ecma")]
pub mod ecma;
