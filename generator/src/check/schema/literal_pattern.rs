//! Patterns in the notation of another language.

use crate::check::schema::each;
use crate::finding::{Code, Findings};
use crate::resolve::document::Document;

/// No pattern stands between the slashes of a literal of JavaScript.
pub(crate) fn slashes(document: &Document, findings: &mut Findings) {
    each(document, &mut |schema| {
        let Some(pattern) = schema.pattern.as_deref() else { return };
        if let Some((inner, flags)) = literal(pattern) {
            let message = format!(
                "`{pattern}` stands between slashes, and they are part of what is matched: no text without them fits."
            );
            let remedy = match flags {
                "" => format!("Write `{inner}`."),
                _ => format!(
                    "Write `{inner}`; OpenAPI has no flags such as `{flags}`, so that they are said in the pattern."
                ),
            };
            findings.add(Code::DoubtfulPattern, &schema.pointer.join("pattern"), message, remedy);
        }
    });
}

/// What stands between the slashes of a literal, and the flags behind it. A path may begin and end with a slash, so that one end at
/// least is to be anchored.
fn literal(pattern: &str) -> Option<(&str, &str)> {
    let (inner, flags) = pattern.strip_prefix('/')?.rsplit_once('/')?;
    let is_flag = |letter: char| "dgimsuy".contains(letter);
    (flags.chars().all(is_flag) && (inner.starts_with('^') || inner.ends_with('$'))).then_some((inner, flags))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_are_told_from_paths() {
        assert_eq!(literal("/^[a-z]+$/"), Some(("^[a-z]+$", "")));
        assert_eq!(literal("/^a/gi"), Some(("^a", "gi")));
        for path in ["/v1/", "^/v1/$", "/", "//", "/^a", "/^a/b"] {
            assert_eq!(literal(path), None, "{path}");
        }
    }
}
