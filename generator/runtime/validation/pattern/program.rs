// copperplate runtime: copied into each generated crate that uses it.
//! Programs, which are lists of steps. A pattern that needs backtracking is translated to a program.

/// A step of a program. A field `behind` is true if the step is in a lookbehind, which matches from right to left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Consumes a character of a class.
    Class {
        /// The index of the class in [`Program::classes`].
        class: usize,
        /// Whether the step consumes the character before the current position. If false, the step consumes the
        /// character after the current position.
        behind: bool,
    },
    /// Consumes consecutive characters of a class.
    Run {
        /// The index of the class in [`Program::classes`].
        class: usize,
        /// The minimal number of characters.
        min: usize,
        /// The maximal number of characters. `usize::MAX` means unbounded.
        max: usize,
        /// Whether the step first tries to consume as many characters as possible.
        greedy: bool,
        /// Whether the step consumes characters before the current position. If false, the step consumes characters
        /// after the current position.
        behind: bool,
    },
    /// `^`.
    Start,
    /// `$`.
    End,
    /// `\b` if the value is false, and `\B` if it is true.
    Boundary(bool),
    /// Continues with the next step. If the match fails there, continues with the step at this index.
    Either(usize),
    /// Continues with the step at this index.
    Goto(usize),
    /// Begins the capturing group with this index.
    Open(usize),
    /// Ends a capturing group.
    Close {
        /// The index of the group.
        group: usize,
        /// Whether the group is matched from right to left.
        behind: bool,
    },
    /// Consumes the string that a capturing group has captured.
    Reference {
        /// The index of the group.
        group: usize,
        /// Whether the step consumes characters before the current position. If false, the step consumes characters
        /// after the current position.
        behind: bool,
    },
    /// Begins the loop with this index. The next step must be [`Step::Repeat`].
    Loop(usize),
    /// Begins another repetition of a loop, or leaves the loop. The body of the loop starts at the next step, and ends
    /// with a [`Step::Goto`] that leads back to this step.
    Repeat {
        /// The index of the loop.
        id: usize,
        /// The minimal number of repetitions.
        min: usize,
        /// The maximal number of repetitions. `usize::MAX` means unbounded.
        max: usize,
        /// Whether the step first tries another repetition. If false, the step first tries to leave the loop.
        greedy: bool,
        /// The index of the step after the loop.
        exit: usize,
        /// The capturing groups in the body of the loop: the index of the first group, and the index after the last
        /// group.
        groups: (usize, usize),
    },
    /// Begins a lookaround. Its content starts at the next step, and ends with [`Step::LookEnd`].
    Look {
        /// Whether the content must not match.
        negated: bool,
        /// The index of the step after the lookaround.
        exit: usize,
    },
    /// Ends the content of a lookaround.
    LookEnd,
    /// Ends the program: the string matches.
    Match,
}

/// The program of a pattern: its steps, its character classes, and its numbers of groups and loops.
#[derive(Debug, Clone, Copy)]
pub struct Program<'p> {
    /// The steps of the program. A match begins with the first step.
    pub steps: &'p [Step],
    /// The character classes. Each is a list of inclusive ranges in ascending order.
    pub classes: &'p [&'p [(char, char)]],
    /// The number of capturing groups.
    pub groups: usize,
    /// The number of loops.
    pub loops: usize,
}
