// copperplate runtime: copied into each generated crate that uses it.
//! Splits the body of a response into items: the events of `text/event-stream`, or the lines of JSON Lines.

use std::sync::Arc;
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};

use crate::runtime::client::transport::{ResponseLimit, TransportError};

/// The format of a response that is a series of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemFormat {
    /// `text/event-stream`: server-sent events.
    Events,
    /// JSON Lines, also called NDJSON: each line is an item.
    Lines,
}

/// The maximal length of the ID of an event in bytes. An event with a longer one has no ID, so that the connection is not
/// resumed after another event.
const LONGEST_ID: usize = 1024;

/// An item before it is decoded.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RawItem {
    pub data: Vec<u8>,
    pub name: Option<String>,
}

/// Splits a body into items.
pub(crate) struct EventParser {
    format: ItemFormat,
    /// The maximal length of an item.
    limit: ResponseLimit,
    buffer: BytesMut,
    /// The number of bytes at the start of the buffer that contain no end of a line.
    scanned: usize,
    /// Whether the last line ended with a carriage return. A line feed after it does not end another line.
    is_after_return: bool,
    is_at_start: bool,
    event: RawItem,
    has_data: bool,
    /// The ID of the last event that has one. All events that it applies to share its text.
    pub last_id: Option<Arc<str>>,
    /// How long the server asks to wait before the next connection.
    pub retry: Option<Duration>,
}

impl EventParser {
    pub(crate) fn new(format: ItemFormat, limit: ResponseLimit) -> Self {
        Self {
            format,
            limit,
            buffer: BytesMut::new(),
            scanned: 0,
            is_after_return: false,
            is_at_start: true,
            event: RawItem::default(),
            has_data: false,
            last_id: None,
            retry: None,
        }
    }

    /// Begins with another response. Forgets an item that is not complete.
    pub(crate) fn restart(&mut self) {
        let (last_id, retry) = (self.last_id.take(), self.retry);
        *self = Self { last_id, retry, ..Self::new(self.format, self.limit) };
    }

    pub(crate) fn push(&mut self, piece: &[u8]) {
        self.buffer.extend_from_slice(piece);
    }

    /// Returns the next item. Returns `None` if more bytes are needed.
    ///
    /// # Errors
    /// Returns an error if the item is longer than the limit.
    pub(crate) fn next(&mut self) -> Result<Option<RawItem>, TransportError> {
        while let Some(line) = self.next_line() {
            self.limit.check((self.event.data.len() + line.len()) as u64)?;
            let item = match self.format {
                ItemFormat::Events => self.add_field(&line),
                ItemFormat::Lines => Self::line_item(&line),
            };
            if item.is_some() {
                return Ok(item);
            }
        }
        self.limit.check((self.event.data.len() + self.buffer.len()) as u64)?;
        Ok(None)
    }

    /// Returns the last item at the end of the body. An event without an empty line after it is not complete.
    pub(crate) fn finish(&mut self) -> Option<RawItem> {
        let rest = self.buffer.split();
        self.scanned = 0;
        if self.format == ItemFormat::Lines { Self::line_item(&rest) } else { None }
    }

    /// Returns the next complete line, without its end.
    fn next_line(&mut self) -> Option<Bytes> {
        if self.is_after_return && !self.buffer.is_empty() {
            self.is_after_return = false;
            if self.buffer[0] == b'\n' {
                self.buffer.advance(1);
            }
        }
        let is_end = |byte: &u8| *byte == b'\n' || (*byte == b'\r' && self.format == ItemFormat::Events);
        let Some(length) = self.buffer[self.scanned..].iter().position(is_end) else {
            self.scanned = self.buffer.len();
            return None;
        };
        let line = self.buffer.split_to(self.scanned + length).freeze();
        self.is_after_return = self.buffer[0] == b'\r';
        self.buffer.advance(1);
        self.scanned = 0;
        Some(line)
    }

    fn line_item(line: &[u8]) -> Option<RawItem> {
        let line = line.trim_ascii();
        (!line.is_empty()).then(|| RawItem { data: line.to_vec(), name: None })
    }

    /// Adds a line of an event. Returns the event if the line ends it.
    fn add_field(&mut self, line: &[u8]) -> Option<RawItem> {
        // A byte order mark may be at the start of the body.
        let line = if self.is_at_start { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
        self.is_at_start = false;
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            return std::mem::take(&mut self.has_data).then_some(event);
        }
        let colon = line.iter().position(|byte| *byte == b':').unwrap_or(line.len());
        let value = line.get(colon + 1..).unwrap_or_default();
        let value = value.strip_prefix(b" ").unwrap_or(value);
        let text = || String::from_utf8_lossy(value).into_owned();
        match &line[..colon] {
            b"data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.event.data.push(b'\n');
                }
                self.event.data.extend_from_slice(value);
            }
            b"event" => self.event.name = Some(text()).filter(|name| !name.is_empty()),
            b"id" if !value.contains(&0) => {
                let is_id = (1..=LONGEST_ID).contains(&value.len());
                self.last_id = is_id.then(|| text().into());
            }
            b"retry" if !value.is_empty() && value.iter().all(u8::is_ascii_digit) => {
                self.retry = Some(text().parse().map_or(Duration::MAX, Duration::from_millis));
            }
            // A comment, or a field that is not known.
            _ => {}
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{EventParser, ItemFormat};
    use crate::runtime::client::transport::ResponseLimit;

    /// Splits a body that is received in pieces of `length` bytes.
    fn split(format: ItemFormat, body: &str, length: usize) -> (Vec<(Option<String>, String)>, EventParser) {
        let mut parser = EventParser::new(format, ResponseLimit(40));
        let mut items = Vec::new();
        for piece in body.as_bytes().chunks(length) {
            parser.push(piece);
            while let Some(item) = parser.next().expect("short items") {
                items.push((item.name, String::from_utf8(item.data).expect("text")));
            }
        }
        items.extend(parser.finish().map(|item| (item.name, String::from_utf8(item.data).expect("text"))));
        (items, parser)
    }

    #[test]
    fn events_have_names_data_ids_and_comments() {
        let body = "\u{feff}: comment\ndata: a\n\nevent: add\r\ndata:b\r\ndata\rdata:  c\r\rid: 7\nretry: 250\n\n\
            id\ndata: d\nother: x\nretry: no\n\nevent: none\n\ndata: incomplete\n";
        for length in [1, 2, 3, 7, 1000] {
            let (items, parser) = split(ItemFormat::Events, body, length);
            let expected = [(None, "a"), (Some("add"), "b\n\n c"), (None, "d")];
            let expected = expected.map(|(name, data)| (name.map(str::to_owned), data.to_owned()));
            assert_eq!(items, expected, "{length}");
            assert_eq!((parser.last_id, parser.retry), (None, Some(Duration::from_millis(250))));
        }
    }

    #[test]
    fn lines_are_items_and_the_last_one_needs_no_end() {
        for length in [1, 4, 1000] {
            let (items, _) = split(ItemFormat::Lines, "{\"a\": 1}\r\n\n  \n2\n3", length);
            let items: Vec<&str> = items.iter().map(|(_, data)| data.as_str()).collect();
            assert_eq!(items, ["{\"a\": 1}", "2", "3"], "{length}");
        }
    }

    #[test]
    fn the_length_of_an_item_is_limited() {
        for (format, body) in [
            (ItemFormat::Lines, "x".repeat(41)),
            (ItemFormat::Lines, "x".repeat(41) + "\n"),
            (ItemFormat::Events, format!("data: {}", "x".repeat(41))),
            (ItemFormat::Events, "data: xxxxxxxxxxxxxxxxxxxx\n".repeat(3)),
        ] {
            let mut parser = EventParser::new(format, ResponseLimit(40));
            parser.push(body.as_bytes());
            assert!(parser.next().is_err(), "{body}");
        }
    }
}
