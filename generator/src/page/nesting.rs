//! Puts the properties of an object below the row that names the object: by a link, by the name of the type, or by the caption.

use std::collections::{HashMap, HashSet};

use crate::page::fact::{Field, Rule, Stated};
use crate::page::table::{FieldRow, ReadTable, Role};
use crate::page::vocabulary::{Place, Section, TypeWord};

/// The deepest nesting of objects.
const MOST_DEPTH: usize = 12;

/// The largest number of fields of a page, counting an object at each place that refers to it.
const MOST_FIELDS: usize = 20_000;

/// The number of bytes of the fields of a page, counted in the same way. The largest pages of vendors have less than 1 MB.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Builds the nested fields of tables.
pub(super) struct Nesting<'t> {
    tables: &'t [ReadTable],
    /// For each row of each table, the table with the properties of the row.
    targets: Vec<Vec<Option<usize>>>,
    /// The rows of each object that has a number, by its section and number.
    numbered: HashMap<(Option<Section>, &'t str), Vec<&'t FieldRow>>,
    fields: usize,
    bytes: usize,
    /// The line of the first row that is left out, since the page has too many or too long fields, and the reason.
    pub(super) left_out: Option<(usize, String)>,
    /// The tables that a row refers to.
    pub(super) used: HashSet<usize>,
}

impl<'t> Nesting<'t> {
    pub(super) fn new(tables: &'t [ReadTable]) -> Self {
        let mut numbered: HashMap<_, Vec<&FieldRow>> = HashMap::new();
        for table in tables {
            for row in &table.fields {
                if let Some(holder) = &row.holder {
                    numbered.entry((table.section, holder.as_str())).or_default().push(row);
                }
            }
        }
        Self { tables, targets: targets(tables), numbered, fields: 0, bytes: 0, left_out: None, used: HashSet::new() }
    }

    /// Returns the fields of a table, with the properties of each object.
    pub(super) fn fields(&mut self, index: usize) -> Vec<Field> {
        self.used.insert(index);
        self.below(index, &mut vec![index])
    }

    fn below(&mut self, index: usize, open: &mut Vec<usize>) -> Vec<Field> {
        let Some(table) = self.tables.get(index) else { return Vec::new() };
        let mut fields = Vec::new();
        for (number, row) in table.fields.iter().enumerate() {
            if !self.has_room(row) {
                break;
            }
            // A row of an object with a number is below the row with the number.
            if row.holder.is_some() {
                continue;
            }
            let mut field = self.with_numbered(row, table.section, 0);
            let target = self.targets.get(index).and_then(|targets| targets.get(number)).copied().flatten();
            field.is_recursive = target.is_some();
            if let Some(target) = target.filter(|target| !open.contains(target) && open.len() < MOST_DEPTH) {
                field.is_recursive = false;
                self.used.insert(target);
                open.push(target);
                field.fields = self.below(target, open);
                open.pop();
            }
            fields.push(field);
        }
        fields
    }
}

impl Nesting<'_> {
    /// Counts a row. Returns whether the page may have the row at one more place, and records the first row that it may not.
    fn has_room(&mut self, row: &FieldRow) -> bool {
        let bytes = self.bytes + bytes(&row.field);
        let reason = if self.fields >= MOST_FIELDS {
            format!("the page has more than {MOST_FIELDS} fields")
        } else if bytes > MOST_BYTES {
            format!("the fields of the page have more than {} MB", MOST_BYTES / 1024 / 1024)
        } else {
            self.fields += 1;
            self.bytes = bytes;
            return true;
        };
        let reason = format!("{reason}, with each object at every place that refers to it");
        self.left_out.get_or_insert((row.field.name.line, reason));
        false
    }

    /// Returns the field of a row, with the rows of the object whose number it has.
    fn with_numbered(&mut self, row: &FieldRow, section: Option<Section>, depth: usize) -> Field {
        let mut field = row.field.clone();
        let number = row.number.as_deref().filter(|_| depth < MOST_DEPTH);
        let rows = number.and_then(|number| self.numbered.get(&(section, number)));
        for inner in rows.cloned().unwrap_or_default() {
            if !self.has_room(inner) {
                break;
            }
            let inner = self.with_numbered(inner, section, depth + 1);
            field.fields.push(inner);
        }
        field
    }
}

/// Returns about the number of bytes of the texts of a field.
fn bytes(field: &Field) -> usize {
    let words = |stated: &Stated<Rule>| stated.words.len() + size_of::<Stated<Rule>>() + value_bytes(&stated.value);
    let kind = field.kind.as_ref().map_or(0, |kind| kind.words.len());
    let rules: usize = field.rules.iter().map(words).sum();
    field.name.value.len() + field.name.words.len() + field.description.len() + kind + rules
}

fn value_bytes(rule: &Rule) -> usize {
    match rule {
        Rule::Values(values) => values.iter().map(|value| value.len() + size_of::<String>()).sum(),
        Rule::Minimum(value) | Rule::Maximum(value) | Rule::Default(value) | Rule::Example(value) => value.len(),
        Rule::Form(value) | Rule::Charset(value) | Rule::Forbidden(value) => value.len(),
        _ => 0,
    }
}

/// Returns the table with the properties of each row.
fn targets(tables: &[ReadTable]) -> Vec<Vec<Option<usize>>> {
    let names = Names::of(tables);
    let of_table = |(index, table): (usize, &ReadTable)| -> Vec<Option<usize>> {
        table.fields.iter().map(|row| names.stated(index, row)).collect()
    };
    let mut targets: Vec<Vec<Option<usize>>> = tables.iter().enumerate().map(of_table).collect();
    let claimed: HashSet<usize> = targets.iter().flatten().flatten().copied().collect();
    for (index, pair) in tables.windows(2).enumerate() {
        let [table, next] = pair else { continue };
        // A caption such as `Description of the rim field` names the row, and a bare name may be that of the type.
        let is_bare = matches!(&next.role, Role::Object(name) if next.caption.words.trim().ends_with(name.as_str()));
        let is_free = is_bare && !claimed.contains(&(index + 1));
        let Some(rows) = targets.get_mut(index).filter(|_| is_free && next.section == table.section) else { continue };
        // The table follows that of the only object whose properties nothing else states.
        let is_map = |row: &FieldRow| {
            let kind = row.field.kind.as_ref().map(|kind| kind.value.innermost());
            kind.is_some_and(|kind| kind.base == TypeWord::Object && kind.inner.is_some())
        };
        let is_object = |row: &FieldRow| row.field.kind.is_some() && row.is_object() && !is_map(row);
        let mut open = table.fields.iter().zip(rows).filter(|(row, target)| is_object(row) && target.is_none());
        if let (Some((_, target)), None) = (open.next(), open.next()) {
            *target = Some(index + 1);
        }
    }
    targets
}

/// The tables by their anchors, by the names of objects in their captions, and by their numbers.
struct Names<'t> {
    tables: &'t [ReadTable],
    anchors: HashMap<&'t str, usize>,
    objects: HashMap<String, Vec<usize>>,
    numbers: HashMap<String, usize>,
}

impl<'t> Names<'t> {
    fn of(tables: &'t [ReadTable]) -> Self {
        let (mut anchors, mut objects, mut numbers) = (HashMap::new(), HashMap::new(), HashMap::new());
        for (index, table) in tables.iter().enumerate() {
            for anchor in &table.anchors {
                anchors.entry(anchor.as_str()).or_insert(index);
            }
            if let Role::Object(name) = &table.role {
                objects.entry(normalized(name)).or_insert_with(Vec::new).push(index);
            }
            let caption = table.caption.words.trim_start_matches(|letter: char| !letter.is_ascii_digit());
            numbers.entry(digits(caption)).or_insert(index);
        }
        Self { tables, anchors, objects, numbers }
    }

    /// Returns the table with the properties of a row, as a link, a name or a number states it.
    fn stated(&self, index: usize, row: &FieldRow) -> Option<usize> {
        if !row.is_object() {
            return None;
        }
        let kind = row.field.kind.as_ref().map(|kind| &kind.value);
        let inner = kind.map(|kind| match &kind.inner {
            Some(inner) => inner.innermost(),
            None => kind,
        });
        let link = inner.and_then(|inner| inner.link.as_deref());
        let mut links = link.into_iter().chain(row.links.iter().map(String::as_str));
        let linked =
            links.find_map(|link| self.anchors.get(link).copied()).filter(|target| self.is_object_table(*target));
        if linked.is_some() {
            return linked;
        }
        let by_name = |name: &str| self.named(index, name);
        if let Some(name) = inner.and_then(|inner| inner.object.as_deref()) {
            return by_name(name).or_else(|| by_name(&row.field.name.value));
        }
        // A number without a link is that of a table of this page. A link that leads nowhere here leads to another page.
        let numbered = || self.numbered(index, &row.field.description).filter(|_| row.links.is_empty());
        kind.and_then(|_| numbered().or_else(|| by_name(&row.field.name.value)))
    }

    /// Returns whether a table may have the properties of an object. Tables with parameters of the request may not.
    fn is_object_table(&self, index: usize) -> bool {
        let role = self.tables.get(index).map(|table| &table.role);
        !matches!(role, Some(Role::Fields(Place::Path | Place::Query | Place::Header | Place::ResponseHeader)) | None)
    }

    /// Returns the table of the object with this name: the next one, or else the first one.
    fn named(&self, index: usize, name: &str) -> Option<usize> {
        let tables = self.objects.get(&normalized(name))?;
        let next = tables.partition_point(|table| *table <= index);
        tables.get(next).or_else(|| tables.first()).copied()
    }

    /// Returns the table that a description refers to by its number: `see Table 3`.
    fn numbered(&self, index: usize, description: &str) -> Option<usize> {
        let (_, after) = description.split_once("Table ").or_else(|| description.split_once('表'))?;
        let number = digits(after.trim_start());
        let found = self.numbers.get(&number).copied().filter(|_| !number.is_empty())?;
        (found != index && self.is_object_table(found)).then_some(found)
    }
}

/// Returns the digits at the start of a text.
fn digits(text: &str) -> String {
    text.chars().take_while(char::is_ascii_digit).collect()
}

/// Returns a name for comparison: lower case, without spaces, underscores and hyphens, in the singular.
fn normalized(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase);
    let mut name: String = letters.collect();
    if name.ends_with('s') && !name.ends_with("ss") {
        name.pop();
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::tree::Text;

    /// Returns a table with one row for each line, which have a description.
    fn table(rows: usize, description: &str) -> ReadTable {
        let stated = |line: usize| Stated { value: format!("f{line}"), line, words: String::new(), fact: 0 };
        let row = |line: usize| {
            let field = Field { description: description.to_owned(), ..Field::new(stated(line), Place::Body) };
            FieldRow { field, links: Vec::new(), holder: None, number: None }
        };
        ReadTable {
            role: Role::Fields(Place::Body),
            caption: Text::default(),
            anchors: Vec::new(),
            status: None,
            section: None,
            fields: (1..=rows).map(row).collect(),
            line: 1,
        }
    }

    #[test]
    fn rows_beyond_the_limits_are_recorded() {
        let nested = |rows: usize, description: &str| {
            let tables = [table(rows, description)];
            let mut nesting = Nesting::new(&tables);
            (nesting.fields(0).len(), nesting.left_out.map(|(line, reason)| format!("{line}: {reason}")))
        };
        let at_every_place = "with each object at every place that refers to it";
        assert_eq!(nested(20_000, ""), (20_000, None));
        let fields = format!("20001: the page has more than 20000 fields, {at_every_place}");
        assert_eq!(nested(20_002, ""), (20_000, Some(fields)));
        let bytes = format!("32: the fields of the page have more than 32 MB, {at_every_place}");
        assert_eq!(nested(33, &"x".repeat(1024 * 1024)), (31, Some(bytes)));
    }
}
