//! The sentences of a text, with their conditions. Each sentence is read once, however many phrases it has.

use std::collections::HashMap;
use std::ops::Range;

use crate::page::tree::Text;
use crate::page::value;
use crate::page::vocabulary::Vocabulary;

/// The sentences of a text.
pub(super) struct Sentences<'t> {
    pub(super) text: &'t Text,
    vocabulary: &'static Vocabulary,
    ranges: Vec<Range<usize>>,
    /// Whether each sentence has a condition. The key also has whether the condition that a value is absent counts.
    conditions: HashMap<(usize, bool), bool>,
    /// Whether each sentence is about a quota or about each item.
    quotas: HashMap<usize, bool>,
}

impl<'t> Sentences<'t> {
    /// Finds the sentences of a text.
    pub(super) fn of(text: &'t Text, vocabulary: &'static Vocabulary) -> Self {
        let ranges = value::sentences(&text.words).collect();
        Self { text, vocabulary, ranges, conditions: HashMap::new(), quotas: HashMap::new() }
    }

    /// Returns the index of the sentence of a phrase that begins at this byte.
    fn index_at(&self, start: usize) -> usize {
        self.ranges.partition_point(|range| range.end < start)
    }

    /// Returns the sentence of a phrase that begins at this byte.
    pub(super) fn at(&self, start: usize) -> Option<Range<usize>> {
        self.ranges.get(self.index_at(start)).cloned()
    }

    fn words(&self, index: usize) -> &'t str {
        self.ranges.get(index).and_then(|range| self.text.words.get(range.clone())).unwrap_or_default()
    }

    /// Returns whether the sentence of a phrase that begins at this byte has a condition. The condition that a value is absent
    /// counts only if `counts_absence` is true.
    pub(super) fn has_condition(&mut self, start: usize, counts_absence: bool) -> bool {
        let index = self.index_at(start);
        let (words, vocabulary) = (self.words(index), self.vocabulary);
        let known = self.conditions.entry((index, counts_absence));
        *known.or_insert_with(|| vocabulary.has_condition(words, counts_absence))
    }

    /// Returns whether the sentence of a phrase that begins at this byte is about a quota that the vendor can raise, or about each
    /// item.
    pub(super) fn is_quota(&mut self, start: usize) -> bool {
        let index = self.index_at(start);
        let words = self.words(index);
        *self.quotas.entry(index).or_insert_with(|| {
            let sentence = words.trim().to_lowercase();
            let is_of_each = ["each ", "one "].iter().any(|word| sentence.starts_with(word));
            sentence.contains("by default") || is_of_each
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    #[test]
    fn a_sentence_is_read_once_for_all_of_its_phrases() {
        let text = Text::on_line("First. If so, it is 5, 6. Each item, by default.", 1);
        let mut sentences = Sentences::of(&text, vocabulary::of("Mandatory"));
        assert_eq!([0, 6, 7, 24, 25].map(|start| sentences.at(start)), [0..5, 6..24, 6..24, 6..24, 25..47].map(Some));
        assert_eq!(sentences.at(48), None);
        let found = [0, 7, 12, 20, 25].map(|start| sentences.has_condition(start, true));
        assert_eq!(found, [false, true, true, true, false]);
        assert_eq!([0, 7, 25, 30].map(|start| sentences.is_quota(start)), [false, false, true, true]);
        assert_eq!((sentences.conditions.len(), sentences.quotas.len()), (3, 3));
    }
}
