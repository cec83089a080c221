//! Rules for `pattern`: reports invalid and slow regular expressions, and expressions that are written as JavaScript literals.

use std::collections::{HashMap, HashSet};

use copperplate_runtime::ecma::{MIN_STEPS, STEPS_PER_BYTE};

use crate::check::schema::pattern_remedy::foreign_syntax;
use crate::check::schema_walk::each_schema;
use crate::finding::{Code, Findings};
use crate::pattern::{Compiled, MAX_LENGTH, SharedClass, compile};
use crate::pointer::Pointer;
use crate::resolve::document::Document;

/// The maximum number of character ranges in the distinct classes of all patterns that need backtracking. The generated crate has a
/// list of these ranges. `\p{L}` has 684 ranges, and a class with it takes some bytes in the document. None of the 76 examined
/// documents has a Unicode property in a pattern.
const MAX_RANGES: usize = 100_000;

/// Reports each `pattern` that is not a valid regular expression, or that copperplate cannot match in linear time.
pub(crate) fn expressions(document: &Document, findings: &mut Findings) {
    // The compiled patterns themselves would fill the memory.
    let mut known: HashMap<&str, Result<Matching, String>> = HashMap::new();
    let mut classes = Classes::default();
    each_schema(document, &mut |schema| {
        let Some(text) = schema.pattern.as_deref() else { return };
        let place = schema.pointer.join("pattern");
        let matching = |compiled| match compiled {
            Compiled::Automata(_) => Matching::Automata,
            Compiled::Backtracking(program) if classes.add(&program.classes) => Matching::Backtracking,
            Compiled::Backtracking(_) => Matching::BeyondLimit,
        };
        match known.entry(text).or_insert_with(|| compile(text).map(matching)) {
            Ok(Matching::Automata) => {}
            Ok(Matching::Backtracking) => report_backtracking(text, &place, findings),
            Ok(Matching::BeyondLimit) => findings.add_repairable(
                Code::DocumentLimit,
                &place,
                format!(
                    "Together with the patterns before it, this pattern has more than {MAX_RANGES} ranges of characters in \
                     different character classes."
                ),
                "Use fewer different classes with Unicode properties such as `\\p{L}`.",
                "The pattern is removed.",
            ),
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

/// How a valid pattern is matched.
enum Matching {
    Automata,
    Backtracking,
    /// By backtracking, but its classes exceed [`MAX_RANGES`].
    BeyondLimit,
}

/// The distinct character classes of patterns.
#[derive(Default)]
struct Classes {
    known: HashSet<SharedClass>,
    /// The number of ranges in all of these classes.
    ranges: usize,
}

impl Classes {
    /// Adds the classes of a pattern. Returns false, and adds none, if they exceed [`MAX_RANGES`] together with the classes so far.
    fn add(&mut self, classes: &[SharedClass]) -> bool {
        let new: HashSet<&SharedClass> = classes.iter().filter(|class| !self.known.contains(*class)).collect();
        let ranges = self.ranges + new.iter().map(|class| class.len()).sum::<usize>();
        if ranges > MAX_RANGES {
            return false;
        }
        self.ranges = ranges;
        let new: Vec<SharedClass> = new.into_iter().cloned().collect();
        self.known.extend(new);
        true
    }
}

fn report_backtracking(text: &str, place: &Pointer, findings: &mut Findings) {
    let message = format!(
        "The pattern `{text}` needs backtracking. For some strings, the number of steps grows exponentially with the length. \
         Validation rejects a string that takes more than {MIN_STEPS} steps, plus {STEPS_PER_BYTE} steps for each byte."
    );
    let remedy = "Rewrite the pattern without back-references, `\\b` and `\\p`. Use lookaround only as lookahead after `^`. \
                  Keep the product of the repetition counts below 1000.";
    findings.add(Code::BacktrackingPattern, place, message, remedy);
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
    fn the_ranges_of_distinct_classes_are_limited() {
        let schema = |count: u32, class: fn(u32) -> String| {
            let patterns = (0..count).map(|index| format!("p{index}: {{pattern: '{}'}}", class(index)));
            codes_and_places_in_schema(&format!("{{properties: {{{}}}}}", patterns.collect::<Vec<_>>().join(", ")))
        };
        let is_limit = |line: &&String| line.starts_with("document-limit");
        // Each class has about 690 ranges. The letters are not in `\\p{L}`, and do not touch each other.
        let distinct = |index| format!("[\\p{{L}}\\u{{{:x}}}]", 0x2600 + 2 * index);
        assert_eq!(schema(140, distinct).iter().filter(is_limit).count(), 0);
        let beyond = schema(148, distinct);
        let expected = [145, 146, 147].map(|index| format!("document-limit /properties/p{index}/pattern"));
        assert_eq!(beyond.iter().filter(is_limit).collect::<Vec<_>>(), expected.iter().collect::<Vec<_>>());
        assert_eq!(schema(200, |index| format!("^\\p{{L}}{{{index}}}$")).iter().filter(is_limit).count(), 0);
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
