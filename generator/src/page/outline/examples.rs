//! Reads the examples of requests and responses on the way through a page.

use super::Outline;
use crate::page::example;
use crate::page::fact::{FactKind, RequestExample, ResponseExample};
use crate::page::tree::Text;
use crate::page::vocabulary::Section;

impl Outline<'_> {
    /// Reads a paragraph among examples: a request line, or prose.
    pub(super) fn example_text(&mut self, text: &Text) {
        let words = text.words.trim();
        if self.vocabulary.is_nothing(words) {
            let is_request = self.section == Some(Section::RequestExample);
            let kind = if is_request { FactKind::RequestExample } else { FactKind::ResponseExample };
            self.collector.state(kind, "none", (), words, text.line());
            return;
        }
        let lines = [(text.line(), words.to_owned())];
        let found = example::read(&lines);
        if found.url.is_some() || found.body.is_some() {
            self.code(&lines);
        }
    }

    /// Reads the requests in a block of code: each begins with a request line.
    pub(super) fn request_examples(&mut self, lines: &[(usize, String)]) {
        let mut starts: Vec<usize> = (0..lines.len()).filter(|at| example::is_start(&lines[*at].1)).collect();
        if starts.first() != Some(&0) {
            starts.insert(0, 0);
        }
        starts.push(lines.len());
        for pair in starts.windows(2) {
            if let [start, end] = pair {
                self.request_example(lines.get(*start..*end).unwrap_or_default());
            }
        }
    }

    fn request_example(&mut self, lines: &[(usize, String)]) {
        let found = example::read(lines);
        let line = lines.first().map_or(0, |(line, _)| *line);
        if found.has_unread_body {
            self.collector.unread(line, "the body of an example is not JSON");
        }
        if found == example::Example::default() {
            return;
        }
        let kind = FactKind::RequestExample;
        let method = found.method.map(|(method, line)| {
            let words = method.clone();
            self.collector.state(kind, "method", method, &words, line)
        });
        let url = found.url.map(|(url, line)| {
            self.server(&url, line);
            let words = url.clone();
            self.collector.state(kind, "url", url, &words, line)
        });
        let headers = found.headers.into_iter().map(|(name, value, line)| {
            let words = format!("{name}: {value}");
            self.collector.state(kind, "header", (name, value), &words, line)
        });
        let headers = headers.collect();
        let body = found.body.map(|(body, line)| self.collector.state(kind, "body", body, "{", line));
        if body.is_some() {
            self.members(kind, lines);
        }
        let last_line = lines.last().map_or(line, |(line, _)| *line);
        self.collector.page.request_examples.push(RequestExample { line, last_line, method, url, headers, body });
    }

    pub(super) fn response_example(&mut self, lines: &[(usize, String)]) {
        let found = example::read(lines);
        let line = lines.first().map_or(0, |(line, _)| *line);
        if found.has_unread_body {
            self.collector.unread(line, "the body of an example is not JSON");
        }
        if let Some((body, line)) = found.body {
            let subject = self.example_status.map(|status| status.to_string()).unwrap_or_default();
            let body = self.collector.state(FactKind::ResponseExample, &subject, body, "{", line);
            let status = self.example_status;
            self.members(FactKind::ResponseExample, lines);
            self.collector.page.response_examples.push(ResponseExample { status, body });
        }
    }

    /// Records the members of a JSON body, each with its line.
    fn members(&mut self, kind: FactKind, lines: &[(usize, String)]) {
        for (line, text) in lines {
            for (at, _) in text.match_indices("\" :").chain(text.match_indices("\":")) {
                if let Some(start) = text[..at].rfind('"') {
                    let (name, words) = (text[start + 1..at].to_owned(), text[start..at + 1].to_owned());
                    self.collector.state(kind, &name, (), &words, *line);
                }
            }
        }
    }
}
