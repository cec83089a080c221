//! Parses a JSONPath.

use serde_json::Value;

use crate::json_path::budget::steps_of;
use crate::json_path::lexer::Lexer;
use crate::json_path::model::{Condition, Operand, Operator, PatternOperand, Query, Segment, Selector};
use crate::json_path::text_pattern::TextPattern;

/// The largest number of filters, parentheses and functions within one another.
const MAX_DEPTH: usize = 32;

/// The largest length of a path, in bytes.
const MAX_LENGTH: usize = 10_000;

/// The largest number of patterns that a path contains.
const MAX_PATTERNS: usize = 16;

/// The operators of comparisons. An operator precedes those that begin it.
const OPERATORS: &[(&str, Operator)] = &[
    ("==", Operator::Equal),
    ("!=", Operator::NotEqual),
    ("<=", Operator::LessOrEqual),
    (">=", Operator::GreaterOrEqual),
    ("<", Operator::Less),
    (">", Operator::Greater),
];

/// A part of a condition, before it is known whether it is compared.
enum Part {
    Query(Query),
    /// A literal, or a function that returns a value.
    Operand(Operand),
    /// A function that returns true or false.
    Condition(Condition),
}

pub(super) struct Parser<'t> {
    lexer: Lexer<'t>,
    depth: usize,
    is_too_long: bool,
    /// The steps that the literal patterns took until they were compiled.
    steps: u64,
    /// The number of literal patterns.
    patterns: usize,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self {
            lexer: Lexer::new(text),
            depth: 0,
            is_too_long: text.len() > MAX_LENGTH,
            steps: steps_of(text.len()),
            patterns: 0,
        }
    }

    /// Parses a whole path. Returns it with the steps that its patterns took until they were compiled.
    pub(super) fn path(mut self) -> Result<(Query, u64), String> {
        if self.is_too_long {
            return Err(format!("it has more than {MAX_LENGTH} bytes"));
        }
        if !self.lexer.take("$") {
            return self.lexer.expected("`$`");
        }
        let segments = self.segments()?;
        match self.lexer.is_at_end() {
            true => Ok((Query { is_relative: false, segments }, self.steps)),
            false => self.lexer.expected("`.` or `[`"),
        }
    }

    /// Parses with `parse`, one level deeper.
    fn nested<T>(&mut self, parse: impl FnOnce(&mut Self) -> Result<T, String>) -> Result<T, String> {
        if self.depth == MAX_DEPTH {
            return Err(format!("it has more than {MAX_DEPTH} filters or parentheses within one another"));
        }
        self.depth += 1;
        let result = parse(self);
        self.depth -= 1;
        result
    }

    fn require(&mut self, token: &str) -> Result<(), String> {
        self.lexer.skip_blanks();
        if self.lexer.take(token) { Ok(()) } else { self.lexer.expected(&format!("`{token}`")) }
    }

    fn segments(&mut self) -> Result<Vec<Segment>, String> {
        let mut segments = Vec::new();
        loop {
            let (is_descendant, selectors) = match () {
                () if self.lexer.take_after_blanks("..") => match self.lexer.take("[") {
                    true => (true, self.bracketed()?),
                    false => (true, vec![self.shorthand()?]),
                },
                () if self.lexer.take_after_blanks(".") => (false, vec![self.shorthand()?]),
                () if self.lexer.take_after_blanks("[") => (false, self.bracketed()?),
                () => return Ok(segments),
            };
            segments.push(Segment { is_descendant, selectors });
        }
    }

    /// Parses the selector after a dot.
    fn shorthand(&mut self) -> Result<Selector, String> {
        if self.lexer.take("*") { Ok(Selector::Wildcard) } else { self.lexer.member_name().map(Selector::Name) }
    }

    /// Parses selectors up to `]`.
    fn bracketed(&mut self) -> Result<Vec<Selector>, String> {
        let mut selectors = Vec::new();
        loop {
            self.lexer.skip_blanks();
            selectors.push(self.selector()?);
            if !self.lexer.take_after_blanks(",") {
                self.require("]")?;
                return Ok(selectors);
            }
        }
    }

    fn selector(&mut self) -> Result<Selector, String> {
        match self.lexer.peek() {
            Some('\'' | '"') => self.lexer.string().map(Selector::Name),
            Some('*') => {
                self.lexer.take("*");
                Ok(Selector::Wildcard)
            }
            Some('?') => {
                self.lexer.take("?");
                self.nested(Self::condition).map(Selector::Filter)
            }
            _ => self.index_or_slice(),
        }
    }

    fn index_or_slice(&mut self) -> Result<Selector, String> {
        let start = self.lexer.integer()?;
        if !self.lexer.take_after_blanks(":") {
            return start.map_or_else(|| self.lexer.expected("a selector"), |index| Ok(Selector::Index(index)));
        }
        self.lexer.skip_blanks();
        let end = self.lexer.integer()?;
        let mut step = None;
        if self.lexer.take_after_blanks(":") {
            self.lexer.skip_blanks();
            step = self.lexer.integer()?;
        }
        Ok(Selector::Slice { start, end, step: step.unwrap_or(1) })
    }

    /// Parses a condition: alternatives of conjunctions.
    fn condition(&mut self) -> Result<Condition, String> {
        let mut alternatives = vec![self.conjunction()?];
        while self.lexer.take_after_blanks("||") {
            alternatives.push(self.conjunction()?);
        }
        Ok(if alternatives.len() == 1 { alternatives.swap_remove(0) } else { Condition::Or(alternatives) })
    }

    fn conjunction(&mut self) -> Result<Condition, String> {
        let mut conditions = vec![self.basic_condition()?];
        while self.lexer.take_after_blanks("&&") {
            conditions.push(self.basic_condition()?);
        }
        Ok(if conditions.len() == 1 { conditions.swap_remove(0) } else { Condition::And(conditions) })
    }

    fn basic_condition(&mut self) -> Result<Condition, String> {
        self.lexer.skip_blanks();
        if self.lexer.take("!") {
            self.lexer.skip_blanks();
            let negated = if self.lexer.take("(") { self.parenthesized()? } else { self.test()? };
            return Ok(Condition::Not(Box::new(negated)));
        }
        if self.lexer.take("(") {
            return self.parenthesized();
        }
        let left = self.part()?;
        self.lexer.skip_blanks();
        let Some((_, operator)) = OPERATORS.iter().find(|(token, _)| self.lexer.take(token)) else {
            return self.as_test(left);
        };
        self.lexer.skip_blanks();
        let left = self.as_operand(left)?;
        let right = self.part()?;
        Ok(Condition::Comparison(left, *operator, self.as_operand(right)?))
    }

    fn parenthesized(&mut self) -> Result<Condition, String> {
        let condition = self.nested(Self::condition)?;
        self.require(")")?;
        Ok(condition)
    }

    fn test(&mut self) -> Result<Condition, String> {
        let part = self.part()?;
        self.as_test(part)
    }

    fn as_test(&self, part: Part) -> Result<Condition, String> {
        match part {
            Part::Query(query) => Ok(Condition::Exists(query)),
            Part::Condition(condition) => Ok(condition),
            Part::Operand(_) => self.lexer.expected("a comparison"),
        }
    }

    fn as_operand(&self, part: Part) -> Result<Operand, String> {
        let is_single = |segment: &Segment| {
            let is_one = matches!(segment.selectors.as_slice(), [Selector::Name(_) | Selector::Index(_)]);
            is_one && !segment.is_descendant
        };
        match part {
            Part::Query(query) if query.segments.iter().all(is_single) => Ok(Operand::Query(query)),
            Part::Operand(operand) => Ok(operand),
            Part::Query(_) => self.lexer.expected("a query for a single value, before this place,"),
            Part::Condition(_) => self.lexer.expected("a value, before this place,"),
        }
    }

    fn part(&mut self) -> Result<Part, String> {
        for (token, is_relative) in [("@", true), ("$", false)] {
            if self.lexer.take(token) {
                let segments = self.segments()?;
                return Ok(Part::Query(Query { is_relative, segments }));
            }
        }
        if let Some(name) = self.lexer.function_name() {
            return self.nested(|parser| parser.function(name));
        }
        let literal = match self.lexer.peek() {
            Some('\'' | '"') => Value::String(self.lexer.string()?),
            Some('-' | '0'..='9') => self.lexer.number()?,
            _ if self.lexer.take("true") => Value::Bool(true),
            _ if self.lexer.take("false") => Value::Bool(false),
            _ if self.lexer.take("null") => Value::Null,
            _ => return self.lexer.expected("a query, a value or a function"),
        };
        Ok(Part::Operand(Operand::Literal(literal)))
    }

    /// Parses the arguments of a function.
    fn function(&mut self, name: &str) -> Result<Part, String> {
        let part = match name {
            "length" => Part::Operand(Operand::Length(Box::new(self.operand_argument()?))),
            "count" => Part::Operand(Operand::Count(self.query_argument()?)),
            "value" => Part::Operand(Operand::Value(self.query_argument()?)),
            "match" | "search" => {
                let is_whole = name == "match";
                let text = self.operand_argument()?;
                self.require(",")?;
                let pattern = match self.operand_argument()? {
                    Operand::Literal(Value::String(pattern)) => self.literal_pattern(&pattern, is_whole)?,
                    other => PatternOperand::Other(other),
                };
                Part::Condition(Condition::Matches { text, pattern, is_whole })
            }
            _ => return Err(format!("`{name}` is not a function of RFC 9535")),
        };
        self.require(")")?;
        Ok(part)
    }

    /// Compiles the pattern of `match` or `search`.
    fn literal_pattern(&mut self, text: &str, is_whole: bool) -> Result<PatternOperand, String> {
        self.patterns += 1;
        if self.patterns > MAX_PATTERNS {
            return Err(format!("it has more than {MAX_PATTERNS} patterns"));
        }
        let pattern = TextPattern::new(text, is_whole);
        self.steps += pattern.as_ref().map_or(TextPattern::LEAST_STEPS_TO_COMPILE, TextPattern::steps_to_compile);
        Ok(PatternOperand::Literal(pattern))
    }

    fn operand_argument(&mut self) -> Result<Operand, String> {
        self.lexer.skip_blanks();
        let part = self.part()?;
        self.as_operand(part)
    }

    fn query_argument(&mut self) -> Result<Query, String> {
        self.lexer.skip_blanks();
        match self.part()? {
            Part::Query(query) => Ok(query),
            _ => self.lexer.expected("a query, before this place,"),
        }
    }
}
