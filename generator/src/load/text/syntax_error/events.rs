//! Walks over the parse events of a YAML text, and records facts that the parsed tree does not contain.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag};

use crate::json::size::size_of_text;
use crate::load::text::yaml_trap::{is_ambiguous_key, is_yaml_1_1_boolean};

/// The maximum nesting depth that the YAML parser and the JSON parser accept.
pub(crate) const MAX_DEPTH: usize = 128;

/// A key that an object has twice.
#[derive(Debug)]
pub(crate) struct Duplicate {
    /// The key.
    pub(crate) key: String,
    /// The byte range of the key where it occurs first.
    pub(crate) first: Range<usize>,
    /// The byte range of the key where it occurs again.
    pub(crate) second: Range<usize>,
}

/// A construct of YAML that JSON cannot express.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BeyondJson {
    /// A tag outside of YAML's core schema.
    Tag(String),
    /// A number that is not finite.
    Number(String),
    /// A key that is a list or a mapping.
    Key,
}

/// The state and the results of a walk over the parse events of a text.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    /// The duplicate keys.
    pub(crate) duplicates: Vec<Duplicate>,
    /// The constructs that JSON cannot express, each with its byte range.
    pub(crate) beyond_json: Vec<(Range<usize>, BeyondJson)>,
    /// Unquoted words such as `no`, which other YAML parsers do not read as strings, each with its byte range.
    pub(crate) traps: Vec<(Range<usize>, String)>,
    /// The byte range at which a second YAML document starts.
    pub(crate) second_document: Option<Range<usize>>,
    /// The byte range of the alias that expands to the most data.
    pub(crate) largest_alias: Option<Range<usize>>,
    /// The byte range of the first node that is nested deeper than [`MAX_DEPTH`].
    pub(crate) too_deep: Option<Range<usize>>,
    /// The error that ended the walk.
    pub(crate) error: Option<ScanError>,
    /// The byte ranges of the brackets and braces that were still open when the walk ended.
    pub(crate) open: Vec<Range<usize>>,
    /// The mappings and sequences that contain the current node, from the outermost to the innermost.
    frames: Vec<Frame>,
    /// The size of each anchored node, by the number of its anchor.
    anchors: HashMap<usize, usize>,
    /// The size of the alias that expands to the most data.
    largest: usize,
}

/// A mapping or sequence whose end the walk has not reached.
#[derive(Debug)]
struct Frame {
    /// The byte range of the parse event that begins the mapping or sequence. For a mapping or sequence in brackets, this is the
    /// opening bracket.
    start: Range<usize>,
    /// Whether the mapping or sequence is written in brackets.
    is_flow: bool,
    /// The number of the anchor; 0 if there is no anchor.
    anchor: usize,
    /// The size, in bytes, of the nodes that the walk has read so far inside this mapping or sequence.
    size: usize,
    /// The keys that the walk has read so far in this mapping, each with its byte range; `None` for a sequence.
    keys: Option<HashMap<String, Range<usize>>>,
    /// The key whose value is the next node.
    key: Option<String>,
    /// Whether this sequence is the value of the key `enum`.
    is_enum: bool,
}

/// Walks over the parse events of `text` up to the end of the text or the first error.
pub(crate) fn walk(text: &str) -> Walk {
    let mut walk = Walk::default();
    let mut documents = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = match event {
            Ok(event) => event,
            Err(error) => {
                walk.error = Some(error);
                break;
            }
        };
        if matches!(event, Event::DocumentStart(..)) {
            documents += 1;
            if documents == 2 {
                walk.second_document = Some(bytes(span));
            }
        }
        if documents < 2 {
            walk.step(event, span);
        }
        // The file is rejected. Another parser takes quadratic time for deep nesting, and this one may, too.
        if walk.too_deep.is_some() {
            break;
        }
    }
    walk.open = walk.frames.iter().filter(|frame| frame.is_flow).map(|frame| frame.start.clone()).collect();
    if let Some(error) = walk.error.as_ref().filter(|_| walk.open.is_empty())
        && let (ErrorKind::UnclosedFlowCollection { .. }, Some(at)) = (error.kind(), error.marker().byte_offset())
    {
        // The parser may report an unclosed bracket before it emits the event of that bracket. Then the error is at the bracket.
        walk.open.push(at..at + 1);
    }
    walk
}

impl Walk {
    /// Handles one parse event.
    fn step(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Scalar(value, style, anchor, tag) => {
                self.tag(tag.as_deref(), span);
                self.scalar(&value, style, anchor, span);
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            Event::MappingStart(style, anchor, tag) => {
                self.tag(tag.as_deref(), span);
                self.open(span, style, anchor, Some(HashMap::new()));
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.tag(tag.as_deref(), span);
                self.open(span, style, anchor, None);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                if let Some(frame) = self.frames.pop() {
                    self.node(frame.size, frame.anchor);
                }
            }
            _ => {}
        }
    }

    fn tag(&mut self, tag: Option<&Tag>, span: Span) {
        let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) else { return };
        let place = span.tag_span().map_or_else(|| bytes(span), bytes);
        self.beyond_json.push((place, BeyondJson::Tag(tag.to_string())));
    }

    fn scalar(&mut self, value: &str, style: ScalarStyle, anchor: usize, span: Span) {
        let is_plain = style == ScalarStyle::Plain;
        let (is_key, is_enum) = match self.frames.last_mut() {
            Some(Frame { keys: Some(keys), key: key @ None, .. }) => {
                match keys.get(value) {
                    Some(first) => self.duplicates.push(Duplicate {
                        key: value.to_owned(),
                        first: first.clone(),
                        second: bytes(span),
                    }),
                    None => _ = keys.insert(value.to_owned(), bytes(span)),
                }
                *key = Some(value.to_owned());
                (true, false)
            }
            Some(frame) => (false, frame.is_enum),
            None => (false, false),
        };
        let is_trap = if is_key { is_ambiguous_key(value) } else { is_enum && is_yaml_1_1_boolean(value) };
        if is_plain && is_trap {
            self.traps.push((bytes(span), value.to_owned()));
        }
        if is_plain && !is_key && is_infinite_number(value) {
            self.beyond_json.push((bytes(span), BeyondJson::Number(value.to_owned())));
        }
        match is_key {
            true => self.add(size_of_text(value)),
            false => self.node(size_of_text(value), anchor),
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        // An alias inside the node that it refers to would expand without end.
        let size = self.anchors.get(&anchor).copied().unwrap_or(usize::MAX);
        if size > self.largest {
            self.largest = size;
            self.largest_alias = Some(bytes(span));
        }
        if let Some(Frame { keys: Some(_), key: key @ None, .. }) = self.frames.last_mut() {
            *key = Some(String::new());
            return self.add(size);
        }
        self.node(size, 0);
    }

    fn open(&mut self, span: Span, style: StructureStyle, anchor: usize, keys: Option<HashMap<String, Range<usize>>>) {
        if self.frames.len() == MAX_DEPTH && self.too_deep.is_none() {
            self.too_deep = Some(bytes(span));
        }
        let mut is_enum = false;
        if let Some(Frame { keys: Some(_), key, .. }) = self.frames.last_mut() {
            if key.is_none() {
                self.beyond_json.push((bytes(span), BeyondJson::Key));
            }
            is_enum = keys.is_none() && key.as_deref() == Some("enum");
        }
        let (start, is_flow) = (bytes(span), style == StructureStyle::Flow);
        self.frames.push(Frame { start, is_flow, anchor, size: size_of_text(""), keys, key: None, is_enum });
    }

    /// Ends a node. Adds the size of the node to the mapping or sequence that contains the node.
    fn node(&mut self, size: usize, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, size);
        }
        self.add(size);
        if let Some(frame) = self.frames.last_mut() {
            frame.key = match (&frame.keys, frame.key.take()) {
                // The node was a key itself.
                (Some(_), None) => Some(String::new()),
                _ => None,
            };
        }
    }

    /// Adds a size to the innermost open mapping or sequence.
    fn add(&mut self, size: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.size = frame.size.saturating_add(size);
        }
    }
}

/// Returns whether `word` is a YAML number that is not finite: `.inf`, `.nan` or `1e999`.
fn is_infinite_number(word: &str) -> bool {
    let unsigned = word.trim_start_matches(['+', '-']);
    [".nan", ".inf"].iter().any(|name| unsigned.eq_ignore_ascii_case(name))
        || (unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            && word.parse::<f64>().is_ok_and(f64::is_infinite))
}

/// Returns the byte range of a span.
fn bytes(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or(0..0)
}
