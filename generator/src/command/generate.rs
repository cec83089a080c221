//! `generate`: writes the crate for the documents, or checks that the crate is up to date.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::documents::{SourceFiles, find_documents, find_workspace, relative};
use crate::command::file_access::AllowedFolders;
use crate::command::format_argument::FormatArgument;
use crate::command::manifest;
use crate::command::output::{ErrorStream, ExitStatus, Format, printed};
use crate::command::progress::ProgressLine;
use crate::command::report::print_with_summary;
use crate::files;
use crate::finding::Purpose;
use crate::lower::naming::identifiers::is_keyword;
use crate::options::{Options, Types};
use crate::pipeline::Pipeline;
use crate::print::Output;
use crate::suggestion::nearest;
use crate::text::printable::printable;

#[derive(Debug, Args)]
pub(super) struct Generate {
    /// OpenAPI documents, YAML or JSON [default: all in specs/]
    #[arg(value_name = "SPEC")]
    specs: Vec<PathBuf>,
    /// Folder of the crate; required if documents are named [default: generated/]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Name of the crate [default: the name of its folder]
    #[arg(long, value_name = "CRATE")]
    name: Option<String>,
    /// Write nothing; exit with 1 if the crate is not up to date
    #[arg(long)]
    check: bool,
    /// Repair or skip the parts that have errors, and warn, instead of stopping
    #[arg(long)]
    skip_unsupported: bool,
    /// Component schemas that become types
    #[arg(long, value_enum, default_value_t = Types::Used)]
    types: Types,
    /// Format of findings, or the type for the strings of a format, such as `uuid=uuid::Uuid@1`; repeatable
    #[arg(long = "format", value_name = "text|json|github|NAME=TYPE[@VERSION]")]
    formats: Vec<FormatArgument>,
    #[command(flatten)]
    allowed_folders: AllowedFolders,
}

impl Generate {
    /// Writes or checks the crate.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a file cannot be read or written.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let (format, formats) = FormatArgument::divide(&self.formats)?;
        let target = Target::new(self)?;
        if !self.check && files::has_leftovers(&target.folder).map_err(|error| error.to_string())? {
            drop(self.lock(&target.folder, err)?);
        }
        let (files, mut findings) = (SourceFiles::new(&self.allowed_folders), Vec::new());
        let inputs = files.read_documents(&target.specs, &mut findings)?;
        let all_readable = findings.is_empty();
        let declared_features = manifest::declared_features(&target.folder);
        let options = Options {
            crate_name: crate_name(self, &target.folder)?,
            at_root: target.at_root,
            skip_unsupported: self.skip_unsupported,
            types: self.types,
            features: declared_features.is_none(),
            declared_features: declared_features.unwrap_or_default(),
            formats,
        };
        let progress = ProgressLine::on_terminal(err.is_colored);
        let generation = Pipeline::new(&options)
            .with_files(&|document, path| files.read(document, path))
            .with_progress(&|work| progress.set(work))
            .generate(&inputs);
        drop(progress);
        findings.extend(generation.findings);
        print_with_summary(&findings, &inputs, &files.into_texts(), (format, Purpose::Crate), err)
            .map_err(|error| error.to_string())?;
        let Some(outputs) = generation.files.filter(|_| all_readable) else { return Ok(ExitStatus::Findings) };
        if let [unused, ..] = generation.unused_formats.as_slice() {
            return Err(format!("--format {unused}=…: no string of the crate has the format `{unused}`"));
        }
        if format == Format::Text {
            manifest::print_missing_dependencies(&target.folder, &outputs, err.writer)
                .map_err(|error| error.to_string())?;
        }
        self.write_or_check(&target, &outputs, generation.unused_components, (out, err))
    }

    /// Writes the files of the crate. With `--check`, compares them with the files on disk instead.
    fn write_or_check(
        &self,
        target: &Target,
        outputs: &[Output],
        unused_components: usize,
        (out, err): (&mut dyn Write, &mut ErrorStream<'_>),
    ) -> Result<ExitStatus, String> {
        let text = |error: io::Error| error.to_string();
        if let Some(parent) = target.folder.parent().filter(|parent| !self.check && !parent.as_os_str().is_empty()) {
            fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
        }
        let _lock = self.lock(&target.folder, err)?;
        let changes = files::compare(&target.folder, outputs).map_err(text)?;
        let folder = target.folder.display();
        if let [first, ..] = changes.foreign.as_slice() {
            return Err(format!(
                "{folder}/{first} was not written by copperplate and is not overwritten: move it, or choose another folder with --out"
            ));
        }
        if self.check {
            return self.print_drift(target, &changes, err.writer).map_err(text);
        }
        files::write(&target.folder, outputs, &changes).map_err(text)?;
        print_summary(target, &changes, unused_components, out).map_err(text)?;
        Ok(ExitStatus::Success)
    }

    /// Waits until no other run changes the folder. Then completes or undoes the changes of a run that was killed; with `--check`
    /// leaves them, because nothing is written.
    fn lock(&self, folder: &Path, err: &mut ErrorStream<'_>) -> Result<files::Lock, String> {
        // If standard error is closed, the run waits in silence.
        let mut on_wait = || _ = writeln!(err.writer, "waiting for another run that changes {}", printed(folder));
        let lock = if self.check { files::lock_for_reading } else { files::lock };
        lock(folder, &mut on_wait).map_err(|error| error.to_string())
    }

    /// Prints the files that are not up to date.
    fn print_drift(&self, target: &Target, changes: &files::Changes, err: &mut dyn Write) -> io::Result<ExitStatus> {
        if changes.is_empty() {
            return Ok(ExitStatus::Success);
        }
        for (label, paths) in [("missing:", &changes.added), ("differs:", &changes.changed), ("stale:", &changes.stale)]
        {
            print_files(label, paths, target, err)?;
        }
        let command = match (&self.out, self.specs.is_empty()) {
            (None, true) => "`cargo run`",
            _ => "the same command without --check",
        };
        writeln!(err, "{} is out of date: run {command}, and review the changes", printed(&target.folder))?;
        Ok(ExitStatus::Findings)
    }
}

/// The documents of a run, and the folder of their crate.
struct Target {
    specs: Vec<PathBuf>,
    folder: PathBuf,
    /// Whether the code is placed in the root of the crate instead of a module. This is so if `--out` is given and there is a
    /// single document.
    at_root: bool,
}

impl Target {
    fn new(generate: &Generate) -> Result<Self, String> {
        if let Some(message) = generate.specs.first().and_then(|spec| misspelt_command(spec)) {
            return Err(message);
        }
        if generate.out.is_none() && !generate.specs.is_empty() {
            // The default folder contains the crate of all documents. A crate of only some documents would replace it.
            return Err("--out DIR is required if documents are named: it is the folder of their crate".to_owned());
        }
        let specs = match generate.specs.as_slice() {
            [] => find_documents(&find_workspace()?.join("specs"))?,
            specs => specs.to_vec(),
        };
        let at_root = generate.out.is_some() && specs.len() == 1;
        let folder = match &generate.out {
            Some(folder) => folder.clone(),
            None => find_workspace()?.join("generated"),
        };
        Ok(Self { specs, folder: relative(folder), at_root })
    }
}

/// Returns the error message for a document that does not exist and whose name resembles a command: `copperplate genrate`.
/// Without a command, `copperplate` takes the names of documents.
fn misspelt_command(spec: &Path) -> Option<String> {
    let word = spec.to_str().filter(|word| !word.contains(['.', '/', '\\']) && !spec.exists())?;
    let command = nearest(word, COMMANDS.iter().copied(), 3)?;
    Some(format!("there is no command or document `{word}`: did you mean `copperplate {command}`?"))
}

/// The names of the commands.
const COMMANDS: &[&str] = &["generate", "lint", "diff", "surface", "explain"];

/// Names that a generated crate cannot have, besides keywords: its dependencies, and the crates of the standard library.
const RESERVED_NAMES: &[&str] =
    &["alloc", "bytes", "core", "http", "proc_macro", "reqwest", "serde", "serde_json", "std", "test"];

/// Returns the name of the crate: the value of `--name` or, without `--name`, the name of the folder. If the name of the folder
/// is not a valid crate name, returns `generated`.
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
    let is_valid = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
        && !is_keyword(&name)
        && !RESERVED_NAMES.contains(&name.as_str());
    match (is_valid, &generate.name) {
        (true, _) => Ok(name),
        (false, Some(_)) => Err(format!(
            "{name:?} is not a valid crate name: start with a letter, use letters, digits, `-` and `_`, and avoid keywords and the \
             names of dependencies"
        )),
        (false, None) => Ok("generated".to_owned()),
    }
}

/// The maximum number of files that are listed by name. If there are more, only their number is printed.
const MAX_NAMED_FILES: usize = 20;

/// Prints a line for each file, or one line with their number if there are many.
fn print_files(label: &str, paths: &[String], target: &Target, to: &mut dyn Write) -> io::Result<()> {
    let folder = printed(&target.folder);
    if paths.len() > MAX_NAMED_FILES {
        return writeln!(to, "{label} {} files in {folder}", paths.len());
    }
    paths.iter().try_for_each(|path| writeln!(to, "{label} {folder}/{}", printable(path)))
}

fn print_summary(target: &Target, changes: &files::Changes, unused: usize, out: &mut dyn Write) -> io::Result<()> {
    let folder = printed(&target.folder);
    for (label, paths) in [("created", &changes.added), ("updated", &changes.changed), ("removed", &changes.stale)] {
        // A longer list is not printed, because the last line contains the number of files.
        if paths.len() <= MAX_NAMED_FILES {
            print_files(label, paths, target, out)?;
        }
    }
    let written = changes.added.len() + changes.changed.len();
    let specs: Vec<String> = target.specs.iter().map(|spec| printed(spec)).collect();
    writeln!(
        out,
        "{} -> {folder}: {written} written, {} unchanged, {} removed",
        specs.join(", "),
        changes.unchanged,
        changes.stale.len()
    )?;
    if unused > 0 {
        writeln!(
            out,
            "component schemas without a type, because no operation uses them: {unused} (--types all emits them)"
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_command_is_recognized() {
        for (word, right) in [("genrate", "generate"), ("lnit", "lint"), ("surfce", "surface"), ("explian", "explain")]
        {
            let expected = format!("there is no command or document `{word}`: did you mean `copperplate {right}`?");
            assert_eq!(misspelt_command(Path::new(word)), Some(expected));
        }
        for document in ["genrate.yaml", "./genrate", "pets", "src"] {
            assert_eq!(misspelt_command(Path::new(document)), None, "{document}");
        }
    }
}
