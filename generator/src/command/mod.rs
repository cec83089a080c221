//! The command line. Each command has a module with its name.

mod deny;
mod diff;
mod document_source;
mod documents;
mod explain;
mod file_access;
mod format_argument;
mod generate;
mod init;
mod lint;
mod manifest;
mod output;
mod progress;
mod project;
mod proof;
mod report;
mod revision;
mod surface;
mod transcribe;

use std::io::Write;

use clap::{Parser, Subcommand};

use crate::command::diff::Diff;
use crate::command::explain::Explain;
use crate::command::generate::Generate;
use crate::command::init::Init;
use crate::command::lint::Lint;
use crate::command::proof::Proof;
use crate::command::surface::Surface;
use crate::command::transcribe::Transcribe;
use crate::configuration::SCHEMA;
use crate::text::printable::printable;
pub use output::{ErrorStream, ExitStatus};

const GENERATE_CODES: &str = "\
Exit codes:
  0  The crate was written, or was up to date
  1  A document has errors, or --check found a difference
  2  The arguments are wrong, or a file cannot be read or written";

const LINT_CODES: &str = "\
Exit codes:
  0  No errors
  1  A document has errors, or warnings with --deny warnings
  2  The arguments are wrong, or a file cannot be read";

const DIFF_CODES: &str = "\
Exit codes:
  0  The documents were compared
  1  The documents were compared, and a change matches --fail-on
  2  Nothing was compared: the arguments are wrong, a file cannot be read, or a document has errors";

const PROOF_CODES: &str = "\
Exit codes:
  0  The document agrees with its pages, except for acknowledged differences
  1  The document differs from a page, or warnings with --deny warnings
  2  The arguments are wrong, or a file cannot be read";

const TRANSCRIBE_CODES: &str = "\
Exit codes:
  0  The draft was written
  2  The arguments are wrong, a file cannot be read or written, or no page has a request URL";

const SURFACE_CODES: &str = "\
Exit codes:
  0  The items were listed
  1  A document has errors
  2  The arguments are wrong, or a file cannot be read";

const EXPLAIN_CODES: &str = "\
Exit codes:
  0  The finding or extension was explained
  2  There is no such finding or extension";

const INIT_CODES: &str = "\
Exit codes:
  0  The project was started
  1  A document in specs/ has errors
  2  The project exists already, or a file cannot be written";

const SCHEMA_CODES: &str = "\
Exit codes:
  0  The schema was printed";

/// Generates a typed Rust client with validators from OpenAPI documents
///
/// Without a command, `copperplate` generates a crate.
#[derive(Debug, Parser)]
#[command(name = "copperplate", version, args_conflicts_with_subcommands = true, after_help = GENERATE_CODES)]
pub struct Command {
    #[command(subcommand)]
    subcommand: Option<Subcommands>,
    #[command(flatten)]
    generate: Generate,
}

#[derive(Debug, Subcommand)]
enum Subcommands {
    /// Generate a crate from documents
    ///
    /// Without arguments, generates the crate of `copperplate.toml`; without that file, generated/ from all documents in specs/.
    #[command(after_help = GENERATE_CODES)]
    Generate(Generate),
    /// Report the findings of documents, and write nothing
    ///
    /// Reports the findings of `generate`, and parts that are valid but probably not meant.
    #[command(after_help = LINT_CODES)]
    Lint(Lint),
    /// List the changes between two versions of a document
    ///
    /// Lists each change with its effect: on the wire, for callers of the API, and in the generated crate, for code that uses it.
    #[command(after_help = DIFF_CODES)]
    Diff(Diff),
    /// Compare a document with the documentation pages that it transcribes
    ///
    /// Compares each fact of a page with the document, and each claim of the document with the page. `x-source` in the document names
    /// the page of an operation.
    #[command(after_help = PROOF_CODES)]
    Proof(Proof),
    /// Write a draft of a document from documentation pages
    ///
    /// The draft has the facts of the pages with their lines. Its comments list what could not be read.
    #[command(after_help = TRANSCRIBE_CODES)]
    Transcribe(Transcribe),
    /// List the public items of the generated crate, one per line
    #[command(after_help = SURFACE_CODES)]
    Surface(Surface),
    /// Explain a finding or an extension, or list all of them
    #[command(after_help = EXPLAIN_CODES)]
    Explain(Explain),
    /// Start a project: a document, copperplate.toml and a generated crate
    ///
    /// Overwrites no file. If specs/ has documents, they are used.
    #[command(after_help = INIT_CODES)]
    Init(Init),
    /// Print a JSON Schema of copperplate.toml, for editors
    #[command(after_help = SCHEMA_CODES)]
    Schema,
}

/// Prints the JSON Schema of `copperplate.toml`.
fn print_schema(out: &mut dyn Write) -> Result<ExitStatus, String> {
    write!(out, "{SCHEMA}").map_err(|error| error.to_string())?;
    Ok(ExitStatus::Success)
}

/// Runs the command. Results go to `out`, findings and errors to `err`.
pub fn run(command: Command, out: &mut dyn Write, mut err: ErrorStream<'_>) -> ExitStatus {
    let result = match command.subcommand.unwrap_or(Subcommands::Generate(command.generate)) {
        Subcommands::Generate(generate) => generate.run(out, &mut err),
        Subcommands::Lint(lint) => lint.run(out, &mut err),
        Subcommands::Diff(diff) => diff.run(out, &mut err),
        Subcommands::Proof(proof) => proof.run(out, &mut err),
        Subcommands::Transcribe(transcribe) => transcribe.run(out, &mut err),
        Subcommands::Surface(surface) => surface.run(out, &mut err),
        Subcommands::Explain(explain) => explain.run(out),
        Subcommands::Init(init) => init.run(out, &mut err),
        Subcommands::Schema => print_schema(out),
    };
    result.unwrap_or_else(|error| {
        // If standard error is closed, the error cannot be reported.
        _ = writeln!(err.writer, "error: {}", printable(&error));
        ExitStatus::Failure
    })
}
