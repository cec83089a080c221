//! Removes the parts of the runtime that a crate does not need.
//!
//! Comments mark the lines of a source file that belong to a part: the lines from `// part: NAME` to `// end of part`, and a line
//! that ends in `// part: NAME`. `NAME or NAME` marks lines that belong to two parts: they stay if the crate has one of them.
//! Declarations of modules and imports need no comment, because they disappear together with the file that they name. The unit
//! tests at the end of a file are always removed.

use std::collections::BTreeSet;

use super::parts::PARTS;
use super::sources::SOURCES;

/// The comment at the start of the lines of a part, or at the end of a single line.
const START: &str = "// part: ";

/// The comment after the last line of a part.
const END: &str = "// end of part";

/// The start of the unit tests of a file.
const TESTS: &str = "#[cfg(test)]\nmod tests {\n";

/// The parts of the runtime that a crate contains.
pub struct Selection {
    parts: BTreeSet<&'static str>,
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
        Self { parts }
    }

    /// Returns whether the crate contains `part`.
    pub fn has(&self, part: &str) -> bool {
        self.parts.contains(part)
    }

    /// Returns whether the crate contains the source file at `path`. A file that no part owns belongs to the core.
    pub fn has_file(&self, path: &str) -> bool {
        PARTS.iter().find(|part| part.owns(path)).is_none_or(|part| self.has(part.name))
    }

    /// Returns the text of the source file at `path` without the parts that are not selected.
    pub fn text(&self, path: &str, source: &str) -> String {
        let source = source.split_once(TESTS).map_or(source, |(code, _)| code);
        let mut kept: Vec<&str> = Vec::new();
        let mut skipped = 0_usize;
        let mut depth = 0_usize;
        let mut lines = source.lines().peekable();
        while let Some(line) = lines.next() {
            let code = line.trim();
            if let Some(names) = code.strip_prefix(START) {
                depth += 1;
                if skipped == 0 && !self.has_any(names) {
                    skipped = depth;
                }
            } else if code == END {
                if skipped == depth {
                    skipped = 0;
                }
                depth = depth.saturating_sub(1);
            } else if skipped == 0 {
                let statement_continues = self.keep(path, line, &mut kept);
                // The rest of an import of several lines belongs to its first line.
                while statement_continues && lines.next().is_some_and(|line| !line.ends_with(';')) {}
            }
        }
        joined(&kept)
    }

    fn has_any(&self, names: &str) -> bool {
        names.split(" or ").any(|name| self.has(name))
    }

    /// Adds a line to `kept`, unless it belongs to a part that is not selected. Then removes the attributes before it, and returns
    /// whether the next lines belong to the removed one.
    fn keep<'s>(&self, path: &str, line: &'s str, kept: &mut Vec<&'s str>) -> bool {
        let (code, names) = line.split_once(START).map_or((line, None), |(code, names)| (code.trim_end(), Some(names)));
        let is_selected = names.is_none_or(|names| self.has_any(names)) && self.has_target(path, code);
        if is_selected {
            kept.push(code);
            return false;
        }
        while kept.last().is_some_and(|line| line.trim_start().starts_with("#[")) {
            kept.pop();
        }
        let is_import = code.starts_with("use ") || code.starts_with("pub ") || code.starts_with("pub(crate) use ");
        is_import && !code.ends_with(';')
    }

    /// Returns whether the crate has the file that a line of the file at `path` names. Returns true if the line names no file.
    fn has_target(&self, path: &str, line: &str) -> bool {
        target(path, line).is_none_or(|target| {
            let is_target =
                |source: &str| source == format!("{target}.rs") || source.starts_with(&format!("{target}/"));
            SOURCES.iter().any(|(source, _)| is_target(source) && self.has_file(source))
        })
    }
}

/// Returns the module that a line of the source file at `path` declares or imports from, such as `request/form`.
pub fn target(path: &str, line: &str) -> Option<String> {
    let code = line.trim_start();
    let code = code.strip_prefix("pub(crate) ").or_else(|| code.strip_prefix("pub ")).unwrap_or(code);
    if let Some(module) = code.strip_prefix("mod ").and_then(|rest| rest.strip_suffix(';')) {
        return Some(path.strip_suffix("mod.rs").unwrap_or_default().to_owned() + module);
    }
    let names = code.strip_prefix("use ")?;
    // The file `mod.rs` of the runtime imports from its own modules.
    let names = names.strip_prefix("crate::runtime::").or_else(|| (path == "mod.rs").then_some(names))?;
    let mut module = String::new();
    for name in names.split("::") {
        let inner =
            if module.is_empty() { name.to_owned() } else { format!("{module}/{}", name.trim_end_matches(';')) };
        let (file, folder) = (format!("{inner}.rs"), format!("{inner}/"));
        if !SOURCES.iter().any(|(source, _)| *source == file || source.starts_with(&folder)) {
            break;
        }
        module = inner;
    }
    (!module.is_empty()).then_some(module)
}

/// Joins lines to a text. Removes blank lines that are left over: at the start and the end of a block, and after another one.
fn joined(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut last = "";
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1).map_or("", |line| line.trim());
        let is_superfluous = last.is_empty() || last.ends_with('{') || next.is_empty() || next.starts_with('}');
        if !(line.is_empty() && is_superfluous) {
            text.push_str(line);
            text.push('\n');
            last = line;
        }
    }
    text
}
