//! Puts a page together: reads its format, walks its tree, and gives each table its place.

use std::collections::HashSet;

use crate::page::collector::Collector;
use crate::page::fact::{Body, FactKind, Field, Page, Response, Stated, TypeName};
use crate::page::format::Format;
use crate::page::nesting::Nesting;
use crate::page::outline::Outline;
use crate::page::phrase::Phrases;
use crate::page::table::{self, ReadTable, Role, TableReader};
use crate::page::tree::Block;
use crate::page::uri;
use crate::page::vocabulary::{self, Place, Section, TypeWord, Vocabulary};
use crate::page::{html, markdown, rst, text};
use crate::text::boundary::floor_char_boundary;

/// The size limit of a page in bytes. The rest of a larger page is not read.
const MOST_BYTES: usize = 8 * 1024 * 1024;

/// Reads a page. `file` is its name.
pub fn read(file: &str, text: &str, format: Format) -> Page {
    let (kept, cut) = text.split_at(floor_char_boundary(text, MOST_BYTES));
    let vocabulary = vocabulary::of(kept);
    let mut collector = Collector::new(file, text.lines().count(), vocabulary.name);
    let blocks = blocks(kept, format, vocabulary);
    let mut outline = Outline::new(&mut collector, vocabulary);
    outline.walk(&blocks, 0);
    let without_body = outline.response_without_body.take();
    let placed = outline.finish();
    let phrases = Phrases::of(vocabulary);
    let references = table::references(&placed);
    let mut reader = TableReader { collector: &mut collector, phrases: &phrases, vocabulary, references };
    let tables: Vec<ReadTable> = placed.into_iter().filter_map(|table| reader.read(table)).collect();
    let mut assembly = Assembly { collector, tables: &tables, misplaced: Vec::new(), names: HashSet::new() };
    assembly.place_tables();
    assembly.add_missing_body(without_body);
    assembly.add_placeholders();
    if !cut.is_empty() {
        let line = kept.lines().count() + 1;
        assembly.collector.unread(line, format!("the page is larger than {} MB", MOST_BYTES / 1024 / 1024));
    }
    let mut page = assembly.collector.page;
    page.unread.sort();
    page.unread.dedup();
    page
}

/// Reads the tree of a page.
fn blocks(page: &str, format: Format, vocabulary: &'static Vocabulary) -> Vec<Block> {
    match format {
        Format::Rst => rst::read(page),
        Format::Html => html::read(page),
        Format::Markdown => markdown::read(page),
        Format::Text => text::read(page, vocabulary),
    }
}

/// Gives the fields of tables their places in the request and the responses.
struct Assembly<'t> {
    collector: Collector,
    tables: &'t [ReadTable],
    /// Mandatory rows of the tables about the URL that the path does not have: one of them may be a placeholder with a misprint.
    misplaced: Vec<String>,
    /// The names of the fields so far, each with its place and the index of its response.
    names: HashSet<(Place, Option<usize>, String)>,
}

impl Assembly<'_> {
    fn place_tables(&mut self) {
        let forms = self.collector.page.forms.iter();
        let in_path = forms.flat_map(|form| uri::path_placeholders(&form.path.value)).map(str::to_owned);
        let in_path: HashSet<String> = in_path.collect();
        let method = self.collector.page.forms.first().and_then(|form| form.method.as_ref());
        let is_read = method.is_some_and(|method| Page::is_reading(&method.value));
        let mut nesting = Nesting::new(self.tables);
        let mut placed: Vec<(usize, Vec<Field>)> = Vec::new();
        // A table that a row refers to has the properties of an object, whatever its caption says.
        for index in 0..self.tables.len() {
            let is_fields = matches!(self.tables.get(index).map(|table| &table.role), Some(Role::Fields(_)));
            if is_fields && !nesting.used.contains(&index) {
                placed.push((index, nesting.fields(index)));
            }
        }
        if let Some((line, reason)) = nesting.left_out {
            self.collector.unread(line, reason);
        }
        let used = nesting.used;
        for (index, fields) in placed {
            let Some(table) = self.tables.get(index) else { continue };
            for field in fields {
                let place = row_place(&field, table, &in_path, is_read);
                // A placeholder of the server, or one that no form of the URL has.
                if field.place == Place::Path && !in_path.is_empty() && !in_path.contains(&field.name.value) {
                    let reason = format!("the path has no placeholder `{}`", field.name.value);
                    self.collector.unread(field.name.line, reason);
                    continue;
                }
                let is_of_uri = matches!(table.section, Some(Section::Uri)) && table.role == Role::Fields(Place::Open);
                if place == Place::Query && is_of_uri && field.mandatory.as_ref().is_some_and(|stated| stated.value) {
                    self.misplaced.push(field.name.value.clone());
                }
                self.collector.page.has_url_table |= is_of_uri;
                let follows_method = follows_method(&field, table, place);
                self.add(Field { place, follows_method, ..field }, table);
            }
        }
        for (index, table) in self.tables.iter().enumerate() {
            if !used.contains(&index) && !table.fields.is_empty() {
                let caption = table.caption.words.trim();
                let line = if table.caption.is_empty() { table.line } else { table.caption.line() };
                self.collector.unread(line, format!("no row refers to the table `{caption}`"));
            }
        }
    }

    fn add(&mut self, field: Field, table: &ReadTable) {
        match field.place {
            Place::Body | Place::Request => {
                let is_denied = self.collector.page.body.as_ref().is_some_and(|body| !body.exists.value);
                let method = self.collector.page.forms.first().and_then(|form| form.method.as_ref());
                let is_read = method.is_some_and(|method| Page::is_reading(&method.value));
                // With another method than a wrong one, the row may be in the query.
                if is_denied && (is_read || !field.follows_method) {
                    let reason = format!("the page states that there is no body, and describes `{}`", field.name.value);
                    return self.collector.unread(field.name.line, reason);
                }
                if self.collector.page.body.is_none() {
                    let caption = table.caption.words.clone();
                    let (words, line) = if caption.is_empty() {
                        (field.name.words.clone(), table.line)
                    } else {
                        (caption, table.caption.line())
                    };
                    let exists = self.collector.state(FactKind::Body, "request", true, &words, line);
                    self.collector.page.body = Some(Body { exists, fields: Vec::new() });
                }
                self.set_kind(&field, FactKind::Property);
                if self.is_new(Place::Body, None, &field)
                    && let Some(body) = &mut self.collector.page.body
                {
                    body.fields.push(field);
                }
            }
            Place::ResponseHeader | Place::ResponseBody | Place::Response => {
                let index = self.response(table);
                self.add_to_response(field, index, table);
            }
            _ => {
                if self.is_new(field.place, None, &field) {
                    self.collector.page.parameters.push(field);
                }
            }
        }
    }

    /// Corrects the kind of the fact that a row states: the place of a row is known only after all rows are read.
    fn set_kind(&mut self, field: &Field, kind: FactKind) {
        if let Some(fact) = self.collector.page.facts.get_mut(field.name.fact) {
            fact.kind = kind;
        }
    }

    /// Records the placeholders of the forms that no table describes. If a single row of the table describes a placeholder that
    /// the path does not have, both are the same with a misprint.
    fn add_placeholders(&mut self) {
        let page = &mut self.collector.page;
        let described = page.parameters.iter().filter(|field| field.place == Place::Path);
        let mut known: HashSet<&str> = described.map(|field| field.name.value.as_str()).collect();
        let mut found: Vec<(String, usize)> = Vec::new();
        for form in &page.forms {
            for name in uri::path_placeholders(&form.path.value) {
                if known.insert(name) {
                    found.push((name.to_owned(), form.path.line));
                }
            }
        }
        if let ([(name, _)], [misprint]) = (found.as_slice(), self.misplaced.as_slice())
            && let Some(field) = page.parameters.iter_mut().find(|field| field.name.value == *misprint)
        {
            field.place = Place::Path;
            field.name.value.clone_from(name);
            let (line, reason) = (field.name.line, format!("the table has `{misprint}`, and the URL `{name}`"));
            return self.collector.unread(line, reason);
        }
        for (name, line) in found {
            self.collector.state(FactKind::Parameter, &name, (), &format!("{{{name}}}"), line);
        }
    }

    fn add_to_response(&mut self, field: Field, index: usize, table: &ReadTable) {
        let is_header = field.place == Place::ResponseHeader;
        let has_body = self.collector.page.responses.get(index).is_some_and(|response| response.body.is_some());
        if !is_header && !has_body {
            let line = if table.caption.is_empty() { table.line } else { table.caption.line() };
            let words = table.caption.words.clone();
            let exists = self.collector.state(FactKind::Body, "response", true, &words, line);
            if let Some(response) = self.collector.page.responses.get_mut(index) {
                response.body = Some(Body { exists, fields: Vec::new() });
            }
        }
        let place = if is_header { Place::ResponseHeader } else { Place::ResponseBody };
        if !self.is_new(place, Some(index), &field) {
            return;
        }
        let Some(response) = self.collector.page.responses.get_mut(index) else { return };
        let fields = match &mut response.body {
            Some(body) if !is_header => &mut body.fields,
            _ => &mut response.headers,
        };
        fields.push(field);
    }

    /// Returns whether no field before has the same name, place and response. If one has, records the row as not read.
    fn is_new(&mut self, place: Place, response: Option<usize>, field: &Field) -> bool {
        let is_new = self.names.insert((place, response, field.name.value.clone()));
        if !is_new {
            let reason = format!("`{}` is described twice", field.name.value);
            self.collector.unread(field.name.line, reason);
        }
        is_new
    }

    /// Returns the index of the response that a table describes. A table without a status describes the success.
    fn response(&mut self, table: &ReadTable) -> usize {
        let wanted = table.status;
        let responses = &self.collector.page.responses;
        let is_wanted = |response: &Response| match wanted {
            Some(status) => response.status.value == status,
            None => (200..300).contains(&response.status.value),
        };
        if let Some(index) = responses.iter().position(is_wanted) {
            return index;
        }
        // The page states no status of a success: its example has it, or it is implied.
        let line = if table.caption.is_empty() { table.line } else { table.caption.line() };
        let status = wanted.or_else(|| self.status_of_examples()).unwrap_or(200);
        self.add_implied_response(status, &table.caption.words.clone(), line)
    }

    /// Returns the status of the success that the examples have, if they have a single one.
    fn status_of_examples(&self) -> Option<u16> {
        let stated = self.collector.page.facts.iter().filter(|fact| fact.kind == FactKind::Status);
        let statuses = stated.filter_map(|fact| fact.subject.parse::<u16>().ok());
        let mut successes: Vec<u16> = statuses.filter(|status| (200..300).contains(status)).collect();
        successes.dedup();
        (successes.len() == 1).then(|| successes.first().copied()).flatten()
    }

    fn add_implied_response(&mut self, status: u16, words: &str, line: usize) -> usize {
        let status = self.collector.state(FactKind::Status, &status.to_string(), status, words, line);
        let response = Response { status, is_stated: false, headers: Vec::new(), body: None };
        self.collector.page.responses.push(response);
        self.collector.page.responses.len() - 1
    }

    /// Records that a response has no body, if the page says so.
    fn add_missing_body(&mut self, without_body: Option<(Option<u16>, String, usize)>) {
        let Some((status, words, line)) = without_body else { return };
        let responses = &self.collector.page.responses;
        let is_wanted = |response: &Response| match status {
            Some(status) => response.status.value == status,
            None => (200..300).contains(&response.status.value),
        };
        let Some(index) = responses.iter().position(is_wanted) else { return };
        if responses.get(index).is_some_and(|response| response.body.is_some()) {
            return;
        }
        let exists = self.collector.state(FactKind::Body, "response", false, &words, line);
        if let Some(response) = self.collector.page.responses.get_mut(index) {
            response.body = Some(Body { exists, fields: Vec::new() });
        }
    }
}

/// Returns the place of a row in a table: its own, or the one that the section and the name imply.
fn row_place(field: &Field, table: &ReadTable, in_path: &HashSet<String>, is_read: bool) -> Place {
    let Role::Fields(of_table) = &table.role else { return Place::Open };
    // A column can state the place of each row.
    let place = if field.place == Place::Open { of_table } else { &field.place };
    let name = field.name.value.as_str();
    let is_in_path = in_path.contains(name);
    let is_header = is_header_name(name);
    let is_structured = |kind: &Stated<TypeName>| kind.value.innermost().base == TypeWord::Object;
    let has_structure = field.kind.as_ref().is_some_and(is_structured) || !field.fields.is_empty();
    match (place, table.section) {
        (Place::Open, Some(Section::Uri) | None) if is_in_path => Place::Path,
        (Place::Open, Some(Section::Uri) | None) if is_header => Place::Header,
        (Place::Open, Some(Section::Uri) | None) => Place::Query,
        (Place::Open, Some(Section::Response | Section::ResponseBody | Section::ResponseExample)) => {
            Place::ResponseBody
        }
        (Place::Open | Place::Request, _) if is_in_path && !is_header => Place::Path,
        (Place::Open | Place::Request, _) if is_header => Place::Header,
        (Place::Open | Place::Request, _) if is_read && !has_structure => Place::Query,
        (Place::Open | Place::Request, _) => Place::Body,
        (Place::Response, _) => Place::ResponseBody,
        (place, _) => *place,
    }
}

/// Returns whether the place of a row follows from the method: its table describes the query or the body.
fn follows_method(field: &Field, table: &ReadTable, place: Place) -> bool {
    let is_open = |place: Place| matches!(place, Place::Open | Place::Request);
    let is_of_request = !matches!(table.section, Some(Section::Uri) | None);
    let of_table = matches!(table.role, Role::Fields(of_table) if is_open(of_table));
    of_table && is_of_request && is_open(field.place) && matches!(place, Place::Query | Place::Body)
}

/// Returns whether a name is that of an HTTP header: `X-Auth-Token`, `Content-Type`.
fn is_header_name(name: &str) -> bool {
    let known =
        ["authorization", "accept", "content-type", "if-match", "if-none-match", "host", "date", "content-length"];
    let is_extension = name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("x-"));
    is_extension || known.contains(&name.to_ascii_lowercase().as_str())
}
