//! Reads Markdown pages that contain OpenAPI documents and the findings that copperplate reports for them.
//! `generator/findings/README.md` and `tests/documents/README.md` describe the notation of these pages.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

use copperplate::configuration::{self, FILE_NAME};
use copperplate::finding::{Finding, Findings, Purpose, render};
use copperplate::load::decode;
use copperplate::pipeline::PageInput;
use copperplate::{Input, Options, Overlay, Pipeline, Types};

/// The environment variable that makes the tests rewrite the findings in the pages instead of comparing them.
const UPDATE: &str = "UPDATE_FINDINGS";

/// A section of text, or a fenced code block, of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Lines outside of code blocks.
    Prose(String),
    /// A fenced code block: the words after the opening fence, and the lines between the fences.
    Block { info: String, text: String },
}

/// A section of a page: a heading, and everything below it.
#[derive(Debug, Clone, Default)]
pub struct Section {
    /// The heading.
    pub title: String,
    /// The lines outside of code blocks.
    pub prose: String,
    /// The code blocks: the words after the opening fence, and the lines between the fences.
    pub blocks: Vec<(String, String)>,
}

/// Returns the absolute path of a file. `from_root` is the path from the root of the workspace.
pub fn path(from_root: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(from_root)
}

/// Returns the pages in a folder, sorted by name, without the README. Each page is its name without the extension, and its path.
pub fn pages(folder: &str) -> Vec<(String, PathBuf)> {
    let files = fs::read_dir(path(folder)).unwrap().map(|entry| entry.unwrap().path());
    let is_page =
        |file: &PathBuf| file.extension().is_some_and(|ending| ending == "md") && !file.ends_with("README.md");
    let name = |file: &Path| file.file_stem().unwrap().to_string_lossy().into_owned();
    let mut pages: Vec<_> = files.filter(is_page).map(|file| (name(&file), file)).collect();
    pages.sort();
    pages
}

/// Splits a page into prose and code blocks. [`joined`] restores the same text.
pub fn parts(page: &str) -> Vec<Part> {
    let (mut parts, mut prose) = (Vec::new(), String::new());
    let mut lines = page.split_inclusive('\n');
    while let Some(line) = lines.next() {
        match line.strip_prefix("```") {
            None => prose.push_str(line),
            Some(info) => {
                parts.push(Part::Prose(std::mem::take(&mut prose)));
                let text = lines.by_ref().take_while(|line| line.trim_end() != "```").collect();
                parts.push(Part::Block { info: info.trim().to_owned(), text });
            }
        }
    }
    parts.push(Part::Prose(prose));
    parts
}

/// Joins prose and code blocks to the text of a page.
pub fn joined(parts: &[Part]) -> String {
    let text = |part: &Part| match part {
        Part::Prose(text) => text.clone(),
        Part::Block { info, text } => format!("```{info}\n{text}```\n"),
    };
    parts.iter().map(text).collect()
}

/// Returns the sections of a page. A section begins with a line that starts with `## `.
pub fn sections(parts: &[Part]) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for part in parts {
        match part {
            Part::Prose(text) => {
                for line in text.lines() {
                    match (line.strip_prefix("## "), sections.last_mut()) {
                        (Some(title), _) => sections.push(Section { title: title.to_owned(), ..Section::default() }),
                        (None, Some(section)) => section.prose.extend([line, "\n"]),
                        (None, None) => {}
                    }
                }
            }
            Part::Block { info, text } => {
                sections.iter_mut().last().unwrap().blocks.push((info.clone(), text.clone()));
            }
        }
    }
    sections
}

/// Replaces all `text` blocks of a page: removes the old ones, and adds a new one after each document for which `report` returns
/// a text. `report` gets the heading, the words after the opening fence, and the document.
pub fn reported(parts: &[Part], mut report: impl FnMut(&str, &str, &str) -> String) -> Vec<Part> {
    let mut rest = parts.to_vec();
    let is_text = |part: &Part| matches!(part, Part::Block { info, .. } if info == "text");
    while let Some(place) = rest.iter().position(is_text) {
        // Also removes the blank line before the block.
        rest.drain(place - 1..=place);
    }
    let (mut all, mut heading) = (Vec::new(), String::new());
    for part in rest {
        all.push(part.clone());
        let (info, text) = match &part {
            Part::Block { info, text } if is_input(info) => (info, text),
            Part::Block { .. } => continue,
            Part::Prose(text) => {
                let last = text.lines().rev().find_map(|line| line.strip_prefix("## "));
                last.into_iter().for_each(|last| last.clone_into(&mut heading));
                continue;
            }
        };
        let report = report(&heading, info, text);
        if !report.is_empty() {
            all.push(Part::Prose("\n".to_owned()));
            all.push(Part::Block { info: "text".to_owned(), text: format!("{report}\n") });
        }
    }
    all
}

/// Returns whether a code block is an input of the command: a document, an overlay, a configuration or a documentation page.
pub fn is_input(info: &str) -> bool {
    matches!(info.split(' ').next(), Some("yaml" | "toml" | "page"))
}

/// Compares the text of a file with the expected text. If [`UPDATE`] is set, writes the expected text to the file instead.
pub fn compare(file: &Path, expected: &str) {
    let actual = fs::read_to_string(file).unwrap_or_default();
    if actual == expected {
        return;
    }
    if env::var_os(UPDATE).is_some() {
        return fs::write(file, expected).unwrap();
    }
    let line = actual.lines().zip(expected.lines()).take_while(|(actual, expected)| actual == expected).count();
    let at = |text: &str| text.lines().skip(line).take(12).collect::<Vec<_>>().join("\n");
    panic!(
        "{} is out of date from line {}:\n{}\n--- should be\n{}\n--- run `{UPDATE}=1 cargo test -p tests --test it`",
        file.display(),
        line + 1,
        at(&actual),
        at(expected)
    );
}

/// Applies a `diff` block to a document. The lines that begin with `-` or a space must occur exactly once in the document,
/// without other lines between them. They are replaced by the lines that begin with `+` or a space. A line `...` separates two
/// changes.
pub fn changed(document: &str, diff: &str) -> Result<String, String> {
    let mut document = document.to_owned();
    for change in diff.split("...\n") {
        let side = |mark: char| -> String {
            let lines = change.split_inclusive('\n').filter(|line| line.starts_with([mark, ' ']));
            lines.map(|line| &line[1..]).collect()
        };
        let (old, new) = (side('-'), side('+'));
        let place = only(&format!("\n{document}"), &format!("\n{old}"))?;
        document.replace_range(place..place + old.len(), &new);
    }
    Ok(document)
}

/// Returns the offset of `part` in `text`. Returns an error unless `text` contains `part` exactly once.
pub fn only(text: &str, part: &str) -> Result<usize, String> {
    match text.match_indices(part).collect::<Vec<_>>().as_slice() {
        [(start, _)] => Ok(*start),
        several => Err(format!("{part:?} has to be there once, and is there {} times", several.len())),
    }
}

/// Encodes a document: in Latin-1 if the words after the opening fence contain `encoding=latin-1`, otherwise in UTF-8.
pub fn bytes(info: &str, document: &str) -> Vec<u8> {
    match info.contains("encoding=latin-1") {
        true => document.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect(),
        false => document.as_bytes().to_vec(),
    }
}

/// The name of the documentation page that a document transcribes.
const DOCUMENTATION: &str = "wheel.txt";

/// The name of the overlay on a page.
const OVERLAY: &str = "overlay.yaml";

/// The files of a page, as far as the page has shown them.
#[derive(Debug, Clone, Default)]
pub struct PageFiles {
    /// The bytes of the document.
    document: Vec<u8>,
    overlay: Option<String>,
    configuration: Option<String>,
    documentation: Option<String>,
}

impl PageFiles {
    /// Stores the text of a code block: the overlay, the configuration, or the document.
    pub fn store(&mut self, info: &str, text: &str) {
        match info {
            "page" => self.documentation = Some(text.to_owned()),
            "yaml overlay" => self.overlay = Some(text.to_owned()),
            _ if info.starts_with("toml") => self.configuration = Some(text.to_owned()),
            _ => self.document = bytes(info, text),
        }
    }

    /// Returns the findings that the command reports, if the document has the name `file`.
    pub fn findings(&self, command: Command, file: &str) -> Vec<Finding> {
        let mut found = Findings::new(FILE_NAME);
        let settings = configuration::parse(self.configuration.as_deref().unwrap_or_default(), &mut found);
        if found.has_errors() || self.document.is_empty() {
            return found.into_vec();
        }
        if command == Command::Proof {
            return self.proof(file);
        }
        let document = settings.documents.first();
        let selection = document.map(|document| document.selection.clone()).unwrap_or_default();
        let overlays = self.overlay.iter().map(|text| Overlay { file: OVERLAY.to_owned(), text: text.clone() });
        command
            .findings_of(file, self.document.clone(), |input| Input {
                selection,
                overlays: overlays.collect(),
                ..input
            })
            .0
    }

    /// Returns the findings of `proof` about the document and the documentation page.
    fn proof(&self, file: &str) -> Vec<Finding> {
        let text = decode(file, self.document.clone()).unwrap();
        let text_of_page = self.documentation.clone().unwrap_or_default();
        let page = PageInput { file: DOCUMENTATION.to_owned(), text: text_of_page, is_named: true };
        Pipeline::new(&Options::default()).proof(&Input::new(file, text, "pets"), &[page]).findings
    }

    /// Returns the findings as the command prints them.
    pub fn report(&self, command: Command, file: &str, findings: &[Finding]) -> String {
        let document = match decode(file, self.document.clone()) {
            Ok(text) => text,
            Err(undecodable) => undecodable.text,
        };
        let texts = [
            (file, document.as_str()),
            (OVERLAY, self.overlay.as_deref().unwrap_or_default()),
            (FILE_NAME, self.configuration.as_deref().unwrap_or_default()),
            (DOCUMENTATION, self.documentation.as_deref().unwrap_or_default()),
        ];
        command.report_with(findings, &texts.into())
    }
}

/// The command that reports the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// `copperplate generate`.
    Generate,
    /// `copperplate generate --types all`.
    GenerateAll,
    /// `copperplate lint`.
    Lint,
    /// `copperplate proof`. It needs a documentation page.
    Proof,
}

impl Command {
    /// Returns the findings about a document, and its text. If the bytes cannot be decoded, the text is an approximation.
    pub fn findings(self, file: &str, bytes: Vec<u8>) -> (Vec<Finding>, String) {
        self.findings_of(file, bytes, |input| input)
    }

    /// Does the same for a document with other settings, which `configured` adds.
    fn findings_of(
        self,
        file: &str,
        bytes: Vec<u8>,
        configured: impl FnOnce(Input) -> Input,
    ) -> (Vec<Finding>, String) {
        let text = match decode(file, bytes) {
            Ok(text) => text,
            Err(undecodable) => return (vec![undecodable.finding], undecodable.text),
        };
        let module = file.trim_end_matches(".yaml").replace('-', "_");
        let inputs = [configured(Input::new(file, text.clone(), module))];
        let types = if self == Self::GenerateAll { Types::All } else { Types::default() };
        let options = Options { types, ..Options::default() };
        let pipeline = Pipeline::new(&options);
        let findings = match self {
            Self::Generate | Self::GenerateAll => pipeline.generate(&inputs).findings,
            Self::Lint => pipeline.lint(&inputs),
            Self::Proof => pipeline.proof(&inputs[0], &[]).findings,
        };
        (findings, text)
    }

    /// Returns the findings as the command prints them.
    pub fn report(self, file: &str, findings: &[Finding], text: &str) -> String {
        self.report_with(findings, &[(file, text)].into())
    }

    /// Does the same for findings about several files.
    fn report_with(self, findings: &[Finding], texts: &HashMap<&str, &str>) -> String {
        let purpose = match self {
            Self::Generate | Self::GenerateAll => Purpose::Crate,
            Self::Lint => Purpose::Lint,
            Self::Proof => Purpose::Proof,
        };
        let placed = render::placed_for(purpose, findings, texts);
        placed.iter().map(|finding| finding.text(false)).collect::<Vec<_>>().join("\n\n")
    }
}
