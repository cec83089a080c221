//! The command line: what the user says, and what a run answers. Each verb has a file of its name.

mod diff;
mod documents;
mod explain;
mod generate;
mod lint;
mod manifest;
mod progress;
mod report;
mod revision;
mod surface;

use std::io::Write;

use clap::{Parser, Subcommand, ValueEnum};

use crate::command::diff::Diff;
use crate::command::explain::Explain;
use crate::command::generate::Generate;
use crate::command::lint::Lint;
use crate::command::surface::Surface;

const GENERATE_CODES: &str = "Exit codes: 0 written, or nothing to write; 1 errors in the documents, or under --check a folder that is not what they say; \
                              2 arguments or files at fault";
const SURFACE_CODES: &str = "Exit codes: 0 printed; 1 errors in the documents; 2 arguments or files at fault";
const EXPLAIN_CODES: &str = "Exit codes: 0 explained; 2 there is no such finding";
const LINT_CODES: &str =
    "Exit codes: 0 no errors; 1 errors, or warnings where they are denied; 2 arguments or files at fault";
const DIFF_CODES: &str = "Exit codes: 0 compared; 1 compared, and a change weighs as much as --fail-on says; 2 not compared: arguments \
                          or files at fault, or errors in a document";

/// Hand-written OpenAPI 3.0 YAML in, a typed Rust client with validators out.
#[derive(Debug, Parser)]
#[command(name = "copperplate", version, about, args_conflicts_with_subcommands = true, after_help = GENERATE_CODES)]
pub struct Command {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    generate: Generate,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Write a crate from documents; without arguments from specs/ to generated/.
    #[command(after_help = GENERATE_CODES)]
    Generate(Generate),
    /// Print what callers of the crate would see, an item a line; without arguments of all of specs/.
    #[command(after_help = SURFACE_CODES)]
    Surface(Surface),
    /// Say what a finding means, why it matters, and what to do; without a code list all.
    #[command(after_help = EXPLAIN_CODES)]
    Explain(Explain),
    /// Tell everything there is to say about documents, and write nothing; without arguments about specs/.
    #[command(after_help = LINT_CODES)]
    Lint(Lint),
    /// Tell what a change of a document means on the wire and in the crate.
    #[command(after_help = DIFF_CODES)]
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
    /// Findings, or drift; for `diff` a change that weighs too much.
    Found,
    /// The arguments or the files are at fault; for `diff` a document with errors is, since nothing can be compared then.
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
