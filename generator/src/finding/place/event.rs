//! Parse events: the keys and values of a JSON or YAML text, in the order of the text. A parser for each format emits the events,
//! and the module `walk` consumes them.

use std::borrow::Cow;

use crate::finding::place::position::Place;

/// A parse event.
#[derive(Debug)]
pub(crate) enum Event<'t> {
    /// A key, or a value that is neither a mapping nor a sequence.
    Scalar(Cow<'t, str>, Span),
    /// A YAML alias such as `*name`, which stands for the value of the anchor `&name`.
    Alias(Span),
    /// A mapping begins.
    MappingStart(Span, Style),
    /// A sequence begins.
    SequenceStart(Span, Style),
    /// The innermost open mapping or sequence ends. `byte` is the offset after its last byte, and `line` is its last line.
    End { byte: usize, line: usize },
}

/// The notation of a mapping or a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// In braces or brackets, such as `{a: 1}`.
    Flow,
    /// By indentation, without braces or brackets.
    Block,
}

/// The position of an event in the text.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// The line and column of the start, and the range of bytes.
    pub(crate) place: Place,
    /// The line in which the event ends.
    pub(crate) last_line: usize,
}
