// copperplate runtime: copied unchanged into every generated crate.
//! Patterns that need an engine: ECMA-262 regular expressions, compiled once on first use.

use std::sync::OnceLock;

use crate::runtime::validation::keywords::Matcher;

/// The longest text in bytes that the engine is tried on: it may go back over the text again and again.
const LONGEST: usize = 65_536;

/// A pattern that the generator has already found to be well-formed.
#[derive(Debug)]
pub struct Ecma {
    text: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Ecma {
    /// The pattern `text`, not yet compiled.
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }
}

impl Matcher for Ecma {
    fn pattern(&self) -> &str {
        self.text
    }

    fn is_match(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| regress::Regex::with_flags(self.text, "u").ok());
        compiled.as_ref().is_none_or(|regex| text.len() <= LONGEST && regex.find(text).is_some())
    }
}
