//! `lint`: everything there is to say about documents, and nothing is written.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::command::documents::{Disk, documents, workspace};
use crate::command::report::{counted, print};
use crate::command::{Ending, Format, Said};
use crate::finding::{Finding, Purpose, Severity};
use crate::lint::TOLD;
use crate::options::Options;
use crate::pipeline::Pipeline;

#[derive(Debug, Args)]
pub(super) struct Lint {
    /// The documents; all of specs/*.yaml, specs/*.yml and specs/*.json unless given.
    specs: Vec<PathBuf>,
    /// Exit with 1 where there are warnings, too.
    #[arg(long, value_name = "WHAT")]
    deny: Option<Denied>,
    /// Tell every finding, not only the first five of each kind and a count.
    #[arg(long)]
    all: bool,
    /// How findings are printed.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// What counts as a failure beside errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Denied {
    /// Warnings; notes never do.
    Warnings,
}

impl Lint {
    /// Tells what is found. Errors fail the run, warnings where they are denied, notes never.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut Said<'_>) -> Result<Ending, String> {
        let specs = match self.specs.as_slice() {
            [] => documents(&workspace()?.join("specs"))?,
            specs => specs.to_vec(),
        };
        let (disk, mut findings) = (Disk::default(), Vec::new());
        let inputs = disk.documents(&specs, &mut findings)?;
        // A program wants all, and counts for itself.
        let told = Some(TOLD).filter(|_| !self.all && self.format == Format::Text);
        findings.extend(Pipeline::new(&Options::default()).with_files(&|path| disk.read(path)).lint(&inputs, told));
        print(&findings, &inputs, &disk.texts(), (self.format, Purpose::Advice), err)
            .map_err(|error| error.to_string())?;
        if self.format == Format::Text {
            writeln!(out, "{}", summary(inputs.len(), &findings)).map_err(|error| error.to_string())?;
        }
        let fails = |finding: &Finding| match finding.severity {
            Severity::Error => true,
            Severity::Warning => self.deny == Some(Denied::Warnings),
            Severity::Note => false,
        };
        Ok(if findings.iter().any(fails) { Ending::Found } else { Ending::Done })
    }
}

fn summary(documents: usize, findings: &[Finding]) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = counts.map(|(severity, word)| counted(count(severity), word));
    format!("{}: {}", counted(documents, "document"), counts.join(", "))
}
