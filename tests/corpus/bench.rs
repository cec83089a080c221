//! Benchmarks of the generator and of the generated crates.
//!
//! Compares the cost of generating a crate with the cost of parsing the document, and with the cost of other generators. Also
//! compares the cost of `cargo check` on the generated crate with the published cost for openapi-to-rust.

use std::error::Error;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::{Args, Parser as _, ValueEnum};
use copperplate::Types;
use copperplate::command::ErrorStream;

use crate::crates::Crates;
use crate::generation::{self, Document, Outcome};
use crate::peers;
use crate::resource_usage::{Usage, run_measured};
use crate::table;

/// Arguments of `corpus bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// The folder of the documents. The measured documents `github` and `stripe` must be in it.
    folder: PathBuf,
    /// Also measure `cargo check` of the crates, which takes minutes.
    #[arg(long)]
    check: bool,
    /// The number of runs of each generator. The minimum of each measured value is printed.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// The folder for the generated crates.
    #[arg(long, value_name = "DIR", default_value = "target/corpus")]
    out: PathBuf,
}

/// A document to measure, and the cost of `cargo check` on the crate that openapi-to-rust generates from the document. The cost
/// was published for version 0.23.0 with Rust 1.95 in November 2026.
struct Reference {
    document: &'static str,
    cpu_seconds: f64,
    peak_mib: f64,
    /// The maximum cost for the crate of copperplate, as a share of the published cost.
    allowed_share: f64,
}

const REFERENCES: &[Reference] = &[
    Reference { document: "github", cpu_seconds: 292.4, peak_mib: 12142.0, allowed_share: 1.0 / 3.0 },
    Reference { document: "stripe", cpu_seconds: 108.9, peak_mib: 6155.0, allowed_share: 1.0 / 4.0 },
];

/// Runs the benchmarks and prints their results.
///
/// # Errors
/// Returns an error if a document is missing, a generator fails on it, or a process cannot be started.
pub fn run(bench: &Bench) -> Result<(), Box<dyn Error>> {
    if cfg!(debug_assertions) {
        println!("This is a debug build, so the cost of generating is not meaningful. Use `cargo run --release`.\n");
    }
    let all = Document::list(&bench.folder)?;
    let mut measured = Vec::new();
    for reference in REFERENCES {
        let document = all.iter().find(|document| document.name == reference.document);
        let document =
            document.ok_or_else(|| format!("`{}` has no document `{}`", bench.folder.display(), reference.document))?;
        measured.push((reference, document));
    }
    let mut rows = Vec::new();
    for (_, document) in &measured {
        rows.extend(measure_generators(document, bench)?);
    }
    let head = [
        "document",
        "program",
        "seconds",
        "CPU s",
        "peak MiB",
        "lines",
        "copperplate's seconds",
        "copperplate's CPU",
        "copperplate's memory",
    ];
    table::print(&head, &rows);
    if bench.check {
        println!();
        measure_checks(&measured, bench)?;
    }
    Ok(())
}

/// Measures the cost of generating from `document`. Returns the table rows of copperplate, of parsing alone, and of each other
/// generator.
fn measure_generators(document: &Document, bench: &Bench) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let generation = generation::generate_in_child(document, &bench.out, Types::Used)?;
    if generation.outcome != Outcome::Generated {
        return Err(format!("{} was not generated: {:?}", document.name, generation.outcome).into());
    }
    // Each run writes to its own folder, and all folders are removed at the end, because some file systems create files slowly
    // just after a deletion.
    let runs = tempfile::tempdir_in(&bench.out)?;
    let mut own = Vec::new();
    let readers: &[Reader] = if is_json(&document.path) { &[Reader::Json, Reader::Yaml] } else { &[Reader::Yaml] };
    let mut parsing = vec![Vec::new(); readers.len()];
    for run in 0..bench.runs.max(1) {
        own.push(measure_generation(document, &runs.path().join(format!("copperplate-{run}")))?);
        for (reader, usages) in readers.iter().zip(&mut parsing) {
            usages.push(measure_parsing(document, *reader)?);
        }
    }
    let own = minimum(&own);
    let row = |program: &str, usage: Usage, lines: Option<usize>| {
        let ratio =
            |own: f64, other: f64| if other > 0.0 { format!("{:.2} times", own / other) } else { "-".to_owned() };
        vec![
            document.name.clone(),
            program.to_owned(),
            format!("{:.2}", usage.seconds),
            format!("{:.2}", usage.cpu_seconds),
            format!("{:.0}", usage.peak_mib),
            lines.map_or("-".to_owned(), |lines| lines.to_string()),
            ratio(own.seconds, usage.seconds),
            ratio(own.cpu_seconds, usage.cpu_seconds),
            ratio(own.peak_mib, usage.peak_mib),
        ]
    };
    let mut rows = vec![row("copperplate", own, Some(peers::count_lines(&runs.path().join("copperplate-0"))?))];
    rows.extend(readers.iter().zip(&parsing).map(|(reader, usages)| row(reader.title(), minimum(usages), None)));
    for peer in peers::ALL {
        let name = format!("{} {}", peer.name, peer.version);
        match peers::run(peer, &document.path, runs.path(), bench.runs.max(1))? {
            peers::PeerResult::NotInstalled => {
                rows.push(vec![document.name.clone(), name, "not installed: run tests/peers.sh".to_owned()])
            }
            peers::PeerResult::Failed(message) => {
                rows.push(vec![document.name.clone(), name, format!("failed: {message}")])
            }
            peers::PeerResult::Generated { usages, lines } => rows.push(row(&name, minimum(&usages), Some(lines))),
        }
    }
    Ok(rows)
}

/// Returns the minimum of each measured value.
fn minimum(usages: &[Usage]) -> Usage {
    let least = |value: fn(&Usage) -> f64| usages.iter().map(value).fold(f64::INFINITY, f64::min);
    Usage {
        seconds: least(|usage| usage.seconds),
        cpu_seconds: least(|usage| usage.cpu_seconds),
        peak_mib: least(|usage| usage.peak_mib),
    }
}

/// Measures a process that runs `copperplate generate`. The process reads the document and writes the crate to `folder`.
fn measure_generation(document: &Document, folder: &Path) -> Result<Usage, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["copperplate", "generate", "--skip-unsupported", "--out"]).arg(folder).arg(&document.path);
    let measured = run_measured(&command)?;
    if measured.status.success() { Ok(measured.usage) } else { Err(measured.stderr.into()) }
}

/// Runs the `copperplate` command and returns its exit code. [`measure_generation`] starts a process that calls this function.
///
/// # Errors
/// Returns an error if the arguments are invalid.
pub fn copperplate(arguments: &[String]) -> Result<u8, Box<dyn Error>> {
    let command = std::iter::once("copperplate").chain(arguments.iter().map(String::as_str));
    let command = copperplate::command::Command::try_parse_from(command)?;
    let errors = ErrorStream { writer: &mut io::stderr(), is_colored: false };
    Ok(copperplate::command::run(command, &mut io::stdout(), errors).code())
}

/// The library that reads the text of a document before openapiv3 interprets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Reader {
    /// `serde_json`, for documents in JSON.
    Json,
    /// `serde_yaml`, which reads JSON too.
    Yaml,
}

impl Reader {
    fn title(self) -> &'static str {
        match self {
            // Cargo enables the features of a library for all crates of a build. So the features of `serde_json` that copperplate
            // enables are enabled here too.
            Self::Json => "parsing with openapiv3 and serde_json, all digits kept",
            Self::Yaml => "parsing with openapiv3 and serde_yaml",
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
        }
    }
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "json")
}

/// Measures a process that reads and parses `document` with openapiv3.
fn measure_parsing(document: &Document, reader: Reader) -> Result<Usage, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["parse", reader.name()]).arg(&document.path);
    let measured = run_measured(&command)?;
    if measured.status.success() { Ok(measured.usage) } else { Err(measured.stderr.into()) }
}

/// Parses a document. [`measure_parsing`] starts a process that calls this function.
///
/// # Errors
/// Returns an error if the document cannot be read or parsed.
pub fn parse(reader: Reader, path: &Path) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let parsed: openapiv3::OpenAPI = match reader {
        Reader::Json => serde_json::from_str(&text)?,
        Reader::Yaml => serde_yaml::from_str(&text)?,
    };
    if parsed.paths.paths.is_empty() {
        return Err("the document has no paths".into());
    }
    // The memory is not freed, because freeing is not part of parsing, and a generator can exit without it.
    std::mem::forget(parsed);
    Ok(())
}

/// Measures `cargo check` of the crates. Prints the cost next to the published cost for the crates of openapi-to-rust.
fn measure_checks(measured: &[(&Reference, &Document)], bench: &Bench) -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = measured.iter().map(|(_, document)| document.crate_name()).collect();
    let crates = Crates::workspace(&bench.out, &names)?;
    crates.build_dependencies(&["check"])?;
    let mut rows = Vec::new();
    for (reference, document) in measured {
        let check = crates.check(&document.crate_name(), false)?;
        let own = check.usage;
        let share = |own: f64, other: f64| format!("{:.2} ({:.2} allowed)", own / other, reference.allowed_share);
        rows.push(vec![
            document.name.clone(),
            format!("{:.1}", own.cpu_seconds),
            format!("{:.0}", own.peak_mib),
            check.errors.to_string(),
            format!("{:.1}", reference.cpu_seconds),
            format!("{:.0}", reference.peak_mib),
            share(own.cpu_seconds, reference.cpu_seconds),
            share(own.peak_mib, reference.peak_mib),
        ]);
    }
    let head =
        ["document", "check CPU s", "MiB", "errors", "openapi-to-rust CPU s", "MiB", "share of CPU", "share of memory"];
    table::print(&head, &rows);
    println!(
        "\nThe values for openapi-to-rust are the published ones for 0.23.0 (Rust 1.95, November 2026). This run did not measure them."
    );
    Ok(())
}
