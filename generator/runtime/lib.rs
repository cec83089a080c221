//! Mounts the runtime at `crate::runtime`, where the generated crates have it, so that it is compiled, linted and
//! tested in place.
//!
//! This file is not copied into generated crates. The files of [`runtime`] are.

#[path = "mod.rs"]
pub mod runtime;

// Only crates with a pattern that needs the engine contain it, so it is not a part of the runtime.
#[cfg(feature = "ecma")]
pub mod ecma;
