//! The command line: what the user says, and what a run answers. Each verb has a file of its name.

mod diff;
mod documents;
mod explain;
mod generate;
mod lint;
mod progress;
mod report;
mod revision;
mod surface;

use std::io::Write;

use clap::{Parser, Subcommand, ValueEnum};

use diff::Diff;
use explain::Explain;
use generate::Generate;
use lint::Lint;
use surface::Surface;

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
    /// Print what callers of the crate would see, an item a line; without arguments of all of specs/.
    Surface(Surface),
    /// Say what a finding means, why it matters, and what to do; without a code list all.
    Explain(Explain),
    /// Tell everything there is to say about documents, and write nothing; without arguments about specs/.
    Lint(Lint),
    /// Tell what a change of a document means on the wire and in the crate.
    Diff(Diff),
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
    let ended = match command.verb.unwrap_or(Verb::Generate(command.generate)) {
        Verb::Generate(generate) => generate.run(out, &mut err),
        Verb::Surface(surface) => surface.run(out, &mut err),
        Verb::Explain(explain) => explain.run(out),
        Verb::Lint(lint) => lint.run(out, &mut err),
        Verb::Diff(diff) => diff.run(out, &mut err),
    };
    ended.unwrap_or_else(|fault| {
        // Where even this cannot be said there is nobody to say it to.
        _ = writeln!(err.to, "error: {fault}");
        Ending::Failed
    })
}
