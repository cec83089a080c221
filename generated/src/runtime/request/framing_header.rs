// copperplate runtime: copied into each generated crate that uses it.
//! The headers that only the transport sets, such as `Content-Length` and `Host`.

use http::HeaderName;

/// The headers that only the transport may set, in lower case. A wrong value of such a header could end the body early,
/// merge two requests, or send the request to a different host.
pub const FRAMING_HEADERS: &[&str] = &[
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

/// Returns whether only the transport may set a header.
pub(crate) fn is_framing_header(name: &HeaderName) -> bool {
    FRAMING_HEADERS.contains(&name.as_str())
}
