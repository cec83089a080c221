//! Cuts texts that the reasons of many rows repeat.

use std::borrow::Cow;

use crate::text::boundary::floor_char_boundary;

/// The length of an excerpt in bytes. The heads of a table in the pages of vendors have less than 200 bytes together.
const LENGTH: usize = 300;

/// Returns the first 300 bytes of a text, followed by `…` if it is longer. The reasons of all rows of a table repeat the text.
pub(super) fn excerpt(text: &str) -> Cow<'_, str> {
    match floor_char_boundary(text, LENGTH) {
        end if end < text.len() => Cow::Owned(format!("{}…", &text[..end])),
        _ => Cow::Borrowed(text),
    }
}
