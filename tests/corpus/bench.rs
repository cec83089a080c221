//! Benchmarks as ratios of one run: generating against parsing, generating against other generators, and checking what came
//! out against what openapi-to-rust's crates cost.

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
use crate::table;
use crate::usage::{Usage, measured};

/// Arguments of `corpus bench`.
#[derive(Debug, Args)]
pub struct Bench {
    /// The folder of the documents; `github` and `stripe` are measured.
    folder: PathBuf,
    /// Check the crates too, which takes minutes.
    #[arg(long)]
    check: bool,
    /// How often each generator runs; of each figure the least counts.
    #[arg(long, default_value_t = 3)]
    runs: usize,
    /// The folder of the crates.
    #[arg(long, value_name = "DIR", default_value = "target/corpus")]
    out: PathBuf,
}

/// A document that is measured, and what `cargo check` of openapi-to-rust's crate from it cost when it was last measured by
/// itself (0.23.0 with Rust 1.95, November 2026): CPU seconds and MiB; and the share of it that copperplate may cost.
struct Measured {
    document: &'static str,
    cpu_seconds: f64,
    peak_mib: f64,
    budget: f64,
}

const MEASURED: &[Measured] = &[
    Measured { document: "github", cpu_seconds: 292.4, peak_mib: 12142.0, budget: 1.0 / 3.0 },
    Measured { document: "stripe", cpu_seconds: 108.9, peak_mib: 6155.0, budget: 1.0 / 4.0 },
];

/// Runs the benchmarks and prints them.
///
/// # Errors
/// Where a document is missing or a process cannot be started.
pub fn run(bench: &Bench) -> Result<(), Box<dyn Error>> {
    if cfg!(debug_assertions) {
        println!("This is a debug build: what generating costs means nothing. Use cargo run --release.\n");
    }
    let all = Document::all(&bench.folder)?;
    let mut measured = Vec::new();
    for expected in MEASURED {
        let document = all.iter().find(|document| document.name == expected.document);
        let document = document.ok_or_else(|| format!("{} has no {}", bench.folder.display(), expected.document))?;
        measured.push((expected, document));
    }
    let mut rows = Vec::new();
    for (_, document) in &measured {
        rows.extend(generating(document, bench)?);
    }
    let head = [
        "document",
        "what",
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
        checking(&measured, bench)?;
    }
    Ok(())
}

/// What generating from `document` costs: rows of copperplate, of parsing alone, and of each generator that is installed.
fn generating(document: &Document, bench: &Bench) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let generated = generation::in_a_child(document, &bench.out, Types::Used)?;
    if generated.outcome != Outcome::Generated {
        return Err(format!("{} was not generated: {:?}", document.name, generated.outcome).into());
    }
    // Every run has a folder of its own, and none is removed before the last: a file system is slow to make files where it has
    // just deleted some.
    let runs = tempfile::tempdir_in(&bench.out)?;
    let mut own = Vec::new();
    let readers: &[Reader] = if is_json(&document.path) { &[Reader::Json, Reader::Yaml] } else { &[Reader::Yaml] };
    let mut parsing = vec![Vec::new(); readers.len()];
    for run in 0..bench.runs.max(1) {
        own.push(generating_to(document, &runs.path().join(format!("copperplate-{run}")))?);
        for (reader, usages) in readers.iter().zip(&mut parsing) {
            usages.push(parsing_of(document, *reader)?);
        }
    }
    let own = cheapest(&own);
    let row = |what: &str, usage: Usage, lines: Option<usize>| {
        let ratio =
            |own: f64, other: f64| if other > 0.0 { format!("{:.2} times", own / other) } else { "-".to_owned() };
        vec![
            document.name.clone(),
            what.to_owned(),
            format!("{:.2}", usage.seconds),
            format!("{:.2}", usage.cpu_seconds),
            format!("{:.0}", usage.peak_mib),
            lines.map_or("-".to_owned(), |lines| lines.to_string()),
            ratio(own.seconds, usage.seconds),
            ratio(own.cpu_seconds, usage.cpu_seconds),
            ratio(own.peak_mib, usage.peak_mib),
        ]
    };
    let mut rows = vec![row("copperplate", own, Some(peers::lines(&runs.path().join("copperplate-0"))?))];
    rows.extend(readers.iter().zip(&parsing).map(|(reader, usages)| row(reader.title(), cheapest(usages), None)));
    for peer in peers::ALL {
        let name = format!("{} {}", peer.name, peer.version);
        match peers::run(peer, &document.path, runs.path(), bench.runs.max(1))? {
            peers::Ran::Absent => {
                rows.push(vec![document.name.clone(), name, "not installed: tests/peers.sh".to_owned()])
            }
            peers::Ran::Failed(said) => rows.push(vec![document.name.clone(), name, format!("failed: {said}")]),
            peers::Ran::Generated { usages, lines } => rows.push(row(&name, cheapest(&usages), Some(lines))),
        }
    }
    Ok(rows)
}

fn cheapest(usages: &[Usage]) -> Usage {
    let least = |of: fn(&Usage) -> f64| usages.iter().map(of).fold(f64::INFINITY, f64::min);
    Usage {
        seconds: least(|usage| usage.seconds),
        cpu_seconds: least(|usage| usage.cpu_seconds),
        peak_mib: least(|usage| usage.peak_mib),
    }
}

/// What the command line costs from the document to the crate in `folder`, with all that it says.
fn generating_to(document: &Document, folder: &Path) -> Result<Usage, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["generate", "--skip-unsupported", "--out"]).arg(folder).arg(&document.path);
    let measured = measured(&command)?;
    if measured.status.success() { Ok(measured.usage) } else { Err(measured.stderr.into()) }
}

/// The other side of [`generating_to`]. Answers with the exit code of the command.
///
/// # Errors
/// Where the arguments are none of its.
pub fn generate(arguments: &[String]) -> Result<u8, Box<dyn Error>> {
    let command = ["copperplate", "generate"].into_iter().chain(arguments.iter().map(String::as_str));
    let command = copperplate::command::Command::try_parse_from(command)?;
    let said = ErrorStream { writer: &mut io::stderr(), is_colored: false };
    Ok(copperplate::command::run(command, &mut io::stdout(), said).code())
}

/// What reads a document for openapiv3.
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
            // The features of copperplate's `serde_json` are on here as well.
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

/// What reading and parsing `document` with openapiv3 costs, in a process of its own.
fn parsing_of(document: &Document, reader: Reader) -> Result<Usage, Box<dyn Error>> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["parse", reader.name()]).arg(&document.path);
    let measured = measured(&command)?;
    if measured.status.success() { Ok(measured.usage) } else { Err(measured.stderr.into()) }
}

/// The other side of [`parsing_of`].
///
/// # Errors
/// Where the document cannot be read or parsed.
pub fn parse(reader: Reader, path: &Path) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(path)?;
    let parsed: openapiv3::OpenAPI = match reader {
        Reader::Json => serde_json::from_str(&text)?,
        Reader::Yaml => serde_yaml::from_str(&text)?,
    };
    if parsed.paths.paths.is_empty() {
        return Err("the document has no paths".into());
    }
    // Freeing is no part of parsing, and a generator may end without it.
    std::mem::forget(parsed);
    Ok(())
}

/// What `cargo check` of the crates costs.
fn checking(measured: &[(&Measured, &Document)], bench: &Bench) -> Result<(), Box<dyn Error>> {
    let names: Vec<String> = measured.iter().map(|(_, document)| document.crate_name()).collect();
    let crates = Crates::workspace(&bench.out, &names)?;
    crates.prepare(&["check"])?;
    let mut rows = Vec::new();
    for (expected, document) in measured {
        let checked = crates.check(&document.crate_name(), false)?;
        let own = checked.usage;
        let share = |own: f64, other: f64| format!("{:.2} ({:.2} allowed)", own / other, expected.budget);
        rows.push(vec![
            document.name.clone(),
            format!("{:.1}", own.cpu_seconds),
            format!("{:.0}", own.peak_mib),
            checked.errors.to_string(),
            format!("{:.1}", expected.cpu_seconds),
            format!("{:.0}", expected.peak_mib),
            share(own.cpu_seconds, expected.cpu_seconds),
            share(own.peak_mib, expected.peak_mib),
        ]);
    }
    let head =
        ["document", "check CPU s", "MiB", "errors", "openapi-to-rust CPU s", "MiB", "share of CPU", "share of memory"];
    table::print(&head, &rows);
    println!("\nopenapi-to-rust's figures are those published for 0.23.0 (Rust 1.95, November 2026), not of this run.");
    Ok(())
}
