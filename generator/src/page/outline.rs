//! Walks the tree of a page from top to bottom: keeps track of the section and the status, and collects the tables.

mod examples;

use crate::page::collector::Collector;
use crate::page::definition;
use crate::page::example;
use crate::page::fact::{Body, FactKind, Form, LineUse};
use crate::page::tree::{Block, MOST_DEPTH, Table, Text};
use crate::page::uri;
use crate::page::vocabulary::{Section, Vocabulary};

/// The largest number of servers that request URLs can add to a page. Pages have one or two.
const MOST_SERVERS: usize = 100;

/// A table with the section and the status that it is in.
#[derive(Debug)]
pub(super) struct PlacedTable {
    pub(super) table: Table,
    pub(super) section: Option<Section>,
    pub(super) status: Option<u16>,
    /// The heading above the table, if it is not known.
    pub(super) unknown: Option<String>,
}

/// Walks the blocks of a page.
pub(super) struct Outline<'c> {
    pub(super) collector: &'c mut Collector,
    vocabulary: &'static Vocabulary,
    section: Option<Section>,
    status: Option<u16>,
    /// The status of the table of status codes and of examples.
    example_status: Option<u16>,
    pending_caption: Option<Text>,
    pending_anchors: Vec<String>,
    method: Option<(String, usize)>,
    /// Request URLs outside of a section for them. The first is used if the page has no other.
    loose: Vec<(uri::Uri, Text)>,
    /// Whether another operation has begun, which the page should not have.
    is_over: bool,
    /// A heading that is not known, if no known one follows it.
    unknown: Option<String>,
    pub(super) tables: Vec<PlacedTable>,
    /// The response has no body, by the words of the page: the line.
    pub(super) response_without_body: Option<(Option<u16>, String, usize)>,
    /// Whether a request URL beyond [`MOST_SERVERS`] has another address.
    has_more_servers: bool,
}

impl<'c> Outline<'c> {
    pub(super) fn new(collector: &'c mut Collector, vocabulary: &'static Vocabulary) -> Self {
        Self {
            collector,
            vocabulary,
            section: None,
            status: None,
            example_status: None,
            pending_caption: None,
            pending_anchors: Vec::new(),
            method: None,
            loose: Vec::new(),
            is_over: false,
            unknown: None,
            tables: Vec::new(),
            response_without_body: None,
            has_more_servers: false,
        }
    }

    /// Walks the blocks.
    pub(super) fn walk(&mut self, blocks: &[Block], depth: usize) {
        for block in blocks {
            if self.is_over {
                return;
            }
            match block {
                Block::NotRead(lines, reason) => self.collector.unread_lines(lines, reason),
                Block::Heading(text) => self.heading(text),
                Block::Paragraph(text) => self.paragraph(text),
                Block::List(items) if depth < MOST_DEPTH => {
                    self.list(items);
                    items.iter().for_each(|item| self.walk(item, depth + 1));
                }
                Block::List(_) => {}
                Block::Code(lines) => self.code(lines),
                Block::Anchor(name) => self.pending_anchors.push(name.clone()),
                Block::Furniture(lines) => lines.iter().for_each(|line| self.collector.mark(*line, LineUse::Prose)),
                Block::Table(table) => {
                    let mut table = table.clone();
                    if let Some(caption) = self.pending_caption.take().filter(|_| table.caption.is_empty()) {
                        table.caption = caption;
                    }
                    table.anchors.append(&mut self.pending_anchors);
                    let (section, status) = (self.section, self.status);
                    self.tables.push(PlacedTable { table, section, status, unknown: self.unknown.clone() });
                }
            }
        }
    }

    fn heading(&mut self, text: &Text) {
        let words = text.words.trim();
        self.collector.mark_text(text, LineUse::Prose);
        self.collector.page.headings.push((text.line(), words.to_owned()));
        self.pending_anchors.clear();
        if let Some(found) = uri::whole(words) {
            return self.heading_form(&found, text);
        }
        if let Some(section) = self.vocabulary.section(words) {
            (self.section, self.unknown) = (Some(section), None);
            (self.status, self.example_status) = (None, None);
        } else if let Some(status) = self.vocabulary.status(words) {
            self.set_status(status, text);
        } else if self.collector.page.title.is_none() && !self.is_furniture(words) {
            let title = self.collector.state(FactKind::Title, "", words.to_owned(), words, text.line());
            self.collector.page.title = Some(title);
        } else {
            if self.vocabulary.ends_sections {
                self.section = None;
            }
            self.unknown = Some(words.to_owned()).filter(|_| self.section.is_none());
        }
    }

    /// Reads a heading that is the request URL of an operation. A page has one such heading: the tables below a second one
    /// describe another operation.
    fn heading_form(&mut self, found: &uri::Uri, text: &Text) {
        if self.collector.page.has_operation() {
            self.is_over = true;
            let reason = "another operation begins here, and the rest of the page is not read";
            return self.collector.unread(text.line(), reason);
        }
        self.add_form(found, text.words.trim(), text.line(), text.line());
        (self.section, self.unknown) = (None, None);
    }

    /// Reads a list. In a section about values, an item may describe a value, which only tables do.
    fn list(&mut self, items: &[Vec<Block>]) {
        let first = |item: &Vec<Block>| match item.first() {
            Some(Block::Paragraph(text)) => Some(text.clone()),
            _ => None,
        };
        let texts: Vec<Text> = items.iter().filter_map(first).collect();
        if !self.section.is_some_and(Section::has_values) {
            return;
        }
        let is_value = |text: &Text| definition::is_value(&text.words, self.vocabulary);
        let is_either = |text: &Text| is_value(text) || definition::is_name(&text.words);
        let are_names = items.len() == texts.len() && texts.iter().all(is_either);
        let found: Vec<Text> = texts.iter().filter(|text| are_names || is_value(text)).cloned().collect();
        found.iter().for_each(|text| self.value_outside_of_table(text));
    }

    fn value_outside_of_table(&mut self, text: &Text) {
        let words: String = text.words.trim().chars().take(40).collect();
        self.collector.unread(text.line(), format!("this may describe a value, outside of a table: `{words}`"));
    }

    fn is_furniture(&self, words: &str) -> bool {
        self.section == Some(Section::Furniture)
            || self.vocabulary.furniture.iter().any(|start| words.starts_with(start))
    }

    fn paragraph(&mut self, text: &Text) {
        let words = text.words.trim();
        if words.is_empty() {
            return;
        }
        // A line such as `or` between the forms of a URL.
        if self.vocabulary.separators.contains(&words) {
            return self.collector.mark_text(text, LineUse::Prose);
        }
        if self.vocabulary.section(words).is_some() && words.len() < 60 {
            return self.heading(text);
        }
        self.collector.mark_text(text, LineUse::Prose);
        if self.section == Some(Section::SampleCode) || self.section == Some(Section::Furniture) {
            return;
        }
        if self.is_caption(words) {
            self.pending_caption = Some(text.clone());
            return;
        }
        if let Some(status) = self.vocabulary.status(words) {
            return self.set_status(status, text);
        }
        match self.section {
            Some(Section::Uri) => self.uri(text),
            Some(Section::Method) => self.method(text),
            Some(Section::ResponseStatus) => self.bare_status(text),
            Some(Section::RequestExample | Section::ResponseExample | Section::Example) => self.example_text(text),
            _ if self.vocabulary.is_nothing(words) => self.nothing(text),
            Some(Section::Response | Section::Statuses)
                if words.len() < 60 && definition::leading_status(words).is_some() =>
            {
                definition::leading_status(words).into_iter().for_each(|status| self.set_status(status, text));
            }
            Some(section) if section.has_values() && definition::is_value(words, self.vocabulary) => {
                self.value_outside_of_table(text);
            }
            Some(Section::Errors) => _ = self.collector.state(FactKind::Errors, "", (), words, text.line()),
            Some(Section::Prose) | None if uri::whole(words).is_some() => {
                self.loose.extend(uri::whole(words).map(|found| (found, text.clone())));
                _ = self.collector.state(FactKind::Description, "", (), words, text.line());
            }
            Some(Section::Prose) | None => {
                _ = self.collector.state(FactKind::Description, "", (), words, text.line());
            }
            _ => {}
        }
    }

    /// Returns whether a paragraph is the caption of the table that follows: `Table 2 Request header parameters`.
    fn is_caption(&self, words: &str) -> bool {
        let rest = self.vocabulary.table_words.iter().find_map(|word| words.strip_prefix(word));
        let number = rest.map(str::trim_start).unwrap_or_default();
        let is_number = number.starts_with(|first: char| first.is_ascii_digit());
        is_number && words.chars().count() < 120 && !words.ends_with(['.', '。'])
    }

    fn set_status(&mut self, status: u16, text: &Text) {
        let words = text.words.trim();
        match self.section {
            Some(Section::RequestExample | Section::ResponseExample | Section::Example) => {
                self.example_status = Some(status);
                self.collector.state(FactKind::Status, &status.to_string(), (), words, text.line());
            }
            _ => {
                self.status = Some(status);
                self.collector.add_status(status, words, text.line());
            }
        }
    }

    fn bare_status(&mut self, text: &Text) {
        for word in text.words.split(|letter: char| !letter.is_ascii_digit()) {
            if let Ok(status) = word.parse::<u16>()
                && (100..600).contains(&status)
            {
                let line = text.words.find(word).map_or(text.line(), |at| text.line_at(at));
                self.collector.add_status(status, word, line);
            }
        }
    }

    fn uri(&mut self, text: &Text) {
        let words = text.words.trim();
        match uri::read(words) {
            Some(found) => self.add_form(&found, words, text.line(), text.lines().last().unwrap_or_default()),
            None if self.vocabulary.is_nothing(words) => {}
            None if definition::is_value(words, self.vocabulary) => self.value_outside_of_table(text),
            None => _ = self.collector.state(FactKind::Description, "", (), words, text.line()),
        }
    }

    fn add_form(&mut self, found: &uri::Uri, words: &str, line: usize, last_line: usize) {
        let method = found.method.clone().map(|method| {
            let words = method.clone();
            self.collector.state(FactKind::Method, "", method, &words, line)
        });
        let path = self.collector.state(FactKind::Path, "", found.path.clone(), words, line);
        let servers = &self.collector.page.servers;
        let mut first = servers.iter().take(MOST_SERVERS);
        let is_new = !first.any(|known| found.path.starts_with(&known.value));
        if is_new && servers.len() < MOST_SERVERS {
            self.server(&found.path, line);
        } else if is_new && !self.has_more_servers && uri::split_server(&found.path).0.is_some() {
            self.has_more_servers = true;
            let reason = format!("only the first {MOST_SERVERS} addresses of servers are read, and this is another");
            self.collector.unread(line, reason);
        }
        (line..=last_line).for_each(|line| self.collector.mark(line, LineUse::Fact));
        self.collector.page.forms.push(Form { method, path, last_line });
    }

    /// Adds the address of the server in a URL. Some pages print each brace twice.
    fn server(&mut self, url: &str, line: usize) {
        let (Some(words), _) = uri::split_server(url) else { return };
        let server = words.replace("{{", "{").replace("}}", "}");
        let stated = self.collector.state(FactKind::Server, "", server, words, line);
        self.collector.page.servers.push(stated);
    }

    fn method(&mut self, text: &Text) {
        for method in uri::methods(&text.words) {
            let line = text.line();
            self.collector.state(FactKind::Method, "", (), method, line);
            self.method.get_or_insert_with(|| (method.to_owned(), line));
        }
    }

    /// Reads a section that says `None`.
    fn nothing(&mut self, text: &Text) {
        let (words, line) = (text.words.trim().to_owned(), text.line());
        match self.section {
            Some(Section::Request | Section::RequestBody) => {
                let exists = self.collector.state(FactKind::Body, "request", false, &words, line);
                let page = &mut self.collector.page;
                page.body = page.body.take().or(Some(Body { exists, fields: Vec::new() }));
            }
            Some(Section::Response | Section::ResponseBody) => {
                self.response_without_body = Some((self.status, words, line));
            }
            _ => {}
        }
    }

    fn code(&mut self, lines: &[(usize, String)]) {
        lines.iter().for_each(|(line, _)| self.collector.mark(*line, LineUse::Code));
        match self.section {
            Some(Section::Uri) => self.uri_code(lines),
            Some(Section::RequestExample) => self.request_examples(lines),
            Some(Section::ResponseExample) => self.response_example(lines),
            Some(Section::Example) => {
                let has_request = self.collector.page.request_examples.is_empty();
                if has_request || example::read(lines).url.is_some() {
                    self.request_examples(lines);
                } else {
                    self.response_example(lines);
                }
            }
            _ => {}
        }
    }

    /// Reads forms of the request URL in code. A form goes on in the next line while it has an open parenthesis.
    fn uri_code(&mut self, lines: &[(usize, String)]) {
        let (mut open, mut start) = (String::new(), 0);
        for (line, text) in lines {
            if open.is_empty() {
                start = *line;
            }
            open.push_str(text.trim());
            let depth = open.matches('(').count().checked_sub(open.matches(')').count());
            if depth.is_some_and(|depth| depth > 0) && open.len() < 2000 {
                continue;
            }
            let words = std::mem::take(&mut open);
            if let Some(found) = uri::read(&words) {
                self.add_form(&found, &words, start, *line);
            }
        }
        if let Some(found) = uri::read(&open) {
            self.add_form(&found, &open, start, lines.last().map_or(start, |(line, _)| *line));
        }
    }

    /// Gives the forms the method of the section that names it.
    pub(super) fn finish(&mut self) -> Vec<PlacedTable> {
        if let Some((found, text)) = std::mem::take(&mut self.loose).first()
            && !self.collector.page.has_operation()
        {
            self.add_form(found, text.words.trim(), text.line(), text.lines().last().unwrap_or_default());
        }
        if let Some((method, line)) = self.method.take() {
            let fact =
                self.collector.page.facts.iter().position(|fact| fact.kind == FactKind::Method && fact.line == line);
            for form in &mut self.collector.page.forms {
                let stated = crate::page::fact::Stated {
                    value: method.clone(),
                    line,
                    words: method.clone(),
                    fact: fact.unwrap_or_default(),
                };
                form.method.get_or_insert(stated);
            }
        }
        std::mem::take(&mut self.tables)
    }
}

#[cfg(test)]
mod tests {
    use super::MOST_SERVERS;
    use crate::page::{Format, read};

    #[test]
    fn the_first_address_beyond_the_limit_is_not_read() {
        let unread = |count: usize| {
            let forms: String = (0..count).map(|index| format!("GET https://h{index}.example/v1/a\n\n")).collect();
            let text = format!("Title\n\nURI\n\n{forms}");
            let page = read("p.txt", &text, Format::of("p.txt", &text));
            (page.servers.len(), page.unread)
        };
        assert_eq!(unread(MOST_SERVERS), (MOST_SERVERS, Vec::new()));
        let reason = "only the first 100 addresses of servers are read, and this is another";
        assert_eq!(unread(MOST_SERVERS + 2), (MOST_SERVERS, vec![(205, reason.to_owned())]));
    }
}
