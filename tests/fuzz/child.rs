//! Does runs in a child process.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use copperplate::large_stack::with_stack;
use serde::{Deserialize, Serialize};

use crate::Target;
use crate::failure::{Failure, guarded, record_panics};
use crate::input::{Input, random};
use crate::limit::{end_if_too_large, limit_memory};
use crate::progress::Progress;
use crate::seeds::Seeds;

/// The runs that a child process does.
#[derive(Debug, Clone, clap::Args)]
pub struct Runs {
    #[arg(long)]
    pub seed: u64,
    #[arg(long, value_enum)]
    pub target: Target,
    /// The number of the first run.
    #[arg(long)]
    pub from: u64,
    /// The number after the number of the last run.
    #[arg(long)]
    pub to: u64,
    /// The process records its progress before each run whose number is a multiple of this number.
    #[arg(long)]
    pub every: u64,
    /// The file for the progress.
    #[arg(long)]
    pub progress: PathBuf,
    /// The file with the documents that are changed.
    #[arg(long)]
    pub seeds: PathBuf,
}

/// A run that failed, with the failure.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct FailedRun {
    pub run: u64,
    pub failure: Failure,
}

/// The number of runs that came so far.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize)]
pub struct Counts {
    /// A crate was printed.
    pub printed: u64,
    /// Two documents were compared.
    pub compared: u64,
}

/// Does the runs. Prints each [`FailedRun`] as a line of JSON, and the [`Counts`] at the end.
pub fn run(runs: &Runs) -> Result<(), Box<dyn Error>> {
    limit_memory()?;
    // Otherwise, each run would start several threads.
    with_stack(|| run_all(runs).map_err(|error| error.to_string()))?;
    Ok(())
}

fn run_all(runs: &Runs) -> Result<(), Box<dyn Error>> {
    let needs_seeds = matches!(runs.target, Target::Documents | Target::Bytes);
    let seeds = if needs_seeds { Seeds::read(&runs.seeds)? } else { Seeds::default() };
    let mut progress = Progress::create(&runs.progress)?;
    let mut counts = Counts::default();
    record_panics();
    for run in runs.from..runs.to {
        if run % runs.every == 0 || run == runs.from {
            progress.record(run)?;
        }
        let failure = guarded(|| {
            let reached = Input::new(runs.target, &seeds, &mut random(runs.seed, run)).execute();
            counts.printed += u64::from(reached.is_printed);
            counts.compared += u64::from(reached.is_compared);
        });
        if let Some(failure) = failure {
            println!("{}", serde_json::to_string(&FailedRun { run, failure })?);
        }
        end_if_too_large();
    }
    println!("{}", serde_json::to_string(&counts)?);
    Ok(())
}

/// Does one run with the input in a file. Prints the [`Failure`] as JSON.
pub fn execute(input: &Path) -> Result<(), Box<dyn Error>> {
    limit_memory()?;
    let input: Input = serde_json::from_slice(&fs::read(input)?)?;
    record_panics();
    if let Some(failure) = guarded(|| _ = input.execute()) {
        println!("{}", serde_json::to_string(&failure)?);
    }
    end_if_too_large();
    Ok(())
}
