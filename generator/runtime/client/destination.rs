// copperplate runtime: copied unchanged into every generated crate.
//! The hosts that credentials may be sent to.

use http::Uri;

use crate::runtime::client::host::{canonical_host, is_loopback};

/// The destinations that a caller allows for credentials, apart from the host of the base URL over HTTPS.
#[derive(Debug, Clone, Default)]
pub(crate) struct Destinations {
    /// Hosts with their ports, such as `files.example:443`.
    hosts: Vec<String>,
    /// Whether credentials may be sent over plain HTTP to hosts other than this computer.
    pub plain_http: bool,
}

impl Destinations {
    /// Allows the host `host` or `host:port`. Without a port, it is the one of HTTPS and the one of HTTP.
    ///
    /// # Errors
    /// Returns the problem as the rest of a sentence about the host.
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

    /// Returns the reason that a credential may not be sent to `target`, as the rest of a sentence about the
    /// credential. `base` is the base URL of the client. `is_named` is true if the caller named the host of the target
    /// for this call.
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

/// The host of a URL, with its port or the default port of its scheme.
fn host_and_port(uri: &Uri) -> Option<String> {
    let default = if uri.scheme_str() == Some("https") { 443 } else { 80 };
    Some(format!("{}:{}", uri.host()?, uri.port_u16().unwrap_or(default)))
}

#[cfg(test)]
mod tests {
    use http::Uri;

    use super::Destinations;

    #[test]
    fn a_credential_leaves_only_for_hosts_that_the_caller_names() {
        let mut allowed = Destinations::default();
        let is_allowed = |allowed: &Destinations, target: &'static str| {
            allowed.problem(&Uri::from_static(target), "https://service.example/v1", false).is_none()
        };
        assert!(is_allowed(&allowed, "https://service.example/v2"));
        assert!(is_allowed(&allowed, "https://service.example:443/v2"));
        for other in [
            "https://service.example:8443/",
            "http://service.example/",
            "https://a.service.example/",
            "http://localhost/",
        ] {
            assert!(!is_allowed(&allowed, other), "{other}");
        }
        allowed.allow("A.Service.Example").expect("a host");
        allowed.allow("service.example:8443").expect("a host and a port");
        assert!(
            is_allowed(&allowed, "https://a.service.example/") && is_allowed(&allowed, "https://service.example:8443/")
        );
        assert!(
            !is_allowed(&allowed, "http://a.service.example/") && !is_allowed(&allowed, "https://a.service.example:1/")
        );
        allowed.plain_http = true;
        assert!(is_allowed(&allowed, "http://a.service.example/"));
        for wrong in ["", "a:b", "127.1", "https://a", "u@a"] {
            assert!(Destinations::default().allow(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn plain_http_is_for_this_computer_unless_allowed() {
        let problem = |base: &'static str| Destinations::default().problem(&Uri::from_static(base), base, false);
        for own in ["http://127.0.0.1:80/", "http://[::1]/", "http://localhost:9/"] {
            assert_eq!(problem(own), None, "{own}");
        }
        let text = problem("http://service.example/").expect("a problem");
        assert!(text.contains("plain HTTP") && text.contains("allow_plain_http"), "{text}");
    }
}
