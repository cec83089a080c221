//! A difference between the document and a page.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Focus};
use crate::page::fact::Stated;
use crate::pointer::Pointer;

/// A difference between the document and a page, with both places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The code of the finding.
    pub code: Code,
    /// The JSON pointer in the document.
    pub pointer: Pointer,
    /// What the excerpt of the document underlines.
    pub focus: Focus,
    /// The JSON pointers of other operations of the page with the same difference.
    pub others: Vec<Pointer>,
    /// The places in the pages, each with the name of its page.
    pub pages: Vec<(String, PagePlace)>,
    /// The difference, in one sentence.
    pub message: String,
    /// The correction, in one sentence.
    pub remedy: String,
}

/// A place in a page.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct PagePlace {
    /// The line.
    pub line: usize,
    /// The words in the line.
    pub words: String,
    /// What the page states there.
    pub label: String,
    /// The index of the fact in the page, if the difference is about a fact of the page.
    pub fact: Option<usize>,
}

impl PagePlace {
    /// Returns the place of a fact that differs from the document.
    pub(crate) fn of<T>(stated: &Stated<T>) -> Self {
        let (line, words, fact) = (stated.line, stated.words.clone(), Some(stated.fact));
        Self { line, words, label: "the page states this".to_owned(), fact }
    }

    /// Returns the place where the page could state a claim of the document, but does not.
    pub(crate) fn beside<T>(stated: &Stated<T>, label: &str) -> Self {
        Self { line: stated.line, words: stated.words.clone(), label: label.to_owned(), fact: None }
    }
}

/// Finds the differences with which a further difference is merged.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// The index of the difference with a code, a message and a JSON pointer.
    by_pointer: HashMap<(Code, String, Pointer), usize>,
    /// The index of the difference that is missing in the document, and has a message and only this place in the pages.
    by_page: HashMap<(String, (String, PagePlace)), usize>,
    /// The JSON pointers in `others`, each with the index of its difference.
    others: HashSet<(usize, Pointer)>,
    /// The places in `pages`, each with the index of its difference.
    pages: HashSet<(usize, (String, PagePlace))>,
}

impl Known {
    /// Adds a difference that has one place in a page to `differences`, or its places to an earlier difference with the same
    /// message.
    ///
    /// Several operations can use one component, several pages can have one parameter, and several operations of a page can lack
    /// the same parameter.
    pub(crate) fn add(&mut self, mut difference: Difference, differences: &mut Vec<Difference>) {
        let Some(place) = difference.pages.first().cloned() else { return };
        let of_pointer = (difference.code, difference.message.clone(), difference.pointer.clone());
        let of_page = (difference.message.clone(), place.clone());
        let is_missing = difference.code == Code::MissingInDocument;
        let same_page = self.by_page.get(&of_page).copied().filter(|_| is_missing);
        let same = [self.by_pointer.get(&of_pointer).copied(), same_page];
        let Some(index) = same.into_iter().flatten().min() else {
            let index = differences.len();
            self.by_pointer.insert(of_pointer, index);
            if is_missing {
                self.by_page.insert(of_page, index);
            }
            self.pages.insert((index, place));
            return differences.push(difference);
        };
        let Some(known) = differences.get_mut(index) else { return };
        if known.pointer != difference.pointer {
            let pointer = std::mem::take(&mut difference.pointer);
            if self.others.insert((index, pointer.clone())) {
                known.others.push(pointer);
            }
        } else if self.pages.insert((index, place.clone())) {
            // A difference with several places does not have only the first one any more.
            if let [only] = known.pages.as_slice() {
                let of_page = (known.message.clone(), only.clone());
                if self.by_page.get(&of_page) == Some(&index) {
                    self.by_page.remove(&of_page);
                }
            }
            known.pages.push(place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_differences_are_merged() {
        let (mut known, mut differences) = (Known::default(), Vec::new());
        for (code, pointer, line) in [
            (Code::MissingInDocument, "/a", 1),
            (Code::MissingInDocument, "/b", 1),
            (Code::MissingInDocument, "/b", 1),
            (Code::MissingInDocument, "/a", 2),
            (Code::MissingInDocument, "/a", 2),
            (Code::MissingInDocument, "/c", 1),
            (Code::NotOnPage, "/a", 1),
            (Code::NotOnPage, "/c", 1),
            (Code::NotOnPage, "/c", 3),
        ] {
            let place = PagePlace { line, ..PagePlace::default() };
            let difference = Difference {
                code,
                pointer: Pointer::root().join(pointer.trim_start_matches('/')),
                focus: Focus::Key,
                others: Vec::new(),
                pages: vec![("p".to_owned(), place)],
                message: "m".to_owned(),
                remedy: String::new(),
            };
            known.add(difference, &mut differences);
        }
        let shown = differences.iter().map(|difference| {
            let lines: Vec<usize> = difference.pages.iter().map(|(_, place)| place.line).collect();
            let others: Vec<&str> = difference.others.iter().map(Pointer::as_str).collect();
            (difference.code, difference.pointer.as_str(), others, lines)
        });
        let wanted = [
            (Code::MissingInDocument, "/a", vec!["/b"], vec![1, 2]),
            (Code::MissingInDocument, "/c", vec![], vec![1]),
            (Code::NotOnPage, "/a", vec![], vec![1]),
            (Code::NotOnPage, "/c", vec![], vec![1, 3]),
        ];
        assert_eq!(shown.collect::<Vec<_>>(), wanted);
    }
}
