// copperplate runtime: copied into each generated crate that uses it.
//! Matches patterns that need backtracking. Such a pattern has a backreference, a word boundary, a Unicode property, or
//! a lookaround other than a lookahead at the start of the pattern.
//!
//! The generator translates such a pattern to a list of [`Step`] values. Backtracking can take exponential time, so the
//! number of steps for one string is limited: see [`MIN_STEPS`] and [`STEPS_PER_BYTE`].

use crate::runtime::validation::pattern::budget::{self, StepLimit};
use crate::runtime::validation::pattern::matcher::Matcher;
use crate::runtime::validation::pattern::program::{Program, Step};

/// The number of steps that the first match in a value may take. A long string may take more: see [`STEPS_PER_BYTE`].
/// All strings of the value share most of these steps: see [`SHARED_STEPS`](budget::SHARED_STEPS).
pub const MIN_STEPS: usize = budget::STEPS_PER_STRING + budget::SHARED_STEPS;

/// The number of steps that a match may take for each byte of the string, in addition to [`MIN_STEPS`].
pub const STEPS_PER_BYTE: usize = budget::STEPS_PER_BYTE;

/// The number of registers that are cleared in one step.
const REGISTERS_PER_STEP: usize = 8;

/// The maximal number of entries on the backtracking stack. This limits the memory for one match to 32 MB.
const MAX_STACK: usize = 1 << 20;

/// The value of a register that is not set. Registers hold byte indexes and repetition counts: see [`Run::registers`].
const UNSET: usize = usize::MAX;

/// An ECMA-262 regular expression that is matched by backtracking.
#[derive(Debug)]
pub struct Ecma {
    text: &'static str,
    program: Program<'static>,
}

impl Ecma {
    /// Creates a pattern from its program. `text` is the regular expression in the OpenAPI document.
    pub const fn new(text: &'static str, program: Program<'static>) -> Self {
        Self { text, program }
    }
}

impl Matcher for Ecma {
    fn pattern(&self) -> &str {
        self.text
    }

    fn is_match(&self, text: &str) -> bool {
        self.decide(text) == Some(true)
    }

    fn decide(&self, text: &str) -> Option<bool> {
        self.program.decide(text)
    }
}

impl Program<'_> {
    /// Returns whether a substring of `text` matches. Returns `None` if the match takes too many steps.
    pub fn decide(&self, text: &str) -> Option<bool> {
        self.decide_within(text, usize::MAX).0
    }

    /// Decides whether a substring of `text` matches, in at most `allowed` steps. Also returns the number of steps.
    pub fn decide_within(&self, text: &str, allowed: usize) -> (Option<bool>, usize) {
        let (decision, steps) = budget::limited(text.len(), |own| self.run_within(text, own.min(allowed)));
        (decision.ok(), steps)
    }

    /// Decides whether `text` matches, in at most `allowed` steps. Also returns the number of steps.
    fn run_within(&self, text: &str, allowed: usize) -> (Result<bool, Exhausted>, usize) {
        let count = self.groups * 3 + self.loops * 2;
        let taken = count / REGISTERS_PER_STEP;
        if taken > allowed {
            return (Err(Exhausted), 0);
        }
        let (registers, limit) = (vec![UNSET; count], StepLimit::new(allowed));
        let mut run = Run { program: *self, text, registers, stack: Vec::new(), looks: Vec::new(), taken, limit };
        let starts = text.char_indices().map(|(start, _)| start).chain([text.len()]);
        for start in starts {
            match run.matches_at(start) {
                Ok(false) => {}
                Ok(true) => return (Ok(true), run.taken),
                Err(Exhausted) => return (Err(Exhausted), allowed),
            }
        }
        (Ok(false), run.taken)
    }
}

/// The error of a match that takes too many steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Exhausted;

/// An entry of the backtracking stack: how the match continues if a step fails.
#[derive(Debug)]
enum Entry {
    /// Continue with this step at this byte index.
    Choice { step: usize, at: usize },
    /// Restore the previous value of a register, then pop the next entry.
    Undo { register: usize, value: usize },
    /// Shorten a greedy repetition of a character class, such as `[a-z]*`, by one character. The repetition ends at the
    /// byte index `at`, and must extend at least to `least`. The match continues with `step`.
    Shorter { step: usize, least: usize, at: usize },
    /// Extend a lazy repetition of a character class, such as `[a-z]*?`, by one character. The repetition can be
    /// extended `left` times. `step` is the index of its [`Step::Run`].
    Longer { step: usize, at: usize, left: usize },
    /// Begin another repetition of a lazy loop, such as `(ab)*?`. `step` is the index of its [`Step::Repeat`].
    Again { step: usize, at: usize },
    /// Leave a lookaround whose content does not match. If the lookaround is negated, the match continues with the step
    /// `exit`. Otherwise, the next entry is popped.
    Look { negated: bool, exit: usize, at: usize },
}

/// The index of a step, and a byte index in the string.
type Position = (usize, usize);

/// The state of a match.
struct Run<'r> {
    program: Program<'r>,
    text: &'r str,
    /// For each capturing group, three byte indexes: the start and the end of its capture, and the position of its
    /// latest [`Step::Open`]. Then for each loop, two numbers: how many repetitions began, and the byte index at which
    /// the latest repetition began.
    registers: Vec<usize>,
    stack: Vec<Entry>,
    /// For each lookaround that has begun and not ended, the index of its [`Entry::Look`] in `stack`.
    looks: Vec<usize>,
    /// The number of steps that the match has taken.
    taken: usize,
    limit: StepLimit,
}

impl Run<'_> {
    fn spend(&mut self, steps: usize) -> Result<(), Exhausted> {
        self.taken += steps;
        match self.limit.is_exceeded(self.taken) || self.stack.len() > MAX_STACK {
            true => Err(Exhausted),
            false => Ok(()),
        }
    }

    fn matches_at(&mut self, start: usize) -> Result<bool, Exhausted> {
        let (mut step, mut at) = (0, start);
        loop {
            self.spend(1)?;
            let next = match self.program.steps.get(step) {
                Some(Step::Match) => return Ok(true),
                Some(found) => self.take(*found, step, at)?,
                None => None,
            };
            match next {
                Some(next) => (step, at) = next,
                None => match self.backtrack()? {
                    Some(next) => (step, at) = next,
                    None => return Ok(false),
                },
            }
        }
    }

    /// Executes the step `taken`, and returns the next [`Position`]. Returns `None` if the step fails.
    fn take(&mut self, taken: Step, step: usize, at: usize) -> Result<Option<Position>, Exhausted> {
        let next = step + 1;
        let next_if = |holds: bool| holds.then_some((next, at));
        Ok(match taken {
            Step::Class { class, behind } => self.consume(class, at, behind).map(|at| (next, at)),
            Step::Run { class, min, max, greedy, behind } => {
                return if greedy {
                    self.run_greedily(class, (min, max), behind, (next, at))
                } else {
                    self.run_lazily(class, (min, max), behind, (step, at))
                };
            }
            Step::Start => next_if(at == 0),
            Step::End => next_if(at == self.text.len()),
            Step::Boundary(negated) => next_if((self.is_word(at, true) != self.is_word(at, false)) != negated),
            Step::Either(step) => {
                self.stack.push(Entry::Choice { step, at });
                Some((next, at))
            }
            Step::Goto(step) => Some((step, at)),
            Step::Open(group) => {
                self.set(group * 3 + 2, at);
                Some((next, at))
            }
            Step::Close { group, behind } => {
                let opened = self.registers[group * 3 + 2];
                let (start, end) = if behind { (at, opened) } else { (opened, at) };
                self.set(group * 3, start);
                self.set(group * 3 + 1, end);
                Some((next, at))
            }
            Step::Reference { group, behind } => self.refer(group, at, behind)?.map(|at| (next, at)),
            Step::Loop(id) => {
                self.set(self.count_of(id), 0);
                self.set(self.count_of(id) + 1, UNSET);
                Some((next, at))
            }
            Step::Repeat { id, min, max, greedy, exit, .. } => self.repeat(id, (min, max), greedy, exit, (step, at))?,
            Step::Look { negated, exit } => {
                self.looks.push(self.stack.len());
                self.stack.push(Entry::Look { negated, exit, at });
                Some((next, at))
            }
            Step::LookEnd => self.end_look()?,
            Step::Match => None,
        })
    }

    /// Pops entries from the stack until the match can continue. Returns the [`Position`] at which the match continues.
    /// Returns `None` if the stack becomes empty. The match has then failed.
    fn backtrack(&mut self) -> Result<Option<Position>, Exhausted> {
        while let Some(entry) = self.stack.pop() {
            self.spend(1)?;
            match entry {
                Entry::Choice { step, at } => return Ok(Some((step, at))),
                Entry::Undo { register, value } => self.registers[register] = value,
                Entry::Shorter { step, least, at } => {
                    let behind = at < least;
                    let at = self.neighbor(at, !behind).map_or(least, |(_, at)| at);
                    if at != least {
                        self.stack.push(Entry::Shorter { step, least, at });
                    }
                    return Ok(Some((step, at)));
                }
                Entry::Longer { step, at, left } => {
                    if let Some(Step::Run { class, behind, .. }) = self.program.steps.get(step)
                        && let Some(at) = self.consume(*class, at, *behind)
                    {
                        if left > 1 {
                            self.stack.push(Entry::Longer { step, at, left: left - 1 });
                        }
                        return Ok(Some((step + 1, at)));
                    }
                }
                Entry::Again { step, at } => return Ok(Some(self.begin_repetition(step, at)?)),
                Entry::Look { negated, exit, at } => {
                    self.looks.pop();
                    if negated {
                        return Ok(Some((exit, at)));
                    }
                }
            }
        }
        Ok(None)
    }

    fn set(&mut self, register: usize, value: usize) {
        let before = std::mem::replace(&mut self.registers[register], value);
        if before != value {
            self.stack.push(Entry::Undo { register, value: before });
        }
    }

    /// Returns the character after the byte index `at`, and the byte index after this character. If `behind` is true,
    /// returns the character before `at`, and the byte index of this character.
    fn neighbor(&self, at: usize, behind: bool) -> Option<(char, usize)> {
        if behind {
            let letter = self.text.get(..at)?.chars().next_back()?;
            Some((letter, at - letter.len_utf8()))
        } else {
            let letter = self.text.get(at..)?.chars().next()?;
            Some((letter, at + letter.len_utf8()))
        }
    }

    fn consume(&self, class: usize, at: usize, behind: bool) -> Option<usize> {
        let (letter, at) = self.neighbor(at, behind)?;
        let ranges = self.program.classes.get(class)?;
        let after = ranges.partition_point(|(_, last)| *last < letter);
        ranges.get(after).is_some_and(|(first, _)| *first <= letter).then_some(at)
    }

    fn is_word(&self, at: usize, behind: bool) -> bool {
        self.neighbor(at, behind).is_some_and(|(letter, _)| letter.is_ascii_alphanumeric() || letter == '_')
    }

    /// Consumes at most `count` characters of a class. Returns the number of consumed characters, and the byte index at
    /// which the match continues.
    fn consume_many(
        &mut self,
        class: usize,
        count: usize,
        behind: bool,
        mut at: usize,
    ) -> Result<(usize, usize), Exhausted> {
        for consumed in 0..count {
            let Some(next) = self.consume(class, at, behind) else { return Ok((consumed, at)) };
            self.spend(1)?;
            at = next;
        }
        Ok((count, at))
    }

    /// Matches a greedy repetition of a character class, such as `[a-z]*`: consumes as many characters as possible.
    /// `next` is a pair: the index of the step after the repetition, and the byte index at which the repetition begins.
    fn run_greedily(
        &mut self,
        class: usize,
        (min, max): (usize, usize),
        behind: bool,
        next: Position,
    ) -> Result<Option<Position>, Exhausted> {
        let (count, least) = self.consume_many(class, min, behind, next.1)?;
        if count < min {
            return Ok(None);
        }
        let (_, at) = self.consume_many(class, max - min, behind, least)?;
        if at != least {
            self.stack.push(Entry::Shorter { step: next.0, least, at });
        }
        Ok(Some((next.0, at)))
    }

    /// Matches a lazy repetition of a character class, such as `[a-z]*?`: consumes as few characters as possible. `run`
    /// is a pair: the index of the [`Step::Run`], and the byte index at which the repetition begins.
    fn run_lazily(
        &mut self,
        class: usize,
        (min, max): (usize, usize),
        behind: bool,
        run: Position,
    ) -> Result<Option<Position>, Exhausted> {
        let (count, at) = self.consume_many(class, min, behind, run.1)?;
        if count < min {
            return Ok(None);
        }
        if max > min {
            self.stack.push(Entry::Longer { step: run.0, at, left: max - min });
        }
        Ok(Some((run.0 + 1, at)))
    }

    /// Matches a backreference: consumes the string that the capturing group `group` has captured. Returns the byte
    /// index at which the match continues. If the group has captured nothing, the backreference matches the empty
    /// string.
    fn refer(&mut self, group: usize, at: usize, behind: bool) -> Result<Option<usize>, Exhausted> {
        let text = self.text;
        let captured = text.get(self.registers[group * 3]..self.registers[group * 3 + 1]).unwrap_or_default();
        self.spend(captured.len() / 8)?;
        Ok(if behind {
            text[..at].ends_with(captured).then(|| at - captured.len())
        } else {
            text[at..].starts_with(captured).then(|| at + captured.len())
        })
    }

    /// Returns the index of the register that counts the repetitions of a loop.
    fn count_of(&self, id: usize) -> usize {
        self.program.groups * 3 + id * 2
    }

    fn repeat(
        &mut self,
        id: usize,
        (min, max): (usize, usize),
        greedy: bool,
        exit: usize,
        (step, at): Position,
    ) -> Result<Option<Position>, Exhausted> {
        let (count, began) = (self.registers[self.count_of(id)], self.registers[self.count_of(id) + 1]);
        Ok(if count > min && began == at {
            // A repetition beyond the minimum must consume at least one character. Otherwise the loop would never end.
            None
        } else if count < min {
            Some(self.begin_repetition(step, at)?)
        } else if count >= max {
            Some((exit, at))
        } else if greedy {
            self.stack.push(Entry::Choice { step: exit, at });
            Some(self.begin_repetition(step, at)?)
        } else {
            self.stack.push(Entry::Again { step, at });
            Some((exit, at))
        })
    }

    /// Begins a repetition of the loop at `step`. Clears what the groups inside the loop captured in the previous
    /// repetition.
    fn begin_repetition(&mut self, step: usize, at: usize) -> Result<Position, Exhausted> {
        if let Some(&Step::Repeat { id, groups: (first, end), .. }) = self.program.steps.get(step) {
            let count = self.count_of(id);
            self.set(count, self.registers[count] + 1);
            self.set(count + 1, at);
            self.spend(end - first)?;
            for group in first..end {
                self.set(group * 3, UNSET);
                self.set(group * 3 + 1, UNSET);
            }
        }
        Ok((step + 1, at))
    }

    /// Ends a lookaround whose content matches. By the rules of ECMA-262, backtracking never tries another match of the
    /// content.
    fn end_look(&mut self) -> Result<Option<Position>, Exhausted> {
        let Some(begin) = self.looks.pop() else { return Ok(None) };
        self.spend(self.stack.len() - begin)?;
        let Some(Entry::Look { negated, exit, at }) = self.stack.get(begin) else { return Ok(None) };
        let (negated, next) = (*negated, (*exit, *at));
        if negated {
            while self.stack.len() > begin {
                if let Some(Entry::Undo { register, value }) = self.stack.pop() {
                    self.registers[register] = value;
                }
            }
            return Ok(None);
        }
        // The groups in a lookaround keep their captures. The kept `Undo` entries restore the previous captures if the
        // match backtracks beyond the lookaround.
        let kept: Vec<Entry> = self.stack.drain(begin..).filter(|entry| matches!(entry, Entry::Undo { .. })).collect();
        self.stack.extend(kept);
        Ok(Some(next))
    }
}
