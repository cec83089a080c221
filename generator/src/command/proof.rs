//! `proof`: compares a document with the documentation pages that it transcribes.

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::command::deny::Deny;
use crate::command::document_source::DocumentSource;
use crate::command::documents::{SourceFiles, decoded, file_name};
use crate::command::file_access::{AllowedFolders, FileAccess, unread_document};
use crate::command::output::{ErrorStream, ExitStatus, Format, printed};
use crate::command::report::{EXPLAIN_HINT, counted, print};
use crate::finding::Purpose;
use crate::options::Options;
use crate::pipeline::{PageInput, Pipeline};
use crate::proof::{Difference, FactState, PageSummary};

/// The endings of files that are pages, for folders on the command line.
const ENDINGS: &[&str] = &["txt", "md", "html", "htm", "rst"];

#[derive(Debug, Args)]
pub(super) struct Proof {
    /// OpenAPI document, YAML or JSON
    #[arg(value_name = "SPEC")]
    spec: PathBuf,
    /// Documentation pages (text, Markdown, HTML or reStructuredText), and folders of pages
    #[arg(value_name = "PAGE", required = true)]
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
    /// Reports the differences between the document and its pages.
    ///
    /// # Errors
    /// Returns an error if the arguments are wrong, or a file cannot be read.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let (files, mut findings) = (SourceFiles::new(&self.allowed_folders), Vec::new());
        let document = DocumentSource { path: self.spec.clone(), ..DocumentSource::default() };
        let inputs = files.read_documents(&[document], &mut findings)?;
        let pages = read_pages(&self.pages)?;
        let options = Options::default();
        let read = |document: &str, path: &str| files.read(document, path);
        let (mut summaries, mut beyond) = (Vec::new(), 0);
        if let [input] = inputs.as_slice() {
            let report = Pipeline::new(&options).with_files(&read).proof(input, &pages);
            if let Some(path) = &self.html {
                write_sheet(path, &report.sheet(input, &pages))?;
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
        let mut texts: HashMap<String, String> = files.into_texts();
        texts.extend(pages.into_iter().map(|page| (page.file, page.text)));
        print(&findings, &inputs, &texts, (self.format, Purpose::Proof), err).map_err(|error| error.to_string())?;
        for summary in &summaries {
            let line = match self.format {
                Format::Json => json(summary),
                _ => summary.to_string(),
            };
            writeln!(out, "{line}").map_err(|error| error.to_string())?;
        }
        if self.format == Format::Text && beyond > 0 {
            let (file, claims) = (printed(&self.spec), counted(beyond, "claim"));
            writeln!(out, "{file}: {claims} beyond the pages, acknowledged").map_err(|error| error.to_string())?;
        }
        if self.format == Format::Text && !findings.is_empty() {
            writeln!(out, "{EXPLAIN_HINT}").map_err(|error| error.to_string())?;
        }
        Ok(self.deny.status(&findings))
    }
}

/// Writes the proof sheet. Overwrites only a file that is a sheet.
fn write_sheet(path: &Path, html: &str) -> Result<(), String> {
    let failed = |error: std::io::Error| format!("{}: {error}", printed(path));
    if path.exists() {
        let old = fs::read_to_string(path).unwrap_or_default();
        if !old.contains("<title>Proof of ") {
            return Err(format!("{} exists and is no proof sheet: name another file", printed(path)));
        }
    }
    fs::write(path, html).map_err(failed)
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

/// Returns the pages of a folder, sorted by name. Links are not followed out of the folder.
fn pages_of(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    let real = fs::canonicalize(folder).map_err(failed)?;
    let entries = fs::read_dir(folder).map_err(failed)?;
    let is_page = |path: &PathBuf| {
        let has_ending = path.extension().is_some_and(|ending| ENDINGS.iter().any(|known| ending == *known));
        let is_inside = fs::canonicalize(path).is_ok_and(|path| path.starts_with(&real));
        has_ending && is_inside && path.is_file() && !path.ends_with("README.md")
    };
    let mut pages: Vec<PathBuf> =
        entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).filter(is_page).collect();
    pages.sort();
    if pages.is_empty() { Err(format!("{} has no page: {}", folder.display(), ENDINGS.join(", "))) } else { Ok(pages) }
}
