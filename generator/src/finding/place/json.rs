//! The pieces of JSON. It is YAML too, but published documents of many megabytes are JSON, and a reader of YAML takes twenty
//! times as long for one as this scan of a text that is known to be sound.

use std::borrow::Cow;

use serde::de::IgnoredAny;

use crate::finding::place::Place;
use crate::finding::place::piece::{Piece, Span, Style};

/// The pieces of `text`; `None` where it is no JSON.
pub(crate) fn pieces(text: &str) -> Option<Pieces<'_>> {
    let is_json = text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<IgnoredAny>(text).is_ok();
    is_json.then_some(Pieces { text, byte: 0, line: 1, column: 1 })
}

/// A scan of sound JSON, and where it is.
#[derive(Debug)]
pub(crate) struct Pieces<'t> {
    text: &'t str,
    byte: usize,
    line: usize,
    column: usize,
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.byte)? {
                b'{' => return Some(Piece::Mapping(self.pass(1), Style::Flow)),
                b'[' => return Some(Piece::Sequence(self.pass(1), Style::Flow)),
                b'}' | b']' => {
                    let Span { place, last_line } = self.pass(1);
                    return Some(Piece::End { byte: place.bytes.end, line: last_line });
                }
                b'"' => return Some(self.text()),
                b' ' | b'\t' | b',' | b':' => (self.byte, self.column) = (self.byte + 1, self.column + 1),
                b'\n' => self.pass_break(1),
                b'\r' if bytes.get(self.byte + 1) == Some(&b'\n') => self.pass_break(2),
                b'\r' => self.pass_break(1),
                _ => return Some(self.word()),
            }
        }
    }
}

impl<'t> Pieces<'t> {
    /// Goes on by so many bytes of the line.
    fn pass(&mut self, length: usize) -> Span {
        let (start, end) = (self.byte, self.byte + length);
        let place = Place { line: self.line, column: self.column, bytes: start..end };
        self.column += self.text.get(start..end).map_or(length, |passed| passed.chars().count());
        self.byte = end;
        Span { place, last_line: self.line }
    }

    /// Goes on to the next line.
    fn pass_break(&mut self, length: usize) {
        (self.byte, self.line, self.column) = (self.byte + length, self.line + 1, 1);
    }

    /// A text, which cannot hold a line break.
    fn text(&mut self) -> Piece<'t> {
        let rest = &self.text[self.byte..];
        let escapes = |quote: usize| rest[..quote].bytes().rev().take_while(|byte| *byte == b'\\').count();
        let mut quotes = rest.match_indices('"').map(|(quote, _)| quote).skip(1);
        let end = quotes.find(|quote| escapes(*quote) % 2 == 0).unwrap_or(rest.len() - 1);
        let span = self.pass(end + 1);
        let written = self.text.get(span.place.bytes.clone()).unwrap_or_default();
        let said = match written.contains('\\') {
            true => serde_json::from_str(written).map(Cow::Owned).unwrap_or_default(),
            false => Cow::Borrowed(written.trim_matches('"')),
        };
        Piece::Scalar(said, span)
    }

    /// A number, a truth or null.
    fn word(&mut self) -> Piece<'t> {
        let rest = &self.text[self.byte..];
        let span = self.pass(rest.find([',', ']', '}', ' ', '\t', '\n', '\r']).unwrap_or(rest.len()));
        Piece::Scalar(self.text.get(span.place.bytes.clone()).unwrap_or_default().into(), span)
    }
}
