//! What copperplate has to say about a document: findings, each with a code, a place, an effect and a remedy.

pub(crate) mod abbreviation;
pub mod place;
pub mod render;

use std::fmt;
use std::ops::Range;

use crate::pointer::Pointer;

mod cascade;
mod code;
mod list;
mod queries;

pub use code::{Code, Severity};
pub use list::{Findings, Origin};

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
    /// The part of what stands there that is at fault.
    pub focus: Focus,
    /// What is wrong, in a sentence.
    pub message: String,
    /// What to do about it, in a sentence.
    pub remedy: String,
    /// What becomes of the piece at fault, in a sentence, where the user goes on without what is wrong. `None`: nothing right can
    /// be made of what the piece belongs to.
    pub consequence: Option<&'static str>,
    /// The other places that the message speaks of.
    pub related: Vec<Related>,
    /// What is not there because of it, or that it misses.
    pub missing: Option<Missing>,
    /// The places that are at fault for the same reason, and have no finding of their own.
    pub also: Vec<Pointer>,
}

/// Something that is not where it is looked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missing {
    /// The document or the file.
    pub file: String,
    /// The place in it; the root where the file itself is missing.
    pub place: Pointer,
}

/// The part at fault of what stands at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The key.
    Key,
    /// The value; the key where the value does not fit a line.
    Value,
    /// The value of this member, where there is such a member; the value otherwise.
    Member(&'static str),
    /// These letters of the key.
    InKey(String),
    /// These bytes of the text, whatever stands there.
    Bytes(Range<usize>),
}

/// What becomes of what copperplate refuses.
const WITHOUT_OPERATIONS: &str = "Every operation that needs it is left out.";

/// What becomes of an operation of which nothing right could be sent.
const WITHOUT_OPERATION: &str = "The operation is left out.";

/// Another place that a finding speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The document.
    pub file: String,
    /// The place in it.
    pub pointer: Pointer,
    /// The part of what stands there.
    pub focus: Focus,
    /// What there is to say about it, in a few words.
    pub label: String,
}

impl Finding {
    /// Whether the finding stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether the user went on in spite of it.
    pub fn is_passed_over(&self) -> bool {
        self.code.severity() == Severity::Error && !self.is_error()
    }

    /// Whether operations are left out where the user goes on without what is wrong.
    pub fn leaves_out_operations(&self) -> bool {
        [WITHOUT_OPERATIONS, WITHOUT_OPERATION].contains(&self.consequence())
    }

    /// What becomes of the piece at fault where the user goes on without what is wrong.
    pub fn consequence(&self) -> &'static str {
        match self.consequence {
            Some(consequence) => consequence,
            None if self.code.is_harmless() => "It is passed over.",
            None if self.code.is_refusal() => WITHOUT_OPERATIONS,
            None if self.pointer.starts_with("/paths/") => WITHOUT_OPERATION,
            None => "It is left out.",
        }
    }

    /// What the finding does to what the run is for, in a sentence; `None` where its kind does nothing.
    pub fn effect(&self, purpose: Purpose) -> Option<String> {
        let (stopped, under) = purpose.words();
        match self.severity {
            Severity::Error if self.code.is_fatal() => Some(format!("{stopped}.")),
            Severity::Error => Some(format!("{stopped}; {under}: {}", uncapitalised(self.consequence()))),
            Severity::Warning => self.consequence.or(self.code.effect()).map(str::to_owned),
            Severity::Note => None,
        }
    }
}

/// What a run is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// A crate.
    #[default]
    Crate,
    /// The surface of a crate.
    Surface,
    /// The differences of two documents.
    Comparison,
    /// To hear what there is to say; another run is to write the crate.
    Advice,
}

impl Purpose {
    /// What an error stops, and what makes the run go on.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Crate => ("Nothing is written", "under --skip-unsupported"),
            Self::Surface => ("There is no surface", "under --skip-unsupported"),
            Self::Comparison => ("Nothing is compared", "under --skip-unsupported"),
            Self::Advice => ("`generate` writes nothing", "under its --skip-unsupported"),
        }
    }
}

fn uncapitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| format!("{}{}", first.to_lowercase(), letters.as_str())).unwrap_or_default()
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}[{} {}]: {}", self.severity.word(), self.code.number(), self.code.id(), self.message)?;
        writeln!(f, "  --> {}#{}", self.file, self.pointer)?;
        write!(f, "  help: {}", self.remedy)
    }
}
