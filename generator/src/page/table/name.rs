//! Reads the name in a row of a table.

use super::{RowName, TableReader};
use crate::page::tree::{Cell, Row};
use crate::page::vocabulary::Column;

/// The greatest length of a name in bytes. Every fact of a row repeats the name. The names of APIs have less than 100 bytes.
const MOST_BYTES: usize = 1_000;

impl TableReader<'_> {
    /// Reads the name of a row. Returns `None` if the row describes no value.
    pub(super) fn row_name(&mut self, row: &Row, columns: &[Option<Column>]) -> Option<RowName> {
        let cell = |wanted: Column| {
            let mut pairs = columns.iter().zip(row);
            pairs.find(|(column, _)| **column == Some(wanted)).map(|(_, cell)| cell)
        };
        if let ([only], true) = (row.as_slice(), columns.len() > 2) {
            self.collector.unread(only.text().line(), "the row has one cell for all columns");
            return None;
        }
        let mut text = cell(Column::Name)?.text();
        text.trim_end();
        let (words, mandatory) = self.split_requirement(clean_name(&text.words));
        let placeholder = words.strip_prefix('{').and_then(|inner| inner.strip_suffix('}'));
        let placeholder = placeholder.filter(|inner| !inner.contains(['{', '}'])).map(str::to_owned);
        let is_placeholder = placeholder.is_some();
        let words = placeholder.unwrap_or(words);
        if words.is_empty() {
            // A row that continues the row above it, or is empty.
            let is_empty = row.iter().all(|cell| cell.text().is_empty());
            self.collector.page.rows_read += usize::from(is_empty || cell(Column::Object).is_some());
            if let Some(first) = row.iter().map(Cell::text).find(|text| !text.is_empty()).filter(|_| !is_empty)
                && cell(Column::Object).is_none()
            {
                self.collector.unread(first.line(), "the row has no name");
            }
            return None;
        }
        if words.len() > MOST_BYTES {
            self.collector.unread(text.line(), format!("the name of the row is longer than {MOST_BYTES} bytes"));
            return None;
        }
        if self.vocabulary.is_nothing(&words) {
            self.collector.page.rows_read += 1;
            return None;
        }
        let mut others = columns.iter().zip(row).filter(|(column, _)| **column != Some(Column::Name));
        if words.contains(' ') && columns.len() > 2 && others.all(|(_, cell)| cell.text().is_empty()) {
            self.collector.unread(text.line(), "the row has words in the column of the name alone");
            return None;
        }
        Some(RowName { words, text, mandatory, is_placeholder })
    }

    /// Splits `size optional` into the name and whether the value is mandatory.
    fn split_requirement(&self, words: String) -> (String, Option<(bool, String)>) {
        let parts: Vec<&str> = words.split_whitespace().collect();
        if let [name, stated] = parts.as_slice()
            && stated.len() > 3
            && let Some(value) = self.vocabulary.mandatory(stated)
        {
            return ((*name).to_owned(), Some((value, (*stated).to_owned())));
        }
        (words, None)
    }
}

/// Returns the name in a cell: `name (deprecated)` gives `name`.
fn clean_name(words: &str) -> String {
    let words = words.trim().trim_matches(['*', '`', '"']);
    let first = words.split([' ', '(', '（']).next().unwrap_or_default();
    let is_only = first.len() == words.len() || words[first.len()..].trim_start().starts_with(['(', '（']);
    if is_only { first.to_owned() } else { words.to_owned() }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::page::collector::Collector;
    use crate::page::phrase::Phrases;
    use crate::page::tree::Text;
    use crate::page::vocabulary;

    #[test]
    fn names_have_at_most_1000_bytes() {
        let vocabulary = vocabulary::of("Mandatory");
        let (mut collector, phrases) = (Collector::new("a.html", 9, vocabulary.name), Phrases::of(vocabulary));
        let mut reader =
            TableReader { collector: &mut collector, phrases: &phrases, vocabulary, references: HashSet::new() };
        let mut name = |length: usize| {
            let row = vec![Cell::of(Text::on_line(&"n".repeat(length), 3))];
            reader.row_name(&row, &[Some(Column::Name)]).map(|name| name.words.len())
        };
        assert_eq!([1, 1_000, 1_001].map(&mut name), [Some(1), Some(1_000), None]);
        assert_eq!(collector.page.unread, [(3, "the name of the row is longer than 1000 bytes".to_owned())]);
    }
}
