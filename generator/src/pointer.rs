//! JSON Pointers (RFC 6901), the way every finding and every violation names a place.

use std::fmt;

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

    /// The member or item `token` of this place; `~` and `/` are escaped.
    #[must_use]
    pub fn join(&self, token: impl fmt::Display) -> Self {
        let token = token.to_string().replace('~', "~0").replace('/', "~1");
        Self(format!("{}/{token}", self.0))
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

    /// Whether the pointer's text begins so.
    pub fn starts_with(&self, text: &str) -> bool {
        self.0.starts_with(text)
    }

    /// Whether this place is `holder` or lies in it.
    pub fn is_within(&self, holder: &Self) -> bool {
        self.0.strip_prefix(&holder.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
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
        let pet = Pointer::root().join("pet");
        assert!(pet.join("id").is_within(&pet) && pet.is_within(&pet) && pet.is_within(&Pointer::root()));
        assert!(!Pointer::root().join("pets").is_within(&pet));
    }
}
