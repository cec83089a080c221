//! Finds the page of each operation.

use std::collections::HashMap;

use crate::page::fact::{Form, Page};
use crate::proof::path;
use crate::resolve::document::{Document, Operation};

/// The page of an operation, and the form of the request URL in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Match {
    /// The index of the page.
    pub(crate) page: usize,
    /// The index of the form in [`Page::forms`].
    pub(crate) form: usize,
}

/// A reference to a page in `x-source`: `004:L93-107`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference<'t> {
    /// The number or the name of the page.
    pub(crate) page: &'t str,
    /// The first and the last line, if they are given.
    pub(crate) lines: Option<(usize, usize)>,
}

/// The forms of all pages, by their paths.
struct Forms<'p> {
    pages: &'p [Page],
    /// For each page, the indices of the forms with a path, by the literals of the path.
    by_path: Vec<HashMap<Vec<String>, SamePath<'p>>>,
    /// The first form with a path and a method.
    first: HashMap<(Vec<String>, &'p str), Match>,
}

/// The forms of a page that have the same path.
#[derive(Default)]
struct SamePath<'p> {
    /// The indices of the forms.
    all: Vec<usize>,
    /// The first form with a method. The first form without a method has the key `None`.
    first: HashMap<Option<&'p str>, usize>,
}

impl<'p> Forms<'p> {
    fn of(pages: &'p [Page]) -> Self {
        let (mut by_path, mut first) = (Vec::new(), HashMap::new());
        for (index, page) in pages.iter().enumerate() {
            let mut of_page: HashMap<Vec<String>, SamePath<'p>> = HashMap::new();
            for (form, stated) in page.forms.iter().enumerate() {
                let literals = path::literals(&stated.path.value);
                let method = stated.method.as_ref().map(|method| method.value.as_str());
                if let Some(method) = method {
                    first.entry((literals.clone(), method)).or_insert(Match { page: index, form });
                }
                let same = of_page.entry(literals).or_default();
                same.all.push(form);
                same.first.entry(method).or_insert(form);
            }
            by_path.push(of_page);
        }
        Self { pages, by_path, first }
    }

    fn of_operation(&self, operation: &Operation) -> Option<Match> {
        let literals = path::literals(&operation.path);
        self.by_source(operation, &literals).or_else(|| self.first.get(&(literals, operation.method.as_str())).cloned())
    }

    /// Finds the page that `x-source` names. Its lines decide between several forms of the URL, or else the path.
    fn by_source(&self, operation: &Operation, literals: &[String]) -> Option<Match> {
        let source = operation.source.as_deref()?;
        let (references, _) = references(source);
        for reference in &references {
            for (index, page) in self.pages.iter().enumerate().filter(|(_, page)| is_named(page, reference.page)) {
                if let Some(form) = self.form(index, page, operation, literals, reference.lines) {
                    return Some(Match { page: index, form });
                }
            }
        }
        let titled = |page: &Page| page.title.as_ref().is_some_and(|title| source == title.value);
        let index = self.pages.iter().position(titled)?;
        Some(Match { page: index, form: self.form(index, self.pages.get(index)?, operation, literals, None)? })
    }

    /// Returns the index of the form of an operation.
    fn form(
        &self,
        index: usize,
        page: &Page,
        operation: &Operation,
        literals: &[String],
        lines: Option<(usize, usize)>,
    ) -> Option<usize> {
        let in_lines =
            |form: &Form| lines.is_some_and(|(first, last)| form.path.line <= last && form.last_line >= first);
        let has_method = |form: &Form| form.method.as_ref().is_none_or(|method| method.value == operation.method);
        let same = self.by_path.get(index).and_then(|of_page| of_page.get(literals));
        let with_path = same.map(|same| same.all.as_slice()).unwrap_or_default();
        let is_wanted = |form: &&usize| page.forms.get(**form).is_some_and(|form| in_lines(form) && has_method(form));
        let with_method = || {
            let first = &same?.first;
            [first.get(&None), first.get(&Some(operation.method.as_str()))].into_iter().flatten().min().copied()
        };
        let of_lines = lines.and_then(|_| with_path.iter().find(is_wanted).copied());
        of_lines
            .or_else(|| lines.and_then(|_| page.forms.iter().position(in_lines)))
            .or_else(with_method)
            .or_else(|| with_path.first().copied())
            .or_else(|| (page.forms.len() == 1).then_some(0))
    }
}

/// Returns the page of each operation, in the order of the operations: the page that `x-source` names, or else the first page
/// with the method and the path of the operation.
pub(crate) fn matches(document: &Document, pages: &[Page]) -> Vec<Option<Match>> {
    let forms = Forms::of(pages);
    document.operations.iter().map(|operation| forms.of_operation(operation)).collect()
}

/// Splits `x-source` into references to pages and the title after them: `001:L46-57 and 000:L91-113 Response Parameters`.
pub(crate) fn references(source: &str) -> (Vec<Reference<'_>>, &str) {
    let (mut references, mut rest) = (Vec::new(), source.trim());
    loop {
        let word = rest.split_whitespace().next().unwrap_or_default();
        let after = rest[word.len()..].trim_start();
        let reference = reference(word);
        let is_first = references.is_empty();
        match reference {
            Some(reference) if is_first || reference.lines.is_some() => references.push(reference),
            _ if !is_first && (word == "and" || word == ",") => {}
            _ => return (references, rest),
        }
        rest = after;
        if rest.is_empty() {
            return (references, rest);
        }
    }
}

fn reference(word: &str) -> Option<Reference<'_>> {
    let word = word.trim_end_matches([',', ';']);
    if let Some((page, lines)) = word.rsplit_once(":L") {
        let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
        let lines = first.parse().ok().zip(last.trim_start_matches('L').parse().ok());
        return lines.map(|lines| Reference { page, lines: Some(lines) });
    }
    (!word.is_empty()).then_some(Reference { page: word, lines: None })
}

/// Returns whether a name refers to a page: it is the name of its file, or the beginning of the name before a sign.
pub(crate) fn is_named(page: &Page, name: &str) -> bool {
    let name = name.rsplit('/').next().unwrap_or_default();
    let file = page.file.rsplit('/').next().unwrap_or_default();
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let begins = stem.strip_prefix(name).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric));
    !name.is_empty() && (file == name || begins)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_come_before_the_title() {
        let shown = |source| {
            let (references, title) = references(source);
            let shown = references.iter().map(|reference| format!("{} {:?}", reference.page, reference.lines));
            (shown.collect::<Vec<_>>(), title)
        };
        assert_eq!(shown("004 Spinning a Wheel"), (vec!["004 None".to_owned()], "Spinning a Wheel"));
        let two = vec!["001:L46-57", "000:L91"];
        assert_eq!(
            shown("001:L46-57 and 000:L91 The Wheel"),
            (vec!["001 Some((46, 57))".to_owned(), "000 Some((91, 91))".to_owned()], "The Wheel"),
            "{two:?}"
        );
    }

    #[test]
    fn a_page_is_named_by_the_start_of_its_file_name() {
        let page = Page { file: "docs/001_spin.txt".to_owned(), ..Page::default() };
        assert!(is_named(&page, "001") && is_named(&page, "001_spin") && is_named(&page, "001_spin.txt"));
        assert!(!is_named(&page, "00") && !is_named(&page, "") && !is_named(&page, "spin"));
    }
}
