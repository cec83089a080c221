//! Computes the line and column of each change in the source text.

use std::collections::HashMap;
use std::fmt;

use crate::diff::change::Change;
use crate::finding::Focus;
use crate::finding::place::Places;
use crate::pointer::Pointer;
use crate::surface::Place;
use crate::text::printable::printable;

/// The source text of a document and of the files that it refers to.
#[derive(Debug, Default)]
pub struct SourceTexts {
    /// The name of the document as the user wrote it.
    pub name: String,
    /// The source texts of the document and of its external references, by file name.
    pub files: HashMap<String, String>,
    /// The prefix that is printed before every file name, such as `HEAD~1:`.
    pub prefix: String,
}

/// A file name with a line and column, such as `specs/osm.yaml:12:5`.
pub(super) struct Location {
    pub file: String,
    pub line: usize,
    pub column: usize,
}

impl fmt::Display for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", printable(&self.file), self.line, self.column)
    }
}

/// The lines and columns of all changes in a report, in both documents.
pub(super) struct Locations<'a> {
    old: SideLocations<'a>,
    new: SideLocations<'a>,
}

impl<'a> Locations<'a> {
    pub fn new(changes: &[Change], old: &'a SourceTexts, new: &'a SourceTexts) -> Self {
        Self {
            old: SideLocations::new(changes.iter().filter_map(|change| change.old.as_ref()), old),
            new: SideLocations::new(changes.iter().filter_map(|change| change.new.as_ref()), new),
        }
    }

    /// Returns the location of a change in the older document; `None` if the subject of the change is new.
    pub fn older(&self, change: &Change) -> Option<Location> {
        change.old.as_ref().map(|place| self.old.location(place))
    }

    /// Returns the location of a change in the newer document; `None` if the subject of the change was removed.
    pub fn newer(&self, change: &Change) -> Option<Location> {
        change.new.as_ref().map(|place| self.new.location(place))
    }
}

/// The lines and columns of all changes in one of the documents.
struct SideLocations<'a> {
    positions: HashMap<(String, Pointer), (usize, usize)>,
    prefix: &'a str,
}

impl<'a> SideLocations<'a> {
    fn new<'c>(places: impl Iterator<Item = &'c Place>, texts: &'a SourceTexts) -> Self {
        let mut by_file: HashMap<&str, Vec<&Pointer>> = HashMap::new();
        for place in places {
            by_file.entry(&place.file).or_default().push(&place.pointer);
        }
        let mut positions = HashMap::new();
        for (file, pointers) in by_file {
            let text = texts.files.get(file).map_or("", String::as_str);
            let places = Places::of(text, pointers.iter().map(|pointer| (*pointer, &Focus::Key)));
            for pointer in pointers {
                if let Some(place) = places.place(pointer, &Focus::Key) {
                    positions.insert((file.to_owned(), pointer.clone()), (place.line, place.column));
                }
            }
        }
        Self { positions, prefix: &texts.prefix }
    }

    /// Returns the location of a JSON Pointer in a file. If the line of the JSON Pointer is not known, returns the start of the
    /// file.
    fn location(&self, place: &Place) -> Location {
        let position = self.positions.get(&(place.file.clone(), place.pointer.clone()));
        let (line, column) = position.copied().unwrap_or((1, 1));
        Location { file: format!("{}{}", self.prefix, place.file), line, column }
    }
}
