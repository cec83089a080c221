//! The focus of a finding: what an excerpt underlines at its JSON pointer.

use std::ops::Range;

/// What an excerpt underlines at the JSON pointer of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The key, which is the last token of the JSON pointer.
    Key,
    /// The value, or the key if the value spans several lines.
    Value,
    /// The value of the member with this name; the whole value if there is no such member.
    Member(&'static str),
    /// The first occurrence of this string in the key.
    InKey(String),
    /// This range of bytes of the text. The JSON pointer is ignored.
    Bytes(Range<usize>),
}
