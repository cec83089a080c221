//! Finds the forms of a page by their lines.

use crate::page::fact::Form;

/// Some forms of a page, with their lines.
#[derive(Default)]
pub(crate) struct FormLines {
    /// For each form: its index, its first line and its last line.
    forms: Vec<(usize, usize, usize)>,
    /// For each form, the largest last line up to it.
    largest: Vec<usize>,
    /// Whether a form begins before the one that precedes it.
    is_unordered: bool,
}

impl FormLines {
    /// Adds a form. Its index is larger than those of the forms before it.
    pub(crate) fn push(&mut self, index: usize, form: &Form) {
        let (first, last) = (form.path.line, form.last_line);
        self.is_unordered |= self.forms.last().is_some_and(|(_, before, _)| *before > first);
        self.largest.push(self.largest.last().copied().unwrap_or_default().max(last));
        self.forms.push((index, first, last));
    }

    /// Returns the index of the first form.
    pub(crate) fn first(&self) -> Option<usize> {
        self.forms.first().map(|(index, ..)| *index)
    }

    /// Returns the index of the first form that has one of the lines from `first` to `last`.
    pub(crate) fn first_in(&self, (first, last): (usize, usize)) -> Option<usize> {
        // No form before this one ends late enough.
        let start = self.largest.partition_point(|largest| *largest < first);
        let rest = self.forms.get(start..).unwrap_or_default();
        let is_in = |form: &&(usize, usize, usize)| form.1 <= last && form.2 >= first;
        // The first form that ends late enough is the only one to look at if those after it begin no earlier.
        let count = if self.is_unordered { rest.len() } else { 1 };
        rest.iter().take(count).find(is_in).map(|(index, ..)| *index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::fact::Stated;

    #[test]
    fn the_first_form_in_some_lines_is_found() {
        let cases: [&[(usize, usize)]; 3] =
            [&[(1, 1), (1, 4), (3, 3), (6, 7), (9, 9)], &[(5, 5), (2, 8), (3, 1), (1, 1), (7, 7)], &[]];
        for forms in cases {
            let mut lines = FormLines::default();
            for (index, (first, last)) in forms.iter().enumerate() {
                let path = Stated { value: String::new(), line: *first, words: String::new(), fact: 0 };
                lines.push(index * 2, &Form { method: None, path, last_line: *last });
            }
            for range in (0..11).flat_map(|first| (0..11).map(move |last| (first, last))) {
                let found = forms.iter().position(|(first, last)| *first <= range.1 && *last >= range.0);
                assert_eq!(lines.first_in(range), found.map(|index| index * 2), "{forms:?} {range:?}");
            }
        }
    }
}
