//! Collects the facts of a page, and how each line was read.

use crate::page::fact::{Fact, FactKind, LineUse, Page, Response, Stated};
use crate::page::tree::Text;

/// Collects the facts of a page.
#[derive(Debug)]
pub(super) struct Collector {
    pub(super) page: Page,
}

impl Collector {
    pub(super) fn new(file: &str, lines: usize, vocabulary: &'static str) -> Self {
        let lines = vec![LineUse::Structure; lines];
        Self { page: Page { file: file.to_owned(), vocabulary, lines, ..Page::default() } }
    }

    /// Records a fact. Returns the value with its place.
    pub(super) fn state<T>(&mut self, kind: FactKind, subject: &str, value: T, words: &str, line: usize) -> Stated<T> {
        self.mark(line, LineUse::Fact);
        let words = words.trim().to_owned();
        let fact = self.page.facts.len();
        self.page.facts.push(Fact { kind, subject: subject.to_owned(), words: words.clone(), line });
        Stated { value, line, words, fact }
    }

    /// Turns a fact into prose: the words do not hold without a condition.
    pub(super) fn retract(&mut self, fact: usize) {
        if let Some(fact) = self.page.facts.get_mut(fact) {
            fact.kind = FactKind::Description;
        }
    }

    /// Records how a line was read. Of several uses of a line, the greatest counts.
    pub(super) fn mark(&mut self, line: usize, used: LineUse) {
        if let Some(slot) = line.checked_sub(1).and_then(|index| self.page.lines.get_mut(index)) {
            *slot = (*slot).max(used);
        }
    }

    /// Records how the lines of a text were read.
    pub(super) fn mark_text(&mut self, text: &Text, used: LineUse) {
        text.lines().for_each(|line| self.mark(line, used));
    }

    /// Records a line that was not read. The same line can be recorded several times.
    pub(super) fn unread(&mut self, line: usize, reason: impl Into<String>) {
        self.mark(line, LineUse::NotRead);
        self.page.unread.push((line, reason.into()));
    }

    /// Records several lines that were not read for one reason.
    pub(super) fn unread_lines(&mut self, lines: &[usize], reason: &str) {
        if let Some(first) = lines.first() {
            self.unread(*first, reason);
        }
        lines.iter().for_each(|line| self.mark(*line, LineUse::NotRead));
    }

    /// Adds a status that the page states.
    pub(super) fn add_status(&mut self, status: u16, words: &str, line: usize) {
        let subject = status.to_string();
        let stated = self.state(FactKind::Status, &subject, status, words, line);
        if !self.page.responses.iter().any(|response| response.status.value == status) {
            let response = Response { status: stated, is_stated: true, headers: Vec::new(), body: None };
            self.page.responses.push(response);
        }
    }
}
