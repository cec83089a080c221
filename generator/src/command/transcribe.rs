//! `transcribe`: writes a draft of a document from documentation pages.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::PathBuf;

use clap::Args;

use crate::command::output::{ErrorStream, ExitStatus, Format, printed};
use crate::command::proof::read_pages;
use crate::command::report::{counted, print};
use crate::finding::Purpose;
use crate::options::Options;
use crate::pipeline::Pipeline;
use crate::transcribe::Transcription;

#[derive(Debug, Args)]
pub(super) struct Transcribe {
    /// Documentation pages (text, Markdown, HTML or reStructuredText), and folders of pages
    #[arg(value_name = "PAGE", required = true)]
    pages: Vec<PathBuf>,
    /// File of the draft, which must not exist [default: standard output]
    #[arg(long, value_name = "SPEC")]
    out: Option<PathBuf>,
    /// Use the sentences of the pages as descriptions. They belong to the authors of the pages
    #[arg(long)]
    words: bool,
    /// Format of findings
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Transcribe {
    /// Writes the draft.
    ///
    /// # Errors
    /// Returns an error if a page cannot be read, no page has an operation, or the file of the draft exists.
    pub(super) fn run(&self, out: &mut dyn Write, err: &mut ErrorStream<'_>) -> Result<ExitStatus, String> {
        let pages = read_pages(&self.pages)?;
        let options = Options::default();
        let draft = Pipeline::new(&options).transcribe(&pages, Transcription { has_words: self.words });
        let texts = pages.into_iter().map(|page| (page.file, page.text)).collect();
        print(&draft.findings, &[], &texts, (self.format, Purpose::Proof, ""), err)
            .map_err(|error| error.to_string())?;
        if draft.operations == 0 {
            return Err("no page has a request URL, so there is nothing to transcribe".to_owned());
        }
        match &self.out {
            None => write!(out, "{}", draft.document).map_err(|error| error.to_string())?,
            Some(path) => {
                // A document that a person has edited is never overwritten.
                let file = OpenOptions::new().write(true).create_new(true).open(path);
                let mut file = file.map_err(|error| match error.kind() {
                    ErrorKind::AlreadyExists => format!("{} exists already: name another file", printed(path)),
                    _ => format!("{}: {error}", printed(path)),
                })?;
                let written = file.write_all(draft.document.as_bytes());
                written.map_err(|error| format!("{}: {error}", printed(path)))?;
                let (operations, unread) =
                    (counted(draft.operations, "operation"), counted(draft.findings.len(), "line"));
                writeln!(out, "{}: {operations}, {unread} not read", printed(path))
                    .map_err(|error| error.to_string())?;
            }
        }
        Ok(ExitStatus::Success)
    }
}
