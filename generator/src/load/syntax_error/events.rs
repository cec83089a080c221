//! A walk over the events of a text, which notices what the tree of it cannot have.

use std::collections::HashMap;
use std::ops::Range;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, StructureStyle, Tag};

use crate::load::text::json_tree::Reading;
use crate::load::text::yaml_trap::{is_no_text_of_yaml, is_truth_of_1_1};

/// How deep a text may be nested; the parsers' own limit.
pub(crate) const DEEPEST: usize = 128;

/// A key that is there twice.
#[derive(Debug)]
pub(crate) struct Duplicate {
    pub(crate) key: String,
    pub(crate) first: Range<usize>,
    pub(crate) second: Range<usize>,
}

/// What YAML can say and JSON cannot.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Foreign {
    /// A tag that is none of the core ones.
    Tag(String),
    /// A number that is none, or no finite one.
    Number(String),
    /// A key that is a list or a mapping.
    Key,
}

/// What a walk has noticed.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    pub(crate) duplicates: Vec<Duplicate>,
    pub(crate) foreign: Vec<(Range<usize>, Foreign)>,
    /// Words that other readers of YAML take for something else.
    pub(crate) traps: Vec<(Range<usize>, String)>,
    pub(crate) second_document: Option<Range<usize>>,
    /// The alias that brings the most.
    pub(crate) largest_alias: Option<Range<usize>>,
    /// The first node that is nested too deep.
    pub(crate) too_deep: Option<Range<usize>>,
    /// Why the walk ended before the text.
    pub(crate) error: Option<ScanError>,
    /// The brackets and braces that were open where it ended.
    pub(crate) open: Vec<Range<usize>>,
    frames: Vec<Frame>,
    /// What each anchor stands for costs.
    anchors: HashMap<usize, usize>,
    largest: usize,
}

/// An open mapping or sequence.
#[derive(Debug)]
struct Frame {
    start: Range<usize>,
    is_flow: bool,
    anchor: usize,
    /// The cost of what is in it so far.
    cost: usize,
    /// The keys of a mapping; `None` for a sequence.
    keys: Option<HashMap<String, Range<usize>>>,
    /// The key whose value comes next.
    key: Option<String>,
    /// Whether it is the list of `enum`.
    is_enum: bool,
}

/// Walks over `text`.
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
    }
    walk.open = walk.frames.iter().filter(|frame| frame.is_flow).map(|frame| frame.start.clone()).collect();
    if let Some(error) = walk.error.as_ref().filter(|_| walk.open.is_empty())
        && let (ErrorKind::UnclosedFlowCollection { .. }, Some(at)) = (error.kind(), error.marker().byte_offset())
    {
        // The parser may look for the other bracket before it tells of this one.
        walk.open.push(at..at + 1);
    }
    walk
}

impl Walk {
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
                    self.node(frame.cost, frame.anchor);
                }
            }
            _ => {}
        }
    }

    fn tag(&mut self, tag: Option<&Tag>, span: Span) {
        let Some(tag) = tag.filter(|tag| !tag.is_yaml_core_schema()) else { return };
        let place = span.tag_span().map_or_else(|| bytes(span), bytes);
        self.foreign.push((place, Foreign::Tag(tag.to_string())));
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
        let is_trap = if is_key { is_no_text_of_yaml(value) } else { is_enum && is_truth_of_1_1(value) };
        if is_plain && is_trap {
            self.traps.push((bytes(span), value.to_owned()));
        }
        if is_plain && !is_key && is_no_number_of_json(value) {
            self.foreign.push((bytes(span), Foreign::Number(value.to_owned())));
        }
        match is_key {
            true => self.spend(Reading::cost(value)),
            false => self.node(Reading::cost(value), anchor),
        }
    }

    fn alias(&mut self, anchor: usize, span: Span) {
        // What an alias within its own anchor brings has no end.
        let cost = self.anchors.get(&anchor).copied().unwrap_or(usize::MAX);
        if cost > self.largest {
            self.largest = cost;
            self.largest_alias = Some(bytes(span));
        }
        if let Some(Frame { keys: Some(_), key: key @ None, .. }) = self.frames.last_mut() {
            *key = Some(String::new());
            return self.spend(cost);
        }
        self.node(cost, 0);
    }

    fn open(&mut self, span: Span, style: StructureStyle, anchor: usize, keys: Option<HashMap<String, Range<usize>>>) {
        if self.frames.len() == DEEPEST && self.too_deep.is_none() {
            self.too_deep = Some(bytes(span));
        }
        let mut is_enum = false;
        if let Some(Frame { keys: Some(_), key, .. }) = self.frames.last_mut() {
            if key.is_none() {
                self.foreign.push((bytes(span), Foreign::Key));
            }
            is_enum = keys.is_none() && key.as_deref() == Some("enum");
        }
        let (start, is_flow) = (bytes(span), style == StructureStyle::Flow);
        self.frames.push(Frame { start, is_flow, anchor, cost: Reading::cost(""), keys, key: None, is_enum });
    }

    /// A node has ended that costs so much.
    fn node(&mut self, cost: usize, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, cost);
        }
        self.spend(cost);
        if let Some(frame) = self.frames.last_mut() {
            frame.key = match (&frame.keys, frame.key.take()) {
                // It was a key itself.
                (Some(_), None) => Some(String::new()),
                _ => None,
            };
        }
    }

    fn spend(&mut self, cost: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.cost = frame.cost.saturating_add(cost);
        }
    }
}

fn is_no_number_of_json(word: &str) -> bool {
    let unsigned = word.trim_start_matches(['+', '-']);
    [".nan", ".inf"].iter().any(|name| unsigned.eq_ignore_ascii_case(name))
        || (unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.')
            && word.parse::<f64>().is_ok_and(f64::is_infinite))
}

fn bytes(span: Span) -> Range<usize> {
    span.byte_range().unwrap_or(0..0)
}
