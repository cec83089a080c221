// copperplate runtime: copied into each generated crate that uses it.
//! The trait `Matcher`, which every implementation of the keyword `pattern` implements.

/// Decides whether a string matches a `pattern`.
pub trait Matcher {
    /// Returns the regular expression in the OpenAPI document.
    fn pattern(&self) -> &str;

    /// Returns whether a substring of `text` matches the pattern, by the rules of ECMA-262.
    fn is_match(&self, text: &str) -> bool;

    /// Works like [`Matcher::is_match`], but returns `None` if the match takes too many steps.
    #[inline]
    fn decide(&self, text: &str) -> Option<bool> {
        Some(self.is_match(text))
    }
}
