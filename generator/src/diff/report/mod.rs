//! Printing changes: for people, for pull requests and for machines.

mod json;
mod markdown;
mod text;

use std::collections::HashMap;

pub use json::json;
pub use markdown::markdown;
pub use text::text;

use crate::diff::{Change, Level, NotCompared, Omissions, version};
use crate::finding::Focus;
use crate::finding::place::Places;
use crate::pointer::Pointer;
use crate::surface::{Level as CrateLevel, Place};

/// What is printed.
#[derive(Debug, Clone, Copy)]
pub struct Report<'a> {
    /// The changes.
    pub changes: &'a [Change],
    /// What was not compared.
    pub omissions: &'a Omissions,
    /// The older document.
    pub old: &'a Texts,
    /// The newer one.
    pub new: &'a Texts,
}

impl Report<'_> {
    fn is_empty(&self) -> bool {
        self.changes.is_empty() && self.omissions.is_empty()
    }

    /// A line for each operation that was not compared, and one for each document of which something was passed over.
    fn omissions(&self) -> Vec<String> {
        let operations = self.omissions.operations.iter().map(|operation| self.not_compared(operation));
        let passed_over = [(self.old, &self.omissions.old), (self.new, &self.omissions.new)];
        let passed_over = passed_over.into_iter().filter(|(_, counts)| !counts.is_empty()).map(|(texts, counts)| {
            let all: usize = counts.values().sum();
            let counts: Vec<String> =
                counts.iter().map(|(code, count)| format!("{count} {} {}", code.number(), code.id())).collect();
            let findings = if all == 1 { "finding" } else { "findings" };
            format!("passed over in {}: {all} {findings} ({})", texts.name, counts.join(", "))
        });
        operations.chain(passed_over).collect()
    }

    /// `not compared: GET /pets: left out of the newer document (CP0402)`.
    fn not_compared(&self, NotCompared { operation, old, new, is_on_wire, .. }: &NotCompared) -> String {
        let sides = [(old, "older"), (new, "newer")];
        let sides = sides.into_iter().filter_map(|(codes, word)| Some((codes.as_ref()?, word)));
        let sides = sides.map(|(codes, word)| {
            let codes: Vec<&str> = codes.iter().map(|code| code.number()).collect();
            let why = if codes.is_empty() { String::new() } else { format!(" ({})", codes.join(", ")) };
            format!("left out of the {word} document{why}")
        });
        let what = if *is_on_wire { "not compared in the crate" } else { "not compared" };
        format!("{what}: {operation}: {}", sides.collect::<Vec<_>>().join(", "))
    }

    /// The line that says it all: `wire: 1 breaking, 2 safe; crate: 1 major; next version of the crate: major`.
    fn verdict(&self) -> String {
        let counts = counts(self.changes);
        let said = |counts: &[(usize, &str)]| {
            let some: Vec<String> =
                counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
            if some.is_empty() { "no change".to_owned() } else { some.join(", ") }
        };
        let (wire, of_crate) = counts.split_at(3);
        let version = version(self.changes).map_or("as it is", word);
        let left_out = match self.omissions.operations.len() {
            0 => String::new(),
            1 => "; 1 operation is not compared".to_owned(),
            several => format!("; {several} operations are not compared"),
        };
        format!("wire: {}; crate: {}; next version of the crate: {version}{left_out}", said(wire), said(of_crate))
    }
}

/// The texts of the files of one side, and how the files are called.
#[derive(Debug, Default)]
pub struct Texts {
    /// What the user calls the document.
    pub name: String,
    /// The texts, by the names that the places have.
    pub files: HashMap<String, String>,
    /// What stands before every name, such as `HEAD~1:`.
    pub prefix: String,
}

/// The places of changes as people go to them: `specs/osm.yaml:12:5`.
struct Spots {
    old: HashMap<(String, Pointer), (usize, usize)>,
    new: HashMap<(String, Pointer), (usize, usize)>,
    prefixes: [String; 2],
}

/// A place as people go to it.
struct Spot {
    file: String,
    line: usize,
    column: usize,
}

impl std::fmt::Display for Spot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Spots {
    fn of(Report { changes, old, new, .. }: &Report<'_>) -> Self {
        Self {
            old: found(changes.iter().filter_map(|change| change.old.as_ref()), old),
            new: found(changes.iter().filter_map(|change| change.new.as_ref()), new),
            prefixes: [old.prefix.clone(), new.prefix.clone()],
        }
    }

    fn spot(&self, place: Option<&Place>, is_old: bool) -> Option<Spot> {
        let place = place?;
        let (found, prefix) = if is_old { (&self.old, &self.prefixes[0]) } else { (&self.new, &self.prefixes[1]) };
        let (line, column) = found.get(&(place.file.clone(), place.pointer.clone())).copied().unwrap_or((1, 1));
        Some(Spot { file: format!("{prefix}{}", place.file), line, column })
    }

    fn in_old(&self, change: &Change) -> Option<Spot> {
        self.spot(change.old.as_ref(), true)
    }

    fn in_new(&self, change: &Change) -> Option<Spot> {
        self.spot(change.new.as_ref(), false)
    }
}

fn found<'c>(places: impl Iterator<Item = &'c Place>, texts: &Texts) -> HashMap<(String, Pointer), (usize, usize)> {
    let mut by_file: HashMap<&str, Vec<&Pointer>> = HashMap::new();
    for place in places {
        by_file.entry(&place.file).or_default().push(&place.pointer);
    }
    let in_file = |(file, pointers): (&str, Vec<&Pointer>)| {
        let text = texts.files.get(file).map_or("", String::as_str);
        let places = Places::of(text, pointers.iter().map(|pointer| (*pointer, &Focus::Key)));
        let named = pointers.into_iter().filter_map(|pointer| {
            let at = places.place(pointer, &Focus::Key)?;
            Some(((file.to_owned(), pointer.clone()), (at.line, at.column)))
        });
        named.collect::<Vec<_>>()
    };
    by_file.into_iter().flat_map(in_file).collect()
}

/// How many changes there are of each sort.
fn counts(changes: &[Change]) -> Vec<(usize, &'static str)> {
    let wire = |level| changes.iter().filter(|change| change.level() == Some(level)).count();
    let of_crate = |level| changes.iter().filter(|change| change.crate_level() == Some(level)).count();
    vec![
        (wire(Level::Breaking), "breaking"),
        (wire(Level::Dangerous), "dangerous"),
        (wire(Level::Safe), "safe"),
        (of_crate(CrateLevel::Major), "major"),
        (of_crate(CrateLevel::Minor), "minor"),
        (of_crate(CrateLevel::Patch), "patch"),
    ]
}

fn word(level: CrateLevel) -> &'static str {
    match level {
        CrateLevel::Major => "major",
        CrateLevel::Minor => "minor",
        CrateLevel::Patch => "patch",
    }
}

/// What is different, and of what, where that is not said in it already.
fn said(change: &Change) -> String {
    match change.message.contains(&change.subject) {
        true => change.message.clone(),
        false => format!("{}: {}", change.subject, change.message),
    }
}
