// copperplate runtime: copied unchanged into every generated crate.
//! Schemas as tables of keywords, for constraints that no Rust type expresses: `not`, keywords without a type, several
//! unions in one `allOf`. The tables validate any JSON value. What a type expresses is left to the type.

pub(crate) mod budget;
mod check;
mod keyword;

pub use keyword::{AdditionalProperties, JsonType, Keyword, Limit, Schema};
