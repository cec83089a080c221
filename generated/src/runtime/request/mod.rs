// copperplate runtime: copied into each generated crate that uses it.
//! Builds HTTP requests from path templates, parameters and bodies.

pub(crate) mod body;
pub mod builder;
pub mod form;
pub mod framing_header;
pub(crate) mod path;
pub mod path_value;
pub(crate) mod percent_encoding;
pub mod text;
