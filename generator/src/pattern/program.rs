//! Translates the syntax tree of a pattern to the steps of a backtracking match.

use std::collections::HashMap;

use copperplate_runtime::runtime::Step;

use crate::pattern::syntax::{Node, SharedClass, Syntax, Target};

/// A pattern, translated to the steps of a backtracking match and the data that the steps refer to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Program {
    /// The steps.
    pub steps: Vec<Step>,
    /// The character classes that the steps refer to.
    pub classes: Vec<SharedClass>,
    /// The number of capturing groups.
    pub groups: usize,
    /// The number of [`Step::Loop`] steps.
    pub loops: usize,
}

impl Program {
    /// Returns whether any substring of `text` matches; `None` if the match takes too many steps.
    pub fn decide(&self, text: &str) -> Option<bool> {
        self.decide_within(text, usize::MAX).0
    }

    /// Decides whether any substring of `text` matches, in at most `allowed` steps. Also returns the number of steps.
    pub fn decide_within(&self, text: &str, allowed: usize) -> (Option<bool>, usize) {
        self.with_borrowed(|program| program.decide_within(text, allowed))
    }

    /// Calls `run` with this program, converted to the type that the runtime of generated crates uses.
    pub(super) fn with_borrowed<T>(&self, run: impl FnOnce(copperplate_runtime::runtime::Program<'_>) -> T) -> T {
        let classes: Vec<&[(char, char)]> = self.classes.iter().map(|class| &**class).collect();
        let (steps, groups, loops) = (self.steps.as_slice(), self.groups, self.loops);
        run(copperplate_runtime::runtime::Program { steps, classes: &classes, groups, loops })
    }
}

/// Translates a syntax tree to a program; `None` if a backreference refers to no group.
pub(super) fn program(syntax: &Syntax) -> Option<Program> {
    let program = Program { groups: syntax.groups, ..Program::default() };
    let mut builder = Builder { program, names: &syntax.names, known_classes: HashMap::new() };
    builder.alternatives(&syntax.alternatives, false)?;
    builder.program.steps.push(Step::Match);
    Some(builder.program)
}

struct Builder<'s> {
    program: Program,
    names: &'s HashMap<String, Vec<usize>>,
    /// The index of each class in `program.classes`.
    known_classes: HashMap<SharedClass, usize>,
}

impl Builder<'_> {
    /// Returns the index that the next added step will have.
    fn next(&self) -> usize {
        self.program.steps.len()
    }

    fn push(&mut self, step: Step) {
        self.program.steps.push(step);
    }

    fn alternatives(&mut self, alternatives: &[Vec<Node>], behind: bool) -> Option<()> {
        let mut jumps = Vec::new();
        for (index, sequence) in alternatives.iter().enumerate() {
            let is_last = index + 1 == alternatives.len();
            let choice = self.next();
            if !is_last {
                self.push(Step::Either(0));
            }
            self.sequence(sequence, behind)?;
            if !is_last {
                jumps.push(self.next());
                self.push(Step::Goto(0));
                let next = self.next();
                self.program.steps[choice] = Step::Either(next);
            }
        }
        let end = self.next();
        jumps.into_iter().for_each(|jump| self.program.steps[jump] = Step::Goto(end));
        Some(())
    }

    fn sequence(&mut self, nodes: &[Node], behind: bool) -> Option<()> {
        if behind {
            nodes.iter().rev().try_for_each(|node| self.node(node, behind))
        } else {
            nodes.iter().try_for_each(|node| self.node(node, behind))
        }
    }

    fn node(&mut self, node: &Node, behind: bool) -> Option<()> {
        match node {
            Node::Class(class) => {
                let class = self.class(class);
                self.push(Step::Class { class, behind });
            }
            Node::Start => self.push(Step::Start),
            Node::End => self.push(Step::End),
            Node::Boundary { negated } => self.push(Step::Boundary(*negated)),
            Node::Group { capture: None, alternatives } => self.alternatives(alternatives, behind)?,
            Node::Group { capture: Some(group), alternatives } => {
                self.push(Step::Open(*group));
                self.alternatives(alternatives, behind)?;
                self.push(Step::Close { group: *group, behind });
            }
            Node::Look { behind, negated, alternatives } => {
                let look = self.next();
                self.push(Step::Look { negated: *negated, exit: 0 });
                self.alternatives(alternatives, *behind)?;
                self.push(Step::LookEnd);
                self.program.steps[look] = Step::Look { negated: *negated, exit: self.next() };
            }
            Node::Reference(target) => self.reference(target, behind)?,
            Node::Repeat { node, min, max, greedy, groups } => {
                let (min, max, greedy) = (*min, max.unwrap_or(usize::MAX), *greedy);
                if let Node::Class(class) = &**node {
                    let class = self.class(class);
                    self.push(Step::Run { class, min, max, greedy, behind });
                } else {
                    let (id, begin) = (self.program.loops, self.next() + 1);
                    self.program.loops += 1;
                    self.push(Step::Loop(id));
                    self.push(Step::Match);
                    self.node(node, behind)?;
                    self.push(Step::Goto(begin));
                    let exit = self.next();
                    self.program.steps[begin] =
                        Step::Repeat { id, min, max, greedy, exit, groups: (groups.start, groups.end) };
                }
            }
        }
        Some(())
    }

    /// Adds a backreference step for each group with the index or name in `target`. If several groups have the same name, at most
    /// one of them has captured a text. The steps of the other groups match the empty text. Returns `None` if there is no such
    /// group.
    fn reference(&mut self, target: &Target, behind: bool) -> Option<()> {
        let groups = match target {
            Target::Index(group) => vec![*group],
            Target::Name(name) => self.names.get(name)?.clone(),
        };
        let is_valid = groups.iter().all(|group| *group < self.program.groups);
        groups.into_iter().for_each(|group| self.push(Step::Reference { group, behind }));
        is_valid.then_some(())
    }

    fn class(&mut self, class: &SharedClass) -> usize {
        let next = self.program.classes.len();
        let index = *self.known_classes.entry(class.clone()).or_insert(next);
        if index == next {
            self.program.classes.push(class.clone());
        }
        index
    }
}
