//! `diff`: what a change of a document means for whoever calls the API, and for whoever compiles against the crate.

use std::collections::HashMap;
use std::io::Write;

use clap::{Args, ValueEnum};

use crate::command::report::report;
use crate::command::revision::Revision;
use crate::command::{Ending, Format, Said};
use crate::diff::{Change, Level, Report, Texts, json, markdown, text};
use crate::finding::{Finding, Purpose};
use crate::options::{Options, Types};
use crate::pipeline::Pipeline;
use crate::surface::Level as CrateLevel;

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// The older document: a file, or REF:PATH as git has it, such as HEAD~1:specs/osm.yaml.
    old: String,
    /// The newer document: a file, or REF:PATH.
    new: String,
    /// Exit with 1 where a change weighs that much, or more on the same axis. What is not compared weighs nothing.
    #[arg(long, value_enum, value_name = "LEVEL")]
    fail_on: Option<FailOn>,
    /// Go on with documents that have errors, or use what is not supported yet: what is passed over is told, and operations that the
    /// crate does not have are not compared.
    #[arg(long)]
    skip_unsupported: bool,
    /// How changes are printed.
    #[arg(long, value_enum, default_value_t = Print::Text)]
    format: Print,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Callers fail.
    Breaking,
    /// Callers fail, or may.
    Dangerous,
    /// Code that was written against the crate does not compile, or means something else.
    Major,
    /// The crate is another one for those who compile against it.
    Minor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Print {
    /// For people; nothing where nothing changed.
    Text,
    /// For a pull request; a line where nothing changed.
    Markdown,
    /// One JSON object.
    Json,
}

impl Diff {
    /// Prints the changes; nothing where there are none.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut Said<'_>) -> Result<Ending, String> {
        let (old, new) = (Revision::of(&self.old)?, Revision::of(&self.new)?);
        let options = Options {
            crate_name: String::new(),
            at_root: true,
            skip_unsupported: self.skip_unsupported,
            types: Types::Used,
            features: true,
        };
        let read_old = |path: &str| old.read(path);
        let read_new = |path: &str| new.read(path);
        let compared = Pipeline::new(&options).diff((&old.input, &read_old), (&new.input, &read_new));
        let (old, new) = (texts(old), texts(new));
        for (findings, texts) in [(compared.old, &old), (compared.new, &new)] {
            told(findings, texts, compared.changes.is_some(), err)?;
        }
        let Some(changes) = compared.changes else { return Ok(Ending::Failed) };
        let report = Report { changes: &changes, omissions: &compared.omissions, old: &old, new: &new };
        let print = match self.format {
            Print::Text => text,
            Print::Markdown => markdown,
            Print::Json => json,
        };
        write!(out, "{}", print(&report)).map_err(|error| error.to_string())?;
        let fails = self.fail_on.is_some_and(|fail_on| changes.iter().any(|change| fail_on.is_met(change)));
        Ok(if fails { Ending::Found } else { Ending::Done })
    }
}

impl FailOn {
    fn is_met(self, change: &Change) -> bool {
        match self {
            Self::Breaking => change.level() >= Some(Level::Breaking),
            Self::Dangerous => change.level() >= Some(Level::Dangerous),
            Self::Major => change.crate_level() >= Some(CrateLevel::Major),
            Self::Minor => change.crate_level() >= Some(CrateLevel::Minor),
        }
    }
}

fn texts(revision: Revision) -> Texts {
    let prefix = revision.prefix();
    let name = format!("{prefix}{}", revision.input.file);
    Texts { name, files: revision.into_texts(), prefix }
}

/// Tells the findings that stop the run, and those that do not because the user goes on, in files that are called as the user called
/// the document.
fn told(mut findings: Vec<Finding>, texts: &Texts, is_compared: bool, err: &mut Said<'_>) -> Result<(), String> {
    findings.retain(|finding| if is_compared { finding.is_passed_over() } else { finding.is_error() });
    for finding in &mut findings {
        finding.file.insert_str(0, &texts.prefix);
        finding.related.iter_mut().for_each(|related| related.file.insert_str(0, &texts.prefix));
    }
    let files: HashMap<String, String> =
        texts.files.iter().map(|(file, text)| (format!("{}{file}", texts.prefix), text.clone())).collect();
    report(&findings, &[], &files, (Format::Text, Purpose::Comparison), err).map_err(|error| error.to_string())
}
