//! Parses patterns to syntax trees.

mod class;
mod quantifier;

use std::collections::HashMap;

use crate::pattern::character_class;
use crate::pattern::syntax::{Node, SharedClass, Syntax, Target};

/// The maximum nesting depth of groups.
const MAX_DEPTH: usize = 100;

/// The maximum number of character ranges in all classes of a pattern.
const MAX_RANGES: usize = 100_000;

/// Parses `pattern`, which must be a valid regular expression. Returns `None` if the pattern exceeds a limit, or has modifiers
/// such as `(?i:a)`, which are newer than OpenAPI 3.0.
pub(super) fn parse(pattern: &str) -> Option<Syntax> {
    let mut reader = Reader {
        letters: pattern.chars().collect(),
        at: 0,
        depth: 0,
        groups: 0,
        names: HashMap::new(),
        has_unicode_escapes: false,
        known_classes: HashMap::new(),
        ranges: 0,
    };
    let alternatives = reader.alternatives()?;
    (reader.at == reader.letters.len()).then_some(Syntax {
        alternatives,
        groups: reader.groups,
        names: reader.names,
        has_unicode_escapes: reader.has_unicode_escapes,
    })
}

/// The state of the parser: the characters of the pattern, and what has been read so far.
struct Reader {
    letters: Vec<char>,
    /// The index in `letters` of the next character to read.
    at: usize,
    /// The number of groups that enclose the next character.
    depth: usize,
    /// The number of capturing groups that have been opened so far.
    groups: usize,
    /// The indices of the named groups, by name.
    names: HashMap<String, Vec<usize>>,
    has_unicode_escapes: bool,
    /// The classes of `.` and of escapes such as `\d` and `\p{L}`, by their text in the pattern.
    known_classes: HashMap<String, SharedClass>,
    /// The number of ranges in all classes that have been read so far. The ranges of a repeated escape such as `\d` are counted
    /// again only in brackets, as in `[\d]`.
    ranges: usize,
}

impl Reader {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek()?;
        self.at += 1;
        Some(letter)
    }

    /// Skips `wanted` if the rest of the pattern begins with `wanted`. Returns whether `wanted` was skipped.
    fn eat(&mut self, wanted: &str) -> bool {
        let found =
            wanted.chars().enumerate().all(|(index, letter)| self.letters.get(self.at + index) == Some(&letter));
        self.at += if found { wanted.chars().count() } else { 0 };
        found
    }

    fn alternatives(&mut self) -> Option<Vec<Vec<Node>>> {
        let mut alternatives = vec![self.sequence()?];
        while self.eat("|") {
            alternatives.push(self.sequence()?);
        }
        Some(alternatives)
    }

    fn sequence(&mut self) -> Option<Vec<Node>> {
        let mut nodes = Vec::new();
        while let Some(letter) = self.peek().filter(|letter| !matches!(letter, '|' | ')')) {
            self.at += 1;
            let before = self.groups;
            let node = match letter {
                '^' => Node::Start,
                '$' => Node::End,
                '(' => self.group()?,
                letter => self.atom(letter)?,
            };
            nodes.push(self.quantified(node, before)?);
        }
        Some(nodes)
    }

    /// Reads a group or a lookaround after its opening parenthesis.
    fn group(&mut self) -> Option<Node> {
        for (opening, behind, negated) in
            [("?=", false, false), ("?!", false, true), ("?<=", true, false), ("?<!", true, true)]
        {
            if self.eat(opening) {
                return Some(Node::Look { behind, negated, alternatives: self.group_content()? });
            }
        }
        if self.eat("?:") {
            return Some(Node::Group { capture: None, alternatives: self.group_content()? });
        }
        let index = self.groups;
        self.groups += 1;
        if self.eat("?<") {
            let name = self.name()?;
            self.names.entry(name).or_default().push(index);
        } else if self.peek() == Some('?') {
            return None;
        }
        Some(Node::Group { capture: Some(index), alternatives: self.group_content()? })
    }

    /// Reads the alternatives of a group and its closing parenthesis.
    fn group_content(&mut self) -> Option<Vec<Vec<Node>>> {
        self.depth += 1;
        let alternatives = if self.depth <= MAX_DEPTH { self.alternatives() } else { None };
        self.depth -= 1;
        alternatives.filter(|_| self.eat(")"))
    }

    /// Reads the name of a group and the `>` after it.
    fn name(&mut self) -> Option<String> {
        let end = self.letters[self.at..].iter().position(|letter| *letter == '>')?;
        let name: String = self.letters[self.at..self.at + end].iter().collect();
        self.at += end + 1;
        // A name with escapes is not supported: it would have to be decoded before it is compared.
        (!name.contains('\\')).then_some(name)
    }

    /// Reads an atom that begins with `letter`: a character, a class, or an escape.
    fn atom(&mut self, letter: char) -> Option<Node> {
        let class = match letter {
            '[' => self.class()?,
            '\\' => return self.escape(),
            '.' => self.known(".", |_| Some(character_class::dot().into()))?,
            '*' | '+' | '?' | '{' | '}' | ']' => return None,
            letter => [(letter, letter)].into(),
        };
        Some(Node::Class(class))
    }

    /// Reads an escape outside of a class, after its backslash.
    fn escape(&mut self) -> Option<Node> {
        if self.eat("b") {
            return Some(Node::Boundary { negated: false });
        }
        if self.eat("B") {
            return Some(Node::Boundary { negated: true });
        }
        if self.eat("k<") {
            return Some(Node::Reference(Target::Name(self.name()?)));
        }
        if self.peek().is_some_and(|digit| ('1'..='9').contains(&digit)) {
            let rest = &self.letters[self.at..];
            let count = rest.iter().position(|letter| !letter.is_ascii_digit()).unwrap_or(rest.len());
            let number: String = rest[..count].iter().collect();
            self.at += count;
            return Some(Node::Reference(Target::Index(number.parse::<usize>().ok()?.checked_sub(1)?)));
        }
        self.class_escape().map(Node::Class)
    }
}
