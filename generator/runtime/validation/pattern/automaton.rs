// copperplate runtime: copied into each generated crate that uses it.
//! Position automata, built with Glushkov's construction. An automaton decides whether a substring of a string matches
//! a pattern without lookarounds and backreferences. The automaton reads the string once, in time linear in the length
//! of the string.
//!
//! A position is a character class or an anchor of the pattern: `a[bc]$` has three positions. The state of the
//! automaton is a set of positions. Each character leads from one set to the next, so the automaton never backtracks.

use crate::runtime::validation::pattern::budget::StepLimit;

/// The maximal number of positions of a pattern. A character class with a quantifier has one position for each
/// repetition: `a{3}` has three.
pub const MAX_POSITIONS: usize = 1024;

/// The maximal number of concatenations and alternations that build an automaton. [`MAX_POSITIONS`] does not limit
/// these operations, because a pattern such as `(|)(|)(|)` has no positions.
const MAX_OPERATIONS: usize = 64 * MAX_POSITIONS;

/// The index of the transition of a position without a transition.
const NO_JUMP: usize = usize::MAX;

const WORD: usize = u64::BITS as usize;
/// The number of words of a set that are joined in one step.
const WORDS_PER_STEP: usize = 8;

/// The number of classes that are searched for a character beyond ASCII in one step.
const CLASSES_PER_STEP: usize = 8;

const WORDS: usize = MAX_POSITIONS / WORD;

/// A set of positions, with one bit for each position.
type Set = [u64; WORDS];

/// What a position consumes: a character, or the start or the end of the string.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    /// A character of the class at this index.
    Class(usize),
    /// The start of the string. Consecutive positions can consume the same start, as in `^^a`.
    Start,
    /// The end of the string. Consecutive positions can consume the same end, as in `a$$`.
    End,
}

/// A fragment of a pattern during construction. `first` has the positions that can consume the first character of a
/// match, and `last` has the positions that can consume the last character.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fragment {
    /// Whether the fragment matches the empty string.
    matches_empty: bool,
    first: Set,
    last: Set,
}

/// Builds an automaton from the fragments of a pattern.
#[derive(Debug, Default)]
pub struct AutomatonBuilder {
    classes: Vec<Vec<(char, char)>>,
    symbols: Vec<Symbol>,
    /// For each position, the positions that can consume the next character.
    follow: Vec<Set>,
    /// The number of concatenations and alternations so far.
    operations: usize,
}

impl AutomatonBuilder {
    /// Returns a fragment that matches only the empty string.
    pub fn empty(&self) -> Fragment {
        Fragment { matches_empty: true, ..Fragment::default() }
    }

    /// Returns whether the pattern is too large. If it is, [`AutomatonBuilder::finish`] returns `None`.
    fn is_too_large(&self) -> bool {
        self.symbols.len() > MAX_POSITIONS || self.operations > MAX_OPERATIONS
    }

    /// Returns a fragment that matches one character of `ranges`. The ranges must be in ascending order.
    pub fn class(&mut self, ranges: &[(char, char)]) -> Fragment {
        if self.is_too_large() {
            return Fragment::default();
        }
        let known = self.classes.iter().position(|class| class == ranges);
        let class = known.unwrap_or_else(|| {
            self.classes.push(ranges.to_vec());
            self.classes.len() - 1
        });
        self.position(Symbol::Class(class))
    }

    /// Returns a fragment that matches the start of the string.
    pub fn start(&mut self) -> Fragment {
        self.position(Symbol::Start)
    }

    /// Returns a fragment that matches the end of the string.
    pub fn end(&mut self) -> Fragment {
        self.position(Symbol::End)
    }

    fn position(&mut self, symbol: Symbol) -> Fragment {
        if self.is_too_large() {
            return Fragment::default();
        }
        let own = set(self.symbols.len());
        self.symbols.push(symbol);
        self.follow.push([0; WORDS]);
        Fragment { matches_empty: false, first: own, last: own }
    }

    fn add_follow_all(&mut self, from: &Set, to: &Set) {
        for (word, mut positions) in from.iter().copied().enumerate().filter(|_| *to != [0; WORDS]) {
            while positions != 0 {
                if let Some(follow) = self.follow.get_mut(word * WORD + positions.trailing_zeros() as usize) {
                    join(follow, to, WORDS);
                }
                positions &= positions - 1;
            }
        }
    }

    /// Returns a fragment that matches `left`, followed by `right`.
    pub fn concat(&mut self, left: Fragment, right: Fragment) -> Fragment {
        self.operations += 1;
        if self.is_too_large() {
            return Fragment::default();
        }
        self.add_follow_all(&left.last, &right.first);
        let mut both =
            Fragment { matches_empty: left.matches_empty && right.matches_empty, first: left.first, last: right.last };
        if left.matches_empty {
            join(&mut both.first, &right.first, WORDS);
        }
        if right.matches_empty {
            join(&mut both.last, &left.last, WORDS);
        }
        both
    }

    /// Returns a fragment that matches `left` or `right`.
    pub fn alternate(&mut self, left: Fragment, right: Fragment) -> Fragment {
        self.operations += 1;
        let mut either = Fragment { matches_empty: left.matches_empty || right.matches_empty, ..left };
        join(&mut either.first, &right.first, WORDS);
        join(&mut either.last, &right.last, WORDS);
        either
    }

    /// Returns a fragment that matches from `min` to `max` repetitions. `part` builds one repetition. If `max` is
    /// `usize::MAX`, the number of repetitions is unbounded.
    ///
    /// If the automaton becomes too large, construction stops, and [`AutomatonBuilder::finish`] returns `None`.
    pub fn repeat(&mut self, min: usize, max: usize, mut part: impl FnMut(&mut Self) -> Fragment) -> Fragment {
        let is_unbounded = max == usize::MAX;
        let copies = if is_unbounded { min.max(1) } else { max };
        let mut built = Vec::new();
        while built.len() < copies && !self.is_too_large() {
            let before = self.symbols.len();
            built.push(part(self));
            if self.symbols.len() == before {
                // A fragment without positions is not built again, because its repetition matches the same strings.
                break;
            }
        }
        let mut all = self.empty();
        for (index, mut copy) in built.into_iter().enumerate().rev() {
            if is_unbounded && index + 1 == copies {
                self.add_follow_all(&copy.last, &copy.first);
            }
            // All repetitions after the first `min` are optional.
            copy = self.concat(copy, all);
            copy.matches_empty |= index >= min;
            all = copy;
        }
        all
    }

    /// Returns the automaton of the whole pattern. Returns `None` if the pattern has more than [`MAX_POSITIONS`]
    /// positions, or needs too many concatenations and alternations.
    pub fn finish(self, whole: Fragment) -> Option<Automaton> {
        if self.is_too_large() {
            return None;
        }
        let mut automaton = Automaton {
            words: self.symbols.len().div_ceil(WORD).max(1),
            matches_empty: whole.matches_empty,
            first: whole.first,
            last: whole.last,
            start: [0; WORDS],
            end: [0; WORDS],
            steps: [0; WORDS],
            jumps: Vec::new(),
            jump_of: vec![NO_JUMP; self.symbols.len()],
            covered: Vec::new(),
            classes: self.classes.into_iter().map(|ranges| (ranges, [0; WORDS])).collect(),
            ascii: Vec::new(),
        };
        for (position, (symbol, follow)) in self.symbols.iter().zip(self.follow).enumerate() {
            let members = match symbol {
                Symbol::Class(class) => &mut automaton.classes[*class].1,
                Symbol::Start => &mut automaton.start,
                Symbol::End => &mut automaton.end,
            };
            insert(members, position);
            automaton.add_follow(position, follow);
        }
        let ascii = (0..=127_u8).map(|byte| automaton.consumers(char::from(byte)));
        automaton.ascii = ascii.collect();
        automaton.covered = automaton.covered();
        Some(automaton)
    }
}

/// The automaton of a pattern.
#[derive(Debug)]
pub struct Automaton {
    /// The number of `u64` words that a set of positions needs. All further words of a set are zero.
    words: usize,
    /// Whether the pattern matches the empty string. Such a pattern matches a substring of every string.
    matches_empty: bool,
    first: Set,
    last: Set,
    /// The positions that consume the start of the string.
    start: Set,
    /// The positions that consume the end of the string.
    end: Set,
    /// The positions N after which position N + 1 can consume the next character. In most patterns, this applies to
    /// nearly all positions.
    steps: Set,
    /// All transitions except those from a position N to N + 1. After any position in the first set, any position in
    /// the second set can consume the next character.
    jumps: Vec<(Set, Set)>,
    /// For each position, the index of its transition in `jumps`. [`NO_JUMP`] if the position has none.
    jump_of: Vec<usize>,
    /// For each transition in `jumps`, the positions whose transition leads to no other position than this one. In
    /// `(a?){9}`, the transition of the first position covers all others, so that one transition is taken instead of
    /// nine.
    covered: Vec<Set>,
    classes: Vec<(Vec<(char, char)>, Set)>,
    /// For each ASCII character, the positions that consume the character.
    ascii: Vec<Set>,
}

impl Automaton {
    fn add_follow(&mut self, position: usize, mut follow: Set) {
        if contains(&follow, position + 1) {
            insert(&mut self.steps, position);
            follow[(position + 1) / WORD] ^= 1 << ((position + 1) % WORD);
        }
        if follow == [0; WORDS] {
            return;
        }
        let known = self.jumps.iter().position(|(_, known)| *known == follow);
        let jump = known.unwrap_or_else(|| {
            self.jumps.push(([0; WORDS], follow));
            self.jumps.len() - 1
        });
        insert(&mut self.jumps[jump].0, position);
        self.jump_of[position] = jump;
    }

    /// Returns [`Automaton::covered`].
    fn covered(&self) -> Vec<Set> {
        let covered_by = |all: &Set| {
            let mut covered = [0; WORDS];
            for (from, to) in &self.jumps {
                if (0..self.words).all(|word| to[word] & !all[word] == 0) {
                    join(&mut covered, from, self.words);
                }
            }
            covered
        };
        self.jumps.iter().map(|(_, to)| covered_by(to)).collect()
    }

    /// Returns the positions that consume `letter`.
    fn consumers(&self, letter: char) -> Set {
        let mut consumers = [0; WORDS];
        for (ranges, members) in &self.classes {
            let after = ranges.partition_point(|(_, last)| *last < letter);
            if ranges.get(after).is_some_and(|(first, _)| *first <= letter) {
                join(&mut consumers, members, self.words);
            }
        }
        consumers
    }

    /// Decides whether a substring of `text` matches, in at most `allowed` steps. Also returns the number of steps.
    /// Returns `None` if the match takes too many steps.
    pub fn decide(&self, text: &str, allowed: usize) -> (Option<bool>, usize) {
        if self.matches_empty {
            return (Some(true), 0);
        }
        let (mut steps, mut limit) = (0, StepLimit::new(allowed));
        // If each first position consumes the start of the string, the pattern can only match at the start.
        let is_anchored = (0..self.words).all(|word| self.first[word] & !self.start[word] == 0);
        let mut run = Run { automaton: self, ready: self.first, has_matched: false };
        let mut here = self.start;
        if text.is_empty() {
            join(&mut here, &self.end, self.words);
        }
        run.consume_anchors(&here);
        for letter in text.chars() {
            if run.has_matched || limit.is_exceeded(steps) {
                return (run.has_matched.then_some(true), steps);
            }
            steps += match self.ascii.get(letter as usize) {
                Some(consumers) => run.consume(consumers),
                None => self.classes.len() / CLASSES_PER_STEP + run.consume(&self.consumers(letter)),
            };
            if !is_anchored {
                join(&mut run.ready, &self.first, self.words);
            } else if run.ready[..self.words].iter().all(|word| *word == 0) {
                return (Some(run.has_matched), steps);
            }
        }
        run.consume_anchors(&self.end);
        (Some(run.has_matched), steps)
    }
}

/// A run of an automaton over a string.
struct Run<'a> {
    automaton: &'a Automaton,
    /// The positions that may consume the next character.
    ready: Set,
    has_matched: bool,
}

impl Run<'_> {
    /// Consumes one character. `consumers` are the positions that consume the character. Returns the number of steps that
    /// this takes.
    fn consume(&mut self, consumers: &Set) -> usize {
        let automaton = self.automaton;
        let words = automaton.words;
        let mut consumed = [0; WORDS];
        for (word, consumed) in consumed.iter_mut().enumerate().take(words) {
            *consumed = self.ready[word] & consumers[word];
            self.has_matched |= *consumed & automaton.last[word] != 0;
        }
        let mut carry = 0;
        for (word, consumed) in consumed.iter().enumerate().take(words) {
            let step = consumed & automaton.steps[word];
            self.ready[word] = step << 1 | carry;
            carry = step >> (WORD - 1);
        }
        1 + self.jump(consumed) * words / WORDS_PER_STEP
    }

    /// Takes the transitions in [`Automaton::jumps`] from the positions in `left`. Returns the number of transitions that
    /// were taken.
    fn jump(&mut self, mut left: Set) -> usize {
        let automaton = self.automaton;
        let mut taken = 0;
        for word in 0..automaton.words {
            while left[word] != 0 {
                let bit = left[word].trailing_zeros() as usize;
                left[word] &= left[word] - 1;
                let jump = automaton.jump_of.get(word * WORD + bit).copied().unwrap_or(NO_JUMP);
                let (Some((_, to)), Some(covered)) = (automaton.jumps.get(jump), automaton.covered.get(jump)) else {
                    continue;
                };
                taken += 1;
                join(&mut self.ready, to, automaton.words);
                (word..automaton.words).for_each(|word| left[word] &= !covered[word]);
            }
        }
        taken
    }

    /// Consumes all consecutive anchors at the start or the end of the string, such as both anchors of `^^a`. `anchors`
    /// are the positions that consume this start or end. Consumes no character.
    fn consume_anchors(&mut self, anchors: &Set) {
        let words = self.automaton.words;
        loop {
            let before = self.ready;
            self.consume(anchors);
            join(&mut self.ready, &before, words);
            if self.ready == before {
                return;
            }
        }
    }
}

/// Inserts a position. Ignores a position beyond [`MAX_POSITIONS`], because [`AutomatonBuilder::finish`] returns `None`
/// for a pattern with so many positions.
fn insert(set: &mut Set, position: usize) {
    if let Some(word) = set.get_mut(position / WORD) {
        *word |= 1 << (position % WORD);
    }
}

fn contains(set: &Set, position: usize) -> bool {
    set.get(position / WORD).is_some_and(|word| word >> (position % WORD) & 1 == 1)
}

fn set(position: usize) -> Set {
    let mut set = [0; WORDS];
    insert(&mut set, position);
    set
}

fn join(set: &mut Set, other: &Set, words: usize) {
    for word in 0..words {
        set[word] |= other[word];
    }
}
