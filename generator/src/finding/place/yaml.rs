//! Parses YAML with `granit_parser`, and converts the events of this parser to [`Event`]s.

use granit_parser::{Event as YamlEvent, Parser, Span as YamlSpan, StructureStyle};

use crate::finding::place::event::{Event, Span, Style};
use crate::finding::place::position::Place;

/// Returns the parse events of the first YAML document in `text`, up to the first syntax error.
pub(crate) fn events(text: &str) -> impl Iterator<Item = Event<'_>> {
    let events = Parser::new_from_str(text).map_while(Result::ok);
    // JSON pointers refer to the first YAML document only.
    events.take_while(|(event, _)| !matches!(event, YamlEvent::DocumentEnd)).filter_map(|(event, span)| {
        Some(match event {
            YamlEvent::Scalar(value, ..) => Event::Scalar(value, converted(span)),
            YamlEvent::Alias(..) => Event::Alias(converted(span)),
            YamlEvent::MappingStart(written, ..) => Event::MappingStart(converted(span), style(written)),
            YamlEvent::SequenceStart(written, ..) => Event::SequenceStart(converted(span), style(written)),
            YamlEvent::MappingEnd | YamlEvent::SequenceEnd => {
                Event::End { byte: converted(span).place.bytes.end, line: span.end.line() }
            }
            _ => return None,
        })
    })
}

fn converted(span: YamlSpan) -> Span {
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
