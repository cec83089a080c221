// copperplate runtime: copied unchanged into every generated crate.
//! Requests: a path template, parameters and a body become an HTTP request.

pub mod builder;
pub mod file;
pub mod form;
pub mod multipart;
pub mod path_value;
pub(crate) mod percent_encoding;
pub mod style;
pub mod text;
