// copperplate runtime: copied into each generated crate that uses it.
//! Normalizes base URLs, and resolves the URLs of servers against a base URL.

use std::borrow::Cow;

use http::Uri;

use crate::runtime::client::host::canonical_host;
use crate::runtime::printing::Cut;

/// Normalizes a base URL: `HTTPS://Service.Example/A/` becomes `https://service.example/A`. The slashes at the end are
/// removed, because every path starts with a slash.
///
/// Rejects a URL that the URL parser of a transport would change. A client with such a URL is not built, because each
/// of its calls would fail.
///
/// # Errors
/// Returns the problem as the end of a sentence that begins with the URL, such as "has no host".
pub(crate) fn normalize(base: &str) -> Result<String, &'static str> {
    if base.contains('@') && user_information(base).is_some() {
        return Err("has a user name or password");
    }
    match base.split_once("://") {
        _ if base.is_empty() => return Err("is empty"),
        Some((scheme, _)) if !["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => {
            return Err("is neither http nor https");
        }
        Some(_) => {}
        None => return Err("does not start with `https://` or `http://`"),
    }
    if base.split_once('{').is_some_and(|(_, rest)| rest.contains('}')) {
        return Err("still has a placeholder: replace `{…}` by a value");
    }
    let uri = Uri::try_from(base).map_err(|_| "is not a valid URL")?;
    let authority = uri.authority().ok_or("has no host")?;
    let scheme = match uri.scheme_str() {
        Some("http") => "http",
        _ => "https",
    };
    let host = canonical_host(authority.host())?;
    let port = authority.port().map(|port| format!(":{port}")).unwrap_or_default();
    let has_valid_port = authority.port_u16().is_none_or(|number| port == format!(":{number}"));
    if authority.as_str().len() != authority.host().len() + port.len() || !has_valid_port {
        return Err("has an invalid port");
    }
    if uri.query().is_some() || base.contains('#') {
        return Err("has a query or a fragment");
    }
    if !uri.path().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte)) {
        return Err("has a character that must be percent-encoded");
    }
    let is_dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if uri.path().split('/').any(is_dots) {
        return Err("has a dot segment");
    }
    Ok(format!("{scheme}://{host}{port}{}", uri.path().trim_end_matches('/')))
}

/// Returns the user information of a URL: `user:password` in `https://user:password@host/`.
fn user_information(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = &rest[..rest.find(['/', '\\', '?', '#']).unwrap_or(rest.len())];
    authority.rsplit_once('@').map(|(user, _)| user)
}

/// Formats a URL for an error message: in quotes, and shortened if it is long. The query is hidden, because it can
/// contain credentials.
///
/// A URL that is malformed, or that may contain a user name, can have a password at any place: a parser that reads
/// `https:/user:password@host` finds no user information. Of such a URL, only the scheme is shown. A host without a scheme
/// is shown, because it has no character that separates a password.
pub(crate) fn shown(url: &str) -> String {
    if is_plain(url) {
        return format!("{:?}", Cut::new(url));
    }
    if !is_free_of_passwords(url) {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
        return if is_web { format!("\"{scheme}:…\"") } else { "\"…\"".to_owned() };
    }
    match url.find(['?', '#']) {
        Some(end) => format!("{:?}", Cut::new(&format!("{}…", &url[..=end]))),
        None => format!("{:?}", Cut::new(url)),
    }
}

/// Returns whether a text has only characters of host names, none of which separates a user name from a password.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

/// Returns whether a text is an HTTP URL with a host, and has no character that could end a user name or a password.
fn is_free_of_passwords(url: &str) -> bool {
    let Some((scheme, rest)) = url.split_once("://") else { return false };
    let (authority, tail) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let is_name = |name: &str| name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.{}".contains(&byte));
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, port),
        _ => (authority, ""),
    };
    let is_ipv6 = |address: &str| address.bytes().all(|byte| byte.is_ascii_hexdigit() || b":.".contains(&byte));
    let address = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    let is_host = !host.is_empty() && address.map_or_else(|| is_name(host), is_ipv6);
    let has_at_sign = tail.contains('@') || tail.contains("%40");
    (scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"))
        && is_host
        && port.bytes().all(|byte| byte.is_ascii_digit())
        && tail.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\')
        && !has_at_sign
}

/// Formats a host for an error message: in quotes. A text with a character that no host name contains is shown like a
/// URL, because it can contain a password.
pub(crate) fn shown_host(host: &str) -> String {
    if is_plain(&host.replace('*', "")) { format!("{:?}", Cut::new(host)) } else { shown(host) }
}

/// Returns the end of an error message, such as `"ftp://a" is neither http nor https`. The error message begins with
/// words such as "the base URL".
pub(crate) fn problem_with(url: &str, problem: &str) -> String {
    format!("{} {problem}", shown(url))
}

/// Resolves the URL of a server. If the URL has no host, it is relative to `base`, the base URL of the client. Returns
/// `base` if `server` is `None`.
///
/// # Errors
/// Returns the problem as the end of a sentence that begins with the URL, such as "has no host".
pub(crate) fn resolve<'b>(base: &'b str, server: Option<&str>) -> Result<Cow<'b, str>, &'static str> {
    let Some(url) = server else { return Ok(Cow::Borrowed(base)) };
    if url.contains("://") {
        return normalize(url).map(Cow::Owned);
    }
    // Other URL parsers read a host in `//host`, `/\\host` and `https:/host`.
    if url.replace('\\', "/").starts_with("//") {
        return Err("has two slashes at its start, but no scheme");
    }
    if url.split(['/', '?', '#']).next().is_some_and(|first| first.contains(':')) {
        return Err("has a colon in its first segment, but is not an absolute URL");
    }
    let base = match url.strip_prefix('/') {
        // An absolute path replaces the path of the base URL.
        Some(_) => {
            let host = base.find("://").map_or(0, |end| end + 3);
            &base[..base[host..].find('/').map_or(base.len(), |path| host + path)]
        }
        None => base,
    };
    normalize(&format!("{base}/{}", url.trim_start_matches('/'))).map(Cow::Owned)
}

#[cfg(test)]
mod tests {
    use super::{normalize, resolve, shown, shown_host};

    #[test]
    fn the_host_that_is_shown_is_the_host_that_is_used() {
        for (given, normalized) in [
            ("HTTPS://Service.Example/A/", "https://service.example/A"),
            ("http://[0::1]:80//", "http://[::1]:80"),
            ("https://h", "https://h"),
        ] {
            assert_eq!(normalize(given).as_deref(), Ok(normalized));
        }
        for wrong in [
            "https://127.1",
            "https://0x7f000001/a",
            "https://xn--/",
            "https://u@h",
            "https://u:p@h/",
            "https://good.example@evil.example",
            "https://h:",
            "https://h:080",
            "https://h:0080",
            "https://h:99999",
            "https://h\\@evil.example",
            "https:h",
            "//h",
            "h:80",
        ] {
            assert!(normalize(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn an_error_shows_no_part_of_a_url_that_can_be_a_password() {
        assert_eq!(shown("https://Service.example:99999/{a}"), "\"https://Service.example:99999/{a}\"");
        assert_eq!(shown("http://[::1]:80"), "\"http://[::1]:80\"");
        assert_eq!(shown("https://{endpoint}/v1"), "\"https://{endpoint}/v1\"");
        assert_eq!(shown("https://h/?key=s3cret"), "\"https://h/?…\"");
        assert_eq!(shown("https://u:s3cret@h/a@b"), "\"https:…\"");
        assert_eq!([shown("service.example"), shown("")], ["\"service.example\"", "\"\""]);
        for url in [
            "https:/u:s3cret@h",
            "https://{u:s3cret}",
            "https://{u:s3cret}@h",
            "https:\\\\u:s3cret@h",
            "https:u:s3cret@h",
            "https:///u:s3cret@h/",
            "https://u:p/s3cret@h/",
            "https://u:1/s3cret@h/",
            "https://u:1/s3cret%40h/",
            "https://u:s3cret?x@h",
            "https://u:s3cret#x@h",
            "https://u:1/s3cret\\@h",
            "https://u:s3cret%40h",
            "https://u:s3cret\n@h",
            "https:// u:s3cret@h",
            "https://h\u{ff0f}u:s3cret@h",
            "ftp://u:s3cret@h",
            "s3cret:x@h",
            "s3cret://x@h",
            "u:s3cret",
        ] {
            assert!(!shown(url).contains("s3cret") && !shown_host(url).contains("s3cret"), "{url}");
        }
        assert_eq!([shown_host("a.127.1"), shown_host("s3cret@h")], ["\"a.127.1\"", "\"…\""]);
    }

    #[test]
    fn a_relative_server_cannot_look_like_another_host() {
        let base = "https://h/a";
        for (server, resolved) in
            [("/b", "https://h/b"), ("b:1", ""), ("b/c:1", "https://h/a/b/c:1"), ("", "https://h/a")]
        {
            assert_eq!(resolve(base, Some(server)).unwrap_or_default(), resolved, "{server}");
        }
        for evil in ["//evil", "///evil", "/\\evil", "\\\\evil", "https:/evil", "https:evil", "https:u:p@h", ":80"] {
            assert!(resolve(base, Some(evil)).is_err(), "{evil}");
        }
    }
}
