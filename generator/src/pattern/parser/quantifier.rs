//! Parses quantifiers.

use crate::pattern::parser::Reader;
use crate::pattern::syntax::Node;

impl Reader {
    /// Reads the quantifier after `node`, if there is one: `*`, `+`, `?`, `{2}`, `{2,}` or `{2,4}`. A `?` after the quantifier
    /// makes it lazy. Returns `node` with its quantifier. `groups_before` is the number of capturing groups before `node`.
    pub(super) fn quantified(&mut self, node: Node, groups_before: usize) -> Option<Node> {
        let (min, max) = match self.peek() {
            Some('*') => (0, None),
            Some('+') => (1, None),
            Some('?') => (0, Some(1)),
            Some('{') => self.counted()?,
            _ => return Some(node),
        };
        // An assertion cannot have a quantifier.
        if !matches!(node, Node::Class(_) | Node::Group { .. } | Node::Reference(_)) {
            return None;
        }
        self.at += 1;
        let greedy = !self.eat("?");
        let groups = groups_before..self.groups;
        max.is_none_or(|max| min <= max).then(|| Node::Repeat { node: Box::new(node), min, max, greedy, groups })
    }

    /// Reads `{2}`, `{2,}` or `{2,4}`, without the closing brace. Returns the minimum and the maximum number of repetitions.
    fn counted(&mut self) -> Option<(usize, Option<usize>)> {
        let close = self.letters[self.at..].iter().position(|letter| *letter == '}')?;
        let inside: String = self.letters[self.at + 1..self.at + close].iter().collect();
        self.at += close;
        match inside.split_once(',') {
            None => number(&inside).map(|count| (count, Some(count))),
            Some((min, "")) => Some((number(min)?, None)),
            Some((min, max)) => Some((number(min)?, Some(number(max)?))),
        }
    }
}

/// Parses decimal digits. A number that does not fit in `usize` becomes `usize::MAX`.
fn number(digits: &str) -> Option<usize> {
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    is_number.then(|| digits.parse().unwrap_or(usize::MAX))
}
