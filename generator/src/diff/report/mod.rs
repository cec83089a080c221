//! Printing changes: for people, for pull requests and for machines.

mod json;
mod markdown;
mod text;

use std::collections::HashMap;

pub use json::json;
pub use markdown::markdown;
pub use text::text;

use super::{Change, Level, version};
use crate::finding::Focus;
use crate::place::Places;
use crate::pointer::Pointer;
use crate::surface::{Level as CrateLevel, Place};

/// The texts of the files of one side, and how the files are called.
#[derive(Debug, Default)]
pub struct Texts {
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
    fn of(changes: &[Change], old: &Texts, new: &Texts) -> Self {
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

/// The line that says it all: `wire: 1 breaking, 2 safe; crate: 1 major; the next version is major`.
fn verdict(changes: &[Change]) -> String {
    let counts = counts(changes);
    let said = |counts: &[(usize, &str)]| {
        let some: Vec<String> =
            counts.iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{count} {word}")).collect();
        if some.is_empty() { "no change".to_owned() } else { some.join(", ") }
    };
    let (wire, of_crate) = counts.split_at(3);
    let version = version(changes).map_or("as it is", word);
    format!("wire: {}; crate: {}; next version of the crate: {version}", said(wire), said(of_crate))
}
