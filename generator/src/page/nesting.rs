//! Puts the properties of an object below the row that names the object: by a link, by the name of the type, or by the caption.

use std::collections::HashSet;

use crate::page::fact::Field;
use crate::page::table::{FieldRow, ReadTable, Role};

/// The deepest nesting of objects.
const MOST_DEPTH: usize = 12;

/// The largest number of fields of a page, counting an object at each place that refers to it.
const MOST_FIELDS: usize = 20_000;

/// Builds the nested fields of tables.
pub(super) struct Nesting<'t> {
    tables: &'t [ReadTable],
    fields: usize,
    /// The tables that a row refers to.
    pub(super) used: HashSet<usize>,
}

impl<'t> Nesting<'t> {
    pub(super) fn new(tables: &'t [ReadTable]) -> Self {
        Self { tables, fields: 0, used: HashSet::new() }
    }

    /// Returns the fields of a table, with the properties of each object.
    pub(super) fn fields(&mut self, index: usize) -> Vec<Field> {
        self.used.insert(index);
        self.below(index, &mut vec![index])
    }

    fn below(&mut self, index: usize, open: &mut Vec<usize>) -> Vec<Field> {
        let Some(table) = self.tables.get(index) else { return Vec::new() };
        let mut fields = Vec::new();
        for row in &table.fields {
            if self.fields >= MOST_FIELDS {
                break;
            }
            self.fields += 1;
            let mut field = row.field.clone();
            let target = self.target(index, row).filter(|target| !open.contains(target));
            if let Some(target) = target.filter(|_| open.len() < MOST_DEPTH) {
                self.used.insert(target);
                open.push(target);
                field.fields = self.below(target, open);
                open.pop();
            }
            fields.push(field);
        }
        fields
    }

    /// Returns the table with the properties of a row.
    fn target(&self, index: usize, row: &FieldRow) -> Option<usize> {
        let kind = row.field.kind.as_ref().map(|kind| &kind.value);
        if !ReadTable::is_object(kind) {
            return None;
        }
        let inner = kind.map(|kind| match &kind.inner {
            Some(inner) => inner.innermost(),
            None => kind,
        });
        let link = inner.and_then(|inner| inner.link.as_deref());
        let mut links = link.into_iter().chain(row.links.iter().map(String::as_str));
        if let Some(target) = links.find_map(|link| self.anchored(link)).filter(|target| self.is_object_table(*target))
        {
            return Some(target);
        }
        let by_name = |name: &str| self.captioned(index, name);
        if let Some(name) = inner.and_then(|inner| inner.object.as_deref()) {
            return by_name(name).or_else(|| by_name(&row.field.name.value));
        }
        // A number without a link is that of a table of this page. A link that leads nowhere here leads to another page.
        let numbered = || self.numbered(index, &row.field.description).filter(|_| row.links.is_empty());
        kind.and_then(|_| numbered().or_else(|| by_name(&row.field.name.value)))
    }

    /// Returns whether a table may have the properties of an object. Tables with parameters of the request may not.
    fn is_object_table(&self, index: usize) -> bool {
        use crate::page::vocabulary::Place;
        let role = self.tables.get(index).map(|table| &table.role);
        !matches!(role, Some(Role::Fields(Place::Path | Place::Query | Place::Header | Place::ResponseHeader)) | None)
    }

    fn anchored(&self, link: &str) -> Option<usize> {
        self.tables.iter().position(|table| table.anchors.iter().any(|anchor| anchor == link))
    }

    /// Returns the table of the object with this name: the next one, or else the first one.
    fn captioned(&self, index: usize, name: &str) -> Option<usize> {
        let name = normalized(name);
        let is_named = |table: &ReadTable| matches!(&table.role, Role::Object(object) if normalized(object) == name);
        let next = self.tables.iter().skip(index + 1).position(is_named).map(|offset| index + 1 + offset);
        next.or_else(|| self.tables.iter().position(is_named))
    }

    /// Returns the table that a description refers to by its number: `see Table 3`.
    fn numbered(&self, index: usize, description: &str) -> Option<usize> {
        let (_, after) = description.split_once("Table ").or_else(|| description.split_once('表'))?;
        let digits: String = after.trim_start().chars().take_while(char::is_ascii_digit).collect();
        let number = |table: &ReadTable| {
            let caption = table.caption.words.trim_start_matches(|letter: char| !letter.is_ascii_digit());
            caption.chars().take_while(char::is_ascii_digit).collect::<String>() == digits
        };
        let found = self.tables.iter().position(|table| !digits.is_empty() && number(table))?;
        (found != index && self.is_object_table(found)).then_some(found)
    }
}

/// Returns a name for comparison: lower case, without spaces, underscores and hyphens.
pub(super) fn normalized(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
