//! What copperplate has to say about a document: findings, each with a code, a place, an effect and a remedy.

use std::fmt;

use crate::pointer::Pointer;

mod code;

pub use code::{Code, Severity};

/// One thing to say about one place of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What kind of finding it is.
    pub code: Code,
    /// How much it weighs: the code's own severity, or less where the user allowed it.
    pub severity: Severity,
    /// The document, as it was named on the command line.
    pub file: String,
    /// The place in the document.
    pub pointer: Pointer,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// What becomes of the piece at fault, in a sentence, where the user goes on without what is wrong. `None`: nothing right can
    /// be made of what the piece belongs to.
    pub consequence: Option<&'static str>,
}

impl Finding {
    /// Whether the finding stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}[{} {}]: {}", self.severity.word(), self.code.number(), self.code.id(), self.message)?;
        writeln!(f, "  --> {}#{}", self.file, self.pointer)?;
        write!(f, "  help: {}", self.remedy)
    }
}

/// The findings of one document, gathered stage by stage.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    file: String,
    list: Vec<Finding>,
    origins: Vec<Origin>,
}

/// A piece of the tree that comes from another file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    /// Where it stands in the tree.
    pub here: Pointer,
    /// The file that it comes from.
    pub file: String,
    /// Where it stands there.
    pub there: Pointer,
}

impl Findings {
    /// No findings yet about the document that the user calls `file`.
    pub fn new(file: impl Into<String>) -> Self {
        Self { file: file.into(), list: Vec::new(), origins: Vec::new() }
    }

    /// Adds a finding with the code's own severity.
    pub fn add(&mut self, code: Code, pointer: &Pointer, message: impl Into<String>, remedy: impl Into<String>) {
        self.list.push(Finding {
            code,
            severity: code.severity(),
            file: self.file.clone(),
            pointer: pointer.clone(),
            message: message.into(),
            remedy: remedy.into(),
            consequence: None,
        });
    }

    /// Says what becomes of the pieces that the findings of kind `code` since `mark` are about, where the user goes on without
    /// what is wrong.
    pub fn settle(&mut self, mark: usize, code: Code, consequence: Option<&'static str>) {
        let since = self.list.iter_mut().skip(mark);
        since.filter(|finding| finding.code == code).for_each(|finding| finding.consequence = consequence);
    }

    /// Adds a finding about a piece of which something right can be made; `consequence` says what.
    pub fn add_mendable(
        &mut self,
        code: Code,
        pointer: &Pointer,
        message: impl Into<String>,
        remedy: impl Into<String>,
        consequence: &'static str,
    ) {
        let mark = self.mark();
        self.add(code, pointer, message, remedy);
        self.settle(mark, code, Some(consequence));
    }

    /// Makes warnings of the errors about pieces of which something right has been made.
    pub fn soften_mended(&mut self) {
        for finding in self.list.iter_mut().filter(|finding| finding.is_error()) {
            if let Some(consequence) = finding.consequence {
                finding.severity = Severity::Warning;
                finding.message = format!("{} {consequence}", finding.message);
            }
        }
    }

    /// Makes warnings of the errors that `harmless` picks, and says what becomes of what they are about.
    pub fn soften(&mut self, harmless: impl Fn(&Finding) -> bool, consequence: &str) {
        let errors = self.list.iter_mut().filter(|finding| finding.is_error());
        for finding in errors.filter(|finding| harmless(finding)) {
            finding.severity = Severity::Warning;
            finding.message = format!("{} {consequence}", finding.message);
        }
    }

    /// Whether any finding stops the run.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(Finding::is_error)
    }

    /// Whether any finding added after `mark` stops the run.
    pub fn has_errors_since(&self, mark: usize) -> bool {
        self.list[mark..].iter().any(Finding::is_error)
    }

    /// All findings so far.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// How many findings there are so far; a mark for [`Findings::has_errors_since`].
    pub fn mark(&self) -> usize {
        self.list.len()
    }

    /// Keeps the findings for which `keep` answers true.
    pub fn retain(&mut self, keep: impl FnMut(&Finding) -> bool) {
        self.list.retain(keep);
    }

    /// Remembers that a piece of the tree comes from another file: findings in it are about that file.
    pub fn add_origin(&mut self, origin: Origin) {
        self.origins.push(origin);
    }

    /// Where a piece comes from that stands at `pointer` in the tree; `None` where that is the document itself.
    pub fn origin(&self, pointer: &Pointer) -> Option<(&str, Pointer)> {
        let around = self.origins.iter().filter(|origin| pointer.is_within(&origin.here));
        // A piece may hold a piece of a third file: the innermost counts.
        let origin = around.max_by_key(|origin| origin.here.as_str().len())?;
        Some((&origin.file, pointer.moved(&origin.here, &origin.there)))
    }

    /// Takes over the findings about another file.
    pub fn absorb(&mut self, other: Self) {
        self.list.extend(other.into_vec());
    }

    /// The findings themselves, each in the file that it is about.
    pub fn into_vec(mut self) -> Vec<Finding> {
        for finding in self.list.iter_mut().filter(|finding| finding.file == self.file) {
            // A reference that the piece is written over stands in the document itself.
            let is_about = |origin: &&Origin| {
                finding.pointer.is_within(&origin.here) && finding.pointer != origin.here.join("$ref")
            };
            let around = self.origins.iter().filter(is_about);
            // A piece may hold a piece of a third file: the innermost counts.
            if let Some(origin) = around.max_by_key(|origin| origin.here.as_str().len()) {
                finding.pointer = finding.pointer.moved(&origin.here, &origin.there);
                finding.file.clone_from(&origin.file);
            }
        }
        self.list
    }
}
