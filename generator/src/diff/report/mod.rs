//! Prints the result of a comparison as text, as Markdown for pull requests, and as JSON for programs.

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
