// copperplate runtime: copied into each generated crate that uses it.
//! Schemas as tables of keywords. A table has the constraints that no Rust type expresses, such as `not`, `minLength`
//! without `type: string`, or two unions in one `allOf`.
//!
//! A table can be applied to any JSON value. The generator omits the constraints that the Rust type of the value
//! already expresses.

pub(crate) mod budget;
mod check;
mod evaluated;
mod keyword;
mod keyword_2020;

pub use keyword::Keyword2020; // part: schema_2020
pub use keyword::{AdditionalProperties, JsonType, Keyword, Limit, Schema};
