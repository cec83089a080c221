//! `generate`: documents to a crate, or whether the crate is what its documents say.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::documents::{Disk, documents, relative, workspace};
use crate::command::progress::Progress;
use crate::command::report::{counted, report};
use crate::command::{Ending, Format, Said, manifest};
use crate::files;
use crate::finding::Purpose;
use crate::lower::naming::identifiers::is_keyword;
use crate::options::{Options, Types};
use crate::pipeline::Pipeline;

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// The documents; all of specs/*.yaml, specs/*.yml and specs/*.json unless given.
    specs: Vec<PathBuf>,
    /// The folder of the crate; generated/ of this workspace unless given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// The name of the crate; the folder's name unless given.
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Write nothing; exit with 1 where the folder is not what would be written.
    #[arg(long)]
    check: bool,
    /// Leave out operations that use what is not supported yet, and warn, instead of stopping.
    #[arg(long)]
    skip_unsupported: bool,
    /// Which component schemas become types: those that an operation uses, or all.
    #[arg(long, value_enum, default_value_t = Types::Used)]
    types: Types,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Generate {
    /// Writes the crate, or compares it.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut Said<'_>) -> Result<Ending, String> {
        let place = Place::of(self)?;
        let (disk, mut findings) = (Disk::default(), Vec::new());
        let inputs = disk.documents(&place.specs, &mut findings)?;
        let is_readable = findings.is_empty();
        let options = Options {
            crate_name: crate_name(self, &place.folder)?,
            at_root: place.at_root,
            skip_unsupported: self.skip_unsupported,
            types: self.types,
            features: place.at_root && !manifest::is_own(&place.folder),
        };
        let progress = Progress::on_terminal(err.styled);
        let generation = Pipeline::new(&options)
            .with_files(&|path| disk.read(path))
            .with_progress(&|doing| progress.tell(doing))
            .generate(&inputs);
        drop(progress);
        let neighbours = disk.texts();
        findings.extend(generation.findings);
        report(&findings, &inputs, &neighbours, (self.format, Purpose::Crate), err)
            .map_err(|error| error.to_string())?;
        let Some(outputs) = generation.files.filter(|_| is_readable) else { return Ok(Ending::Found) };
        let changes = files::compare(&place.folder, &outputs).map_err(|error| error.to_string())?;
        let folder = place.folder.display();
        if let [first, ..] = changes.foreign.as_slice() {
            return Err(format!(
                "{folder}/{first} was not written by copperplate, so it is not overwritten; move it away or choose another --out"
            ));
        }
        manifest::missing_engine(&place.folder, &outputs)?;
        if self.format == Format::Text {
            manifest::tell_missing(&place.folder, &outputs, err.to).map_err(|error| error.to_string())?;
        }
        if self.check {
            return check(&place, &changes, self, err.to).map_err(|error| error.to_string());
        }
        files::write(&place.folder, &outputs, &changes).map_err(|error| error.to_string())?;
        summary(&place, &changes, generation.unused_components, out).map_err(|error| error.to_string())?;
        Ok(Ending::Done)
    }
}

/// Which documents, and which folder.
struct Place {
    specs: Vec<PathBuf>,
    folder: PathBuf,
    /// Whether a single document stands at the root of the crate.
    at_root: bool,
}

impl Place {
    fn of(generate: &Generate) -> Result<Self, String> {
        if generate.out.is_none() && !generate.specs.is_empty() {
            // The crate of some documents would take the place of the crate of all.
            return Err(
                "documents are named, so --out DIR has to say where their crate goes; without documents all of \
                        specs/ becomes generated/"
                    .to_owned(),
            );
        }
        let specs = match generate.specs.as_slice() {
            [] => documents(&workspace()?.join("specs"))?,
            specs => specs.to_vec(),
        };
        let at_root = generate.out.is_some() && specs.len() == 1;
        let folder = match &generate.out {
            Some(folder) => folder.clone(),
            None => workspace()?.join("generated"),
        };
        Ok(Self { specs, folder: relative(folder), at_root })
    }
}

/// Names that no crate of ours can have beside the words of the language: its own dependencies and the standard library.
const TAKEN_NAMES: &[&str] =
    &["alloc", "bytes", "core", "http", "proc_macro", "regress", "reqwest", "serde", "serde_json", "std", "test"];

fn crate_name(generate: &Generate, folder: &Path) -> Result<String, String> {
    let folder_name = || {
        fs::canonicalize(folder)
            .ok()
            .as_deref()
            .unwrap_or(folder)
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let name = generate.name.clone().or_else(folder_name).unwrap_or_else(|| "generated".to_owned());
    let fits = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
        && !is_keyword(&name)
        && !TAKEN_NAMES.contains(&name.as_str());
    match (fits, &generate.name) {
        (true, _) => Ok(name),
        (false, Some(_)) => Err(format!(
            "{name:?} is no name for a crate: letters, digits, `-` and `_`, a letter first, and none that is taken"
        )),
        (false, None) => Ok("generated".to_owned()),
    }
}

fn check(place: &Place, changes: &files::Changes, generate: &Generate, err: &mut dyn Write) -> io::Result<Ending> {
    if changes.is_empty() {
        return Ok(Ending::Done);
    }
    let folder = place.folder.display();
    for (what, paths) in [("missing", &changes.added), ("differs", &changes.changed), ("stale", &changes.stale)] {
        tell(&format!("{what}:"), paths, place, err)?;
    }
    let command = match (&generate.out, generate.specs.is_empty()) {
        (None, true) => "`cargo run`",
        _ => "the same command without --check",
    };
    writeln!(err, "{folder} is not what its documents say: run {command} and review the difference")?;
    Ok(Ending::Found)
}

/// More files than this are counted.
const MOST_NAMED: usize = 20;

/// Names the files, or counts them where nobody would read so many names.
fn tell(what: &str, paths: &[String], place: &Place, to: &mut dyn Write) -> io::Result<()> {
    let folder = place.folder.display();
    if paths.len() > MOST_NAMED {
        return writeln!(to, "{what} {} files in {folder}", paths.len());
    }
    paths.iter().try_for_each(|path| writeln!(to, "{what} {folder}/{path}"))
}

fn summary(place: &Place, changes: &files::Changes, unused: usize, out: &mut dyn Write) -> io::Result<()> {
    let folder = place.folder.display();
    for (what, paths) in [("wrote", &changes.added), ("rewrote", &changes.changed), ("removed", &changes.stale)] {
        // The last line counts them all.
        if paths.len() <= MOST_NAMED {
            tell(what, paths, place, out)?;
        }
    }
    let written = changes.added.len() + changes.changed.len();
    let specs: Vec<String> = place.specs.iter().map(|spec| spec.display().to_string()).collect();
    writeln!(
        out,
        "{} -> {folder}: {written} written, {} unchanged, {} removed",
        specs.join(", "),
        changes.unchanged,
        changes.stale.len()
    )?;
    if unused > 0 {
        let schemas = counted(unused, "component schema");
        writeln!(out, "{schemas} left out that no operation uses; --types all emits them")?;
    }
    Ok(())
}
