//! What readers of texts tell a walk: the pieces of a text, in its order.

use std::borrow::Cow;

use crate::finding::place::Place;

/// A piece of a text.
#[derive(Debug)]
pub(crate) enum Piece<'t> {
    /// A key, or a value that holds no others.
    Scalar(Cow<'t, str>, Span),
    /// A value that stands elsewhere.
    Alias(Span),
    /// A mapping begins, in braces or as a block.
    Mapping(Span, Style),
    /// A sequence begins, in brackets or as a block.
    Sequence(Span, Style),
    /// The mapping or sequence that began last ends; the byte behind it, and its line.
    End { byte: usize, line: usize },
}

/// How a mapping or a sequence is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// In braces or brackets.
    Flow,
    /// By indentation.
    Block,
}

/// Where a piece stands.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// Where it begins, and its bytes.
    pub(crate) place: Place,
    /// The line of its end.
    pub(crate) last_line: usize,
}
