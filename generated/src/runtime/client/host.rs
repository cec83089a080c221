// copperplate runtime: copied into each generated crate that uses it.
//! Normalizes the hosts of URLs, and rejects hosts that URL parsers read in different ways.

use std::net::{Ipv4Addr, Ipv6Addr};

/// Normalizes a host: `Service.EXAMPLE` becomes `service.example`, and `[0:0:0:0:0:0:0:1]` becomes `[::1]`.
///
/// URL parsers disagree about hosts such as `127.1` and `0x7f000001`: some read an IP address, others a name. Such a
/// host is rejected, because the request could go to a different host than a human reads.
///
/// # Errors
/// Returns the problem as the end of a sentence that begins with the URL, such as "has no host".
pub(crate) fn canonical_host(host: &str) -> Result<String, &'static str> {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return ipv6(address);
    }
    if host.is_empty() {
        return Err("has no host");
    }
    let name = host.to_ascii_lowercase();
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    if name.len() > 253 || !name.split('.').all(is_label) {
        return Err("has an invalid host");
    }
    if name.rsplit('.').next().is_some_and(is_number) {
        let address = name.parse::<Ipv4Addr>();
        return address.map(|_| name).map_err(|_| "has an IP address that is not written as four decimal numbers");
    }
    let is_broken = |label: &str| label.strip_prefix("xn--").is_some_and(|rest| rest.is_empty() || rest.ends_with('-'));
    if name.split('.').any(is_broken) || !is_read_alike(&name) {
        return Err("has an invalid international host name");
    }
    Ok(name)
}

/// Returns whether `label`, the last label of a host, is a number such as `1` or `0x7f`. URL parsers read a host with
/// such a label as an IPv4 address.
fn is_number(label: &str) -> bool {
    let is_hexadecimal = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    label.bytes().all(|byte| byte.is_ascii_digit()) || label.strip_prefix("0x").is_some_and(is_hexadecimal)
}

fn ipv6(address: &str) -> Result<String, &'static str> {
    let address: Ipv6Addr = address.parse().map_err(|_| "has an invalid IPv6 address")?;
    let [0, 0, 0, 0, 0, 0 | 0xffff, high, low] = address.segments() else { return Ok(format!("[{address}]")) };
    match (high, low) {
        (0, 0 | 1) if address.segments()[5] == 0 => Ok(format!("[{address}]")),
        _ => Err("has an IPv4 address that is written as an IPv6 address"),
    }
}

/// Returns whether the URL parser of `reqwest` reads `name` as a host and does not change it.
#[cfg(feature = "reqwest")]
fn is_read_alike(name: &str) -> bool {
    reqwest::Url::parse(&format!("https://{name}/")).is_ok_and(|url| url.host_str() == Some(name))
}

/// Returns true. Without `reqwest`, the URL parser of the transport is unknown, so `name` cannot be checked.
#[cfg(not(feature = "reqwest"))]
fn is_read_alike(_name: &str) -> bool {
    true
}

/// Returns whether a normalized host is this computer: `localhost`, `127.0.0.0/8` or `[::1]`.
pub(crate) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host == "[::1]" || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}
