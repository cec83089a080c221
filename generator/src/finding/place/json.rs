//! Scans valid JSON, and returns its parse events.
//!
//! Valid JSON is also valid YAML, but the YAML parser takes twenty times as long as this scan. Many published documents are JSON
//! of several megabytes.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::finding::place::event::{Event, Span, Style};
use crate::finding::place::position::Place;

/// Returns the parse events of `text`; `None` if `text` is not a JSON object or array.
pub(crate) fn events(text: &str) -> Option<Events<'_>> {
    let is_json = text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok();
    is_json.then_some(Events { text, byte: 0, line: 1, column: 1 })
}

/// An iterator over the parse events of valid JSON. The current position is `byte`, `line` and `column`.
#[derive(Debug)]
pub(crate) struct Events<'t> {
    text: &'t str,
    byte: usize,
    line: usize,
    column: usize,
}

impl<'t> Iterator for Events<'t> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.byte)? {
                b'{' => return Some(Event::MappingStart(self.advance(1, 1), Style::Flow)),
                b'[' => return Some(Event::SequenceStart(self.advance(1, 1), Style::Flow)),
                b'}' | b']' => {
                    let Span { place, last_line } = self.advance(1, 1);
                    return Some(Event::End { byte: place.bytes.end, line: last_line });
                }
                b'"' => return Some(self.string()),
                b' ' | b'\t' | b',' | b':' => (self.byte, self.column) = (self.byte + 1, self.column + 1),
                b'\n' => self.advance_line(1),
                b'\r' if bytes.get(self.byte + 1) == Some(&b'\n') => self.advance_line(2),
                b'\r' => self.advance_line(1),
                _ => return Some(self.literal()),
            }
        }
    }
}

impl<'t> Events<'t> {
    /// Moves forward by `length` bytes within a line. They are `columns` characters.
    fn advance(&mut self, length: usize, columns: usize) -> Span {
        let (start, end) = (self.byte, self.byte + length);
        let place = Place { line: self.line, column: self.column, bytes: start..end };
        self.column += columns;
        self.byte = end;
        Span { place, last_line: self.line }
    }

    /// Moves to the next line, over a line break of `length` bytes.
    fn advance_line(&mut self, length: usize) {
        (self.byte, self.line, self.column) = (self.byte + length, self.line + 1, 1);
    }

    /// Reads a string. A JSON string cannot contain a line break.
    fn string(&mut self) -> Event<'t> {
        let rest = &self.text[self.byte..];
        let (mut length, mut columns, mut has_escapes, mut is_escaped) = (1, 1, false, false);
        for byte in rest.bytes().skip(1) {
            length += 1;
            // The first byte of each character counts, not those that continue it.
            columns += usize::from(byte & 0b1100_0000 != 0b1000_0000);
            if byte == b'"' && !is_escaped {
                break;
            }
            is_escaped = byte == b'\\' && !is_escaped;
            has_escapes |= is_escaped;
        }
        let span = self.advance(length, columns);
        let written = &rest[..length];
        let value = match has_escapes {
            true => serde_json::from_str(written).map(Cow::Owned).unwrap_or_default(),
            false => Cow::Borrowed(written.get(1..length - 1).unwrap_or_default()),
        };
        Event::Scalar(value, span)
    }

    /// Reads a number, a boolean or null. They consist of ASCII characters.
    fn literal(&mut self) -> Event<'t> {
        let rest = &self.text[self.byte..];
        let length = rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(rest.len());
        let span = self.advance(length, length);
        Event::Scalar(self.text.get(span.place.bytes.clone()).unwrap_or_default().into(), span)
    }
}
