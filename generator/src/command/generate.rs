//! `generate`: writes the crate for the documents, or checks that the crate is up to date.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::command::documents::{SourceFiles, relative};
use crate::command::format_argument::FormatArgument;
use crate::command::manifest;
use crate::command::output::{ErrorStream, ExitStatus, Format, printed};
use crate::command::progress::ProgressLine;
use crate::command::project::{DocumentArguments, Project, ProjectOrigin, leads_inside};
use crate::command::report::{counted, print_with_summary};
use crate::files;
use crate::finding::Purpose;
use crate::format_type::FormatType;
use crate::lower::naming::identifiers::is_keyword;
use crate::options::{Options, Types};
use crate::pipeline::Pipeline;
use crate::print::Output;
use crate::resolve::LeftOut;
use crate::suggestion::nearest;
use crate::text::printable::printable;

#[derive(Debug, Default, Args)]
pub(super) struct Generate {
    #[command(flatten)]
    documents: DocumentArguments,
    /// Folder of the crate; required if documents are named [default: that of copperplate.toml, or generated/]
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
    /// Component schemas that become types [default: used]
    #[arg(long, value_enum)]
    types: Option<Types>,
    /// Emit a program that calls the operations from a shell, behind the cargo feature `cli`
    #[arg(long)]
    cli: bool,
    /// Emit a trait over the operations of each API, which a test can implement, behind the cargo feature `traits`
    #[arg(long)]
    traits: bool,
    /// Format of findings, or the type for the strings of a format, such as `uuid=uuid::Uuid@1`; repeatable
    #[arg(long = "format", value_name = "text|json|github|NAME=TYPE[@VERSION]")]
    formats: Vec<FormatArgument>,
}

impl Generate {
    /// Writes or checks the crate.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a file cannot be read or written.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        self.run_target(&Target::new(self, err)?, out, err)
    }

    /// Returns the command with a name for the crate, and no other arguments.
    pub(super) fn named(name: &str) -> Self {
        Self { name: Some(name.to_owned()), ..Self::default() }
    }

    /// Returns an error if the crate cannot have the chosen name.
    pub(super) fn check_name(&self) -> Result<(), String> {
        crate_name(self.name.as_ref(), Path::new("")).map(drop)
    }

    /// Writes the crate that the `copperplate.toml` in `folder` names.
    ///
    /// # Errors
    /// Returns an error if the file has errors, or a file cannot be read or written.
    pub(super) fn run_in(
        &self,
        folder: &Path,
        out: &mut dyn Write,
        err: &mut ErrorStream<'_>,
    ) -> Result<ExitStatus, String> {
        self.run_target(&Target::of(Project::configured(folder, Purpose::Crate, err)?, None)?, out, err)
    }

    fn run_target(
        &self,
        target: &Target,
        out: &mut dyn Write,
        err: &mut ErrorStream<'_>,
    ) -> Result<ExitStatus, String> {
        let (format, formats) = FormatArgument::divide(&self.formats)?;
        let settings = &target.project.configuration;
        if !self.check && files::has_leftovers(&target.folder).map_err(|error| error.to_string())? {
            drop(self.lock(&target.folder, err)?);
        }
        let (files, mut findings) = (SourceFiles::new(&target.project.allowed_folders), Vec::new());
        let inputs = files.read_documents(&target.project.documents, &mut findings)?;
        let all_readable = findings.is_empty();
        let declared_features = manifest::declared_features(&target.folder);
        let options = Options {
            crate_name: crate_name(
                self.name.as_ref().or(settings.name.as_ref().map(|name| &name.value)),
                &target.folder,
            )?,
            at_root: target.is_at_root,
            skip_unsupported: self.skip_unsupported || settings.skip_unsupported,
            types: self.types.unwrap_or(settings.types),
            cli: has_feature("cli", self.cli || settings.cli, declared_features.as_ref(), &target.folder)?,
            traits: has_feature("traits", self.traits || settings.traits, declared_features.as_ref(), &target.folder)?,
            features: declared_features.is_none(),
            declared_features: declared_features.unwrap_or_default(),
            formats: with_configured(formats, &settings.formats),
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
        let unused = Unused { components: generation.unused_components, left_out: generation.left_out };
        self.write_or_check(target, &outputs, unused, (out, err))
    }

    /// Writes the files of the crate. With `--check`, compares them with the files on disk instead.
    fn write_or_check(
        &self,
        target: &Target,
        outputs: &[Output],
        unused: Unused,
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
        print_summary(target, &changes, unused, out).map_err(text)?;
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
        let command = match (&self.out, &target.project.origin) {
            (None, ProjectOrigin::Specs(_)) => "`cargo run`",
            (None, ProjectOrigin::Configuration(_)) => "`copperplate`",
            _ => "the same command without --check",
        };
        writeln!(err, "{} is out of date: run {command}, and review the changes", printed(&target.folder))?;
        Ok(ExitStatus::Findings)
    }
}

/// The documents and settings of a run, and the folder of the crate.
struct Target {
    project: Project,
    folder: PathBuf,
    /// Whether the code is placed in the root of the crate instead of a module.
    is_at_root: bool,
}

impl Target {
    fn new(generate: &Generate, err: &mut ErrorStream<'_>) -> Result<Self, String> {
        let specs = &generate.documents.specs;
        if let Some(message) = specs.first().and_then(|spec| misspelt_command(spec)) {
            return Err(message);
        }
        if generate.out.is_none() && !specs.is_empty() {
            // The default folder contains the crate of all documents. A crate of only some documents would replace it.
            return Err("--out DIR is required if documents are named: it is the folder of their crate".to_owned());
        }
        let project = Project::find(&generate.documents, Purpose::Crate, err)?;
        Self::of(project, generate.out.as_deref())
    }

    /// Returns the target of a project. `out` is the folder of the crate, if the command line names it.
    ///
    /// # Errors
    /// Returns an error if the folder is a file, or is outside the project although the command line does not name it.
    fn of(project: Project, out: Option<&Path>) -> Result<Self, String> {
        let is_single = out.is_some() && project.documents.len() == 1;
        let is_at_root = is_single || project.is_at_root();
        let configured = project.configuration.out.as_ref().map_or("generated", |out| &out.value);
        let folder = match (out, &project.origin) {
            (Some(folder), _) => folder.to_owned(),
            (None, ProjectOrigin::Configuration(root) | ProjectOrigin::Specs(root)) => {
                let folder = root.join(configured);
                if !leads_inside(root, &folder) {
                    let folder = printed(&folder);
                    return Err(format!(
                        "{folder} is a link that leads out of the project: remove it, or name it with --out"
                    ));
                }
                folder
            }
            (None, ProjectOrigin::CommandLine) => PathBuf::from(configured),
        };
        // Checked before anything is written: the staging folder is beside the folder of the crate.
        if folder.symlink_metadata().is_ok() && !folder.is_dir() {
            return Err(format!("{} exists and is not a folder: choose another folder with --out", printed(&folder)));
        }
        Ok(Self { project, folder: relative(folder), is_at_root })
    }
}

/// Returns whether the crate has the code of a cargo feature: if it is wanted, or if a hand-written `Cargo.toml` declares the
/// feature.
fn has_feature(
    feature: &str,
    is_wanted: bool,
    declared: Option<&BTreeSet<String>>,
    folder: &Path,
) -> Result<bool, String> {
    let Some(declared) = declared else { return Ok(is_wanted) };
    let is_declared = declared.contains(feature);
    if is_wanted && !is_declared {
        return Err(format!(
            "{} has no feature `{feature}`, which `--{feature}` needs: `generated/Cargo.toml` of copperplate shows its lines",
            printed(&folder.join("Cargo.toml"))
        ));
    }
    Ok(is_declared)
}

/// Returns the types for formats: those of the command line, and those of the configuration for other formats.
fn with_configured(mut formats: Vec<FormatType>, configured: &[FormatType]) -> Vec<FormatType> {
    for chosen in configured {
        if !formats.iter().any(|known| known.format == chosen.format) {
            formats.push(chosen.clone());
        }
    }
    formats
}

/// The parts of documents for which nothing was emitted.
struct Unused {
    /// The component schemas that no operation uses.
    components: usize,
    /// The parts that `--only` and `--except` left out.
    left_out: LeftOut,
}

/// Returns the error message for a document that does not exist and whose name resembles a command: `copperplate genrate`.
/// Without a command, `copperplate` takes the names of documents.
fn misspelt_command(spec: &Path) -> Option<String> {
    let word = spec.to_str().filter(|word| !word.contains(['.', '/', '\\']) && !spec.exists())?;
    let command = nearest(word, COMMANDS.iter().copied(), 3)?;
    Some(format!("there is no command or document `{word}`: did you mean `copperplate {command}`?"))
}

/// The names of the commands.
const COMMANDS: &[&str] = &["generate", "lint", "diff", "surface", "explain", "init", "schema"];

/// Names that a generated crate cannot have, besides keywords: its dependencies, and the crates of the standard library.
const RESERVED_NAMES: &[&str] =
    &["alloc", "bytes", "core", "http", "proc_macro", "reqwest", "serde", "serde_json", "std", "test"];

/// Returns the name of the crate: the chosen name or, without one, the name of the folder. If the name of the folder is not a
/// valid crate name, returns `generated`.
fn crate_name(chosen: Option<&String>, folder: &Path) -> Result<String, String> {
    let folder_name = || {
        fs::canonicalize(folder)
            .ok()
            .as_deref()
            .unwrap_or(folder)
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
    };
    let name = chosen.cloned().or_else(folder_name).unwrap_or_else(|| "generated".to_owned());
    let is_valid = name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-')
        && !is_keyword(&name)
        && !RESERVED_NAMES.contains(&name.as_str());
    match (is_valid, chosen) {
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

fn print_summary(target: &Target, changes: &files::Changes, unused: Unused, out: &mut dyn Write) -> io::Result<()> {
    let folder = printed(&target.folder);
    for (label, paths) in [("created", &changes.added), ("updated", &changes.changed), ("removed", &changes.stale)] {
        // A longer list is not printed, because the last line contains the number of files.
        if paths.len() <= MAX_NAMED_FILES {
            print_files(label, paths, target, out)?;
        }
    }
    let written = changes.added.len() + changes.changed.len();
    let specs: Vec<String> = target.project.documents.iter().map(|document| printed(&document.path)).collect();
    writeln!(
        out,
        "{} -> {folder}: {written} written, {} unchanged, {} removed",
        specs.join(", "),
        changes.unchanged,
        changes.stale.len()
    )?;
    let LeftOut { operations, schemas } = unused.left_out;
    if operations > 0 {
        writeln!(
            out,
            "left out by --only and --except: {}, and {} that only they use",
            counted(operations, "operation"),
            counted(schemas, "component schema")
        )?;
    }
    if unused.components > 0 {
        let components = unused.components;
        writeln!(
            out,
            "component schemas without a type, because no operation uses them: {components} (--types all emits them)"
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
