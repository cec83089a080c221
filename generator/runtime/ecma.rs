// copperplate runtime: copied unchanged into every generated crate.
//! Patterns that need a regex engine. They are compiled once, on first use.

use std::sync::OnceLock;

use crate::runtime::validation::pattern::matcher::Matcher;

/// The maximal length, in bytes, of a text that is matched. Longer texts do not match, because the engine may backtrack
/// without limit.
const MAX_LENGTH: usize = 65_536;

/// A regular expression of ECMA-262. The generator has checked that it is well-formed.
#[derive(Debug)]
pub struct Ecma {
    text: &'static str,
    compiled: OnceLock<Option<regress::Regex>>,
}

impl Ecma {
    /// Creates a pattern. It is not compiled yet.
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
        compiled.as_ref().is_none_or(|regex| text.len() <= MAX_LENGTH && regex.find(text).is_some())
    }
}
