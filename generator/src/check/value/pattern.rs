//! Patterns: ECMA-262 regular expressions.

use std::cell::RefMut;
use std::collections::HashMap;

use regress::Regex;

use crate::check::value::Validator;
use crate::pattern::{Compiled, compile};

/// What to write instead of `pattern`, which does not compile.
pub(crate) fn remedy(pattern: &str) -> &'static str {
    if Regex::new(pattern).is_ok() {
        "Drop the backslash before letters that need none, such as `_`, `:` or `@`, and escape a `{`, `}` or `]` that \
         stands for itself: Unicode mode is strict about both."
    } else if pattern.contains("(?i)") {
        "ECMA-262 has no `(?i)`; write both cases, for example `[Aa]`."
    } else if ["\\A", "\\Z", "\\z"].iter().any(|anchor| pattern.contains(anchor)) {
        "ECMA-262 has no `\\A`, `\\Z` and `\\z`; write `^` for the start and `$` for the end."
    } else {
        "Write it as JavaScript would between two `/`, without the slashes."
    }
}

impl<'d> Validator<'d> {
    /// Whether `text` matches `pattern`; a pattern that is none refuses nothing.
    pub(super) fn matches(&self, pattern: &'d str, text: &str) -> bool {
        let mut patterns: RefMut<'_, HashMap<&'d str, Option<Compiled>>> = self.patterns.borrow_mut();
        let compiled = patterns.entry(pattern).or_insert_with(|| compile(pattern).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remedies_fit_the_fault() {
        for (pattern, part) in
            [("^[a\\:]$", "Unicode mode"), ("(?i)a", "both cases"), ("(\\Aa", "`^`"), ("[", "JavaScript")]
        {
            assert!(compile(pattern).is_err() && remedy(pattern).contains(part), "{pattern}");
        }
        for pattern in ["^[\\w\\-\\.]+$", "^\\p{L}\\/$", "(?<n>a)\\k<n>"] {
            assert!(compile(pattern).is_ok(), "{pattern}");
        }
    }
}
