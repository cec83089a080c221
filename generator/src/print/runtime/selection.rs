//! Removes the parts of the runtime that a crate does not need.

use std::collections::BTreeSet;

use super::parts::PARTS;
use super::source_file::{Line, SourceFile, joined};
use super::sources::SOURCES;

/// The parts of the runtime that a crate contains.
pub struct Selection {
    parts: BTreeSet<&'static str>,
    /// For each file in [`SOURCES`], whether the crate has it.
    has_file: Vec<bool>,
}

impl Selection {
    /// Selects the parts in `used`, and all parts that these parts need.
    pub fn new(used: BTreeSet<&'static str>) -> Self {
        let mut parts = used;
        let mut new: Vec<&str> = parts.iter().copied().collect();
        while let Some(name) = new.pop() {
            let needs = PARTS.iter().filter(|part| part.name == name).flat_map(|part| part.needs);
            new.extend(needs.filter(|need| parts.insert(need)));
        }
        // A file that no part owns belongs to the core.
        let has_file =
            |path: &str| PARTS.iter().find(|part| part.owns(path)).is_none_or(|part| parts.contains(part.name));
        let has_file = SOURCES.iter().map(|(path, _)| has_file(path)).collect();
        Self { parts, has_file }
    }

    /// Returns whether the crate contains `part`.
    pub fn has(&self, part: &str) -> bool {
        self.parts.contains(part)
    }

    /// Returns whether the crate contains the source file with this index in [`SOURCES`].
    pub fn has_file(&self, index: usize) -> bool {
        self.has_file[index]
    }

    /// Returns the text of a source file without the parts that are not selected.
    pub fn text(&self, file: &SourceFile) -> String {
        if let Some(text) = &file.fixed {
            return text.clone();
        }
        let mut kept: Vec<&str> = Vec::with_capacity(file.lines.len());
        let mut skipped = 0_usize;
        let mut depth = 0_usize;
        let mut lines = file.lines.iter();
        while let Some(line) = lines.next() {
            match line {
                Line::Start(names) => {
                    depth += 1;
                    if skipped == 0 && !self.has_any(names) {
                        skipped = depth;
                    }
                }
                Line::End => {
                    if skipped == depth {
                        skipped = 0;
                    }
                    depth = depth.saturating_sub(1);
                }
                Line::Code { .. } if skipped > 0 => {}
                Line::Code { text, parts, targets } => {
                    if parts.is_none_or(|names| self.has_any(names)) && self.has_target(targets.as_deref()) {
                        kept.push(text);
                        continue;
                    }
                    // The attributes before a removed line belong to it.
                    while kept.last().is_some_and(|line| line.trim_start().starts_with("#[")) {
                        kept.pop();
                    }
                    // The rest of an import of several lines belongs to its first line.
                    let is_import = ["use ", "pub ", "pub(crate) use "].iter().any(|start| text.starts_with(start));
                    if is_import && !text.ends_with(';') {
                        lines.by_ref().find(|line| matches!(line, Line::Code { text, .. } if text.ends_with(';')));
                    }
                }
            }
        }
        joined(&kept)
    }

    fn has_any(&self, names: &str) -> bool {
        names.split(" or ").any(|name| self.has(name))
    }

    /// Returns whether the crate has one of the files in `targets`, which are indexes into [`SOURCES`]. Returns true for `None`.
    fn has_target(&self, targets: Option<&[usize]>) -> bool {
        targets.is_none_or(|targets| targets.iter().any(|index| self.has_file(*index)))
    }
}
