//! Patterns of the functions `match` and `search` (I-Regexp, RFC 9485).

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};

/// The largest length of a pattern, in bytes.
const MAX_LENGTH: usize = 1_000;

/// The largest size of a compiled pattern, in bytes.
const MAX_SIZE: usize = 1 << 20;

/// The largest number of states of a pattern. It is checked before the pattern is compiled.
const MAX_STATES: u64 = 10_000;

/// The number of states of a pattern that are visited in one step.
const STATES_OF_STEP: u64 = 8;

/// The steps that a state takes until it is compiled.
const STEPS_TO_COMPILE_STATE: u64 = 50;

/// A compiled pattern. Its time grows linearly with the text, times its number of states.
pub(super) struct TextPattern {
    regex: Regex,
    states: u64,
}

impl TextPattern {
    /// The smallest number of steps of [`TextPattern::new`].
    pub(super) const LEAST_STEPS_TO_COMPILE: u64 = 2_000;

    /// Returns the steps of [`TextPattern::new`].
    pub(super) fn steps_to_compile(&self) -> u64 {
        Self::LEAST_STEPS_TO_COMPILE + self.states * STEPS_TO_COMPILE_STATE
    }

    /// Compiles a pattern. Returns `None` if `text` is not a pattern, or if the pattern is too large. `is_whole` says whether the
    /// whole text must match.
    pub(super) fn new(text: &str, is_whole: bool) -> Option<Self> {
        if text.len() > MAX_LENGTH {
            return None;
        }
        let pattern = without_line_ends(text);
        let pattern = if is_whole { format!("^(?:{pattern})$") } else { pattern };
        let states = regex_syntax::Parser::new().parse(&pattern).map(|hir| states(&hir)).ok()?;
        if states > MAX_STATES {
            return None;
        }
        let regex = RegexBuilder::new(&pattern).size_limit(MAX_SIZE).build().ok()?;
        Some(Self { regex, states })
    }

    /// Returns the steps of [`TextPattern::is_match`].
    pub(super) fn steps(&self, text: &str) -> u64 {
        (1 + self.states / STATES_OF_STEP).saturating_mul(1 + text.len() as u64)
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.regex.is_match(text)
    }
}

/// Replaces each `.` outside of a class: in an I-Regexp it matches no carriage return, too.
fn without_line_ends(pattern: &str) -> String {
    let (mut text, mut is_in_class, mut is_escaped) = (String::new(), false, false);
    for letter in pattern.chars() {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '[' => is_in_class = true,
            ']' => is_in_class = false,
            '.' if !is_in_class => {
                text.push_str("[^\\n\\r]");
                continue;
            }
            _ => {}
        }
        text.push(letter);
    }
    text
}

/// Returns about how many states the compiled pattern has.
fn states(pattern: &Hir) -> u64 {
    match pattern.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => 1 + class.ranges().len() as u64 / 4,
        HirKind::Class(Class::Bytes(_)) => 1,
        HirKind::Repetition(repetition) => {
            let count = u64::from(repetition.max.unwrap_or(repetition.min).max(1));
            count.saturating_mul(states(&repetition.sub))
        }
        HirKind::Capture(capture) => states(&capture.sub),
        HirKind::Concat(parts) | HirKind::Alternation(parts) => parts.iter().map(states).fold(0, u64::saturating_add),
    }
}
