// copperplate runtime: copied unchanged into every generated crate.
//! The interface of all implementations of `pattern`.

/// Decides whether a text matches a `pattern`.
pub trait Matcher {
    /// The pattern as the document writes it.
    fn pattern(&self) -> &str;

    /// Whether any part of `text` matches the pattern, by the rules of ECMA-262.
    fn is_match(&self, text: &str) -> bool;
}
