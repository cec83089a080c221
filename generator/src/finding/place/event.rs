//! Parse events: the parts of a text in order. The parsers of JSON and YAML emit the events, and the module `walk` consumes them.

use std::borrow::Cow;

use crate::finding::place::position::Place;

/// A parse event.
#[derive(Debug)]
pub(crate) enum Event<'t> {
    /// A key, or a value that is neither a mapping nor a sequence.
    Scalar(Cow<'t, str>, Span),
    /// An alias: a value that is defined at its anchor.
    Alias(Span),
    /// A mapping begins.
    MappingStart(Span, Style),
    /// A sequence begins.
    SequenceStart(Span, Style),
    /// The innermost open mapping or sequence ends. `byte` is the offset after the end, and `line` is the line of the end.
    End { byte: usize, line: usize },
}

/// The notation of a mapping or a sequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    /// In braces or brackets.
    Flow,
    /// By indentation.
    Block,
}

/// The extent of an event in the text.
#[derive(Debug, Clone)]
pub(crate) struct Span {
    /// The line and column of the start, and the range of bytes.
    pub(crate) place: Place,
    /// The line in which the event ends.
    pub(crate) last_line: usize,
}
