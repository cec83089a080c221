// copperplate runtime: copied unchanged into every generated crate.
//! The interface of all implementations of `pattern`.

/// Decides whether a text matches a `pattern`.
pub trait Matcher {
    /// Returns the pattern as the document writes it.
    fn pattern(&self) -> &str;

    /// Returns whether any part of `text` matches the pattern, by the rules of ECMA-262.
    fn is_match(&self, text: &str) -> bool;

    /// Like [`Matcher::is_match`], but returns `None` if the text is not matched within the budget of the matcher.
    #[inline]
    fn decide(&self, text: &str) -> Option<bool> {
        Some(self.is_match(text))
    }
}
