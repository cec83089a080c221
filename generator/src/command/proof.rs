//! `proof`: compares a document with the documentation pages that it transcribes.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::command::deny::Deny;
use crate::command::document_source::{ChangeArguments, DocumentSource};
use crate::command::documents::{SourceFiles, decoded, file_name};
use crate::command::file_access::{AllowedFolders, FileAccess, unread_document};
use crate::command::output::{ErrorStream, ExitStatus, Format, printed};
use crate::command::project::{DocumentArguments, Project};
use crate::command::report::{EXPLAIN_HINT, counted, print};
use crate::configuration::FILE_NAME;
use crate::files;
use crate::finding::{Finding, Purpose};
use crate::options::Options;
use crate::pipeline::{PageInput, Pipeline};
use crate::proof::{Difference, FactState, PageSummary};

/// The endings of files that are pages, for folders on the command line.
const ENDINGS: &[&str] = &["txt", "md", "html", "htm", "rst"];

#[derive(Debug, Args)]
pub(super) struct Proof {
    /// OpenAPI document, YAML or JSON [default: those of copperplate.toml that have pages]
    #[arg(value_name = "SPEC")]
    spec: Option<PathBuf>,
    /// Documentation pages (text, Markdown, HTML or reStructuredText), and folders of pages [default: those of copperplate.toml]
    #[arg(value_name = "PAGE")]
    pages: Vec<PathBuf>,
    /// File of the proof sheet: one HTML page with the pages beside the document. An existing file is overwritten if it is a sheet
    #[arg(long, value_name = "FILE")]
    html: Option<PathBuf>,
    #[command(flatten)]
    deny: Deny,
    /// Format of findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    allowed_folders: AllowedFolders,
}

impl Proof {
    /// Reports the differences between documents and their pages.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a file cannot be read.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let (documents, allowed_folders) = self.documents(err)?;
        if self.html.is_some() && documents.len() > 1 {
            return Err("a proof sheet has one document: name it".to_owned());
        }
        let mut findings = Vec::new();
        for document in documents {
            findings.extend(self.compare(document, &allowed_folders, out, err)?);
        }
        if self.format == Format::Text && !findings.is_empty() {
            writeln!(out, "{EXPLAIN_HINT}").map_err(|error| error.to_string())?;
        }
        Ok(self.deny.status(&findings))
    }

    /// Returns the documents with their pages: those on the command line, or those of `copperplate.toml`.
    fn documents(&self, err: &mut ErrorStream<'_>) -> Result<(Vec<DocumentSource>, AllowedFolders), String> {
        let (documents, mut allowed_folders) = match &self.spec {
            Some(spec) if !self.pages.is_empty() => {
                let (path, pages) = (spec.clone(), self.pages.clone());
                let document = DocumentSource { path, pages, ..DocumentSource::default() };
                (vec![document], AllowedFolders::default())
            }
            Some(spec) => {
                let name = spec.to_string_lossy();
                let changes = ChangeArguments::default();
                let folders = AllowedFolders::default();
                let (document, project) = Project::of_comparison([&name, &name], &changes, &folders, err)?;
                (vec![document], project.allowed_folders)
            }
            None => {
                let project = Project::find(&DocumentArguments::default(), Purpose::Proof, err)?;
                (project.documents, project.allowed_folders)
            }
        };
        allowed_folders.extend(&self.allowed_folders);
        let documents: Vec<DocumentSource> =
            documents.into_iter().filter(|document| !document.pages.is_empty()).collect();
        if documents.is_empty() {
            return Err(format!("no pages are named: name the document and its pages, or add `pages` to {FILE_NAME}"));
        }
        Ok((documents, allowed_folders))
    }

    /// Compares a document with its pages. Prints the findings and the summaries, and returns the findings.
    fn compare(
        &self,
        document: DocumentSource,
        allowed_folders: &AllowedFolders,
        out: &mut dyn Write,
        err: &mut ErrorStream<'_>,
    ) -> Result<Vec<Finding>, String> {
        let (sources, mut findings) = (SourceFiles::new(allowed_folders), Vec::new());
        let pages = read_pages(&document.pages)?;
        let file = printed(&document.path);
        let inputs = sources.read_documents(&[document], &mut findings)?;
        let options = Options::default();
        let read = |document: &str, path: &str| sources.read(document, path);
        let (mut summaries, mut beyond) = (Vec::new(), 0);
        if let [input] = inputs.as_slice() {
            let report = Pipeline::new(&options).with_files(&read).proof(input, &pages);
            if let Some(path) = &self.html {
                let written = files::replace_own(path, &report.sheet(input, &pages), is_sheet);
                if !written.map_err(|error| error.to_string())? {
                    return Err(format!("{} exists and is no proof sheet: name another file", printed(path)));
                }
            }
            findings.extend(report.findings);
            summaries = report.summaries;
            let is_beyond = |(difference, is_acknowledged): &&(Difference, bool)| {
                *is_acknowledged && difference.pages.iter().all(|(_, place)| place.fact.is_none())
            };
            beyond = report.differences.iter().filter(is_beyond).count();
        }
        // A folder may have the pages of other documents.
        let is_named = |summary: &PageSummary| pages.iter().any(|page| page.is_named && page.file == summary.file);
        summaries.retain(|summary| summary.has_operation || is_named(summary));
        let mut texts: HashMap<String, String> = sources.into_texts();
        texts.extend(pages.into_iter().map(|page| (page.file, page.text)));
        print(&findings, &inputs, &texts, (self.format, Purpose::Proof, ""), err).map_err(|error| error.to_string())?;
        for summary in &summaries {
            let line = match self.format {
                Format::Json => json(summary),
                _ => summary.to_string(),
            };
            writeln!(out, "{line}").map_err(|error| error.to_string())?;
        }
        if self.format == Format::Text && beyond > 0 {
            let claims = counted(beyond, "claim");
            writeln!(out, "{file}: {claims} beyond the pages, acknowledged").map_err(|error| error.to_string())?;
        }
        Ok(findings)
    }
}

/// Returns whether the text of a file is a proof sheet.
fn is_sheet(text: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&text[..text.len().min(1_000)]);
    head.starts_with("<!DOCTYPE html>\n") && head.contains("\n<title>Proof of ")
}

/// Returns a summary as a JSON object.
fn json(summary: &PageSummary) -> String {
    json!({
        "page": summary.name,
        "file": summary.file,
        "facts": summary.states.len(),
        "agree": summary.count(FactState::Agrees),
        "differ": summary.count(FactState::Differs),
        "not_compared": summary.count(FactState::NotCompared),
        "acknowledged": summary.count(FactState::Acknowledged),
        "not_read": summary.unread,
    })
    .to_string()
}

/// Reads pages. A folder stands for the pages in it.
///
/// # Errors
/// Returns an error if a file cannot be read, or a folder has no page.
pub(super) fn read_pages(paths: &[PathBuf]) -> Result<Vec<PageInput>, String> {
    let mut files = Vec::new();
    for path in paths {
        if path.is_dir() {
            files.extend(pages_of(path)?.into_iter().map(|page| (page, false)));
        } else {
            files.push((path.clone(), true));
        }
    }
    let access = FileAccess::default();
    let page = |(path, is_named): &(PathBuf, bool)| {
        let file = file_name(path);
        let bytes = access.read_document(&file, path).map_err(|error| unread_document(&file, error))?;
        Ok(PageInput { text: decoded(&file, bytes)?, file, is_named: *is_named })
    };
    files.iter().map(page).collect()
}

/// Returns the pages of a folder and the folders in it, sorted by name. Links are not followed out of the folder.
fn pages_of(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let real = fs::canonicalize(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let is_page = |path: &Path| {
        let has_ending = path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
        let is_inside = fs::canonicalize(path).is_ok_and(|path| path.starts_with(&real));
        has_ending && is_inside && path.is_file() && !path.ends_with("README.md")
    };
    let (mut pages, mut folders) = (Vec::new(), vec![folder.to_owned()]);
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries.filter_map(Result::ok) {
            let path = entry.path();
            // A link to a folder could lead around in a circle.
            if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                folders.push(path);
            } else if is_page(&path) {
                pages.push(path);
            }
        }
    }
    pages.sort();
    if pages.is_empty() { Err(format!("{} has no page: {}", folder.display(), ENDINGS.join(", "))) } else { Ok(pages) }
}
