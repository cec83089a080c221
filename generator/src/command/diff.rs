//! `diff`: lists the changes between two versions of a document.

use std::collections::HashMap;
use std::io::Write;

use clap::{Args, ValueEnum};

use crate::command::document_source::ChangeArguments;
use crate::command::file_access::AllowedFolders;
use crate::command::output::{ErrorStream, ExitStatus, Format};
use crate::command::project::Project;
use crate::command::report::print_with_summary;
use crate::command::revision::Revision;
use crate::diff::{Change, Impact, Report, SourceTexts, json, markdown, text};
use crate::finding::{Finding, Purpose};
use crate::options::Options;
use crate::pipeline::Pipeline;
use crate::surface::VersionBump;

#[derive(Debug, Args)]
pub(super) struct Diff {
    /// Older document: a file, or GIT-REF:PATH such as HEAD~1:specs/pets.yaml
    old: String,
    /// Newer document: a file, or GIT-REF:PATH
    new: String,
    /// Exit with 1 if a change has this effect, or a more severe one
    #[arg(long, value_enum, value_name = "EFFECT")]
    fail_on: Option<FailOn>,
    /// Compare documents that have errors; operations that a crate lacks because of them are listed as not compared
    #[arg(long)]
    skip_unsupported: bool,
    /// Format of the changes
    #[arg(long, value_enum, default_value_t = ReportFormat::Text)]
    format: ReportFormat,
    #[command(flatten)]
    changes: ChangeArguments,
    #[command(flatten)]
    allowed_folders: AllowedFolders,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// On the wire: existing callers fail
    Breaking,
    /// On the wire: existing callers fail, or may fail
    Dangerous,
    /// In the crate: existing code no longer compiles, or changes its meaning
    Major,
    /// In the crate: items were added or deprecated, or existing code is affected as for `major`
    Minor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// For people; empty if nothing changed
    Text,
    /// For a comment on a pull request
    Markdown,
    /// One JSON object
    Json,
}

impl Diff {
    /// Prints the changes.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a document cannot be read.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let compared = [self.old.as_str(), self.new.as_str()];
        let (document, project) = Project::of_comparison(compared, &self.changes, &self.allowed_folders, err)?;
        let read = |name: &str| Revision::read(name, &document, &project.allowed_folders);
        let (old, new) = (read(&self.old)?, read(&self.new)?);
        let options = Options {
            crate_name: String::new(),
            at_root: true,
            skip_unsupported: self.skip_unsupported || project.configuration.skip_unsupported,
            types: project.configuration.types,
            traits: project.configuration.traits,
            features: true,
            ..Options::default()
        };
        let read_old = |_: &str, path: &str| old.read_file(path);
        let read_new = |_: &str, path: &str| new.read_file(path);
        let comparison = Pipeline::new(&options).diff((&old.input, &read_old), (&new.input, &read_new));
        let (old, new) = (source_texts(old), source_texts(new));
        for (findings, texts) in [(comparison.old, &old), (comparison.new, &new)] {
            print_findings(findings, texts, comparison.changes.is_some(), err)?;
        }
        let Some(changes) = comparison.changes else { return Ok(ExitStatus::Failure) };
        let report = Report { changes: &changes, omissions: &comparison.omissions, old: &old, new: &new };
        let print = match self.format {
            ReportFormat::Text => text,
            ReportFormat::Markdown => markdown,
            ReportFormat::Json => json,
        };
        write!(out, "{}", print(&report)).map_err(|error| error.to_string())?;
        let fails = self.fail_on.is_some_and(|fail_on| changes.iter().any(|change| fail_on.includes(change)));
        Ok(if fails { ExitStatus::Findings } else { ExitStatus::Success })
    }
}

impl FailOn {
    fn includes(self, change: &Change) -> bool {
        match self {
            Self::Breaking => change.impact() >= Some(Impact::Breaking),
            Self::Dangerous => change.impact() >= Some(Impact::Dangerous),
            Self::Major => change.version_bump() >= Some(VersionBump::Major),
            Self::Minor => change.version_bump() >= Some(VersionBump::Minor),
        }
    }
}

fn source_texts(revision: Revision) -> SourceTexts {
    let prefix = revision.prefix();
    let name = format!("{prefix}{}", revision.input.file);
    SourceTexts { name, files: revision.into_texts(), prefix }
}

/// Prints findings of one document. If the documents were compared, prints the errors that `--skip-unsupported` turned into
/// warnings. If not, prints the errors that prevented the comparison.
fn print_findings(
    mut findings: Vec<Finding>,
    texts: &SourceTexts,
    is_compared: bool,
    err: &mut ErrorStream<'_>,
) -> Result<(), String> {
    findings.retain(|finding| if is_compared { finding.is_downgraded() } else { finding.is_error() });
    // Prefix file names with the git revision, as the user wrote them on the command line.
    for finding in &mut findings {
        finding.file.insert_str(0, &texts.prefix);
        finding.related.iter_mut().for_each(|related| related.file.insert_str(0, &texts.prefix));
    }
    let files: HashMap<String, String> =
        texts.files.iter().map(|(file, text)| (format!("{}{file}", texts.prefix), text.clone())).collect();
    print_with_summary(&findings, &[], &files, (Format::Text, Purpose::Comparison), err)
        .map_err(|error| error.to_string())
}
