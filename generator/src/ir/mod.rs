//! The intermediate representation: one API as plain data. The stage `emit` writes Rust code from this data, and `surface` lists
//! the public items of that code.
//!
//! The stage `lower` creates this data, chooses every identifier and reports every problem. The stages `emit` and `surface`,
//! which read this data, therefore cannot fail. Types, patterns and other items refer to each other by indices into the lists of
//! [`Api`].

mod api;
mod arguments;
mod bodies;
mod command_line;
mod direction;
mod docs;
mod examples;
mod ids;
mod key_types;
mod layout;
mod multipart;
mod named_values;
mod operations;
mod pagination;
mod paths;
mod patterns;
mod quick_start;
mod responses;
mod rules;
mod schema_tables;
mod security;
mod servers;
mod stable_order;
mod structs;
mod type_text;
mod types;
mod unions;
mod values;
mod webhooks;

pub use api::*;
pub use arguments::*;
pub use bodies::*;
pub use command_line::*;
pub use direction::*;
pub use docs::*;
pub use examples::*;
pub use ids::*;
pub use key_types::*;
pub use layout::*;
pub use multipart::*;
pub use named_values::*;
pub use operations::*;
pub use pagination::*;
pub use paths::*;
pub use patterns::*;
pub use quick_start::*;
pub use responses::*;
pub use rules::*;
pub use schema_tables::*;
pub use security::*;
pub use servers::*;
pub use structs::*;
pub use type_text::*;
pub use types::*;
pub use unions::*;
pub use values::*;
pub use webhooks::*;

/// The items of the runtime that the root of each API exports by name, because users import them.
pub const RUNTIME_ITEMS: &[&str] = &["Error", "Reply", "Validate"];
