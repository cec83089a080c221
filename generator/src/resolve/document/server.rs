//! Servers and their variables.

use indexmap::IndexMap;

use crate::pointer::Pointer;

/// The maximum length of a URL in bytes, with the default values of its variables. RFC 9110 asks servers to read a request line of
/// this length, and the path of the operation is still to be added.
const MAX_URL: usize = 8_000;

/// A server that requests are sent to.
#[derive(Debug, Clone, PartialEq)]
pub struct Server {
    /// The JSON Pointer of the Server Object.
    pub pointer: Pointer,
    /// `url`, a template with `{variables}`.
    pub url: String,
    /// `description`.
    pub description: Option<String>,
    /// `x-name`.
    pub name: Option<String>,
    /// `variables` by name, in document order.
    pub variables: IndexMap<String, ServerVariable>,
}

/// A variable in the URL of a server.
#[derive(Debug, Clone, PartialEq)]
pub struct ServerVariable {
    /// `default`: the value that is used unless the caller sets the variable.
    pub default: String,
    /// `enum`: the allowed values. If it is empty, every value is allowed.
    pub enum_values: Vec<String>,
    /// `description`.
    pub description: Option<String>,
}

impl Server {
    /// Returns the URL with the default value of every variable, or the template if one of them is longer than [`MAX_URL`].
    pub fn default_url(&self) -> String {
        self.expanded().unwrap_or_else(|| self.url.clone())
    }

    /// Returns the URL with the default value of every variable, unless it is longer than [`MAX_URL`].
    fn expanded(&self) -> Option<String> {
        let mut url = String::new();
        let mut rest = Some(self.url.as_str()).filter(|template| template.len() <= MAX_URL)?;
        while let Some((before, from_brace)) = rest.split_once('{') {
            url.push_str(before);
            let variable =
                from_brace.split_once('}').and_then(|(name, after)| Some((self.variables.get(name)?, after)));
            match variable {
                Some((variable, after)) => {
                    url.push_str(&variable.default);
                    rest = after;
                }
                None => {
                    url.push('{');
                    rest = from_brace;
                }
            }
            if url.len() > MAX_URL {
                return None;
            }
        }
        Some(url + rest).filter(|url| url.len() <= MAX_URL)
    }

    /// Returns the reason why no request can be sent to this server, as a clause about its URL: "it has no host". Returns `None`
    /// if requests can be sent.
    pub fn unusable_reason(&self) -> Option<&'static str> {
        let Some(url) = self.expanded() else {
            return Some("it is longer than 8000 bytes, with the default values of its variables");
        };
        let path = match url.split_once("://") {
            Some(("http" | "https", rest)) => rest,
            Some(_) => return Some("its scheme is neither `http` nor `https`"),
            None => &url,
        };
        if url.contains("://") && (path.is_empty() || path.starts_with(['/', '?', '#'])) {
            return Some("it has no host");
        }
        let authority = path.split(['/', '?', '#']).next().filter(|_| url.contains("://")).unwrap_or_default();
        if authority.contains('@') {
            return Some("it has a user name or password");
        }
        if is_ambiguous_address(authority) {
            return Some("its host is an IP address that is not written as four decimal numbers");
        }
        if path.contains(['{', '}']) {
            return Some("a name in braces is not declared in `variables`");
        }
        if path.contains(['?', '#']) {
            return Some("it has a query or a fragment");
        }
        path.contains(|letter: char| !letter.is_ascii_graphic()).then_some("a character in it must be percent-encoded")
    }
}

/// Returns whether URL parsers read the host as an IPv4 address, although the host does not consist of four decimal numbers:
/// `127.1`, `0x7f000001`.
fn is_ambiguous_address(authority: &str) -> bool {
    let host = authority.split(':').next().unwrap_or_default();
    let last = host.trim_end_matches('.').rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let is_decimal = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
    let digits = last.strip_prefix("0x");
    let is_hexadecimal = digits.is_some_and(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    (is_decimal || is_hexadecimal) && host.parse::<std::net::Ipv4Addr>().is_err()
}
