// copperplate runtime: copied into each generated crate that uses it.
//! Prints strings, bodies and headers that come from servers and callers. Control characters are escaped, long values
//! are cut, and bodies and the values of headers are hidden.

use std::fmt::{self, Write};
use std::time::Duration;

use http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use http::{HeaderMap, HeaderName};

use crate::runtime::response::media_type::{content_type, essence, is_media_type};

/// The maximal number of characters of a media type that `Display` and `Debug` print.
const MEDIA_TYPE_LENGTH: usize = 100;

/// The maximal number of characters of a string that [`Cut::new`] prints.
const TEXT_LENGTH: usize = 200;

/// The maximal number of characters that [`CutPointer`] prints of each reference token of a JSON Pointer.
const TOKEN_LENGTH: usize = 100;

/// Words that mark a header as sensitive. `x-access-token` contains `token`, so it can carry a credential.
const SENSITIVE_WORDS: &[&[u8]] =
    &[b"auth", b"cookie", b"credential", b"key", b"password", b"secret", b"session", b"signature", b"token"];

/// Returns whether a header called `name` can carry a credential or a cookie. `name` must be in lower case, as in
/// [`HeaderName`].
pub(crate) fn is_sensitive_header(name: &str) -> bool {
    let name = name.as_bytes();
    (0..name.len()).any(|start| {
        matches!(name[start], b'a' | b'c' | b'k' | b'p' | b's' | b't')
            && SENSITIVE_WORDS.iter().any(|word| name[start..].starts_with(word))
    })
}

/// Marks as sensitive each header that can carry a credential or a cookie. `Debug` does not print a sensitive header
/// value.
pub(crate) fn mark_sensitive_headers(headers: &mut HeaderMap) {
    for (name, value) in headers.iter_mut() {
        // Almost every response has these two.
        let is_plain = name == CONTENT_TYPE || name == CONTENT_LENGTH;
        if !is_plain && is_sensitive_header(name.as_str()) {
            value.set_sensitive(true);
        }
    }
}

/// Returns whether a character could control a terminal, start a forged line in a log, reorder the characters around it, or
/// is invisible. copperplate escapes the same characters.
pub(crate) fn is_unsafe(letter: char) -> bool {
    letter.is_control()
        || matches!(
            letter,
            '\u{ad}'
                | '\u{61c}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        )
}

/// Prints a string on one line. Control characters and characters that change the writing direction are escaped: `\n`,
/// `\u{1b}`.
pub(crate) struct Escaped<'a>(pub &'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut rest = self.0;
        while let Some((start, letter)) = rest.char_indices().find(|(_, letter)| is_unsafe(*letter)) {
            f.write_str(&rest[..start])?;
            match letter {
                '\n' => f.write_str("\\n")?,
                '\r' => f.write_str("\\r")?,
                '\t' => f.write_str("\\t")?,
                letter => write!(f, "{}", letter.escape_unicode())?,
            }
            rest = &rest[start + letter.len_utf8()..];
        }
        f.write_str(rest)
    }
}

/// Prints a string like [`Escaped`], but at most its first N characters. N is the second field. An ellipsis replaces
/// the rest.
pub(crate) struct Cut<'a>(pub &'a str, pub usize);

impl<'a> Cut<'a> {
    /// Prints at most the first 200 characters of `text`.
    pub(crate) fn new(text: &'a str) -> Self {
        Self(text, TEXT_LENGTH)
    }
}

impl fmt::Display for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.0.char_indices().nth(self.1).map_or(self.0.len(), |(end, _)| end);
        let ellipsis = if end < self.0.len() { "…" } else { "" };
        write!(f, "{}{ellipsis}", Escaped(&self.0[..end]))
    }
}

impl fmt::Debug for Cut<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// Writes to a formatter like [`Escaped`], but at most N characters in all. An ellipsis replaces the rest.
pub(crate) struct OneLine<'f, 'b> {
    formatter: &'f mut fmt::Formatter<'b>,
    /// The number of characters that may still be written. `None` after the ellipsis.
    rest: Option<usize>,
}

impl<'f, 'b> OneLine<'f, 'b> {
    /// Creates a writer of at most `length` characters.
    pub(crate) fn new(formatter: &'f mut fmt::Formatter<'b>, length: usize) -> Self {
        Self { formatter, rest: Some(length) }
    }
}

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let Some(rest) = self.rest else { return Ok(()) };
        self.rest = rest.checked_sub(text.chars().count());
        write!(self.formatter, "{}", Cut(text, rest))
    }
}

/// Formats at most the first `length` characters of `value`. An ellipsis replaces the rest, which is not formatted.
pub(crate) fn cut_text(value: impl fmt::Display, length: usize) -> String {
    let mut text = CutText::new(length);
    // Only what is beyond the maximal length is not written.
    _ = write!(text, "{value}");
    text.into_string()
}

/// Collects at most N characters. An ellipsis replaces the rest. Writing fails at the first character that is not
/// collected, so that no more text is formatted.
pub(crate) struct CutText {
    text: String,
    /// The number of characters that may still be written. `None` after the ellipsis.
    rest: Option<usize>,
}

impl CutText {
    /// Creates an empty text of at most `length` characters.
    pub(crate) fn new(length: usize) -> Self {
        Self { text: String::new(), rest: Some(length) }
    }

    /// Returns the collected characters.
    pub(crate) fn into_string(self) -> String {
        self.text
    }
}

impl fmt::Write for CutText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let rest = self.rest.ok_or(fmt::Error)?;
        match text.char_indices().nth(rest) {
            Some((end, _)) => {
                self.text.extend([&text[..end], "…"]);
                self.rest = None;
                Err(fmt::Error)
            }
            None => {
                self.text.push_str(text);
                self.rest = Some(rest - text.chars().count());
                Ok(())
            }
        }
    }
}

/// Prints a JSON Pointer like [`Escaped`], but at most 100 characters of each reference token. A token can be the name
/// of a member, and the server may send a very long name.
pub(crate) struct CutPointer<'a>(pub &'a str);

impl fmt::Display for CutPointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, token) in self.0.split('/').enumerate() {
            let separator = if index == 0 { "" } else { "/" };
            write!(f, "{separator}{}", Cut(token, TOKEN_LENGTH))?;
        }
        Ok(())
    }
}

impl fmt::Debug for CutPointer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{self}\"")
    }
}

/// Prints the length of a body and its media type, but no part of the body, because each part can be a secret.
pub(crate) struct BodySummary<'a>(pub &'a [u8], pub &'a HeaderMap);

impl fmt::Display for BodySummary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(body, headers) = self;
        if body.is_empty() {
            return f.write_str("the body is empty");
        }
        let plural = if body.len() == 1 { "" } else { "s" };
        write!(f, "the body has {} byte{plural}", body.len())?;
        match content_type(headers).filter(|value| is_media_type(value)) {
            Some(media_type) => write!(f, " of the media type {}", Cut(essence(media_type), MEDIA_TYPE_LENGTH)),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for BodySummary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Durations from this one on are unlimited: no call lasts for a century.
const UNLIMITED: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);

/// Prints a limit of time. `Duration::MAX`, which sets no limit, is printed as `unlimited`.
pub(crate) struct TimeLimit(pub Duration);

impl fmt::Debug for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 < UNLIMITED { self.0.fmt(f) } else { f.write_str("unlimited") }
    }
}

/// Prints the names of headers, without their values.
pub(crate) struct HeaderNames<'a>(pub &'a HeaderMap);

impl fmt::Debug for HeaderNames<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys().map(HeaderName::as_str)).finish()
    }
}
