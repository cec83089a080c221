//! Rules for `pattern`: reports invalid and slow regular expressions, and expressions that are written as JavaScript literals.

use std::collections::HashMap;

use copperplate_runtime::ecma::{MIN_STEPS, STEPS_PER_BYTE};

use crate::check::schema::pattern_remedy::foreign_syntax;
use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings};
use crate::pattern::{Compiled, MAX_LENGTH, compile};
use crate::resolve::document::Document;

/// Reports each `pattern` that is not a valid regular expression, or that copperplate cannot match in linear time.
pub(crate) fn expressions(document: &Document, findings: &mut Findings) {
    // Whether each pattern needs backtracking. The compiled patterns themselves would fill the memory.
    let mut known: HashMap<&str, Result<bool, String>> = HashMap::new();
    each_schema(document, &mut |schema| {
        let Some(text) = schema.pattern.as_deref() else { return };
        let place = schema.pointer.join("pattern");
        let needs_backtracking = |compiled| matches!(compiled, Compiled::Backtracking(_));
        match known.entry(text).or_insert_with(|| compile(text).map(needs_backtracking)) {
            Ok(false) => {}
            Ok(true) => {
                let message = format!(
                    "The pattern `{text}` needs backtracking. For some strings, the number of steps grows exponentially with \
                     the length. Validation rejects a string that takes more than {MIN_STEPS} steps, plus {STEPS_PER_BYTE} \
                     steps for each byte."
                );
                let remedy = "Rewrite the pattern without back-references, `\\b` and `\\p`. Use lookaround only as lookahead \
                              after `^`. Keep the product of the repetition counts below 1000.";
                findings.add(Code::BacktrackingPattern, &place, message, remedy);
            }
            Err(error) => findings.add_repairable(
                Code::InvalidPattern,
                &place,
                format!("The pattern `{text}` is not a valid ECMA-262 regular expression: {error}."),
                remedy(text),
                "The pattern is removed.",
            ),
        }
    });
}

/// Suggests a correction for a pattern that does not compile.
fn remedy(pattern: &str) -> String {
    if pattern.len() > MAX_LENGTH {
        return "Write a shorter pattern, or list the values in `enum`.".to_owned();
    }
    let javascript = || "Write a JavaScript regular expression, without the slashes around it.".to_owned();
    foreign_syntax(pattern).unwrap_or_else(javascript)
}

/// Reports patterns between slashes, as in the JavaScript literal `/^a$/`. In OpenAPI, the slashes belong to the pattern.
pub(crate) fn slashes(document: &Document, findings: &mut Findings) {
    each_schema(document, &mut |schema| {
        let Some(pattern) = schema.pattern.as_deref() else { return };
        if let Some((inner, flags)) = javascript_literal(pattern) {
            let message = format!(
                "The slashes around `{pattern}` are part of the pattern, so the pattern does not match the intended strings."
            );
            let remedy = match flags {
                "" => format!("Write `{inner}`."),
                _ => format!("Write `{inner}`. OpenAPI has no flags such as `{flags}`: express them in the pattern."),
            };
            findings.add(Code::DoubtfulPattern, &schema.pointer.join("pattern"), message, remedy);
        }
    });
}

/// Splits a JavaScript literal into pattern and flags: `/^a$/i` becomes `^a$` and `i`.
///
/// Returns `None` if the pattern has no anchor next to a slash. Such a pattern may be meant for file paths that begin and end
/// with a slash.
fn javascript_literal(pattern: &str) -> Option<(&str, &str)> {
    let (inner, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    let is_flag = |letter: char| "dgimsuy".contains(letter);
    (flags.chars().all(is_flag) && (inner.starts_with('^') || inner.ends_with('$'))).then_some((inner, flags))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::tests::codes_and_places_in_schema;

    #[test]
    fn invalid_patterns_are_reported() {
        assert_eq!(codes_and_places_in_schema("{items: {pattern: '['}}"), ["invalid-pattern /items/pattern"]);
        assert_eq!(codes_and_places_in_schema("{pattern: '^[a\\-z]+$'}"), [""; 0]);
    }

    #[test]
    fn the_remedy_fits_the_syntax_error() {
        for (pattern, part) in [("(?i)a", "both cases"), ("(\\Aa", "`^`"), ("\\Aa\\z", "`$`"), ("[", "JavaScript")] {
            assert!(compile(pattern).is_err() && remedy(pattern).contains(part), "{pattern}");
        }
        for pattern in ["^[a\\:]$", "^[\\w\\-\\.]+$", "^\\p{L}\\/$", "(?<n>a)\\k<n>"] {
            assert!(compile(pattern).is_ok(), "{pattern}");
        }
    }

    #[test]
    fn javascript_literals_are_distinguished_from_paths() {
        assert_eq!(javascript_literal("/^[a-z]+$/"), Some(("^[a-z]+$", "")));
        assert_eq!(javascript_literal("/^a/gi"), Some(("^a", "gi")));
        for path in ["/v1/", "^/v1/$", "/", "//", "/^a", "/^a/b"] {
            assert_eq!(javascript_literal(path), None, "{path}");
        }
    }
}
