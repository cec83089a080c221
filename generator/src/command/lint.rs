//! `lint`: reports the findings of documents, and writes nothing.

use std::io::Write;

use clap::Args;

use crate::command::deny::Deny;
use crate::command::documents::SourceFiles;
use crate::command::output::{ErrorStream, ExitStatus, Format};
use crate::command::project::{DocumentArguments, Project};
use crate::command::report::{EXPLAIN_HINT, counted, print};
use crate::finding::{Finding, Purpose, Severity};
use crate::options::Options;
use crate::pipeline::Pipeline;

#[derive(Debug, Args)]
pub(super) struct Lint {
    #[command(flatten)]
    documents: DocumentArguments,
    #[command(flatten)]
    deny: Deny,
    /// Report every finding, instead of the first five of each rule, or 100 of each code, and their number
    #[arg(long)]
    all: bool,
    /// Format of findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Lint {
    /// Reports the findings.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a file cannot be read.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let project = Project::find(&self.documents, Purpose::Lint, err)?;
        let (files, mut findings) = (SourceFiles::new(&project.allowed_folders), Vec::new());
        let inputs = files.read_documents(&project.documents, &mut findings)?;
        let options = Options::default();
        findings.extend(Pipeline::new(&options).with_files(&|document, path| files.read(document, path)).lint(&inputs));
        let all = if self.all { "" } else { "`--all`" };
        print(&findings, &inputs, &files.into_texts(), (self.format, Purpose::Lint, all), err)
            .map_err(|error| error.to_string())?;
        if self.format == Format::Text {
            writeln!(out, "{}", summary(inputs.len(), &findings)).map_err(|error| error.to_string())?;
            if !findings.is_empty() {
                writeln!(out, "{EXPLAIN_HINT}").map_err(|error| error.to_string())?;
            }
        }
        Ok(self.deny.status(&findings))
    }
}

fn summary(documents: usize, findings: &[Finding]) -> String {
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Note, "note")];
    let counts = counts.map(|(severity, word)| counted(count(severity), word));
    format!("{}: {}", counted(documents, "document"), counts.join(", "))
}
