//! Compiles the runtime as a separate crate, so that Clippy can check the runtime and tests can use it. The runtime is
//! the module `crate::runtime` in this crate, and also in each generated crate.
//!
//! A generated crate contains the files of [`runtime`]. It does not contain this file.

#[path = "mod.rs"]
pub mod runtime;

// A generated crate contains this module only if a `pattern` of its API needs backtracking. The module is therefore
// outside of `runtime`, which every generated crate contains.
#[cfg(feature = "ecma")]
pub mod ecma;
