// copperplate runtime: copied unchanged into every generated crate.
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
    let uri = Uri::try_from(base).map_err(|_| "is invalid")?;
    let authority = uri.authority().ok_or("has no host")?;
    let scheme = match uri.scheme_str() {
        Some(scheme @ ("http" | "https")) => scheme,
        _ => return Err("is neither http nor https"),
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
        return Err("has a character that must be percent-encoded, or a server variable without a value");
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

/// Formats a URL for an error message: in quotes, and shortened if it is long. The user name, the password and the
/// query are hidden, because they can contain credentials.
pub(crate) fn shown(url: &str) -> String {
    let user = user_information(url);
    let url = user.map_or(Cow::Borrowed(url), |user| Cow::Owned(url.replacen(&format!("{user}@"), "…@", 1)));
    match url.find(['?', '#']) {
        Some(end) => format!("{:?}", Cut::new(&format!("{}…", &url[..=end]))),
        None => format!("{:?}", Cut::new(&url)),
    }
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
    use super::{normalize, shown};

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
    fn an_error_shows_no_credential_of_a_url() {
        assert_eq!(shown("ftp://service.example"), "\"ftp://service.example\"");
        assert_eq!(shown("https://u:p@h/a@b"), "\"https://…@h/a@b\"");
        assert_eq!(shown("https://h/?key=secret"), "\"https://h/?…\"");
        assert_eq!(shown("u:p@h\n"), "\"…@h\\n\"");
    }
}
