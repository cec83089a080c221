//! The pieces of YAML, by `granit_parser`.

use granit_parser::{Event, Parser, Span as Read, StructureStyle};

use crate::finding::place::Place;
use crate::finding::place::piece::{Piece, Span, Style};

/// The pieces of the first document of `text`, up to where it cannot be read.
pub(crate) fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let events = Parser::new_from_str(text).map_while(Result::ok);
    // What stands in a second document is another tree.
    events.take_while(|(event, _)| !matches!(event, Event::DocumentEnd)).filter_map(|(event, span)| {
        Some(match event {
            Event::Scalar(value, ..) => Piece::Scalar(value, of(span)),
            Event::Alias(..) => Piece::Alias(of(span)),
            Event::MappingStart(written, ..) => Piece::Mapping(of(span), style(written)),
            Event::SequenceStart(written, ..) => Piece::Sequence(of(span), style(written)),
            Event::MappingEnd | Event::SequenceEnd => {
                Piece::End { byte: of(span).place.bytes.end, line: span.end.line() }
            }
            _ => return None,
        })
    })
}

fn of(span: Read) -> Span {
    let bytes = span.byte_range().unwrap_or(0..0);
    let place = Place { line: span.start.line(), column: span.start.col() + 1, bytes };
    Span { place, last_line: span.end.line() }
}

fn style(written: StructureStyle) -> Style {
    match written {
        StructureStyle::Flow => Style::Flow,
        StructureStyle::Block => Style::Block,
    }
}
