//! Reads the request URL of a page: the method and the path with its placeholders.

/// The HTTP methods of OpenAPI, and those of WebDAV and OData that pages also name.
const METHODS: &[&str] = &[
    "GET",
    "PUT",
    "POST",
    "DELETE",
    "OPTIONS",
    "HEAD",
    "PATCH",
    "TRACE",
    "MERGE",
    "PROPFIND",
    "PROPPATCH",
    "MKCOL",
    "MOVE",
    "ACL",
    "REPORT",
    "COPY",
    "LOCK",
];

/// Splits a text into the method at its start and the rest.
pub(super) fn leading_method(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let end = text.find(|letter: char| !letter.is_ascii_uppercase()).unwrap_or(text.len());
    let is_method = METHODS.contains(&&text[..end]);
    let rest = &text[end..];
    (is_method && rest.starts_with(char::is_whitespace)).then_some((&text[..end], rest))
}

/// Returns the methods that a text names, such as `PUT / MERGE`.
pub(super) fn methods(text: &str) -> Vec<&'static str> {
    let words = text.split(|letter: char| !letter.is_ascii_uppercase());
    words.filter_map(|word| METHODS.iter().find(|method| **method == word)).copied().collect()
}

/// The method and the path of a form of the request URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Uri {
    /// The method, if the form has one.
    pub(super) method: Option<String>,
    /// The path, as it is written.
    pub(super) path: String,
}

/// Reads a form of the request URL. `text` may have words before the method.
pub(super) fn read(text: &str) -> Option<Uri> {
    let text = text.trim();
    for method in METHODS {
        let mut signs = Signs { text, next: Some(0) };
        for (start, _) in text.match_indices(method) {
            let is_word = !text[..start].ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
            let after = text[start + method.len()..].trim_start_matches([':', '：']);
            let path = after.trim_start();
            if is_word && after.len() != path.len() && signs.is_path(text.len() - path.len()) {
                return Some(Uri { method: Some((*method).to_owned()), path: in_braces(cut(path)) });
            }
        }
    }
    let is_bare = is_path(text) && (!text.contains(char::is_whitespace) || text.contains("('"));
    is_bare.then(|| Uri { method: None, path: in_braces(cut(text)) })
}

/// Reads a text that is a method and a URL, and nothing else.
pub(super) fn whole(text: &str) -> Option<Uri> {
    let text = text.trim().trim_matches('`');
    let (method, rest) = leading_method(text)?;
    let path = rest.trim();
    let is_one = is_path(path) && path.len() > 1 && !path.contains(char::is_whitespace);
    is_one.then(|| Uri { method: Some(method.to_owned()), path: in_braces(cut(path)) })
}

fn is_path(text: &str) -> bool {
    Signs { text, next: Some(0) }.is_path(0)
}

/// The signs that end the first placeholder of a path, in a text with several words that may be the method before a path.
struct Signs<'t> {
    text: &'t str,
    /// The first sign at or after the last place that was looked at; `None` if the rest of the text has none.
    next: Option<usize>,
}

impl Signs<'_> {
    /// Returns whether a path begins at a byte of the text. The bytes that are asked for are in ascending order.
    fn is_path(&mut self, start: usize) -> bool {
        let path = &self.text[start..];
        let is_template = path.starts_with('{') && path[1..].starts_with(|letter: char| letter.is_ascii_alphabetic());
        let is_address = ["http://", "https://", "/"].iter().any(|address| path.starts_with(address));
        is_address || (is_template && self.is_closed(start))
    }

    /// Returns whether the next sign closes a placeholder.
    fn is_closed(&mut self, start: usize) -> bool {
        if self.next.is_some_and(|next| next <= start) {
            self.next = self.text[start..].find(['}', '"', ' ']).map(|length| start + length);
        }
        self.next.is_some_and(|next| self.text[next..].starts_with('}'))
    }
}

/// Writes the placeholders `<name>` and `:name` of a path in braces.
fn in_braces(path: &str) -> String {
    let is_name = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
    };
    let (server, path) = split_server(path);
    let segment = |segment: &str| {
        let name = segment.strip_prefix(':').or_else(|| segment.strip_prefix('<')?.strip_suffix('>'));
        name.filter(|name| is_name(name)).map_or_else(|| segment.to_owned(), |name| format!("{{{name}}}"))
    };
    let segments: Vec<String> = path.split('/').map(segment).collect();
    format!("{}{}", server.unwrap_or_default(), segments.join("/"))
}

/// Cuts a path at the first white space outside of braces.
fn cut(path: &str) -> &str {
    let mut depth = 0_usize;
    for (at, letter) in path.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if letter.is_whitespace() && depth == 0 => return path[..at].trim_end_matches(['.', ',', ';']),
            _ => {}
        }
    }
    path.trim_end_matches([',', ';', '。'])
}

/// Returns the names of the placeholders of a path, in order.
pub(crate) fn placeholders(path: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = path;
    while let Some(open) = rest.find('{') {
        let Some(length) = rest[open..].find('}') else { break };
        names.push(rest[open + 1..open + length].trim());
        rest = &rest[open + length + 1..];
    }
    names
}

/// Returns the names of the placeholders in the path of a URL, in order: without those of the server and the query.
pub(crate) fn path_placeholders(url: &str) -> Vec<&str> {
    placeholders(plain(url))
}

/// Returns the values that a path has for the placeholders of a template, in order; `None` if it does not fit the template.
pub(crate) fn values<'p>(path: &'p str, template: &str) -> Option<Vec<&'p str>> {
    values_between(plain(path), &literals(template))
}

/// Returns the values that a [plain] path has between the literals of a template, in order; `None` if it does not fit.
pub(super) fn values_between<'p>(path: &'p str, literals: &[String]) -> Option<Vec<&'p str>> {
    let (first, others) = literals.split_first()?;
    let mut rest = path.strip_prefix(first.as_str())?;
    let mut values = Vec::new();
    for (index, literal) in others.iter().enumerate() {
        let is_last = index + 1 == others.len();
        let end = match is_last {
            true => rest.len().checked_sub(literal.len()).filter(|_| rest.ends_with(literal.as_str())),
            false => rest.find(literal.as_str()),
        };
        let end = end.filter(|end| *end > 0)?;
        values.push(&rest[..end]);
        rest = &rest[end + literal.len()..];
    }
    rest.is_empty().then_some(values)
}

/// Returns the text between the placeholders of a template. A closing brace without an opening one is a slip of the page.
pub(crate) fn literals(template: &str) -> Vec<String> {
    let (mut literals, mut rest) = (Vec::new(), plain(template));
    while let Some((before, after)) = rest.split_once('{') {
        literals.push(before.to_owned());
        rest = after.split_once('}').map_or("", |(_, after)| after);
    }
    literals.push(rest.to_owned());
    literals.iter().map(|literal| literal.replace('}', "")).collect()
}

/// Returns a path without the address of the server, the query, and slashes at its ends.
pub(super) fn plain(path: &str) -> &str {
    let (_, path) = split_server(path);
    // `{?marker}` is a query in the form of RFC 6570.
    let path = path.split("{?").next().unwrap_or_default();
    path.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/').trim_end_matches('/')
}

/// Splits an address into the server and the path: `https://{host}/v1/items` into `https://{host}` and `/v1/items`.
pub(crate) fn split_server(url: &str) -> (Option<&str>, &str) {
    let Some(scheme) = url.find("://") else {
        // `{CellURL}__ctl`: a placeholder at the start is the address of the server.
        let end = url.find('}').filter(|_| url.starts_with('{'));
        return match end {
            Some(end) => (Some(&url[..=end]), &url[end + 1..]),
            None => (None, url),
        };
    };
    let authority = scheme + 3;
    // `https://{Endpoint}v1`: the placeholder is the whole host, and the slash after it is missing.
    let close = url[authority..].find('}').filter(|_| url[authority..].starts_with('{'));
    if let Some(path) = close.map(|close| authority + close + 1)
        && url[path..].starts_with(|next: char| next.is_ascii_alphanumeric())
    {
        return (Some(&url[..path]), &url[path..]);
    }
    let end = url[authority..].find('/').map_or(url.len(), |slash| authority + slash);
    (Some(&url[..end]), &url[end..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_and_paths_are_read() {
        let uri = |text: &str| read(text).map(|uri| (uri.method.unwrap_or_default(), uri.path));
        let some = |method: &str, path: &str| Some((method.to_owned(), path.to_owned()));
        assert_eq!(uri("GET /v1/wheels"), some("GET", "/v1/wheels"));
        assert_eq!(uri("URI: PUT https://{endpoint}/v1"), some("PUT", "https://{endpoint}/v1"));
        assert_eq!(uri("{RootURL}x/Wheel('{Name}')"), some("", "{RootURL}x/Wheel('{Name}')"));
        assert_eq!(uri("GET http://a.example/w/<ID>/:x"), some("GET", "http://a.example/w/{ID}/{x}"));
        assert_eq!(uri("The list of wheels"), None);
        assert_eq!(uri("{ \"a\": 1 }"), None);
        assert_eq!(placeholders("/a/{b}/{c d}/{"), ["b", "c d"]);
        assert_eq!(path_placeholders("https://{h}/a/{b}?c={c}"), ["b"]);
        assert_eq!(values("https://{h}/v1/7/x", "/v1/{a}/x"), Some(vec!["7"]));
        assert_eq!(values("/w(a='1',b='2')?c=3", "{Root}w(a='{A}',b='{B}')"), Some(vec!["1", "2"]));
        assert_eq!((values("/v2/7/x", "/v1/{a}/x"), values("/v1//x", "/v1/{a}/x")), (None, None));
        assert_eq!((values("/v1", "/v1"), values("/v1/7", "/v1")), (Some(Vec::new()), None));
        assert_eq!(split_server("{RootURL}x/y"), (Some("{RootURL}"), "x/y"));
        assert_eq!(split_server("https://{h}/y"), (Some("https://{h}"), "/y"));
        assert_eq!(split_server("https://{h}v1/y"), (Some("https://{h}"), "v1/y"));
        assert_eq!(split_server("https://{h}.example/y"), (Some("https://{h}.example"), "/y"));
        assert_eq!((values("/v1/7", "/v1/{a}{?b}"), values("/v1/7", "/v1/{a}}")), (Some(vec!["7"]), Some(vec!["7"])));
    }

    #[test]
    fn the_first_sign_after_a_placeholder_closes_it() {
        let uri = |text: &str| read(text).map(|uri| (uri.method.unwrap_or_default(), uri.path));
        let some = |method: &str, path: &str| Some((method.to_owned(), path.to_owned()));
        assert_eq!(uri("GET\t{a-GET\t{b}/c"), some("GET", "{a-GET\t{b}/c"));
        assert_eq!(uri("GET\t{a \"GET\t{b\" GET\t{c}/d GET\t{e"), some("GET", "{c}/d"));
        assert_eq!(uri("GET {a-GET {b-PUT {c}/d"), some("PUT", "{c}/d"));
        assert_eq!((uri("GET\t{a-GET\t{b-"), uri("{a-{b"), uri("{a}/b")), (None, None, some("", "{a}/b")));
    }
}
