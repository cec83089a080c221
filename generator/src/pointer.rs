//! JSON Pointers (RFC 6901), the way every finding and every violation names a place.

use std::fmt::{self, Write as _};

/// A place in a document. The empty pointer is the document itself.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Pointer(String);

impl Pointer {
    /// The whole document.
    pub fn root() -> Self {
        Self::default()
    }

    /// Reads a pointer such as `/components/schemas/Pet`; `None` where it is neither empty nor starts with `/`.
    pub fn parse(text: &str) -> Option<Self> {
        (text.is_empty() || text.starts_with('/')).then(|| Self(text.to_owned()))
    }

    /// Reads the fragment of a reference, behind its `#`: percent-encoded, then as [`Pointer::parse`] does.
    pub fn from_fragment(fragment: &str) -> Option<Self> {
        Self::percent_decoded(fragment).and_then(|text| Self::parse(&text))
    }

    /// `text` with every `%41` replaced by the byte it stands for; `None` where the bytes are no UTF-8.
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

    /// The member or item `token` of this place; `~` and `/` are escaped.
    #[must_use]
    pub fn join(&self, token: impl fmt::Display) -> Self {
        // Every stage joins, for each of its places: there is room for a usual step at once.
        let mut place = Self(String::with_capacity(self.0.len() + 24));
        place.0.push_str(&self.0);
        place.push(token);
        place
    }

    /// Goes to the member or item `token` of this place.
    pub fn push(&mut self, token: impl fmt::Display) {
        self.0.push('/');
        // Texts take what is written without fail.
        _ = write!(Escaped(&mut self.0), "{token}");
    }

    /// Goes to the object or array that holds this place; the root stays where it is.
    pub fn pop(&mut self) {
        self.0.truncate(self.0.rfind('/').unwrap_or_default());
    }

    /// A name as one step of a pointer, escaped.
    pub fn token(name: &str) -> String {
        let mut text = String::with_capacity(name.len());
        _ = Escaped(&mut text).write_str(name);
        text
    }

    /// The object or array that holds this place; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.rfind('/').map(|end| Self(self.0[..end].to_owned()))
    }

    /// The last token, unescaped; `None` at the root.
    pub fn last(&self) -> Option<String> {
        let start = self.0.rfind('/')? + 1;
        Some(self.0[start..].replace("~1", "/").replace("~0", "~"))
    }

    /// All tokens, unescaped.
    pub fn tokens(&self) -> impl Iterator<Item = String> {
        self.0.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
    }

    /// Whether the pointer's text begins so.
    pub fn starts_with(&self, text: &str) -> bool {
        self.0.starts_with(text)
    }

    /// Whether this place is `holder` or lies in it.
    pub fn is_within(&self, holder: &Self) -> bool {
        self.0.strip_prefix(&holder.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// This place, which is `from` or lies in it, as it is called where `from` is called `to`.
    #[must_use]
    pub fn moved(&self, from: &Self, to: &Self) -> Self {
        Self(format!("{}{}", to.0, self.0.strip_prefix(&from.0).unwrap_or_default()))
    }

    /// The pointer as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Pointer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Text that escapes what is written to it, as a step of a pointer is.
struct Escaped<'t>(&'t mut String);

impl fmt::Write for Escaped<'_> {
    fn write_str(&mut self, written: &str) -> fmt::Result {
        let mut rest = written;
        while let Some(index) = rest.bytes().position(|byte| matches!(byte, b'~' | b'/')) {
            let (plain, escaped) = rest.split_at(index);
            self.0.push_str(plain);
            self.0.push_str(if escaped.starts_with('~') { "~0" } else { "~1" });
            rest = &escaped[1..];
        }
        self.0.push_str(rest);
        Ok(())
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// The file at `path`, which may be percent-encoded, as seen from the folder of `file`.
pub(crate) fn beside(file: &str, path: &str) -> Option<String> {
    let path = Pointer::percent_decoded(path)?;
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = folder.split('/').filter(|step| *step != ".").collect();
    if folder.is_empty() && !file.starts_with('/') {
        steps.clear();
    }
    for step in path.split('/') {
        match step {
            "" | "." => {}
            ".." if steps.last().is_some_and(|last| *last != ".." && !last.is_empty()) => _ = steps.pop(),
            _ => steps.push(step),
        }
    }
    Some(steps.join("/"))
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
