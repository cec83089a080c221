//! The finding, and the types of its fields.

use std::fmt;

use crate::finding::code::{Code, Severity};
use crate::finding::focus::Focus;
use crate::pointer::Pointer;
use crate::text::printable::printable;

/// A problem at one JSON pointer of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The code, such as `CP0104 unknown-key`.
    pub code: Code,
    /// The severity of the code, or [`Severity::Warning`] for an error that `--skip-unsupported` downgrades.
    pub severity: Severity,
    /// The name of the file: a document as named on the command line, or a file that a document refers to.
    pub file: String,
    /// The JSON pointer in the file.
    pub pointer: Pointer,
    /// What the excerpt underlines at the JSON pointer.
    pub focus: Focus,
    /// The problem, in one or more sentences.
    pub message: String,
    /// How to correct the problem, in one or more sentences.
    pub remedy: String,
    /// A sentence about what `--skip-unsupported` does, such as `The key is ignored.` If this field is `None`,
    /// [`Finding::consequence`] returns a default sentence.
    pub consequence: Option<&'static str>,
    /// Other JSON pointers that the excerpt shows, each with a label.
    pub related: Vec<Related>,
    /// A value that the document lacks, such as the target of a `$ref`. Either the rejected construct needs this value, or the
    /// reported problem is the reason why the value is missing.
    pub missing: Option<Missing>,
    /// The JSON pointers of further values with the same problem. These values have no findings of their own.
    pub other_places: Vec<Pointer>,
}

/// A value that a file lacks, or a whole file that does not exist.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Missing {
    /// The file that lacks the value, or the missing file itself.
    pub file: String,
    /// The JSON pointer of the missing value; the root if the file itself is missing.
    pub place: Pointer,
}

/// A further JSON pointer that the excerpt of a finding shows, such as the JSON pointer of the first of two duplicate
/// parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    /// The name of the file.
    pub file: String,
    /// The JSON pointer in the file.
    pub pointer: Pointer,
    /// What the excerpt underlines at the JSON pointer.
    pub focus: Focus,
    /// The label of the underlined text, such as `refers to it`.
    pub label: String,
}

/// The default sentence about `--skip-unsupported` in findings about constructs that copperplate does not support.
const OPERATIONS_ARE_SKIPPED: &str = "Operations that need this part are skipped.";

/// The default sentence about `--skip-unsupported` in findings whose JSON pointer is below `/paths`.
const OPERATION_IS_SKIPPED: &str = "The operation is skipped.";

impl Finding {
    /// Returns whether the finding stops the run.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// Returns whether the finding is a warning only because of `--skip-unsupported`.
    pub fn is_downgraded(&self) -> bool {
        self.code.severity() == Severity::Error && !self.is_error()
    }

    /// Returns whether `--skip-unsupported` turns the error into a warning.
    pub fn is_repairable(&self) -> bool {
        !self.code.is_fatal() || self.consequence.is_some()
    }

    /// Returns whether `--skip-unsupported` skips operations because of the finding.
    pub fn skips_operations(&self) -> bool {
        [OPERATIONS_ARE_SKIPPED, OPERATION_IS_SKIPPED].contains(&self.consequence())
    }

    /// Returns a sentence about what `--skip-unsupported` does with the rejected construct, such as `The key is ignored.`
    pub fn consequence(&self) -> &'static str {
        match self.consequence {
            Some(consequence) => consequence,
            None if self.code.is_harmless() => self.code_consequence(),
            None if self.code.is_refusal() => OPERATIONS_ARE_SKIPPED,
            None if self.pointer.starts_with("/paths/") => OPERATION_IS_SKIPPED,
            None => "The affected part is removed.",
        }
    }

    /// Returns the default result of [`Finding::consequence`] if the code is harmless (see [`Code::is_harmless`]).
    fn code_consequence(&self) -> &'static str {
        match self.code {
            Code::ContradictoryBounds => "The schema keeps its bounds.",
            Code::ExampleInvalid => "The example is ignored.",
            Code::StaleAcknowledgement => "The entry is ignored.",
            Code::UnknownExtension => "The extension is ignored.",
            Code::UnknownKey => "The key is ignored.",
            _ => "The affected part is ignored.",
        }
    }

    /// Returns one or two sentences about the effect of the finding on the output, such as `Nothing is written.` Returns
    /// `None` if there is no effect.
    pub fn effect(&self, purpose: Purpose) -> Option<String> {
        let stopped = purpose.when_stopped();
        match self.severity {
            _ if self.code.is_for_proof() => None,
            Severity::Error if !self.is_repairable() => Some(stopped.to_owned()),
            Severity::Error => {
                let consequence = uncapitalized(self.consequence());
                Some(format!("{stopped} With `--skip-unsupported`: {consequence}"))
            }
            Severity::Warning => self.consequence.or(self.code.effect()).map(str::to_owned),
            Severity::Note => None,
        }
    }
}

/// The command that is run. It determines the wording of [`Finding::effect`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Purpose {
    /// `generate` writes a crate.
    #[default]
    Crate,
    /// `surface` lists the public items of a crate.
    Surface,
    /// `diff` compares two documents.
    Comparison,
    /// `lint` reports findings, and writes nothing in any case.
    Lint,
    /// `proof` compares a document with documentation pages.
    Proof,
}

impl Purpose {
    /// Returns a sentence about the effect of an error, such as `Nothing is written.`
    fn when_stopped(self) -> &'static str {
        match self {
            Self::Crate => "Nothing is written.",
            Self::Surface => "No surface is printed.",
            Self::Comparison => "Nothing is compared.",
            Self::Lint => "`generate` writes nothing.",
            Self::Proof => "Nothing is compared.",
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
