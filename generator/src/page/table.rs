//! Reads the tables of a page: parameters, properties, status codes.

mod name;

use std::collections::HashSet;

use crate::page::collector::Collector;
use crate::page::description::DescriptionReader;
use crate::page::excerpt::excerpt;
use crate::page::fact::{FactKind, Field, LineUse, TypeName};
use crate::page::outline::PlacedTable;
use crate::page::phrase::Phrases;
use crate::page::tree::{Cell, Row, Table, Text};
use crate::page::type_name;
use crate::page::vocabulary::{Column, Place, Section, TypeWord, Vocabulary};

/// The role of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Role {
    /// Parameters, headers or properties at a place.
    Fields(Place),
    /// The properties of an object with this name.
    Object(String),
}

/// A table whose rows were read.
#[derive(Debug)]
pub(super) struct ReadTable {
    pub(super) role: Role,
    pub(super) caption: Text,
    pub(super) anchors: Vec<String>,
    pub(super) status: Option<u16>,
    pub(super) section: Option<Section>,
    pub(super) fields: Vec<FieldRow>,
    /// The first line of the head.
    pub(super) line: usize,
}

/// A row that was read.
#[derive(Debug, Clone)]
pub(super) struct FieldRow {
    pub(super) field: Field,
    /// The links of its cells, which lead to the table of its properties.
    pub(super) links: Vec<String>,
    /// The number of the object that has the property, in a table with a column for it: `{1}`.
    pub(super) holder: Option<String>,
    /// The number of the object that the property is: `Object{2}`.
    pub(super) number: Option<String>,
}

/// The name in a row.
struct RowName {
    words: String,
    text: Text,
    /// Whether the value is mandatory, if the cell states it beside the name, with the words.
    mandatory: Option<(bool, String)>,
    /// Whether the name is in braces, as in the URL: `{id}`.
    is_placeholder: bool,
}

/// Reads the rows of tables.
pub(super) struct TableReader<'c> {
    pub(super) collector: &'c mut Collector,
    pub(super) phrases: &'c Phrases,
    pub(super) vocabulary: &'static Vocabulary,
    /// The anchors to which cells of tables lead.
    pub(super) references: HashSet<String>,
}

/// Returns the anchors to which the cells of tables lead.
pub(super) fn references(tables: &[PlacedTable]) -> HashSet<String> {
    let cells = tables.iter().flat_map(|placed| placed.table.rows.iter().flatten());
    cells.flat_map(|cell| cell.text().links).map(|link| link.target).collect()
}

impl TableReader<'_> {
    /// Reads a table.
    pub(super) fn read(&mut self, placed: PlacedTable) -> Option<ReadTable> {
        let PlacedTable { table, section, status, unknown: heading } = placed;
        self.collector.mark_text(&table.caption, LineUse::Prose);
        let heads: Vec<Text> = table.head.iter().map(Cell::text).collect();
        heads.iter().for_each(|head| self.collector.mark_text(head, LineUse::Prose));
        let columns: Vec<Option<Column>> = heads.iter().map(|head| self.vocabulary.column(&head.words)).collect();
        self.collector.page.table_rows += table.rows.len();
        let has = |column: Column| columns.contains(&Some(column));
        let line = heads.iter().find(|head| !head.is_empty()).map_or(table.caption.line(), Text::line);
        if has(Column::Status) && !has(Column::Name) {
            self.statuses(&table, &columns, section);
            return None;
        }
        if section == Some(Section::ResponseStatus) && has(Column::Code) {
            self.statuses(&table, &columns, section);
            return None;
        }
        if !has(Column::Name) {
            self.unnamed(&table, &columns, &heads, section);
            return None;
        }
        let unknown = heads.iter().zip(&columns).filter(|(head, column)| column.is_none() && !head.is_empty());
        for (head, _) in unknown {
            self.collector.unread(head.line(), format!("the column `{}` is not known", head.words.trim()));
        }
        if table.rows.is_empty() {
            self.collector.unread(line, "the table has no rows");
        }
        if let Some(heading) = heading.filter(|_| table.caption.is_empty()) {
            // The values can have any place.
            let heading = excerpt(&heading);
            for row in &table.rows {
                let text = row.first().map(Cell::text).unwrap_or_default();
                self.collector
                    .unread(text.line(), format!("the heading `{heading}` does not state the place of the row"));
            }
            return None;
        }
        let role = self.role(&table.caption, section);
        let fields = table.rows.iter().filter_map(|row| self.row(row, &columns, &role)).collect();
        Some(ReadTable { role, caption: table.caption, anchors: table.anchors, status, section, fields, line })
    }

    /// Reads a table without a column of names: codes and words, or an unknown table.
    fn unnamed(&mut self, table: &Table, columns: &[Option<Column>], heads: &[Text], section: Option<Section>) {
        let known = columns.iter().filter(|column| column.is_some()).count();
        // A description refers to the table: it explains the values of a parameter.
        let is_explanation = known == 0 && table.anchors.iter().any(|anchor| self.references.contains(anchor));
        let is_prose = matches!(
            section,
            Some(
                Section::Prose
                    | Section::Errors
                    | Section::Statuses
                    | Section::RequestExample
                    | Section::ResponseExample
            )
        );
        let is_known =
            (known * 2 > columns.len() && !columns.is_empty()) || is_prose || is_explanation || section.is_none();
        let names: Vec<&str> = heads.iter().map(|head| head.words.trim()).collect();
        let names = names.join("`, `");
        for row in &table.rows {
            let texts: Vec<Text> = row.iter().map(Cell::text).collect();
            texts.iter().for_each(|text| self.collector.mark_text(text, LineUse::Prose));
            if is_known {
                self.collector.page.rows_read += 1;
            } else if let Some(first) = texts.iter().find(|text| !text.is_empty()) {
                let reason = format!("the table has no known column for names: `{}`", excerpt(&names));
                self.collector.unread(first.line(), reason);
            }
        }
    }

    fn statuses(&mut self, table: &Table, columns: &[Option<Column>], section: Option<Section>) {
        let place = columns.iter().position(|column| matches!(column, Some(Column::Status | Column::Code)));
        for row in &table.rows {
            let texts: Vec<Text> = row.iter().map(Cell::text).collect();
            texts.iter().for_each(|text| self.collector.mark_text(text, LineUse::Prose));
            let Some(text) = place.and_then(|place| texts.get(place)) else { continue };
            let digits = text.words.get(..3).filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()));
            let is_whole = text.words.as_bytes().get(3).is_none_or(|next| !next.is_ascii_digit());
            let status = digits.filter(|_| is_whole).and_then(|digits| digits.parse::<u16>().ok());
            let is_status = matches!(section, Some(Section::Statuses | Section::Response | Section::ResponseStatus));
            self.collector.page.rows_read += 1;
            if let Some(status) = status.filter(|status| is_status && (100..600).contains(status)) {
                let words = text.words.clone();
                self.collector.add_status(status, &words, text.line());
            }
        }
    }

    /// Returns the role of a table: its caption decides, or else the section.
    fn role(&self, caption: &Text, section: Option<Section>) -> Role {
        let words = self.without_number(&caption.words);
        let lower = words.to_lowercase();
        let phrase = |is_open: bool| {
            let matching =
                |entry: &&(&str, Place)| (entry.1 == Place::Open) == is_open && lower.contains(&entry.0.to_lowercase());
            self.vocabulary.captions.iter().find(matching).map(|(_, place)| *place)
        };
        let by_section = match section {
            Some(Section::Query) => Some(Place::Query),
            Some(Section::RequestHeader) => Some(Place::Header),
            Some(Section::ResponseHeader) => Some(Place::ResponseHeader),
            Some(Section::RequestBody) => Some(Place::Body),
            Some(Section::ResponseBody) => Some(Place::ResponseBody),
            Some(Section::Request | Section::RequestExample) => Some(Place::Request),
            Some(Section::Response | Section::ResponseExample) => Some(Place::Response),
            _ => None,
        };
        if words.is_empty() {
            return Role::Fields(by_section.unwrap_or(Place::Open));
        }
        if let Some(place) = phrase(false) {
            // A caption for requests in a section for responses is a slip, and the other way round.
            let general = [Place::Request, Place::Response];
            let is_slip = |section: &Place| general.contains(section) && general.contains(&place) && *section != place;
            return Role::Fields(by_section.filter(is_slip).unwrap_or(place));
        }
        let whole = self.vocabulary.captions.iter().find(|(caption, _)| caption.eq_ignore_ascii_case(words));
        if let Some((_, place)) = whole {
            return Role::Fields(by_section.unwrap_or(*place));
        }
        for pattern in self.vocabulary.object_captions {
            if let Some(name) = captured(words, pattern).filter(|name| self.is_object_name(name)) {
                return Role::Object(name.to_owned());
            }
        }
        match phrase(true) {
            Some(place) => Role::Fields(by_section.unwrap_or(place)),
            None if words.split_whitespace().count() > 4 => Role::Fields(by_section.unwrap_or(Place::Open)),
            None => Role::Object(words.to_owned()),
        }
    }

    fn is_object_name(&self, name: &str) -> bool {
        let is_place =
            ["request", "response", "parameter", "uri", "path", "query", "header", "body", "input", "output"];
        !name.is_empty() && name.split_whitespace().count() <= 4 && !is_place.contains(&name.to_lowercase().as_str())
    }

    /// Removes `Table 2` from the start of a caption.
    fn without_number<'t>(&self, caption: &'t str) -> &'t str {
        let caption = caption.trim();
        let rest = self.vocabulary.table_words.iter().find_map(|word| caption.strip_prefix(word));
        let Some(rest) = rest else { return caption };
        rest.trim_start().trim_start_matches(|letter: char| letter.is_ascii_digit() || letter == '-').trim_start()
    }

    /// Reads a row. Returns `None` if it has no name.
    fn row(&mut self, row: &Row, columns: &[Option<Column>], role: &Role) -> Option<FieldRow> {
        let cell = |wanted: Column| {
            let mut pairs = columns.iter().zip(row);
            pairs.find(|(column, _)| **column == Some(wanted)).map(|(_, cell)| cell)
        };
        for cell in row {
            self.collector.mark_text(&cell.text(), LineUse::Prose);
        }
        let RowName { words, text: name, mandatory: own_mandatory, is_placeholder } = self.row_name(row, columns)?;
        let kind = match role {
            Role::Fields(Place::ResponseHeader) => FactKind::ResponseHeader,
            Role::Fields(Place::Body | Place::ResponseBody | Place::Response) | Role::Object(_) => FactKind::Property,
            _ => FactKind::Parameter,
        };
        let own_place = match cell(Column::Place) {
            Some(cell) => self.own_place(&cell.text(), &words)?,
            None => is_placeholder.then_some(Place::Path),
        };
        let stated = self.collector.state(kind, &words, words.clone(), &name.words, name.line());
        self.collector.page.rows_read += 1;
        let mandatory = match cell(Column::Mandatory) {
            Some(cell) => self.mandatory(&cell.text(), &words),
            None => own_mandatory
                .map(|(value, stated)| self.collector.state(FactKind::Mandatory, &words, value, &stated, name.line())),
        };
        let type_name = cell(Column::Type).and_then(|cell| self.type_name(&cell.text(), &words));
        let value = type_name.as_ref().map(|stated| &stated.value);
        let mut reader = DescriptionReader::new(&mut *self.collector, self.phrases, self.vocabulary, &words, value);
        for (column, cell) in columns.iter().zip(row) {
            match column {
                Some(Column::Description) => reader.read(&cell.blocks),
                Some(Column::Values) => reader.read_values(&cell.blocks),
                Some(Column::Default) => reader.read_default(&cell.text()),
                _ => {}
            }
        }
        let (rules, description, first) = (reader.rules.stated, reader.prose, reader.first);
        if let Some((prose, line)) = first {
            self.collector.state(FactKind::Description, &words, (), &prose, line);
        }
        let links = row.iter().flat_map(|cell| cell.text().links).map(|link| link.target).collect();
        let place = match role {
            Role::Fields(place) => own_place.unwrap_or(*place),
            _ => Place::Open,
        };
        let field = Field { mandatory, kind: type_name, rules, description, ..Field::new(stated, place) };
        let holder = cell(Column::Object).and_then(|cell| object_number(&cell.text().words));
        let number = cell(Column::Object).and_then(|_| object_number(&field.description));
        let field = if number.is_some() { self.as_object(field) } else { field };
        Some(FieldRow { field, links, holder, number })
    }

    /// Reads the place of a row: `Some(None)` if the cell is empty, and `None` if it is not known.
    fn own_place(&mut self, text: &Text, subject: &str) -> Option<Option<Place>> {
        let words = text.words.trim();
        let place = place_word(words);
        if place.is_none() && !words.is_empty() {
            self.collector.unread(text.line(), format!("`{words}` is no known place of `{subject}`"));
            return None;
        }
        Some(place)
    }

    /// Returns a field that other rows describe as an object. A type that is none contradicts them, and is no fact.
    fn as_object(&mut self, field: Field) -> Field {
        let is_other = |kind: &TypeName| !matches!(kind.innermost().base, TypeWord::Object | TypeWord::Array);
        let Some(stated) = field.kind.as_ref().filter(|stated| is_other(&stated.value)) else { return field };
        self.collector.retract(stated.fact);
        let reason =
            format!("`{}` is an object by its description, and `{}` by its type", field.name.value, stated.words);
        self.collector.unread(stated.line, reason);
        Field { kind: None, ..field }
    }

    fn mandatory(&mut self, text: &Text, subject: &str) -> Option<crate::page::fact::Stated<bool>> {
        let words = text.words.trim();
        if words.is_empty() || self.vocabulary.is_nothing(words) && self.vocabulary.mandatory(words).is_none() {
            return None;
        }
        match self.vocabulary.mandatory(words) {
            Some(value) => Some(self.collector.state(FactKind::Mandatory, subject, value, words, text.line())),
            None => {
                self.collector.unread(text.line(), format!("`{words}` does not say whether `{subject}` is mandatory"));
                None
            }
        }
    }

    fn type_name(&mut self, text: &Text, subject: &str) -> Option<crate::page::fact::Stated<TypeName>> {
        let words = text.words.trim();
        if words.is_empty() || self.vocabulary.is_nothing(words) {
            return None;
        }
        match type_name::read(text, self.vocabulary) {
            Some(value) => Some(self.collector.state(FactKind::Type, subject, value, words, text.line())),
            None => {
                let any = TypeName { base: TypeWord::Any, inner: None, object: None, link: None };
                let stated = self.collector.state(FactKind::Type, subject, any, words, text.line());
                self.collector.unread(text.line(), format!("`{words}` is no known type of `{subject}`"));
                Some(stated)
            }
        }
    }
}

/// Returns the place that a cell names.
fn place_word(word: &str) -> Option<Place> {
    let places = [("path", Place::Path), ("query", Place::Query), ("header", Place::Header), ("cookie", Place::Cookie)];
    places.iter().find(|(name, _)| name.eq_ignore_ascii_case(word)).map(|(_, place)| *place)
}

/// Returns the text that the `*` of a pattern stands for. Case is ignored.
fn captured<'t>(text: &'t str, pattern: &str) -> Option<&'t str> {
    let (before, after) = pattern.split_once('*')?;
    let start = crate::page::vocabulary::prefixed(text, before)?;
    let length = start.len().checked_sub(after.len())?;
    let end = start.get(length..)?;
    let name = start.get(..length)?.trim();
    end.eq_ignore_ascii_case(after).then_some(name)
}

/// Returns the number of an object in braces: `Object{2}` gives `{2}`.
fn object_number(words: &str) -> Option<String> {
    let (_, after) = words.split_once('{')?;
    let (number, _) = after.split_once('}')?;
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| number.to_owned())
}

impl FieldRow {
    /// Returns whether the row can have properties: its type is an object, or is not stated.
    pub(super) fn is_object(&self) -> bool {
        self.field.kind.as_ref().is_none_or(|kind| {
            let inner = kind.value.innermost();
            // The values of a map can be objects.
            let values = inner.inner.as_ref().filter(|_| inner.base == TypeWord::Object);
            let base = values.map_or(inner.base, |values| values.innermost().base);
            matches!(base, TypeWord::Object | TypeWord::Array | TypeWord::Any)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::vocabulary;

    #[test]
    fn reasons_have_the_start_of_long_heads_and_headings() {
        let vocabulary = vocabulary::of("Mandatory");
        let (mut collector, phrases) = (Collector::new("a.html", 9, vocabulary.name), Phrases::of(vocabulary));
        let mut reader =
            TableReader { collector: &mut collector, phrases: &phrases, vocabulary, references: HashSet::new() };
        let cell = |words: &str| Cell::of(Text::on_line(words, 1));
        let placed = |head: &str, unknown: &str| {
            let table = Table { head: vec![cell(head)], rows: vec![vec![cell("a")]], ..Table::default() };
            PlacedTable { table, section: Some(Section::Request), status: None, unknown: Some(unknown.to_owned()) }
        };
        let long = "x".repeat(1_000);
        let tables = [placed("Size", "a"), placed(&long, "a"), placed("Parameter", "Any"), placed("Parameter", &long)];
        assert!(tables.into_iter().all(|placed| reader.read(placed).is_none()));
        let start = "x".repeat(300);
        let expected = [
            "the table has no known column for names: `Size`".to_owned(),
            format!("the table has no known column for names: `{start}…`"),
            "the heading `Any` does not state the place of the row".to_owned(),
            format!("the heading `{start}…` does not state the place of the row"),
        ];
        assert_eq!(collector.page.unread, expected.map(|reason| (1, reason)));
    }
}
