// copperplate runtime: copied into each generated crate that uses it.
//! Finds the next page in a response.

use std::fmt;

use http::HeaderMap;
use http::header::LINK;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::runtime::client::page_token::{PageToken, Place};

/// Where a page names the next one. A place in the body is a list of member names; `-` is the last item of a list.
#[derive(Debug, Clone, Copy)]
pub enum NextPage {
    /// A value in the body is the value of a query parameter.
    Cursor { parameter: &'static str, at: &'static [&'static str] },
    /// A query parameter is the number of items before the page.
    Offset { parameter: &'static str },
    /// A query parameter is the number of the page.
    Number { parameter: &'static str, first: u64 },
    /// The header `Link` has the URL, with `rel="next"`.
    Link,
    /// A value in the body is the URL.
    Url { at: &'static [&'static str] },
}

/// A page that was received.
pub(crate) struct ReceivedPage<'p> {
    pub body: &'p [u8],
    pub headers: &'p HeaderMap,
    /// The places in the body of the list of items, and of the boolean that says whether more pages follow. The second is
    /// empty if there is none.
    pub items: &'static [&'static str],
    pub more: &'static [&'static str],
    /// The number of the page, or of the items before it.
    pub number: Option<u64>,
}

impl ReceivedPage<'_> {
    /// Returns whether the page has no items.
    pub(crate) fn is_empty(&self) -> bool {
        count(self).is_none()
    }
}

impl NextPage {
    /// Returns the query parameter with the number of the page, or of the items before it.
    pub(crate) fn numbered_parameter(self) -> Option<&'static str> {
        match self {
            Self::Offset { parameter } | Self::Number { parameter, .. } => Some(parameter),
            _ => None,
        }
    }

    /// Returns the place of the page that follows. Returns `None` after the last page.
    pub(crate) fn after(self, page: &ReceivedPage<'_>) -> Option<PageToken> {
        if !page.more.is_empty() && find(page.body, page.more) != Some(Found::Text("true".to_owned())) {
            return None;
        }
        let parameter = |name: &str, value: String| Some(Place::Parameter(name.to_owned(), value));
        let place = match self {
            Self::Cursor { parameter: name, at } => parameter(name, text(page.body, at)?),
            Self::Url { at } => Some(Place::Url(text(page.body, at)?)),
            Self::Link => next_link(page.headers).map(Place::Url),
            Self::Offset { parameter: name } => {
                let next = page.number.unwrap_or_default().checked_add(count(page)?)?;
                parameter(name, next.to_string())
            }
            Self::Number { parameter: name, first } => {
                count(page)?;
                parameter(name, page.number.unwrap_or(first).checked_add(1)?.to_string())
            }
        };
        place.map(PageToken)
    }
}

/// Returns the number of items of a page; `None` if it has none.
fn count(page: &ReceivedPage<'_>) -> Option<u64> {
    match find(page.body, page.items)? {
        Found::Items(count) if count > 0 => Some(count),
        _ => None,
    }
}

fn text(body: &[u8], at: &[&str]) -> Option<String> {
    match find(body, at)? {
        Found::Text(text) if !text.is_empty() => Some(text),
        _ => None,
    }
}

/// Returns the URL with `rel="next"` in the header `Link` (RFC 8288).
fn next_link(headers: &HeaderMap) -> Option<String> {
    let lines = headers.get_all(LINK).iter().filter_map(|line| line.to_str().ok());
    lines.flat_map(links).find(|(_, parameters)| is_next(parameters)).map(|(url, _)| url.to_owned())
}

/// Returns the links of a header line, each with its parameters: `<URL>; rel="next"`.
fn links(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.split('<').skip(1).filter_map(|link| link.split_once('>'))
}

fn is_next(parameters: &str) -> bool {
    parameters.split([';', ',']).any(|parameter| {
        let relation = parameter.split_once('=').filter(|(name, _)| name.trim().eq_ignore_ascii_case("rel"));
        let mut relations = relation.map_or("", |(_, value)| value.trim().trim_matches('"')).split_ascii_whitespace();
        relations.any(|relation| relation.eq_ignore_ascii_case("next"))
    })
}

/// A value in a body.
#[derive(Debug, PartialEq, Eq)]
enum Found {
    /// A string, a number or a boolean, as text.
    Text(String),
    /// A list with this number of items.
    Items(u64),
}

/// Finds the value at a place in a JSON body, and skips all other values. Returns `None` if there is none, or if it is null or
/// an object.
fn find(body: &[u8], at: &[&str]) -> Option<Found> {
    At(at).deserialize(&mut serde_json::Deserializer::from_slice(body)).ok().flatten()
}

/// Finds the value at a place in the value that is deserialized.
struct At<'p>(&'p [&'p str]);

impl<'de> DeserializeSeed<'de> for At<'_> {
    type Value = Option<Found>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl At<'_> {
    fn scalar<E>(self, value: impl fmt::Display) -> Result<Option<Found>, E> {
        Ok(self.0.is_empty().then(|| Found::Text(value.to_string())))
    }
}

impl<'de> Visitor<'de> for At<'_> {
    type Value = Option<Found>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        self.scalar(value)
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        self.scalar(value)
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        self.scalar(value)
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        self.scalar(value)
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        self.scalar(value)
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<S: SeqAccess<'de>>(self, mut items: S) -> Result<Self::Value, S::Error> {
        let Some((token, rest)) = self.0.split_first() else {
            let mut count = 0;
            while items.next_element::<IgnoredAny>()?.is_some() {
                count += 1;
            }
            return Ok(Some(Found::Items(count)));
        };
        let (index, mut found) = (token.parse::<u64>().ok(), None);
        for number in 0.. {
            let is_wanted = *token == "-" || index == Some(number);
            let item = match is_wanted {
                true => items.next_element_seed(At(rest))?,
                false => items.next_element::<IgnoredAny>()?.map(|_| None),
            };
            match item {
                Some(item) if is_wanted => found = item,
                Some(_) => {}
                None => break,
            }
        }
        Ok(found)
    }

    fn visit_map<M: MapAccess<'de>>(self, mut members: M) -> Result<Self::Value, M::Error> {
        let mut found = None;
        while let Some(name) = members.next_key::<String>()? {
            match self.0.split_first() {
                Some((token, rest)) if *token == name => found = members.next_value_seed(At(rest))?,
                _ => _ = members.next_value::<IgnoredAny>()?,
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_at_their_place() {
        let body = r#"{"a": {"b": [{"id": "x"}, {"id": 7}], "more": true, "no": null}, "é/~": "z"}"#.as_bytes();
        let text = |at: &[&str]| {
            find(body, at).and_then(|found| if let Found::Text(text) = found { Some(text) } else { None })
        };
        assert_eq!(text(&["a", "b", "-", "id"]).as_deref(), Some("7"));
        assert_eq!(text(&["a", "b", "0", "id"]).as_deref(), Some("x"));
        assert_eq!(text(&["a", "more"]).as_deref(), Some("true"));
        assert_eq!(text(&["é/~"]).as_deref(), Some("z"));
        assert_eq!(find(body, &["a", "b"]), Some(Found::Items(2)));
        for nothing in [&["a"][..], &["a", "no"], &["a", "b", "2", "id"], &["a", "more", "x"], &[]] {
            assert_eq!(find(body, nothing), None, "{nothing:?}");
        }
        assert_eq!(find(b"[1, 2", &[]), None);
        assert_eq!(find(b"[]", &["-"]), None);
    }

    #[test]
    fn the_next_link_is_found_in_any_line() {
        let of = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(LINK, line.parse().unwrap());
            }
            next_link(&headers)
        };
        let github = "<https://a.example/x?page=1,2>; rel=\"prev\", <https://a.example/x?page=3>; rel=\"next\"";
        assert_eq!(of(&[github]).as_deref(), Some("https://a.example/x?page=3"));
        assert_eq!(of(&["</a>; REL=next; title=\"b\""]).as_deref(), Some("/a"));
        assert_eq!(of(&["</a>; rel=\"last\"", "</b>; rel=\"up next\""]).as_deref(), Some("/b"));
        assert_eq!(of(&["</a>; rel=\"nextone\"", "</a>"]), None);
    }
}
