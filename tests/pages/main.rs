//! Reads documentation pages, and measures what the stages `page` and `transcribe` make of them. Each subcommand exits with 1 if a
//! figure is beyond its limit.
//!
//! - `pages read ../shared/pages`: how many lines and rows become facts.
//! - `pages cost ../shared/pages`: how long it takes to read a page. Use a build with `--profile fuzz`.
//! - `pages drafts ../shared/pages --out DIR`: drafts without errors, which agree with their pages; and one draft for each product,
//!   for `corpus DIR --check`.
//! - `pages changes ../shared/pages --every 20`: changes of pages, which `proof` finds in the drafts of the unchanged pages.
//! - `pages answers PAGES --document FILE`: drafts against the document of the vendor.
//! - `pages specs`: drafts against the documents in `specs/`, which are written by hand.

mod answers;
mod changes;
mod claims;
mod disagreements;
mod drafts;
mod figures;
mod files;
mod listing;
mod source;
mod specs;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

/// Reads documentation pages and prints tables of the results.
#[derive(Debug, Parser)]
#[command(name = "pages")]
enum Command {
    /// Print how many lines and rows of the pages become facts.
    Read(figures::Read),
    /// Print how long it takes to read a page.
    Cost(figures::Cost),
    /// Change a fact, a row or the columns of a page, and look for the change with `proof`.
    Changes(changes::Changes),
    /// Write a draft of each page, generate from it, and proof-read it.
    Drafts(drafts::Drafts),
    /// Compare drafts of pages with the documents of the vendor.
    Answers(answers::Answers),
    /// Compare drafts of the pages with the documents in `specs/`.
    Specs(specs::Specs),
}

/// Pages, and folders of pages.
#[derive(Debug, clap::Args)]
struct Pages {
    /// Pages, and folders of pages.
    #[arg(required = true)]
    paths: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let result = match Command::parse() {
        Command::Read(read) => Ok(read.run()),
        Command::Cost(cost) => Ok(cost.run()),
        Command::Changes(changes) => changes.run(),
        Command::Drafts(drafts) => drafts.run(),
        Command::Answers(answers) => answers.run(),
        Command::Specs(specs) => specs.run(),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}
