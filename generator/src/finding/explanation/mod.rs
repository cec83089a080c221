//! What each code means, at length: why it matters, an example and the same mended, and what to do.
//!
//! With the table of [codes](crate::finding::Code) this is what `copperplate explain` prints and what the README lists. A new code gets an
//! entry in the file of its hundred; tests hold the examples against the documents in `tests/refusals/`.

mod check;
mod lint;
mod load;
mod lower;
mod resolve;

use crate::finding::{Code, Severity};

/// What there is to say about a code beside its [meaning](Code::meaning).
#[derive(Debug)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// Why it matters.
    pub why: &'static str,
    /// Lines of the document in `tests/refusals/` that raise it.
    pub broken: &'static str,
    /// The same lines as they should be.
    pub mended: &'static str,
    /// What to do in general.
    pub remedy: &'static str,
}

/// The explanations, by the hundreds of their codes.
const TABLES: &[&[Explanation]] =
    &[load::EXPLANATIONS, resolve::EXPLANATIONS, check::EXPLANATIONS, lower::EXPLANATIONS, lint::EXPLANATIONS];

impl Code {
    /// What there is to say about it; a test asks for one of every code.
    pub fn explanation(self) -> Option<&'static Explanation> {
        TABLES.iter().copied().flatten().find(|explanation| explanation.code == self)
    }

    /// What a finding of this kind does to a run, in a sentence.
    pub fn outcome(self) -> String {
        match self.severity() {
            Severity::Note => "A note, told by `lint` alone.".to_owned(),
            Severity::Warning if self.is_for_lint() => "A warning, told by `lint` alone.".to_owned(),
            Severity::Warning => match self.effect() {
                Some(effect) => format!("A warning. {effect}"),
                None => "A warning: the generated code is the same.".to_owned(),
            },
            Severity::Error if self.is_fatal() => "An error: nothing is written.".to_owned(),
            Severity::Error => {
                let otherwise = if self.is_harmless() {
                    "it is passed over"
                } else if self.is_refusal() {
                    "the operations that need it are left out"
                } else {
                    "the piece at fault is mended or left out"
                };
                format!(
                    "An error: nothing is written. Under `generate --skip-unsupported` {otherwise}, and it is a warning."
                )
            }
        }
    }
}
