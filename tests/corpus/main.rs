//! Generates a crate from each published document in a folder: `cargo run -p tests --bin corpus -- DIR`.
//!
//! Unsupported constructs are skipped, as with `--skip-unsupported`. The program prints tables of the operations, the cost and
//! the findings, and can also check and test the crates. It exits with 1 in these cases: the generator panics, no finding
//! explains why an operation is skipped, a crate does not compile, or the tests of a crate do not run.

mod bench;
mod coverage;
mod crates;
mod document_tree;
mod generation;
mod peers;
mod report;
mod resource_usage;
mod round_trip;
mod scaling;
mod table;

use std::error::Error;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Mutex;
use std::thread;

use clap::{Args, Parser, Subcommand, ValueEnum};
use copperplate::Types;
use mimalloc::MiMalloc;

use crates::Crates;
use generation::{Document, GenerationResult};
use report::Row;
use round_trip::TestResults;

/// The allocator of the `copperplate` command. With it, generating costs the same here as in the command.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Generates a crate from each document in a folder, and prints the operations, the cost and the findings of each document.
#[derive(Debug, Parser)]
#[command(name = "corpus", args_conflicts_with_subcommands = true)]
struct Command {
    #[command(subcommand)]
    subcommand: Option<Action>,
    #[command(flatten)]
    run: Option<Run>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Measure the cost of generating and checking, compared with parsing and with other generators.
    Bench(bench::Bench),
    /// Measure how the cost grows with the size of a document, and fail if it grows much faster than linearly.
    Scaling(scaling::Scaling),
    /// Generate one crate and print the result as JSON. For internal use: `corpus` runs itself with this subcommand.
    #[command(hide = true)]
    GenerateOne {
        document: PathBuf,
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        name: String,
        #[arg(long, value_enum, default_value_t)]
        types: Types,
    },
    /// Parse one document with openapiv3. For internal use: `corpus bench` runs itself with this subcommand.
    #[command(hide = true)]
    Parse { reader: bench::Reader, document: PathBuf },
    /// Run the `copperplate` command in this process. For internal use: `corpus bench` runs itself with this subcommand.
    #[command(hide = true)]
    Copperplate {
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run a command of `copperplate` within limits of time and memory. For internal use: `corpus scaling` runs itself with this
    /// subcommand.
    #[command(hide = true)]
    Limited {
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run a command and report its resource usage. For internal use: `corpus` runs itself with this subcommand.
    #[command(hide = true)]
    Measure { command: Vec<String> },
}

#[derive(Debug, Args)]
struct Run {
    /// The folder of the documents.
    folder: PathBuf,
    /// Run `cargo check` and `cargo clippy` on each crate.
    #[arg(long)]
    check: bool,
    /// Do not run `cargo clippy` under `--check`. This halves the time.
    #[arg(long)]
    no_clippy: bool,
    /// Run the tests that the crates have for the examples in their documents.
    #[arg(long)]
    round_trip: bool,
    /// Process only the documents with these names.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// The folder for the generated crates.
    #[arg(long, value_name = "DIR", default_value = "target/corpus")]
    out: PathBuf,
    /// The number of documents that are processed in parallel. Cargo always runs for one crate at a time.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// The format of the results.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Tables for people.
    Text,
    /// A JSON object for each document, one per line.
    Json,
}

fn main() -> ExitCode {
    let command = Command::parse();
    let result = match (command.subcommand, command.run) {
        (Some(Action::Bench(bench)), _) => bench::run(&bench).map(|()| 0),
        (Some(Action::Parse { reader, document }), _) => bench::parse(reader, &document).map(|()| 0),
        (Some(Action::GenerateOne { document, out, name, types }), _) => {
            generation::generate_one(&document, &out, &name, types).map(|()| 0).map_err(Into::into)
        }
        (Some(Action::Scaling(scaling)), _) => scaling::run(&scaling).map(|passes| u8::from(!passes)),
        (Some(Action::Copperplate { arguments }), _) => bench::copperplate(&arguments),
        (Some(Action::Limited { arguments }), _) => scaling::limited(&arguments),
        (Some(Action::Measure { command }), _) => resource_usage::measure(&command).map_err(Into::into),
        (None, Some(run)) => self::run(&run).map(|passes| u8::from(!passes)),
        (None, None) => Err("no folder is given. Pass the folder of the documents, or see `--help`.".into()),
    };
    match result {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

/// Generates the crates of the selected documents, checks and tests them if requested, and prints the results. Returns whether all
/// documents pass.
fn run(run: &Run) -> Result<bool, Box<dyn Error>> {
    let documents = selected_documents(&run.folder, &run.only)?;
    let jobs = run.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    // A round trip covers all component schemas, including those that no operation uses.
    let types = if run.round_trip { Types::All } else { Types::Used };
    let mut rows: Vec<Row> = generate_all(&documents, &run.out, types, jobs)?
        .into_iter()
        .zip(&documents)
        .map(|(generation, document)| Row::new(document, generation))
        .collect();
    let names: Vec<String> = rows.iter().filter(|row| row.has_crate()).map(|row| row.crate_name.clone()).collect();
    if run.check || run.round_trip {
        let crates = Crates::workspace(&run.out, &names)?;
        if run.check {
            check_all(&crates, &mut rows, !run.no_clippy)?;
        }
        if run.round_trip {
            test_all(&crates, &mut rows)?;
        }
    }
    match run.format {
        Format::Text => report::print(&rows),
        Format::Json => rows.iter().for_each(|row| println!("{}", serde_json::json!(row))),
    }
    Ok(rows.iter().all(Row::passes))
}

/// Returns the documents in `folder`. If `only` is not empty, returns only the documents with these names.
fn selected_documents(folder: &Path, only: &[String]) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut documents = Document::list(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if let Some(unknown) = only.iter().find(|name| !documents.iter().any(|document| document.name == **name)) {
        return Err(format!("`{}` has no document `{unknown}`", folder.display()).into());
    }
    documents.retain(|document| only.is_empty() || only.contains(&document.name));
    if documents.is_empty() { Err(format!("`{}` has no documents", folder.display()).into()) } else { Ok(documents) }
}

/// Generates all crates, with `jobs` processes in parallel. The results are in the order of the documents.
fn generate_all(documents: &[Document], out: &Path, types: Types, jobs: usize) -> io::Result<Vec<GenerationResult>> {
    let waiting = Mutex::new(documents.iter().enumerate());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some((index, document)) = next else { break };
                    let result = generation::generate_in_child(document, out, types);
                    done.lock().unwrap().push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

fn check_all(crates: &Crates, rows: &mut [Row], lint: bool) -> io::Result<()> {
    eprintln!("building the dependencies of the crates");
    crates.build_dependencies(&["check"])?;
    if lint {
        crates.build_dependencies(&["clippy"])?;
    }
    for row in rows.iter_mut().filter(|row| row.has_crate()) {
        let check = crates.check(&row.crate_name, lint)?;
        eprintln!("checked {}: {} errors, {} warnings", row.document, check.errors, check.warnings);
        row.check = Some(check);
    }
    Ok(())
}

fn test_all(crates: &Crates, rows: &mut [Row]) -> io::Result<()> {
    eprintln!("building the dependencies of the crates");
    crates.build_dependencies(&["test", "--lib", "--no-default-features"])?;
    for row in rows.iter_mut().filter(|row| row.has_crate()) {
        let results = TestResults::parse(&crates.test(&row.crate_name)?);
        eprintln!(
            "tested {}: {} of {} component examples pass",
            row.document,
            results.components.passed(),
            results.components.all()
        );
        row.test_results = Some(results);
    }
    Ok(())
}
