//! `fuzz [--seed N] [--runs N] [--target documents|bytes|decoders|names]`: runs the generator and the runtime on random input.
//!
//! - `documents` changes documents of this repository at random places, generates a crate from each result, and runs one further
//!   command on it; most documents are small: one operation of a document, and the components that it uses;
//! - `bytes` changes the text of the documents, and does the same;
//! - `decoders` passes random texts and values to the runtime of generated crates;
//! - `names` generates crates from documents with hostile names, and compiles the crates.
//!
//! A run fails if it panics, overflows the stack, uses too much memory, or takes too long. Therefore child processes do the runs.
//! The program shrinks each input that fails, writes the result to the folder `--found`, and exits with 1.
//!
//! Each run depends only on the seed, its number, and the documents in `--corpus`. Equal arguments give equal runs, whatever the
//! number of processes.

#[path = "../properties/random.rs"]
mod random;

mod bytes;
mod child;
mod decoders;
mod failing;
mod failure;
mod hostile;
mod input;
mod limit;
mod mutation;
mod names;
mod parent;
mod part;
mod pipeline;
mod progress;
mod seeds;
mod shrink;

use std::error::Error;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};
use mimalloc::MiMalloc;
use serde::{Deserialize, Serialize};

// As in the command.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Runs the generator and the runtime on random input.
#[derive(Debug, Parser)]
#[command(name = "fuzz")]
struct Command {
    #[command(subcommand)]
    subcommand: Option<Internal>,
    #[command(flatten)]
    arguments: Arguments,
}

/// The arguments of the program.
#[derive(Debug, Clone, clap::Args)]
pub struct Arguments {
    /// The seed of the random input.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The number of runs.
    #[arg(long, default_value_t = 1000)]
    runs: u64,
    /// Start no more runs after this time, in seconds.
    #[arg(long, value_name = "SECONDS")]
    seconds: Option<u64>,
    /// The number of the first run.
    #[arg(long, default_value_t = 0)]
    first: u64,
    /// The part that gets the input.
    #[arg(long, value_enum, default_value_t = Target::Documents)]
    target: Target,
    /// The number of child processes that run in parallel.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Folders of published documents. Parts of these documents are changed, too.
    #[arg(long, value_name = "DIR", num_args = 1..)]
    corpus: Vec<PathBuf>,
    /// The folder for the inputs that fail.
    #[arg(long, value_name = "DIR", default_value = "target/fuzz-found")]
    found: PathBuf,
    /// The time that one run may take, in seconds.
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    limit: u64,
}

/// The part that gets the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
pub enum Target {
    /// The generator, with changed documents.
    Documents,
    /// The generator, with changed texts.
    Bytes,
    /// The runtime of generated crates.
    Decoders,
    /// The compiler, with crates from documents with hostile names.
    Names,
    /// No part: the runs fail on purpose. A test uses this.
    #[value(hide = true)]
    Failing,
}

impl Target {
    fn name(self) -> &'static str {
        match self {
            Self::Documents => "documents",
            Self::Bytes => "bytes",
            Self::Decoders => "decoders",
            Self::Names => "names",
            Self::Failing => "failing",
        }
    }
}

/// The program runs itself with these subcommands.
#[derive(Debug, Subcommand)]
enum Internal {
    /// Do some runs, and print the failures as JSON.
    #[command(hide = true)]
    Child(child::Runs),
    /// Do one run with the input in a file, and print the failure as JSON.
    #[command(hide = true)]
    Execute { input: PathBuf },
}

fn main() -> ExitCode {
    let command = Command::parse();
    let result = match command.subcommand {
        Some(Internal::Child(runs)) => child::run(&runs).map(|()| true),
        Some(Internal::Execute { input }) => child::execute(&input).map(|()| true),
        None => run(&command.arguments),
    };
    match result {
        Ok(passes) => ExitCode::from(u8::from(!passes)),
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &Arguments) -> Result<bool, Box<dyn Error>> {
    match arguments.target {
        Target::Names => names::run(arguments),
        _ => parent::run(arguments),
    }
}
