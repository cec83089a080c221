//! Finds the page of each operation.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::page::fact::Page;
use crate::proof::form_lines::FormLines;
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
    /// For each page, the lines of all forms.
    by_line: Vec<FormLines>,
    /// For each page, the forms with a path, by the literals of the path.
    by_path: Vec<HashMap<Vec<String>, SamePath<'p>>>,
    /// The first form with a path and a method.
    first: HashMap<(Vec<String>, &'p str), Match>,
    /// The indices of the pages with each name, in order. See [`is_named`].
    named: HashMap<&'p str, Vec<usize>>,
    /// The first page with each title.
    titled: HashMap<&'p str, usize>,
}

/// The forms of a page that have the same path.
#[derive(Default)]
struct SamePath<'p> {
    /// The index of the first form.
    first: Option<usize>,
    /// The forms with each method. Forms without a method have the key `None`.
    by_method: HashMap<Option<&'p str>, FormLines>,
}

impl<'p> Forms<'p> {
    fn of(pages: &'p [Page]) -> Self {
        let (mut by_line, mut by_path, mut first) = (Vec::new(), Vec::new(), HashMap::new());
        let (mut named, mut titled) = (HashMap::<&str, Vec<usize>>::new(), HashMap::new());
        for (index, page) in pages.iter().enumerate() {
            let mut of_page: HashMap<Vec<String>, SamePath<'p>> = HashMap::new();
            let mut lines = FormLines::default();
            for (form, stated) in page.forms.iter().enumerate() {
                let literals = path::literals(&stated.path.value);
                let method = stated.method_name();
                if let Some(method) = method {
                    first.entry((literals.clone(), method)).or_insert(Match { page: index, form });
                }
                let same = of_page.entry(literals).or_default();
                same.first.get_or_insert(form);
                same.by_method.entry(method).or_default().push(form, stated);
                lines.push(form, stated);
            }
            by_path.push(of_page);
            by_line.push(lines);
            names(page).into_iter().for_each(|name| named.entry(name).or_default().push(index));
            if let Some(title) = &page.title {
                titled.entry(title.value.as_str()).or_insert(index);
            }
        }
        Self { pages, by_line, by_path, first, named, titled }
    }

    fn of_operation(&self, operation: &Operation) -> Option<Match> {
        let literals = path::literals(&operation.path);
        self.by_source(operation, &literals).or_else(|| self.first.get(&(literals, operation.method.as_str())).cloned())
    }

    /// Finds the page that `x-source` names. Its lines decide between several forms of the URL, or else the path.
    fn by_source(&self, operation: &Operation, literals: &[String]) -> Option<Match> {
        let source = operation.source.as_deref()?;
        let (references, _) = references(source);
        // A reference that was followed leads to the same form again, or to none.
        let mut followed = HashSet::new();
        for reference in
            references.iter().filter(|reference| followed.insert((last_segment(reference.page), reference.lines)))
        {
            for index in self.named.get(last_segment(reference.page)).into_iter().flatten().copied() {
                if let Some(form) = self.form(index, operation, literals, reference.lines) {
                    return Some(Match { page: index, form });
                }
            }
        }
        let index = *self.titled.get(source)?;
        Some(Match { page: index, form: self.form(index, operation, literals, None)? })
    }

    /// Returns the index of the form of an operation.
    fn form(
        &self,
        index: usize,
        operation: &Operation,
        literals: &[String],
        lines: Option<(usize, usize)>,
    ) -> Option<usize> {
        let same = self.by_path.get(index).and_then(|of_page| of_page.get(literals));
        let of_method = || {
            let by_method = &same?.by_method;
            let found = [by_method.get(&None), by_method.get(&Some(operation.method.as_str()))];
            Some(found.into_iter().flatten())
        };
        let in_lines = |lines| of_method()?.filter_map(|forms| forms.first_in(lines)).min();
        lines
            .and_then(in_lines)
            .or_else(|| lines.and_then(|lines| self.by_line.get(index)?.first_in(lines)))
            .or_else(|| of_method()?.filter_map(FormLines::first).min())
            .or_else(|| same?.first)
            .or_else(|| self.pages.get(index).filter(|page| page.forms.len() == 1).map(|_| 0))
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

fn last_segment(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or_default()
}

/// Returns the names that refer to a page, without folders: those for which [`is_named`] is true.
fn names(page: &Page) -> BTreeSet<&str> {
    let file = last_segment(&page.file);
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let signs = stem.match_indices(|letter: char| !letter.is_alphanumeric());
    let beginnings = signs.filter_map(|(end, _)| stem.get(..end));
    beginnings.chain([stem, file]).filter(|name| !name.is_empty()).collect()
}

/// Returns whether a name refers to a page: it is the name of its file, or the beginning of the name before a sign.
pub(crate) fn is_named(page: &Page, name: &str) -> bool {
    let (name, file) = (last_segment(name), last_segment(&page.file));
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
        let names: Vec<&str> = names(&page).into_iter().collect();
        assert_eq!(names, ["001", "001_spin", "001_spin.txt"]);
        assert!(names.iter().all(|name| is_named(&page, name)));
        assert!(!is_named(&page, "00") && !is_named(&page, "") && !is_named(&page, "spin"));
    }
}
