//! Writes the files of a section, which is a module whose code may be split over several files. A file consists of a header,
//! imports, module declarations, re-exports and items.

use super::layout::{self, File};
use super::output::Output;
use super::piece::PrintedPiece;
use super::{formatting, imports};
use crate::emit::Section;

/// Distributes the code in `pieces` over the files of `section`, and returns these files.
pub fn files(section: &Section<'_>, pieces: Vec<PrintedPiece>) -> impl Iterator<Item = Output> {
    // Clippy rejects a module with the name of the module that contains it.
    let own = section.path.rsplit('/').next();
    let reserved: Vec<&str> = pieces.iter().filter_map(|piece| piece.inline).chain(own).collect();
    layout::files(pieces, &reserved).into_iter().map(|file| section_file(section, file))
}

/// Converts `file`, one file of a section, to an output file. The output file consists of a header, imports, module declarations,
/// re-exports and items.
fn section_file(section: &Section<'_>, file: File) -> Output {
    let title = format!("//! {}\n", section.title.replace(['[', ']', '<', '>', '`'], " "));
    let visibility = if file.is_folder { "pub(super) " } else { "" };
    let modules: String = file.modules.iter().map(|module| format!("{visibility}mod {module};\n")).collect();
    let reexports = if section.is_exported { file.reexports.text() } else { String::new() };
    let is_root = file.path.is_empty() || file.path == "mod";
    let globs = section.globs.iter().filter(|_| is_root);
    let globs: String = globs.map(|(path, features)| reexport_all(path, features)).collect();
    let blocks =
        [title + &allowed(section, &file), imports::declarations(&file.imports), modules, reexports, globs, file.text];
    let blocks: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    let path = match file.path.as_str() {
        "" => format!("{}.rs", section.path),
        path => format!("{}/{path}.rs", section.path),
    };
    Output::generated(&path, &section.source, &blocks.join("\n"))
}

/// Returns an attribute such as `#![allow(dead_code)]` if the enabled cargo features decide which items or imports of `file` are
/// used. Otherwise returns an empty string.
fn allowed(section: &Section<'_>, file: &File) -> String {
    let reexports_unused = section.allows_unused && file.text.is_empty() && !file.modules.is_empty();
    let lints = [
        (section.allows_unused && !file.text.is_empty()).then_some("dead_code"),
        (reexports_unused || (file.is_conditional && !file.imports.is_empty())).then_some("unused_imports"),
    ];
    let lints: Vec<&str> = lints.into_iter().flatten().collect();
    if lints.is_empty() {
        return String::new();
    }
    format!("#![allow({}, reason = \"the features decide which of these are used\")]\n", lints.join(", "))
}

fn reexport_all(path: &str, features: &[String]) -> String {
    format!("{}pub use {path}::*;\n", formatting::condition(features))
}
