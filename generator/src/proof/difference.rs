//! A difference between the document and a page.

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
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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

impl Difference {
    /// Adds the places of another difference with the same message.
    pub(crate) fn add_page(&mut self, other: Self) {
        for page in other.pages {
            if !self.pages.contains(&page) {
                self.pages.push(page);
            }
        }
    }
}
