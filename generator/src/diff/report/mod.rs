//! Prints changes for people, for pull requests and for programs.

mod json;
mod location;
mod markdown;
mod summary;
mod text;

pub use json::json;
pub use location::SourceTexts;
pub use markdown::markdown;
pub use summary::Report;
pub use text::text;
