//! What becomes of a folder of published documents: `cargo run -p tests --bin corpus -- DIR`.
//!
//! Generates a crate from each document, leaving out what is not supported, and prints a table: what came out, at what cost,
//! and by which findings the rest is explained. An operation that is left out in silence is a failure, and so is a panic.

mod account;
mod bench;
mod crates;
mod generation;
mod peers;
mod report;
mod round_trip;
mod table;
mod tree;
mod usage;

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
use generation::{Document, Generated};
use report::Row;

/// The allocator of the `copperplate` command, so that generating costs here what it costs there.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Generates a crate from each document of a folder, and prints what became of them.
#[derive(Debug, Parser)]
#[command(name = "corpus", args_conflicts_with_subcommands = true)]
struct Command {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    run: Option<Run>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Print what generating and checking cost, as ratios to parsing and to other generators.
    Bench(bench::Bench),
    /// Generate one crate, and say as JSON what became of it; `corpus` calls itself so.
    #[command(hide = true)]
    One {
        document: PathBuf,
        #[arg(long)]
        out: PathBuf,
        #[arg(long)]
        name: String,
        #[arg(long, value_enum, default_value_t)]
        types: Types,
    },
    /// Parse one document with openapiv3; `corpus bench` calls itself so.
    #[command(hide = true)]
    Parse { reader: bench::Reader, document: PathBuf },
    /// Be `copperplate generate`; `corpus bench` calls itself so, to measure what it was built with.
    #[command(hide = true)]
    Generate {
        #[arg(allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
    /// Run a command and say what it cost; `corpus` calls itself so.
    #[command(hide = true)]
    Measure { command: Vec<String> },
}

#[derive(Debug, Args)]
struct Run {
    /// The folder of the documents.
    folder: PathBuf,
    /// Check and lint each crate.
    #[arg(long)]
    check: bool,
    /// With --check: do not lint, which takes as long as checking.
    #[arg(long)]
    no_clippy: bool,
    /// Run the tests that come from the examples of the component schemas.
    #[arg(long)]
    round_trip: bool,
    /// Only the documents of these names.
    #[arg(long, value_name = "NAME", num_args = 1..)]
    only: Vec<String>,
    /// The folder of the crates.
    #[arg(long, value_name = "DIR", default_value = "target/corpus")]
    out: PathBuf,
    /// How many documents are generated at once; Cargo has one crate after the other.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    /// How the results are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A table, for people.
    Text,
    /// One JSON object a document, a line each.
    Json,
}

fn main() -> ExitCode {
    let command = Command::parse();
    let ended = match (command.verb, command.run) {
        (Some(Verb::Bench(bench)), _) => bench::run(&bench).map(|()| 0),
        (Some(Verb::Parse { reader, document }), _) => bench::parse(reader, &document).map(|()| 0),
        (Some(Verb::One { document, out, name, types }), _) => {
            generation::one(&document, &out, &name, types).map(|()| 0).map_err(Into::into)
        }
        (Some(Verb::Generate { arguments }), _) => bench::generate(&arguments),
        (Some(Verb::Measure { command }), _) => usage::measure(&command).map_err(Into::into),
        (None, Some(run)) => self::run(&run).map(|holds| u8::from(!holds)),
        (None, None) => Err("name the folder of the documents; --help says more".into()),
    };
    match ended {
        Ok(code) => ExitCode::from(code),
        Err(fault) => {
            eprintln!("error: {fault}");
            ExitCode::from(2)
        }
    }
}

/// Whether everything holds that has to.
fn run(run: &Run) -> Result<bool, Box<dyn Error>> {
    let documents = chosen(&run.folder, &run.only)?;
    let jobs = run.jobs.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from));
    // What comes back is asked of every component, used or not.
    let types = if run.round_trip { Types::All } else { Types::Used };
    let mut rows: Vec<Row> = generate_all(&documents, &run.out, types, jobs)?
        .into_iter()
        .zip(&documents)
        .map(|(generated, document)| Row::new(document, generated))
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
    Ok(rows.iter().all(Row::holds))
}

fn chosen(folder: &Path, only: &[String]) -> Result<Vec<Document>, Box<dyn Error>> {
    let mut documents = Document::all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    if let Some(unknown) = only.iter().find(|name| !documents.iter().any(|document| document.name == **name)) {
        return Err(format!("{} has no document {unknown}", folder.display()).into());
    }
    documents.retain(|document| only.is_empty() || only.contains(&document.name));
    if documents.is_empty() { Err(format!("{} has no documents", folder.display()).into()) } else { Ok(documents) }
}

/// Generates all crates, `jobs` at a time.
fn generate_all(documents: &[Document], out: &Path, types: Types, jobs: usize) -> io::Result<Vec<Generated>> {
    let waiting = Mutex::new(documents.iter().enumerate());
    let done = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..jobs.max(1) {
            scope.spawn(|| {
                loop {
                    let next = waiting.lock().unwrap().next();
                    let Some((index, document)) = next else { break };
                    let generated = generation::in_a_child(document, out, types);
                    done.lock().unwrap().push((index, generated));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, generated)| generated).collect()
}

fn check_all(crates: &Crates, rows: &mut [Row], lint: bool) -> io::Result<()> {
    eprintln!("building what the crates depend on");
    crates.prepare(&["check"])?;
    if lint {
        crates.prepare(&["clippy"])?;
    }
    for row in rows.iter_mut().filter(|row| row.has_crate()) {
        let checked = crates.check(&row.crate_name, lint)?;
        eprintln!("checked {}: {} errors, {} warnings", row.document, checked.errors, checked.warnings);
        row.checked = Some(checked);
    }
    Ok(())
}

fn test_all(crates: &Crates, rows: &mut [Row]) -> io::Result<()> {
    eprintln!("building what the crates depend on");
    crates.prepare(&["test", "--lib", "--no-default-features"])?;
    for row in rows.iter_mut().filter(|row| row.has_crate()) {
        let tested = round_trip::Tested::of(&crates.test(&row.crate_name)?);
        eprintln!(
            "tested {}: {} of {} component examples",
            row.document,
            tested.components.passed(),
            tested.components.all()
        );
        row.tested = Some(tested);
    }
    Ok(())
}
