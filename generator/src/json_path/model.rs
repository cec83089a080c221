//! The parts of a JSONPath.

use serde_json::Value;

use crate::json_path::text_pattern::TextPattern;

/// A query: `$` or `@`, and segments.
pub(super) struct Query {
    /// Whether the query begins with `@`, the value that a filter tests.
    pub(super) is_relative: bool,
    pub(super) segments: Vec<Segment>,
}

/// A segment of a query, which selects children of a value, or children of the value and of all its descendants.
pub(super) struct Segment {
    pub(super) is_descendant: bool,
    pub(super) selectors: Vec<Selector>,
}

pub(super) enum Selector {
    /// The member with this name.
    Name(String),
    /// All members or items.
    Wildcard,
    /// The item with this index. A negative index counts from the end.
    Index(i64),
    Slice {
        start: Option<i64>,
        end: Option<i64>,
        step: i64,
    },
    /// The members or items for which the condition is true.
    Filter(Condition),
}

/// The condition of a filter.
pub(super) enum Condition {
    Or(Vec<Condition>),
    And(Vec<Condition>),
    Not(Box<Condition>),
    /// The query selects a value.
    Exists(Query),
    Comparison(Operand, Operator, Operand),
    /// The function `match` or `search`.
    Matches {
        text: Operand,
        pattern: PatternOperand,
        /// Whether the whole text must match.
        is_whole: bool,
    },
}

/// The pattern of `match` or `search`.
pub(super) enum PatternOperand {
    /// A literal, which is compiled once. `None` if it is not a pattern, which matches nothing.
    Literal(Option<TextPattern>),
    Other(Operand),
}

/// An expression that has at most one value.
pub(super) enum Operand {
    Literal(Value),
    /// A query that selects at most one value.
    Query(Query),
    /// The function `length`.
    Length(Box<Operand>),
    /// The function `count`.
    Count(Query),
    /// The function `value`.
    Value(Query),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
