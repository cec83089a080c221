// copperplate runtime: copied into each generated crate that uses it.
//! Decides whether a credential may be sent to a host.

use http::Uri;

use crate::runtime::client::host::{canonical_host, is_loopback};

/// The hosts that may receive credentials, in addition to the host of the base URL.
#[derive(Debug, Clone, Default)]
pub(crate) struct Destinations {
    /// The allowed hosts with their ports, such as `files.example:443`.
    hosts: Vec<String>,
    /// Whether credentials may be sent over plain HTTP. Plain HTTP to a host of this computer, such as `localhost`, is
    /// always allowed.
    pub plain_http: bool,
}

impl Destinations {
    /// Allows the host `host`, which is `name` or `name:port`. A host without a port is allowed with the ports 443 and
    /// 80.
    ///
    /// # Errors
    /// Returns the problem as the end of a sentence that begins with the host, such as "has an invalid port".
    pub(crate) fn allow(&mut self, host: &str) -> Result<(), &'static str> {
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => {
                (name, Some(port.parse::<u16>().map_err(|_| "has an invalid port")?))
            }
            _ => (host, None),
        };
        let name = canonical_host(name)?;
        let ports = port.map_or(vec![443, 80], |port| vec![port]);
        self.hosts.extend(ports.into_iter().map(|port| format!("{name}:{port}")));
        Ok(())
    }

    /// Returns the reason that a credential may not be sent to `target`. The reason is the end of a sentence that
    /// begins with "a credential": "would be sent to …". Returns `None` if the credential may be sent.
    ///
    /// `base` is the base URL of the client. `is_named` is true if the caller chose the server of this call with
    /// [`CallOptions::server`](crate::runtime::CallOptions::server).
    pub(crate) fn problem(&self, target: &Uri, base: &str, is_named: bool) -> Option<String> {
        let (Some(host), Some(authority)) = (target.host(), host_and_port(target)) else { return None };
        let is_of_base = || Uri::try_from(base).is_ok_and(|base| host_and_port(&base).as_ref() == Some(&authority));
        if !is_named && !self.hosts.contains(&authority) && !is_of_base() {
            return Some(format!(
                "would be sent to {authority:?}, which is not the host of the base URL; \
                 `Builder::allow_credentials_for` allows it"
            ));
        }
        if target.scheme_str() == Some("https") || self.plain_http || is_loopback(host) {
            return None;
        }
        Some(format!("would be sent to {authority:?} over plain HTTP; `Builder::allow_plain_http` allows it"))
    }
}

/// Returns `host:port` of a URL. If the URL has no port, returns the default port of the scheme.
fn host_and_port(uri: &Uri) -> Option<String> {
    let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    Some(format!("{}:{}", uri.host()?, uri.port_u16().unwrap_or(default)))
}
