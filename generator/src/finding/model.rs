//! A finding and its parts.

use std::fmt;

use crate::finding::code::{Code, Severity};
use crate::finding::focus::Focus;
use crate::pointer::Pointer;
use crate::text::printable::printable;

/// One problem at one place of one document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The kind of finding.
    pub code: Code,
    /// The severity of the code, or [`Severity::Warning`] for an error that `--skip-unsupported` downgrades.
    pub severity: Severity,
    /// The document, as it is named on the command line.
    pub file: String,
    /// The place in the document.
    pub pointer: Pointer,
    /// The part of the place that is marked in the excerpt.
    pub focus: Focus,
    /// The problem, in one or more sentences.
    pub message: String,
    /// How to correct the problem, in one or more sentences.
    pub remedy: String,
    /// How `--skip-unsupported` handles the rejected part, in a sentence. If it is `None`, [`Finding::consequence`] returns the
    /// default for the code and the place.
    pub consequence: Option<&'static str>,
    /// Other places that the message refers to.
    pub related: Vec<Related>,
    /// The target that is missing: the finding either needs it or explains its absence.
    pub missing: Option<Missing>,
    /// Further places with the same problem, which have no finding of their own.
    pub other_places: Vec<Pointer>,
}

/// A part of a document, or a whole file, that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missing {
    /// The file that lacks the part, or that does not exist itself.
    pub file: String,
    /// The missing place in the file; the root if the file itself is missing.
    pub place: Pointer,
}

/// Another place that a finding refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The document.
    pub file: String,
    /// The place in the document.
    pub pointer: Pointer,
    /// The part of the place that is marked in the excerpt.
    pub focus: Focus,
    /// The label beside the mark: a few words.
    pub label: String,
}

/// The consequence of a construct that copperplate does not support.
const OPERATIONS_ARE_SKIPPED: &str = "Operations that need it are skipped.";

/// The consequence of a problem within an operation for which there is no repair.
const OPERATION_IS_SKIPPED: &str = "The operation is skipped.";

impl Finding {
    /// Whether the finding stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Whether the finding is a warning only because of `--skip-unsupported`.
    pub fn is_downgraded(&self) -> bool {
        self.code.severity() == Severity::Error && !self.is_error()
    }

    /// Whether `--skip-unsupported` skips operations because of the finding.
    pub fn skips_operations(&self) -> bool {
        [OPERATIONS_ARE_SKIPPED, OPERATION_IS_SKIPPED].contains(&self.consequence())
    }

    /// How `--skip-unsupported` handles the rejected part, in a sentence.
    pub fn consequence(&self) -> &'static str {
        match self.consequence {
            Some(consequence) => consequence,
            None if self.code.is_harmless() => self.code_consequence(),
            None if self.code.is_refusal() => OPERATIONS_ARE_SKIPPED,
            None if self.pointer.starts_with("/paths/") => OPERATION_IS_SKIPPED,
            None => "It is removed.",
        }
    }

    /// The consequence of a harmless finding, after which the rest of the document is used unchanged.
    fn code_consequence(&self) -> &'static str {
        match self.code {
            Code::ContradictoryBounds => "The schema keeps its bounds.",
            Code::ExampleInvalid => "The example is ignored.",
            Code::StaleAcknowledgement => "The entry is ignored.",
            Code::UnknownExtension => "The extension is ignored.",
            Code::UnknownKey => "The key is ignored.",
            _ => "It is ignored.",
        }
    }

    /// The effect of the finding on a run with this purpose, in a sentence or two; `None` if there is no effect.
    pub fn effect(&self, purpose: Purpose) -> Option<String> {
        let stopped = purpose.when_stopped();
        match self.severity {
            Severity::Error if self.code.is_fatal() => Some(stopped.to_owned()),
            Severity::Error => {
                let consequence = uncapitalized(self.consequence());
                Some(format!("{stopped} With `--skip-unsupported`: {consequence}"))
            }
            Severity::Warning => self.consequence.or(self.code.effect()).map(str::to_owned),
            Severity::Note => None,
        }
    }
}

/// The command of a run. It determines how the effect of a finding is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// `generate` writes a crate.
    #[default]
    Crate,
    /// `surface` prints the surface of a crate.
    Surface,
    /// `diff` compares two documents.
    Comparison,
    /// `lint` reports findings, and writes nothing in any case.
    Lint,
}

impl Purpose {
    /// The effect of an error, in a sentence.
    fn when_stopped(self) -> &'static str {
        match self {
            Self::Crate => "Nothing is written.",
            Self::Surface => "No surface is printed.",
            Self::Comparison => "Nothing is compared.",
            Self::Lint => "`generate` writes nothing.",
        }
    }
}

fn uncapitalized(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| format!("{}{}", first.to_lowercase(), letters.as_str())).unwrap_or_default()
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (number, id, message) = (self.code.number(), self.code.id(), printable(&self.message));
        writeln!(f, "{}[{number} {id}]: {message}", self.severity.word())?;
        writeln!(f, "  --> {}", printable(&format!("{}#{}", self.file, self.pointer)))?;
        write!(f, "  help: {}", printable(&self.remedy))
    }
}
