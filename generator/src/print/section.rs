//! Writes the files of a section: header, imports, module declarations, re-exports and items.

use super::formatting;
use super::imports;
use super::layout::{self, File, Module};
use super::output::Output;
use super::piece::PrintedPiece;
use crate::emit::{ALLOWED, Section};

/// The width of a list of re-exports.
const WIDTH: usize = 100;

/// The files of a section whose pieces are printed.
pub fn files(section: &Section<'_>, pieces: Vec<PrintedPiece>) -> impl Iterator<Item = Output> {
    layout::files(pieces).into_iter().map(|file| section_file(section, file))
}

/// A file with items, with the modules below it, or with both.
fn section_file(section: &Section<'_>, file: File) -> Output {
    let title = format!(" {}", section.title.replace(['[', ']', '<', '>', '`'], " "));
    let allowed = section.allows_unused && !file.text.is_empty();
    let allowed = if allowed { format!("{ALLOWED}\n") } else { String::new() };
    let is_root = file.path.is_empty() || file.path == "mod";
    let parts: String = file.parts.iter().map(|module| format!("mod {module};\n")).collect();
    let modules: String = file.modules.iter().map(|module| declaration(module, section.exported)).collect();
    let exports = section.exports.iter().filter(|_| is_root);
    let exports: String = exports.map(|(path, features)| reexport_all(path, features)).collect();
    let blocks =
        [format!("//!{title}\n{allowed}"), imports::declarations(&file.imports), parts, modules, exports, file.text];
    let blocks: Vec<String> = blocks.into_iter().filter(|block| !block.is_empty()).collect();
    let path = match file.path.as_str() {
        "" => format!("{}.rs", section.path),
        path => format!("{}/{path}.rs", section.path),
    };
    Output::generated(&path, &section.source, &blocks.join("\n"))
}

/// The declaration of a module, and the re-exports of its names if callers name them without the module.
fn declaration(module: &Module, exported: bool) -> String {
    let condition = condition(&module.features);
    let uses = module.exports.declarations(&module.name).filter(|_| exported);
    let uses: String = uses.map(|text| format!("{condition}{}", formatting::wrapped(text, WIDTH))).collect();
    format!("{condition}mod {};\n{uses}", module.name)
}

fn reexport_all(path: &str, features: &[String]) -> String {
    format!("{}pub use {path}::*;\n", condition(features))
}

/// The `#[cfg]` of items that one of these features compiles. It is on one line, so that lists of modules stay easy to read.
fn condition(features: &[String]) -> String {
    let features: Vec<String> = features.iter().map(|feature| format!("feature = {feature:?}")).collect();
    match features.as_slice() {
        [] => String::new(),
        [only] => format!("#[cfg({only})]\n"),
        several => format!("#[cfg(any({}))]\n", several.join(", ")),
    }
}
