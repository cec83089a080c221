//! JSON Pointers (RFC 6901), which identify values in a document.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A JSON Pointer, such as `/components/schemas/Pet`. The empty pointer identifies the whole document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// Returns the pointer to the root of a document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Parses a pointer such as `/components/schemas/Pet`. Returns `None` unless `text` is empty or starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Parses the fragment of a reference, without its `#`: `/a%20b` becomes the pointer `/a b`. Returns `None` if the decoded
    /// fragment is not a JSON Pointer.
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        Self::percent_decoded(fragment).and_then(|text| Self::parse(&text))
    }

    /// Decodes percent-encoding: `%41` becomes `A`. Returns `None` if the result is not UTF-8.
    pub fn percent_decoded(text: &str) -> Option<String> {
        let mut bytes = Vec::with_capacity(text.len());
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            let mut digits = rest.clone();
            let escaped = (byte == b'%').then(|| Some((hex(digits.next()?)?, hex(digits.next()?)?))).flatten();
            if let Some((high, low)) = escaped {
                bytes.push(high << 4 | low);
                rest = digits;
            } else {
                bytes.push(byte);
            }
        }
        String::from_utf8(bytes).ok()
    }

    /// Appends `token` to a copy of this pointer: `/paths` and `/pets` give `/paths/~1pets`.
    #[must_use]
    pub fn join(&self, token: impl Token) -> Self {
        // All stages call this often. The capacity is enough for a typical token.
        let mut place = Self(String::with_capacity(self.0.len() + 24));
        place.0.push_str(&self.0);
        place.push(token);
        place
    }

    /// Appends `token`, and escapes `~` and `/` in it.
    pub fn push(&mut self, token: impl Token) {
        self.0.push('/');
        token.append_to(&mut self.0);
    }

    /// Removes the last token. The root remains the root.
    pub fn pop(&mut self) {
        self.0.truncate(self.0.rfind('/').unwrap_or_default());
    }

    /// Escapes `name` for use as a token of a pointer: `a/b` becomes `a~1b`.
    pub fn escape(name: &str) -> String {
        let mut text = String::with_capacity(name.len());
        append_escaped(name, &mut text);
        text
    }

    /// Returns the pointer without its last token. Returns `None` for the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// Returns the last token, unescaped. Returns `None` for the root.
    pub fn last(&self) -> Option<String> {
        let start = self.0.rfind('/')? + 1;
        Some(unescaped(&self.0[start..]).into_owned())
    }

    /// Returns the tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.raw_tokens().map(|token| unescaped(token).into_owned())
    }

    /// Returns the tokens as they are written. [`unescaped`] returns the name that such a token stands for.
    pub(crate) fn raw_tokens(&self) -> impl Iterator<Item = &str> {
        self.0.split('/').skip(1)
    }

    /// Returns whether the text of the pointer starts with `text`. `text` may end within a token: `/pets` starts with `/pe`.
    pub fn starts_with(&self, text: &str) -> bool {
        self.0.starts_with(text)
    }

    /// Returns whether this pointer is equal to `outer`, or continues `outer` with further tokens.
    pub fn is_within(&self, outer: &Self) -> bool {
        self.0.strip_prefix(&outer.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Returns a copy of this pointer in which `to` replaces the prefix `from`: with `/a` and `/c`, `/a/b` becomes `/c/b`. This
    /// pointer must be within `from`.
    #[must_use]
    pub fn rebased(&self, from: &Self, to: &Self) -> Self {
        Self(format!("{}{}", to.0, self.0.strip_prefix(&from.0).unwrap_or_default()))
    }

    /// Returns the text of the pointer.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A token of a pointer: the name of a member, or the index of an item. All stages append tokens often, so names are not
/// formatted.
pub trait Token {
    /// Appends the token to the text of a pointer, and escapes `~` and `/` in it.
    fn append_to(&self, text: &mut String);
}

impl Token for str {
    fn append_to(&self, text: &mut String) {
        append_escaped(self, text);
    }
}

impl Token for String {
    fn append_to(&self, text: &mut String) {
        append_escaped(self, text);
    }
}

impl Token for usize {
    fn append_to(&self, text: &mut String) {
        // Writing to a string does not fail.
        _ = write!(text, "{self}");
    }
}

impl<T: Token + ?Sized> Token for &T {
    fn append_to(&self, text: &mut String) {
        (**self).append_to(text);
    }
}

/// Appends `name` to `text`, with `~0` for `~` and `~1` for `/`.
fn append_escaped(name: &str, text: &mut String) {
    let mut rest = name;
    while let Some(index) = rest.bytes().position(|byte| matches!(byte, b'~' | b'/')) {
        let (plain, escaped) = rest.split_at(index);
        text.push_str(plain);
        text.push_str(if escaped.starts_with('~') { "~0" } else { "~1" });
        rest = &escaped[1..];
    }
    text.push_str(rest);
}

/// Returns the name that an escaped token stands for.
pub(crate) fn unescaped(token: &str) -> Cow<'_, str> {
    match token.contains('~') {
        true => token.replace("~1", "/").replace("~0", "~").into(),
        false => token.into(),
    }
}

/// Returns the value of a hexadecimal digit, from 0 to 15.
fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_escaped_and_read_back() {
        let path = Pointer::root().join("paths").join("/pets/{id}~x");
        assert_eq!(path.as_str(), "/paths/~1pets~1{id}~0x");
        assert_eq!(path.last().as_deref(), Some("/pets/{id}~x"));
        assert_eq!(path.parent(), Pointer::parse("/paths"));
        assert_eq!(Pointer::root().parent(), None);
        assert_eq!(Pointer::percent_decoded("/100%").as_deref(), Some("/100%"));
        assert_eq!(Pointer::percent_decoded("/%zz").as_deref(), Some("/%zz"));
        assert_eq!(Pointer::percent_decoded("%ff"), None);
        assert_eq!(Pointer::from_fragment("/a%20b%2Fc").map(|place| place.to_string()).as_deref(), Some("/a b/c"));
        assert_eq!(Pointer::from_fragment("anchor"), None);
        let pet = Pointer::root().join("pet");
        assert!(pet.join("id").is_within(&pet) && pet.is_within(&pet) && pet.is_within(&Pointer::root()));
        assert!(!Pointer::root().join("pets").is_within(&pet));
    }
}
