// copperplate runtime: copied unchanged into every generated crate.
//! Base URLs: which ones a client accepts, and how the URL of another server is resolved.

use std::borrow::Cow;

use http::Uri;

/// Removes the slashes at the end of a base URL, because every path starts with one.
///
/// Rejects URLs that a parser would change. The builder then reports the error once, instead of every call.
///
/// # Errors
/// Returns the problem as the rest of a sentence about the URL, such as "has no host".
pub(crate) fn normalize(base: &str) -> Result<String, &'static str> {
    let uri = Uri::try_from(base).map_err(|_| "is invalid")?;
    let authority = uri.authority().ok_or("has no host")?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        _ => return Err("is neither http nor https"),
    }
    if authority.as_str().contains('@') {
        return Err("has a user name or password");
    }
    let parsed = authority.port().map_or(authority.host().to_owned(), |port| format!("{}:{port}", authority.host()));
    if parsed != authority.as_str() {
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
    Ok(base.trim_end_matches('/').to_owned())
}

/// Resolves the URL of a server. A URL without a host is relative to `base`, the base URL of the client.
///
/// # Errors
/// Returns the problem as the rest of a sentence about the URL.
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
