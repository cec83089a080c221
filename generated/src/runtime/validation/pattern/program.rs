// copperplate runtime: copied unchanged into every generated crate.
//! Programs: patterns that need backtracking, translated to steps.

/// A step of a match. A field `behind` is true in a lookbehind, which matches from right to left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Consumes a character of the class at this index.
    Class {
        /// The index of the class.
        class: usize,
        /// Whether the character before the current place is consumed.
        behind: bool,
    },
    /// Consumes several characters of a class.
    Run {
        /// The index of the class.
        class: usize,
        /// The minimal number of characters.
        min: usize,
        /// The maximal number of characters; `usize::MAX` if there is none.
        max: usize,
        /// Whether the longest run is tried first.
        greedy: bool,
        /// Whether the characters before the current place are consumed.
        behind: bool,
    },
    /// `^`.
    Start,
    /// `$`.
    End,
    /// `\b`, or `\B` if the value is true.
    Boundary(bool),
    /// Continues with the next step, or with this one if the next one fails.
    Either(usize),
    /// Continues with this step.
    Goto(usize),
    /// Begins a capturing group.
    Open(usize),
    /// Ends a capturing group.
    Close {
        /// The index of the group.
        group: usize,
        /// Whether the group is matched from right to left.
        behind: bool,
    },
    /// Consumes the text of a capturing group.
    Reference {
        /// The index of the group.
        group: usize,
        /// Whether the text before the current place is consumed.
        behind: bool,
    },
    /// Begins a loop. The next step is [`Step::Repeat`].
    Loop(usize),
    /// Continues or leaves a loop. The next step is the first one of the repeated part, and the last one leads back here.
    Repeat {
        /// The index of the loop.
        id: usize,
        /// The minimal number of repetitions.
        min: usize,
        /// The maximal number of repetitions; `usize::MAX` if there is none.
        max: usize,
        /// Whether another repetition is tried first.
        greedy: bool,
        /// The step after the loop.
        exit: usize,
        /// The capturing groups in the repeated part: the first one, and the one after the last.
        groups: (usize, usize),
    },
    /// Begins a lookaround. The next step is the first one of its content.
    Look {
        /// Whether the content must not match.
        negated: bool,
        /// The step after the lookaround.
        exit: usize,
    },
    /// Ends a lookaround.
    LookEnd,
    /// The text matches.
    Match,
}

/// The steps of a pattern, and the data that they refer to.
#[derive(Debug, Clone, Copy)]
pub struct Program<'p> {
    /// The steps.
    pub steps: &'p [Step],
    /// The character classes: ranges in ascending order, with both ends included.
    pub classes: &'p [&'p [(char, char)]],
    /// The number of capturing groups.
    pub groups: usize,
    /// The number of loops.
    pub loops: usize,
}
