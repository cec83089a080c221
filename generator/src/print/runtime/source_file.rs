//! The source files of the runtime, divided into lines with the parts that they belong to.
//!
//! Comments mark the lines of a source file that belong to a part: the lines from `// part: NAME` to `// end of part`, and a line
//! that ends in `// part: NAME`. `NAME or NAME` marks lines that belong to two parts: they stay if the crate has one of them.
//! Declarations of modules and imports need no comment, because they disappear together with the file that they name. The unit
//! tests at the end of a file are always removed.

use std::sync::LazyLock;

use super::parts::PARTS;
use super::sources::SOURCES;

/// The comment at the start of the lines of a part, or at the end of a single line.
const START: &str = "// part: ";

/// The comment after the last line of a part.
const END: &str = "// end of part";

/// The start of the unit tests of a file.
const TESTS: &str = "#[cfg(test)]\nmod tests {\n";

/// All source files. They are divided once in a process, because this takes longer than printing a small crate.
pub static FILES: LazyLock<Vec<SourceFile>> =
    LazyLock::new(|| SOURCES.iter().map(|(path, text)| SourceFile::new(path, text)).collect());

/// A source file, without its unit tests.
pub struct SourceFile {
    /// The path below `src/runtime/`.
    pub path: &'static str,
    pub lines: Vec<Line>,
    /// The text, if every crate that has the file has all of its lines.
    pub fixed: Option<String>,
}

/// A line of a source file.
pub enum Line {
    /// The comment before the lines of these parts.
    Start(&'static str),
    /// The comment after the lines of a part.
    End,
    Code {
        /// The line without the comment that names its parts.
        text: &'static str,
        /// The parts to which this line alone belongs.
        parts: Option<&'static str>,
        /// The files of the module that the line declares or imports from, as indexes into [`SOURCES`]; `None` if there is no such
        /// module, or if every crate has one of its files.
        targets: Option<Vec<usize>>,
    },
}

impl SourceFile {
    fn new(path: &'static str, source: &'static str) -> Self {
        let source = source.split_once(TESTS).map_or(source, |(code, _)| code);
        // Most files have no such comments. To search each of their lines would take most of the time.
        let has_parts = source.contains(START);
        let lines: Vec<Line> = source.lines().map(|line| Line::new(path, line, has_parts)).collect();
        let kept: Option<Vec<&str>> = lines.iter().map(Line::fixed).collect();
        Self { path, fixed: kept.map(|kept| joined(&kept)), lines }
    }
}

impl Line {
    /// Creates a line of the file at `path`. `has_parts` is whether the file has comments that name parts.
    fn new(path: &str, line: &'static str, has_parts: bool) -> Self {
        if !has_parts {
            return Self::code(path, line, None);
        }
        let code = line.trim_ascii();
        if let Some(names) = code.strip_prefix(START) {
            return Self::Start(names);
        }
        if code == END {
            return Self::End;
        }
        let (text, parts) = line.split_once(START).map_or((line, None), |(code, names)| (code.trim_end(), Some(names)));
        Self::code(path, text, parts)
    }

    fn code(path: &str, text: &'static str, parts: Option<&'static str>) -> Self {
        let targets = target(path, text).map(|module| files(&module).collect::<Vec<_>>());
        Self::Code { text, parts, targets: targets.filter(|files| !files.iter().any(|index| is_core(*index))) }
    }

    /// Returns the text of the line, if every crate that has the file has the line.
    fn fixed(&self) -> Option<&'static str> {
        match self {
            Self::Code { text, parts: None, targets: None } => Some(text),
            _ => None,
        }
    }
}

/// Returns whether the file with this index in [`SOURCES`] belongs to no part, so that every crate has it.
fn is_core(index: usize) -> bool {
    !PARTS.iter().any(|part| part.owns(SOURCES[index].0))
}

/// Returns the module that a line of the source file at `path` declares or imports from, such as `request/form`.
pub fn target(path: &str, line: &str) -> Option<String> {
    let code = line.trim_ascii_start();
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
        if files(&inner).next().is_none() {
            break;
        }
        module = inner;
    }
    (!module.is_empty()).then_some(module)
}

/// Returns the files of a module, as indexes into [`SOURCES`].
pub fn files(module: &str) -> impl Iterator<Item = usize> {
    let is_file =
        move |path: &str| path.strip_prefix(module).is_some_and(|rest| rest == ".rs" || rest.starts_with('/'));
    SOURCES.iter().enumerate().filter(move |(_, (path, _))| is_file(path)).map(|(index, _)| index)
}

/// Joins lines to a text. Removes blank lines that are left over: at the start and the end of a block, and after another one.
pub fn joined(lines: &[&str]) -> String {
    let mut text = String::with_capacity(lines.iter().map(|line| line.len() + 1).sum());
    let mut last = "";
    for (index, line) in lines.iter().enumerate() {
        if line.is_empty() {
            let next = lines.get(index + 1).map_or("", |line| line.trim_ascii_start());
            let is_superfluous = last.is_empty() || last.ends_with('{') || next.is_empty() || next.starts_with('}');
            if is_superfluous {
                continue;
            }
        }
        text.push_str(line);
        text.push('\n');
        last = line;
    }
    text
}
