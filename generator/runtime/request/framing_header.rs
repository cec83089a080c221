// copperplate runtime: copied unchanged into every generated crate.
//! Headers that frame or route a message. Only the transport sets them.

use http::HeaderName;

/// Returns whether a header frames or routes a message. A wrong value would end the body early, merge two requests, or
/// reach another host, so only the transport sets such headers.
pub(crate) fn is_framing_header(name: &HeaderName) -> bool {
    const NAMES: &[&str] = &[
        "connection",
        "content-length",
        "expect",
        "host",
        "http2-settings",
        "keep-alive",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    ];
    NAMES.contains(&name.as_str())
}
