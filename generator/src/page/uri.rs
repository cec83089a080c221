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
        for (start, _) in text.match_indices(method) {
            let is_word = !text[..start].ends_with(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
            let after = text[start + method.len()..].trim_start_matches([':', '：']);
            let path = after.trim_start();
            if is_word && after.len() != path.len() && is_path(path) {
                return Some(Uri { method: Some((*method).to_owned()), path: cut(path).to_owned() });
            }
        }
    }
    let is_bare = is_path(text) && (!text.contains(char::is_whitespace) || text.contains("('"));
    is_bare.then(|| Uri { method: None, path: cut(text).to_owned() })
}

fn is_path(text: &str) -> bool {
    let is_template = text.starts_with('{') && text[1..].starts_with(|letter: char| letter.is_ascii_alphabetic());
    let is_closed = text.find('}').is_some_and(|close| text[..close].bytes().all(|byte| byte != b'"' && byte != b' '));
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with('/') || (is_template && is_closed)
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
        assert_eq!(uri("The list of wheels"), None);
        assert_eq!(uri("{ \"a\": 1 }"), None);
        assert_eq!(placeholders("/a/{b}/{c d}/{"), ["b", "c d"]);
        assert_eq!(split_server("{RootURL}x/y"), (Some("{RootURL}"), "x/y"));
        assert_eq!(split_server("https://{h}/y"), (Some("https://{h}"), "/y"));
    }
}
