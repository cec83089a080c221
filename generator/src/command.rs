//! The command line: what the user says, and what a run answers.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::{env, fs};

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::finding::{Finding, Severity};
use crate::{Input, Options, Types, files, generate_beside, render};

/// Hand-written OpenAPI 3.0 YAML in, a typed Rust client with validators out.
#[derive(Debug, Parser)]
#[command(name = "copperplate", version, about, args_conflicts_with_subcommands = true)]
pub struct Command {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    generate: Generate,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Write a crate from documents; without arguments from specs/ to generated/.
    Generate(Generate),
}

#[derive(Debug, Args)]
struct Generate {
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON object a line.
    Json,
    /// Annotations of GitHub Actions.
    Github,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// All is done.
    Done,
    /// Findings, or drift.
    Found,
    /// The arguments or the files are at fault.
    Failed,
}

impl Ending {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Found => 1,
            Self::Failed => 2,
        }
    }
}

/// Where findings and faults go.
pub struct Said<'a> {
    /// The stream.
    pub to: &'a mut dyn Write,
    /// Whether it is a terminal that shows colours.
    pub styled: bool,
}

/// Runs the command; what it has to say goes to `out`, findings and faults to `err`.
pub fn run(command: Command, out: &mut dyn Write, mut err: Said<'_>) -> Ending {
    let generate = match command.verb {
        Some(Verb::Generate(generate)) => generate,
        None => command.generate,
    };
    match run_generate(&generate, out, &mut err) {
        Ok(ending) => ending,
        Err(fault) => {
            // Where even this cannot be said there is nobody to say it to.
            _ = writeln!(err.to, "error: {fault}");
            Ending::Failed
        }
    }
}

fn run_generate(generate: &Generate, out: &mut dyn Write, err: &mut Said<'_>) -> Result<Ending, String> {
    let place = Place::of(generate)?;
    let inputs = place.specs.iter().map(|spec| read(spec)).collect::<Result<Vec<_>, _>>()?;
    let inputs = distinct_modules(inputs)?;
    let options = Options {
        crate_name: crate_name(generate, &place.folder)?,
        at_root: place.at_root,
        skip_unsupported: generate.skip_unsupported,
        types: generate.types,
        features: place.at_root && !has_own_manifest(&place.folder),
    };
    let disk = Disk::default();
    let generation = generate_beside(&inputs, &options, &|path| disk.read(path));
    let neighbours = disk.texts();
    report(&generation.findings, &inputs, &neighbours, generate.format, err).map_err(|error| error.to_string())?;
    let Some(outputs) = generation.files else { return Ok(Ending::Found) };
    let changes = files::compare(&place.folder, &outputs).map_err(|error| error.to_string())?;
    let folder = place.folder.display();
    if let [first, ..] = changes.foreign.as_slice() {
        return Err(format!(
            "{folder}/{first} was not written by copperplate, so it is not overwritten; move it away or choose another --out"
        ));
    }
    missing_engine(&place.folder, &outputs)?;
    if generate.check {
        return check(&place, &changes, generate, err.to).map_err(|error| error.to_string());
    }
    files::write(&place.folder, &outputs, &changes).map_err(|error| error.to_string())?;
    summary(&place, &changes, generation.unused_components, out).map_err(|error| error.to_string())?;
    Ok(Ending::Done)
}

/// Whether the `Cargo.toml` in the folder is the user's own.
fn has_own_manifest(folder: &Path) -> bool {
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    !manifest.is_empty() && !manifest.contains(files::HEADER)
}

/// A `Cargo.toml` that is the user's own has to name what the sources need.
fn missing_engine(folder: &Path, outputs: &[files::Output]) -> Result<(), String> {
    let needs_engine = outputs.iter().any(|output| output.path == "src/ecma.rs");
    let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap_or_default();
    if needs_engine && has_own_manifest(folder) && !manifest.contains("regress") {
        let path = folder.join("Cargo.toml");
        return Err(format!(
            "a pattern of the documents needs a regex engine: add `{}` to the dependencies in {}",
            crate::emit::ENGINE,
            path.display()
        ));
    }
    Ok(())
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

/// The nearest folder upwards that has both `specs` and `Cargo.toml`.
fn workspace() -> Result<PathBuf, String> {
    let here = env::current_dir().map_err(|error| error.to_string())?;
    let found = here.ancestors().find(|folder| folder.join("specs").is_dir() && folder.join("Cargo.toml").is_file());
    found
        .map(Path::to_owned)
        .ok_or_else(|| "no folder upwards has specs/ and Cargo.toml: name the documents and --out".to_owned())
}

/// The path as seen from here, where that is shorter.
fn relative(path: PathBuf) -> PathBuf {
    let here = env::current_dir().unwrap_or_default();
    match path.strip_prefix(&here) {
        Ok(inside) if inside.as_os_str().is_empty() => PathBuf::from("."),
        Ok(inside) => inside.to_owned(),
        Err(_) => path,
    }
}

fn documents(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_document = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "yaml" || extension == "yml" || extension == "json")
    };
    let mut specs: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| relative(entry.path()))).filter(is_document).collect();
    specs.sort();
    if specs.is_empty() { Err(format!("{} has no documents", folder.display())) } else { Ok(specs) }
}

/// The files beside the documents. What was read is kept, for findings about it.
#[derive(Default)]
struct Disk(Mutex<HashMap<String, String>>);

impl Disk {
    fn read(&self, path: &str) -> Result<String, String> {
        let text = text_of(Path::new(path))?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), text.clone());
        Ok(text)
    }

    fn texts(self) -> HashMap<String, String> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

fn text_of(path: &Path) -> Result<String, String> {
    let bytes = fs::read(path).map_err(|error| format!("{}: {error}", path.display()))?;
    String::from_utf8(bytes)
        .map_err(|error| format!("{}: not UTF-8 at byte {}", path.display(), error.utf8_error().valid_up_to()))
}

fn read(spec: &Path) -> Result<Input, String> {
    let text = text_of(spec)?;
    let module = spec.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(Input { file: spec.to_string_lossy().replace('\\', "/"), text, module })
}

/// Two documents with one file name would overwrite each other's module.
fn distinct_modules(inputs: Vec<Input>) -> Result<Vec<Input>, String> {
    for (index, input) in inputs.iter().enumerate() {
        if let Some(other) = inputs[..index]
            .iter()
            .find(|other| crate::lower::module_name(&other.module) == crate::lower::module_name(&input.module))
        {
            return Err(format!("{} and {} make the same module: rename one of them", other.file, input.file));
        }
    }
    Ok(inputs)
}

/// Names that no crate of ours can have: its own dependencies, the standard library, and words of the language.
const TAKEN_NAMES: &[&str] = &[
    "alloc",
    "bytes",
    "core",
    "enum",
    "fn",
    "http",
    "mod",
    "proc_macro",
    "regress",
    "reqwest",
    "serde",
    "serde_json",
    "static",
    "std",
    "struct",
    "test",
    "trait",
    "type",
    "use",
];

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
        && !TAKEN_NAMES.contains(&name.as_str());
    match (fits, &generate.name) {
        (true, _) => Ok(name),
        (false, Some(_)) => Err(format!(
            "{name:?} is no name for a crate: letters, digits, `-` and `_`, a letter first, and none that is taken"
        )),
        (false, None) => Ok("generated".to_owned()),
    }
}

fn report(
    findings: &[Finding],
    inputs: &[Input],
    neighbours: &HashMap<String, String>,
    format: Format,
    err: &mut Said<'_>,
) -> io::Result<()> {
    let texts = inputs.iter().map(|input| (input.file.as_str(), input.text.as_str()));
    let texts = texts.chain(neighbours.iter().map(|(file, text)| (file.as_str(), text.as_str()))).collect();
    for finding in render::placed(findings, &texts) {
        match format {
            Format::Text => writeln!(err.to, "{}\n", finding.text(err.styled))?,
            Format::Json => writeln!(err.to, "{}", finding.json())?,
            Format::Github => writeln!(err.to, "{}", finding.github())?,
        }
    }
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if format == Format::Text && errors + warnings > 0 {
        let outcome = if errors > 0 { "; nothing was written" } else { "" };
        writeln!(err.to, "{}, {}{outcome}", counted(errors, "error"), counted(warnings, "warning"))?;
    }
    Ok(())
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

fn check(place: &Place, changes: &files::Changes, generate: &Generate, err: &mut dyn Write) -> io::Result<Ending> {
    if changes.is_empty() {
        return Ok(Ending::Done);
    }
    let folder = place.folder.display();
    for (what, paths) in [("missing", &changes.added), ("differs", &changes.changed), ("stale", &changes.stale)] {
        for path in paths {
            writeln!(err, "{what}: {folder}/{path}")?;
        }
    }
    let command = match (&generate.out, generate.specs.is_empty()) {
        (None, true) => "cargo run".to_owned(),
        _ => "the same command without --check".to_owned(),
    };
    writeln!(err, "{folder} is not what its documents say: run `{command}` and review the difference")?;
    Ok(Ending::Found)
}

fn summary(place: &Place, changes: &files::Changes, unused: usize, out: &mut dyn Write) -> io::Result<()> {
    let folder = place.folder.display();
    for (what, paths) in [("wrote", &changes.added), ("wrote", &changes.changed), ("removed", &changes.stale)] {
        for path in paths {
            writeln!(out, "{what} {folder}/{path}")?;
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
