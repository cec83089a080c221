// copperplate runtime: copied unchanged into every generated crate.
//! Schemas as tables of keywords. They validate the constraints that no Rust type expresses: `not`, keywords without a
//! type, several unions in one `allOf`.
//!
//! A table can validate any JSON value. It omits the constraints that the Rust type of the value already expresses.

pub(crate) mod budget;
mod check;
mod keyword;

pub use keyword::{AdditionalProperties, JsonType, Keyword, Limit, Schema};
