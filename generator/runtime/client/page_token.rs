// copperplate runtime: copied into each generated crate that uses it.
//! The place of a page in the results of an operation.

use std::fmt;
use std::str::FromStr;

use http::Uri;

use crate::runtime::client::host::canonical_host;
use crate::runtime::request::percent_encoding::{percent_decode, percent_encode};

/// The largest length of a URL, as in [`Uri`].
const MAX_URL: usize = 65_534;

/// The place of a page in the results of an operation. Keep it to continue later: see
/// [`Pages::starting_at`](crate::runtime::Pages::starting_at).
///
/// `Display` and `FromStr` convert it to text and back. The text has no query parameter that is a credential or a secret:
/// the request for the page gets those of the client and of the operation. `Debug` prints nothing of it, because a service
/// can put anything into it.
#[derive(Clone, PartialEq, Eq)]
pub struct PageToken(pub(crate) Place);

/// How a request names a page.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// The query parameter with this name has this value.
    Parameter(String, String),
    /// The service named the whole URL.
    Url(String),
}

impl PageToken {
    /// Removes the query parameters with these names from a URL that the service named.
    pub(crate) fn without_parameters(self, names: &[&str]) -> Self {
        let Self(Place::Url(url)) = self else { return self };
        // A longer URL is not valid, so no request is sent.
        let Some((path, query)) = url.split_once('?').filter(|_| url.len() <= MAX_URL) else {
            return Self(Place::Url(url));
        };
        let mut query = query.split('#').next().unwrap_or_default().to_owned();
        names.iter().for_each(|name| remove_parameter(&mut query, name));
        Self(Place::Url(format!("{path}?{query}")))
    }
}

impl fmt::Debug for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PageToken(…)")
    }
}

impl fmt::Display for PageToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Place::Parameter(name, value) => write!(f, "parameter {name} {value}"),
            Place::Url(url) => write!(f, "url {url}"),
        }
    }
}

impl FromStr for PageToken {
    type Err = PageTokenError;

    fn from_str(text: &str) -> Result<Self, PageTokenError> {
        let place = match text.split_once(' ') {
            Some(("url", url)) => Some(Place::Url(url.to_owned())),
            Some(("parameter", rest)) => {
                rest.split_once(' ').map(|(name, value)| Place::Parameter(name.to_owned(), value.to_owned()))
            }
            _ => None,
        };
        place.map(Self).ok_or(PageTokenError(()))
    }
}

/// The text is not the text of a [`PageToken`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageTokenError(());

impl fmt::Display for PageTokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text is not the text of a page token")
    }
}

impl std::error::Error for PageTokenError {}

/// Replaces the query parameter `name` in a query by one with this value.
pub(crate) fn replace_parameter(query: &mut String, name: &str, value: &str) {
    remove_parameter(query, name);
    if !query.is_empty() {
        query.push('&');
    }
    percent_encode(name, query);
    query.push('=');
    percent_encode(value, query);
}

/// Removes the query parameter `name` from a query.
pub(crate) fn remove_parameter(query: &mut String, name: &str) {
    let others = query.split('&').filter(|pair| !pair.is_empty() && !is_named(pair, name));
    *query = others.collect::<Vec<_>>().join("&");
}

/// Returns whether a pair such as `a=1` has the query parameter `name`, in any encoding.
pub(crate) fn is_named(pair: &str, name: &str) -> bool {
    pair.split('=').next().is_some_and(|encoded| percent_decode(encoded) == name.as_bytes())
}

/// Returns the value of the query parameter `name` if it is a number.
pub(crate) fn number_of_parameter(query: &str, name: &str) -> Option<u64> {
    let mut encoded_name = String::new();
    percent_encode(name, &mut encoded_name);
    let value = query.split('&').find_map(|pair| pair.strip_prefix(&encoded_name)?.strip_prefix('='));
    value.and_then(|value| value.parse().ok())
}

/// Returns the path, without that of `base`, and the query of a URL that a service named as the next page. A URL without a
/// host is relative to `current`, the path of the request before.
///
/// # Errors
/// Returns the problem as the end of a sentence that begins with the URL: the page must be on the server `base`, because
/// the request has the credentials of the client.
pub(crate) fn path_and_query(base: &str, current: &str, url: &str) -> Result<(String, String), &'static str> {
    let url = url.split('#').next().unwrap_or_default();
    let base_uri = Uri::try_from(base).map_err(|_| "has no server")?;
    // A query can contain another URL.
    let is_relative = !url.split('?').next().is_some_and(|path| path.contains("://")) && !url.starts_with("//");
    let target = match url {
        _ if !is_relative => url.to_owned(),
        _ if url.starts_with('/') => url.to_owned(),
        _ if url.starts_with('?') => format!("{}{current}{url}", base_uri.path().trim_end_matches('/')),
        _ => return Err("is neither a URL, nor a path that begins with `/`, nor a query"),
    };
    let uri = Uri::try_from(target.as_str()).map_err(|_| "is not a valid URL")?;
    let port = |uri: &Uri| uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 });
    let is_same_server = uri.scheme() == base_uri.scheme()
        && port(&uri) == port(&base_uri)
        && uri.host().is_some_and(|host| canonical_host(host).ok().as_deref() == base_uri.host())
        && uri.authority().is_some_and(|authority| !authority.as_str().contains('@'));
    if !is_relative && !is_same_server {
        return Err("is on another server");
    }
    let path = uri.path().strip_prefix(base_uri.path().trim_end_matches('/'));
    match path.filter(|path| path.starts_with('/') && !leaves_its_folder(path)) {
        Some(path) => Ok((path.to_owned(), uri.query().unwrap_or_default().to_owned())),
        None => Err("is outside of the base URL"),
    }
}

/// Returns whether a service could read a path as another one: it has a dot segment or an empty segment, also after it is decoded,
/// with a backslash for a slash, or before a `;`. An empty segment at the end is a slash at the end.
fn leaves_its_folder(path: &str) -> bool {
    let mut path = path.to_ascii_lowercase();
    for (encoded, decoded) in [("%2e", "."), ("%2f", "/"), ("%5c", "/"), ("\\", "/"), ("%3b", ";")] {
        path = path.replace(encoded, decoded);
    }
    let is_dots = |segment: &str| matches!(segment.split(';').next(), Some("." | ".."));
    path.contains("//") || path.split('/').any(is_dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_text() {
        for place in [Place::Parameter("after".to_owned(), "a b=&".to_owned()), Place::Url("/a?b=1 2".to_owned())] {
            let token = PageToken(place);
            assert_eq!(token.to_string().parse(), Ok(token));
        }
        assert!("".parse::<PageToken>().is_err() && "page 2".parse::<PageToken>().is_err());
    }

    #[test]
    fn the_url_of_a_page_has_no_secret_parameter() {
        for (url, shown) in [
            ("/pets?api_key=s&page=2#top", "url /pets?page=2"),
            ("?page=2&%61pi%5fkey=s", "url ?page=2"),
            ("?api_key=s", "url ?"),
            ("/pets", "url /pets"),
        ] {
            let token = PageToken(Place::Url(url.to_owned())).without_parameters(&["api_key"]);
            assert_eq!(token.to_string(), shown);
        }
    }

    #[test]
    fn a_parameter_is_replaced() {
        let mut query = "a=1&page%5B0%5D=2&b=3".to_owned();
        assert_eq!(number_of_parameter(&query, "page[0]"), Some(2));
        replace_parameter(&mut query, "page[0]", "x y");
        assert_eq!(query, "a=1&b=3&page%5B0%5D=x%20y");
        replace_parameter(&mut query, "b", "4");
        assert_eq!(query, "a=1&page%5B0%5D=x%20y&b=4");
        assert_eq!(number_of_parameter(&query, "c"), None);
    }

    #[test]
    fn a_page_stays_on_the_server() {
        let of = |url: &str| path_and_query("https://service.example/v1", "/pets", url);
        let found = |path: &str, query: &str| Ok((path.to_owned(), query.to_owned()));
        assert_eq!(of("https://service.example/v1/pets?page=2"), found("/pets", "page=2"));
        assert_eq!(of("https://SERVICE.example:443/v1/pets?page=2#x"), found("/pets", "page=2"));
        assert_eq!(of("/v1/cats"), found("/cats", ""));
        assert_eq!(of("?page=3"), found("/pets", "page=3"));
        assert_eq!(of("/v1/pets?next=http://a/b"), found("/pets", "next=http://a/b"));
        assert_eq!(of("/v1/pets/?a=//.."), found("/pets/", "a=//.."));
        assert_eq!(of("/v1/a%2Fb/..c"), found("/a%2Fb/..c", ""));
        for elsewhere in [
            "https://other.example/v1/pets",
            "http://service.example/v1/pets",
            "https://service.example:8443/v1/pets",
            "https://service.example@other.example/v1/pets",
            "https://user@service.example/v1/pets",
            "//other.example/v1/pets",
            "/v2/pets",
            "/v10/pets",
            "/v1/../admin",
            "/v1/%2e%2E/admin",
            "/v1/pets/..%2fadmin",
            "/v1/pets/..%5Cadmin",
            "/v1/pets/..\\admin",
            "/v1/a%2f%2e%2e%2fadmin",
            "/v1/..;a=b/admin",
            "/v1/..%3B/admin",
            "/v1//evil/x",
            "/v1/pets//evil/x",
            "/v1/%2fevil/x",
            "pets?page=2",
            "",
            "https://",
        ] {
            assert!(of(elsewhere).is_err(), "{elsewhere}");
        }
    }
}
