//! Finds the form of the request URL that an example of a request has.

use std::cmp::Reverse;
use std::collections::{BTreeSet, HashMap};

use crate::page::fact::{Form, Page};
use crate::page::uri;

/// The forms of the request URL of a page.
pub(crate) struct FormIndex<'p> {
    /// The forms by the text before their first placeholders.
    by_start: HashMap<String, Vec<IndexedForm<'p>>>,
    /// The lengths of the keys of `by_start`.
    lengths: BTreeSet<usize>,
}

struct IndexedForm<'p> {
    form: &'p Form,
    position: usize,
    /// The text between the placeholders.
    literals: Vec<String>,
}

impl<'p> FormIndex<'p> {
    /// Indexes the forms of a page.
    pub(crate) fn new(page: &'p Page) -> Self {
        let (mut by_start, mut lengths) = (HashMap::<String, Vec<IndexedForm<'p>>>::new(), BTreeSet::new());
        for (position, form) in page.forms.iter().enumerate() {
            let literals = uri::literals(&form.path.value);
            let start = literals.first().cloned().unwrap_or_default();
            lengths.insert(start.len());
            by_start.entry(start).or_default().push(IndexedForm { form, position, literals });
        }
        Self { by_start, lengths }
    }

    /// Returns the form that an example with a target and a method has. Of several that fit, one with the method of the example
    /// wins, then the longest, then the first.
    pub(crate) fn find(&self, target: &str, method: Option<&str>) -> Option<&'p Form> {
        let path = uri::plain(target);
        let has_method = |form: &Form| form.method_name().zip(method).is_none_or(|(stated, method)| stated == method);
        let starts = self.lengths.range(..=path.len()).filter_map(|length| path.get(..*length));
        let candidates = starts.filter_map(|start| self.by_start.get(start)).flatten();
        let fitting = candidates.filter(|indexed| uri::values_between(path, &indexed.literals).is_some());
        let best = fitting
            .max_by_key(|indexed| (has_method(indexed.form), indexed.form.path.value.len(), Reverse(indexed.position)));
        best.map(|indexed| indexed.form)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::fact::Stated;

    #[test]
    fn the_form_with_the_method_wins_then_the_longest_then_the_first() {
        let stated = |value: &str, line| Stated { value: value.to_owned(), line, words: String::new(), fact: 0 };
        let form = |(line, (method, path)): (usize, &(&str, &str))| {
            let method = (!method.is_empty()).then(|| stated(method, line));
            Form { method, path: stated(path, line), last_line: line }
        };
        let forms = [
            ("GET", "/v1/{a}"),
            ("PUT", "/v1/{b}"),
            ("GET", "/v1/{long}"),
            ("GET", "/v1/{none}"),
            ("", "/v1/x/{longer}"),
        ];
        let page = Page { forms: forms.iter().enumerate().map(form).collect(), ..Page::default() };
        let index = FormIndex::new(&page);
        let found = |target, method| index.find(target, method).map(|form| form.path.line);
        assert_eq!(found("/v1/7", Some("PUT")), Some(1));
        assert_eq!(found("/v1/7", Some("GET")), Some(2));
        assert_eq!(found("https://h/v1/x/7?q=1", None), Some(4));
        assert_eq!(found("/v2/7", None), None);
    }
}
