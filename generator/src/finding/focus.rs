//! The part of a place that a finding marks: its key, its value, a member, or bytes of the text.

use std::ops::Range;

/// The part of a place that a finding marks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The key.
    Key,
    /// The value, or the key if the value spans several lines.
    Value,
    /// The value of this member; the whole value if there is no such member.
    Member(&'static str),
    /// This part of the key.
    InKey(String),
    /// These bytes of the text, regardless of the pointer.
    Bytes(Range<usize>),
}
