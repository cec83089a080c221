//! The operations that a run uses, as the user chooses them with `--only` and `--except`.

use std::fmt;
use std::str::FromStr;

use regex::bytes::Regex;
use regex::escape;

use crate::suggestion::nearest;

/// The operations that a run uses. By default, all operations.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// If this list is not empty, only operations that match one of these patterns are used.
    pub only: Vec<OperationPattern>,
    /// Operations that match one of these patterns are left out.
    pub except: Vec<OperationPattern>,
}

impl Selection {
    /// Returns whether all operations are used.
    pub fn is_everything(&self) -> bool {
        self.only.is_empty() && self.except.is_empty()
    }

    /// Returns whether an operation is used.
    pub fn includes(&self, operation: OperationNames<'_>) -> bool {
        let matches = |pattern: &OperationPattern| pattern.matches(operation);
        (self.only.is_empty() || self.only.iter().any(matches)) && !self.except.iter().any(matches)
    }
}

/// What a pattern can match: the method and path of an operation, its id and its tags.
#[derive(Debug, Clone, Copy)]
pub struct OperationNames<'o> {
    /// The HTTP method in upper case.
    pub method: &'o str,
    /// The path template, such as `/pets/{petId}`.
    pub path: &'o str,
    /// The `operationId`.
    pub id: Option<&'o str>,
    /// The `tags`.
    pub tags: &'o [String],
}

/// A pattern for operations: `tag=NAME`, `id=NAME`, `/PATH` or `METHOD /PATH`.
///
/// `*` in a tag or an id matches any text. In a path, `*` matches any text without `/`, and `**` matches any text.
#[derive(Debug, Clone)]
pub struct OperationPattern {
    /// The pattern as the user wrote it.
    text: String,
    subject: Subject,
    /// Matches the whole tag, id or path. `None` if the pattern has no `*`, so that it matches its own text only.
    regex: Option<Regex>,
}

/// What a pattern is about.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Subject {
    Tag,
    Id,
    /// The path, and the method in upper case; `None` for every method.
    Path(Option<String>),
}

impl OperationPattern {
    /// Returns whether an operation matches this pattern.
    pub fn matches(&self, operation: OperationNames<'_>) -> bool {
        match &self.subject {
            Subject::Tag => operation.tags.iter().any(|tag| self.matches_text(tag)),
            Subject::Id => operation.id.is_some_and(|id| self.matches_text(id)),
            Subject::Path(method) => {
                method.as_ref().is_none_or(|method| method == operation.method) && self.matches_text(operation.path)
            }
        }
    }

    fn matches_text(&self, text: &str) -> bool {
        match &self.regex {
            Some(regex) => regex.is_match(text.as_bytes()),
            None => self.text[name_start(&self.subject, &self.text)..] == *text,
        }
    }

    /// Returns the pattern for `operation` that this pattern probably means: `tag=pets` for `tag=pet`.
    pub(crate) fn similar<'o>(&self, operations: impl Iterator<Item = OperationNames<'o>>) -> Option<String> {
        let words: Vec<&str> = match &self.subject {
            Subject::Tag => operations.flat_map(|operation| operation.tags).map(String::as_str).collect(),
            Subject::Id => operations.filter_map(|operation| operation.id).collect(),
            Subject::Path(_) => operations.map(|operation| operation.path).collect(),
        };
        let (before, name) = self.text.split_at(name_start(&self.subject, &self.text));
        // A name is often written without its group: `list` for `pets.list`.
        let is_end = |word: &&str| {
            let group = word.strip_suffix(name).filter(|_| !name.is_empty());
            group.is_some_and(|group| group.ends_with(['.', '/', '_', '-', ':', ' ']))
        };
        let nearest = nearest(name, words.iter().copied(), 3).or_else(|| words.iter().copied().find(is_end));
        Some(format!("{before}{}", nearest?))
    }
}

impl FromStr for OperationPattern {
    type Err = String;

    /// Parses a pattern.
    fn from_str(text: &str) -> Result<Self, String> {
        let subject = match (text.split_once('='), text.split_once(' ')) {
            (Some(("tag", name)), _) if !name.is_empty() => Subject::Tag,
            (Some(("id", name)), _) if !name.is_empty() => Subject::Id,
            _ if text.starts_with('/') => Subject::Path(None),
            (_, Some((method, path))) if path.trim_start().starts_with('/') && is_method(method) => {
                Subject::Path(Some(method.to_uppercase()))
            }
            _ => {
                return Err(
                    "write `tag=NAME`, `id=OPERATION-ID`, `/PATH` or `METHOD /PATH`; `*` matches any text".to_owned()
                );
            }
        };
        let name = &text[name_start(&subject, text)..];
        let regex = name.contains('*').then(|| Regex::new(&regex_source(name, &subject))).transpose();
        Ok(Self { text: text.to_owned(), regex: regex.map_err(|_| "the pattern is too long")?, subject })
    }
}

impl PartialEq for OperationPattern {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for OperationPattern {}

impl fmt::Display for OperationPattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn is_method(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphabetic())
}

/// Returns the index in `text`, a pattern, at which its tag, id or path begins.
fn name_start(subject: &Subject, text: &str) -> usize {
    match subject {
        Subject::Path(_) => text.find('/').unwrap_or_default(),
        Subject::Tag | Subject::Id => text.find('=').map_or(0, |place| place + 1),
    }
}

/// Returns the source of a regular expression that matches the texts that the pattern `name` matches.
fn regex_source(name: &str, subject: &Subject) -> String {
    // Classes of bytes take a tenth of the time and memory of classes of letters.
    let any = "(?s-u:.*)";
    let inner = if matches!(subject, Subject::Path(_)) { "(?-u:[^/]*)" } else { any };
    let parts = name.split("**").map(|part| part.split('*').map(escape).collect::<Vec<_>>().join(inner));
    format!("^{}$", parts.collect::<Vec<_>>().join(any))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, method: &str, path: &str) -> bool {
        let tags = ["pets".to_owned(), "internal.v2".to_owned()];
        let operation = OperationNames { method, path, id: Some("listPets"), tags: &tags };
        pattern.parse::<OperationPattern>().is_ok_and(|pattern| pattern.matches(operation))
    }

    #[test]
    fn a_pattern_matches_a_tag_an_id_or_a_path() {
        for pattern in
            ["tag=pets", "tag=internal.*", "id=list*", "id=listPets", "/pets/{petId}", "get /pets/*", "/**", "/p*/{*}"]
        {
            assert!(matches(pattern, "GET", "/pets/{petId}"), "{pattern}");
        }
        assert!(matches("/p*/é*ö/**", "GET", "/pé/éüö/ß/a") && !matches("/é*ö", "GET", "/é/ö"));
        for pattern in ["tag=pet", "tag=internal-v2", "id=list", "/pets", "/pets/", "/*", "POST /pets/*", "/**/owner"] {
            assert!(!matches(pattern, "GET", "/pets/{petId}"), "{pattern}");
        }
    }

    #[test]
    fn other_texts_are_no_patterns() {
        for text in ["", "pets", "tag=", "name=pets", "GET pets", "G-T /pets", " /pets"] {
            assert!(text.parse::<OperationPattern>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_similar_name_is_suggested() {
        let tags = ["pets".to_owned()];
        let operation =
            |id: &'static str| OperationNames { method: "GET", path: "/v1/pets", id: Some(id), tags: &tags };
        for (wrong, right) in [
            ("tag=pet", Some("tag=pets")),
            ("id=listPet", Some("id=listPets")),
            ("id=whoami", Some("id=keys.whoami")),
            ("id=ami", None),
            ("GET /v1/pts", Some("GET /v1/pets")),
        ] {
            let pattern: OperationPattern = wrong.parse().expect("a pattern");
            let operations = ["listPets", "keys.whoami"].map(operation);
            assert_eq!(pattern.similar(operations.into_iter()).as_deref(), right, "{wrong}");
        }
    }
}
