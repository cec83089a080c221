// copperplate runtime: copied unchanged into every generated crate.
//! Position automata: they decide in one pass, linear in the text, whether any part of it matches a pattern that neither looks
//! around nor refers back.
//!
//! A position is one place of the pattern that takes a character. A set of positions is the state, and a character leads from
//! one set to the next, so that no text makes the automaton go back.

/// How many positions a pattern may have; a counted class has one for each time it may stand.
pub const MOST: usize = 1024;

const WORD: usize = u64::BITS as usize;
const WORDS: usize = MOST / WORD;

/// A set of positions.
type Set = [u64; WORDS];

/// What a position takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Symbol {
    /// A character of this class.
    Class(usize),
    /// The start of the text, which stands there as often as it is asked for.
    Start,
    /// The end of the text, likewise.
    End,
}

/// A part of the pattern while the automaton is being built: the positions that it may begin and end with.
#[derive(Debug, Clone, Copy, Default)]
pub struct Fragment {
    /// Whether it may be left out.
    is_empty: bool,
    first: Set,
    last: Set,
}

/// Builds an automaton from the parts of a pattern, in their order.
#[derive(Debug, Default)]
pub struct Builder {
    classes: Vec<Vec<(char, char)>>,
    symbols: Vec<Symbol>,
    /// For each position, those that may follow it.
    follow: Vec<Set>,
}

impl Builder {
    /// What takes no character.
    pub fn nothing(&self) -> Fragment {
        Fragment { is_empty: true, ..Fragment::default() }
    }

    /// One character out of `ranges`, which are in ascending order.
    pub fn class(&mut self, ranges: &[(char, char)]) -> Fragment {
        let known = self.classes.iter().position(|class| class == ranges);
        let class = known.unwrap_or_else(|| {
            self.classes.push(ranges.to_vec());
            self.classes.len() - 1
        });
        self.position(Symbol::Class(class))
    }

    /// The start of the text.
    pub fn start(&mut self) -> Fragment {
        self.position(Symbol::Start)
    }

    /// The end of the text.
    pub fn end(&mut self) -> Fragment {
        self.position(Symbol::End)
    }

    fn position(&mut self, symbol: Symbol) -> Fragment {
        let own = set(self.symbols.len());
        self.symbols.push(symbol);
        self.follow.push([0; WORDS]);
        Fragment { is_empty: false, first: own, last: own }
    }

    fn lead(&mut self, from: &Set, to: &Set) {
        for (position, follow) in self.follow.iter_mut().enumerate() {
            if contains(from, position) {
                join(follow, to, WORDS);
            }
        }
    }

    /// One behind the other.
    pub fn then(&mut self, left: Fragment, right: Fragment) -> Fragment {
        self.lead(&left.last, &right.first);
        let mut both = Fragment { is_empty: left.is_empty && right.is_empty, first: left.first, last: right.last };
        if left.is_empty {
            join(&mut both.first, &right.first, WORDS);
        }
        if right.is_empty {
            join(&mut both.last, &left.last, WORDS);
        }
        both
    }

    /// Either of the two.
    pub fn or(&mut self, left: Fragment, right: Fragment) -> Fragment {
        let mut either = Fragment { is_empty: left.is_empty || right.is_empty, ..left };
        join(&mut either.first, &right.first, WORDS);
        join(&mut either.last, &right.last, WORDS);
        either
    }

    /// What `part` builds, from `min` to `max` times; `usize::MAX` is without bound. A pattern of too many positions is cut,
    /// which [`Builder::finish`] refuses.
    pub fn repeat(&mut self, min: usize, max: usize, mut part: impl FnMut(&mut Self) -> Fragment) -> Fragment {
        let is_endless = max == usize::MAX;
        let copies = if is_endless { min.max(1) } else { max };
        let mut built = Vec::new();
        while built.len() < copies && self.symbols.len() <= MOST {
            let before = self.symbols.len();
            built.push(part(self));
            if self.symbols.len() == before {
                // Nothing, however often, is nothing.
                break;
            }
        }
        let mut all = self.nothing();
        for (index, mut copy) in built.into_iter().enumerate().rev() {
            if is_endless && index + 1 == copies {
                self.lead(&copy.last, &copy.first);
            }
            // The last copies may be missing, those in front of them first of all.
            copy = self.then(copy, all);
            copy.is_empty |= index >= min;
            all = copy;
        }
        all
    }

    /// The automaton of the whole pattern; `None` where it has too many positions.
    pub fn finish(self, whole: Fragment) -> Option<Automaton> {
        if self.symbols.len() > MOST {
            return None;
        }
        let mut automaton = Automaton {
            words: self.symbols.len().div_ceil(WORD).max(1),
            matches_nothing_too: whole.is_empty,
            first: whole.first,
            last: whole.last,
            start: [0; WORDS],
            end: [0; WORDS],
            steps: [0; WORDS],
            leaps: Vec::new(),
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
        let ascii = (0..=127_u8).map(|byte| automaton.taking(char::from(byte)));
        automaton.ascii = ascii.collect();
        Some(automaton)
    }
}

/// A pattern, ready to decide.
#[derive(Debug)]
pub struct Automaton {
    /// How many words of a set are in use.
    words: usize,
    /// Whether the empty text matches, so that every text does.
    matches_nothing_too: bool,
    first: Set,
    last: Set,
    /// The positions that take the start of the text.
    start: Set,
    end: Set,
    /// The positions that the next one may follow, as it does in most patterns nearly everywhere.
    steps: Set,
    /// What else may follow, for the positions of which that is the same.
    leaps: Vec<(Set, Set)>,
    classes: Vec<(Vec<(char, char)>, Set)>,
    /// For each character of ASCII, the positions that take it.
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
        match self.leaps.iter_mut().find(|(_, known)| *known == follow) {
            Some((members, _)) => insert(members, position),
            None => self.leaps.push((set(position), follow)),
        }
    }

    /// The positions that take `letter`.
    fn taking(&self, letter: char) -> Set {
        let mut taking = [0; WORDS];
        for (ranges, members) in &self.classes {
            let after = ranges.partition_point(|(_, last)| *last < letter);
            if ranges.get(after).is_some_and(|(first, _)| *first <= letter) {
                join(&mut taking, members, self.words);
            }
        }
        taking
    }

    /// Whether any part of `text` matches.
    pub fn is_match(&self, text: &str) -> bool {
        if self.matches_nothing_too {
            return true;
        }
        // A pattern that begins at the start begins nowhere else.
        let is_anchored = (0..self.words).all(|word| self.first[word] & !self.start[word] == 0);
        let mut run = Run { automaton: self, ready: self.first, has_matched: false };
        let mut here = self.start;
        if text.is_empty() {
            join(&mut here, &self.end, self.words);
        }
        run.take_all(&here);
        for letter in text.chars() {
            if run.has_matched {
                return true;
            }
            match self.ascii.get(letter as usize) {
                Some(taking) => run.take(taking),
                None => run.take(&self.taking(letter)),
            }
            if !is_anchored {
                join(&mut run.ready, &self.first, self.words);
            } else if run.ready[..self.words].iter().all(|word| *word == 0) {
                return run.has_matched;
            }
        }
        run.take_all(&self.end);
        run.has_matched
    }
}

/// An automaton on its way through a text.
struct Run<'a> {
    automaton: &'a Automaton,
    /// The positions that may take what comes next.
    ready: Set,
    has_matched: bool,
}

impl Run<'_> {
    /// Goes on by what the positions of `taking` take.
    fn take(&mut self, taking: &Set) {
        let automaton = self.automaton;
        let words = automaton.words;
        let mut taken = [0; WORDS];
        for (word, taken) in taken.iter_mut().enumerate().take(words) {
            *taken = self.ready[word] & taking[word];
            self.has_matched |= *taken & automaton.last[word] != 0;
        }
        let mut carry = 0;
        for (word, taken) in taken.iter().enumerate().take(words) {
            let stepping = taken & automaton.steps[word];
            self.ready[word] = stepping << 1 | carry;
            carry = stepping >> (WORD - 1);
        }
        for (from, to) in &automaton.leaps {
            if (0..words).any(|word| taken[word] & from[word] != 0) {
                join(&mut self.ready, to, words);
            }
        }
    }

    /// Takes a place of the text, as often as the pattern asks for it, and stays there.
    fn take_all(&mut self, taking: &Set) {
        let words = self.automaton.words;
        loop {
            let before = self.ready;
            self.take(taking);
            join(&mut self.ready, &before, words);
            if self.ready == before {
                return;
            }
        }
    }
}

/// A position beyond the last possible one is in no set: its pattern is refused.
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
