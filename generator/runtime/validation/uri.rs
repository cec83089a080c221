// copperplate runtime: copied into each generated crate that uses it.
//! Checks the syntax of URIs and URI references (RFC 3986).

use std::net::Ipv6Addr;

/// Returns whether `text` is a URI, which starts with a scheme: `https://a/b`, `urn:a:b`.
pub(crate) fn is_uri(text: &str) -> bool {
    text.is_ascii() && has_uri_syntax(text)
}

/// Returns whether `text` is a URI or a relative reference, such as `/a?b#c`.
pub(crate) fn is_reference(text: &str) -> bool {
    text.is_ascii() && has_reference_syntax(text)
}

/// Returns whether `text` has the syntax of a URI. Characters beyond ASCII count as letters.
pub(crate) fn has_uri_syntax(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && is_relative_part(rest))
}

/// Returns whether `text` has the syntax of a URI reference. Characters beyond ASCII count as letters.
pub(crate) fn has_reference_syntax(text: &str) -> bool {
    let first = text.split(['/', '?', '#']).next().unwrap_or_default();
    if first.contains(':') { has_uri_syntax(text) } else { is_relative_part(text) }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// Returns whether `text` is a URI without its scheme: a path with an optional authority, query and fragment.
fn is_relative_part(text: &str) -> bool {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    let (text, query) = text.split_once('?').unwrap_or((text, ""));
    let (authority, path) = match text.strip_prefix("//") {
        Some(rest) => {
            let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
            (Some(authority), path)
        }
        None => (None, text),
    };
    authority.is_none_or(is_authority)
        && consists_of(path, b":@/")
        && consists_of(query, b":@/?")
        && consists_of(fragment, b":@/?")
}

fn is_authority(text: &str) -> bool {
    let (user, host) = text.split_once('@').unwrap_or(("", text));
    let (is_host, port) = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((address, port)) => (is_ip_literal(address), port),
        None => {
            let (name, port) = host.split_at(host.find(':').unwrap_or(host.len()));
            (consists_of(name, b""), port)
        }
    };
    let is_port =
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()));
    consists_of(user, b":") && is_host && is_port
}

/// Returns whether `text` may be the host between `[` and `]`: an IPv6 address, or an address such as `v1.a`.
fn is_ip_literal(text: &str) -> bool {
    let Some(future) = text.strip_prefix(['v', 'V']) else { return text.parse::<Ipv6Addr>().is_ok() };
    future.split_once('.').is_some_and(|(version, address)| {
        let is_version = !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_version && !address.is_empty() && address.is_ascii() && !address.contains('%') && consists_of(address, b":")
    })
}

/// Returns whether `text` consists of unreserved characters, sub-delimiters, percent-encoded bytes, characters beyond
/// ASCII and the `allowed` characters.
fn consists_of(text: &str, allowed: &[u8]) -> bool {
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        let fits = match byte {
            b'%' => {
                [bytes.next(), bytes.next()].iter().all(|digit| digit.is_some_and(|digit| digit.is_ascii_hexdigit()))
            }
            byte => {
                let is_letter = byte.is_ascii_alphanumeric() || !byte.is_ascii();
                is_letter || b"-._~!$&'()*+,;=".contains(&byte) || allowed.contains(&byte)
            }
        };
        if !fits {
            return false;
        }
    }
    true
}
