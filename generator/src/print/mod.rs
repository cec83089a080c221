//! Turns the emitted tokens of a crate into the files of the crate.
//!
//! [`formatting`] prints tokens as text. Most modules are one file each. A section is a module of a large API that may need
//! several files. A section is printed piece by piece ([`piece`]): a piece is a unit of code, such as the code of one type or
//! operation. [`layout`] distributes the pieces over files, and uses [`grouping`] to put pieces with similar names into the same
//! file. [`split`] divides a piece that is too long for one file. [`section`] writes the files, with `use` declarations from
//! [`imports`] and [`reexports`].

mod exports;
mod formatting;
mod grouping;
mod imports;
mod layout;
mod output;
mod parallel;
mod piece;
mod readme;
mod reexports;
mod runtime;
mod section;
mod snippet;
mod split;

use crate::emit::{Crate, Manifest, Piece};
use crate::text::printable::printable;
pub use output::{HEADER, Output, Ownership};

/// Prints the files of a crate. `surface` is the text of the file `SURFACE.txt`, without the header.
pub fn print(emitted: Crate<'_>, surface: &str) -> Vec<Output> {
    let sources = emitted.modules.first().map(|root| root.source.as_str()).unwrap_or_default();
    let mut outputs =
        vec![manifest_file(&emitted.manifest), readme::file(&emitted.readme), surface_file(sources, surface)];
    outputs.extend(parallel::map(&emitted.modules, |module| {
        let parts = module.items.iter().map(|items| formatting::items(items())).filter(|part| !part.is_empty());
        Output::generated(&module.path, &module.source, &parts.collect::<Vec<_>>().join("\n"))
    }));
    let pieces: Vec<&Piece<'_>> = emitted.sections.iter().flat_map(|section| &section.pieces).collect();
    let mut printed = parallel::map(&pieces, |piece| piece::print(piece)).into_iter();
    for section in &emitted.sections {
        let pieces = printed.by_ref().take(section.pieces.len()).collect();
        outputs.extend(section::files(section, pieces));
    }
    let runtime = runtime::files(&outputs, emitted.has_backtracking);
    outputs.extend(runtime);
    outputs
}

fn manifest_file(manifest: &Manifest) -> Output {
    let text = format!("# {HEADER}. Do not edit: it is written anew on every run.\n{}", manifest.text());
    Output { path: "Cargo.toml".to_owned(), text, ownership: Ownership::UnlessForeign }
}

fn surface_file(sources: &str, surface: &str) -> Output {
    let sources = printable(sources);
    let header = format!(
        "# {HEADER} from {sources}. The public items of the crate, one per line, independent of the documents' order.\n"
    );
    Output::new("SURFACE.txt".to_owned(), header + surface)
}
