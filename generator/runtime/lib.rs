//! Mounts the runtime where the generated crates have it, at `crate::runtime`, so that it is compiled, linted and tested in place.
//!
//! This file is not copied; everything below [`runtime`] is.

#[path = "mod.rs"]
pub mod runtime;

// Only crates with a pattern that needs it have an engine, so it stands beside the runtime.
#[cfg(feature = "ecma")]
pub mod ecma;
