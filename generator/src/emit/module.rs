//! A source file of the emitted crate: its path and its items.

use proc_macro2::TokenStream;

/// A function that emits the items of a source file as tokens. Source files store this function and not its tokens, because
/// they are printed on several threads, and a `TokenStream` cannot be sent to another thread.
pub type Items<'a> = Box<dyn Fn() -> TokenStream + Send + Sync + 'a>;

/// A source file of the emitted crate.
pub struct Module<'a> {
    /// The path relative to `src/`, with `/` as the separator.
    pub path: String,
    /// The file names of the OpenAPI documents from which this source file is generated. The comment in the first line contains
    /// these names.
    pub source: String,
    /// The items of the file, with its inner doc comments and attributes. They are printed one after another, because the tokens of
    /// a long file need a hundred times as much memory as its text.
    pub items: Vec<Items<'a>>,
}

/// Returns a function that emits the given tokens. The function stores the tokens as text, because a `TokenStream` cannot be sent
/// to another thread.
pub fn fixed_items<'a>(tokens: &TokenStream) -> Items<'a> {
    let text = tokens.to_string();
    Box::new(move || text.parse().unwrap_or_default())
}
