// copperplate runtime: copied into each generated crate that uses it.
//! Inserts values into the URLs of servers.

use crate::runtime::request::percent_encoding::percent_encode_except;

/// Percent-encodes the value of a variable, except letters, digits, `-._~` and the characters in `kept`. The value thus stays in
/// its component of the URL: `evil.example/` cannot replace the host of `https://{tenant}.service.example`. A host with an encoded
/// character is rejected when the client is built.
#[allow(dead_code, reason = "only an API with free variables of servers uses the function")]
pub(crate) fn server_value(value: &str, kept: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    percent_encode_except(value, kept.as_bytes(), &mut encoded);
    encoded
}
