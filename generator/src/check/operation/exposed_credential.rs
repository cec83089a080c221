//! Finds servers that are unsafe for credentials. The client sends credentials to such a server only if its caller allows this.

use std::net::{Ipv4Addr, Ipv6Addr};

use crate::finding::{Code, Findings};
use crate::resolve::document::{Document, Operation, Server};

/// Reports each server that receives credentials over plain HTTP. Also reports the server of an operation with credentials, if
/// its host or port differs from that of the document's first usable server.
///
/// A document could name any host. The client therefore sends credentials to a different host only if its caller allows this.
pub(crate) fn servers(document: &Document, findings: &mut Findings) {
    let is_secured = |operation: &&Operation| operation.security.iter().any(|requirement| !requirement.is_empty());
    if document.operations.iter().filter(is_secured).any(|operation| operation.servers.is_empty()) {
        let servers = document.servers.iter().filter(|server| is_usable(server));
        servers.for_each(|server| report_plain_http(server, findings));
    }
    let main = document.servers.iter().find(|server| is_usable(server)).map(Server::default_url);
    for operation in document.operations.iter().filter(is_secured) {
        let Some(server) = operation.servers.first().filter(|server| is_usable(server)) else { continue };
        let url = server.default_url();
        let hosts = main.as_deref().and_then(authority).zip(authority(&url));
        if let Some((main, own)) = hosts.filter(|(main, own)| !main.eq_ignore_ascii_case(own)) {
            let message = format!(
                "The server `{}` of an operation with a credential has another host or port than the server of the document, \
                 `{main}`.",
                server.url
            );
            let remedy = format!(
                "Check the host. If this host may receive the credential, callers write \
                 `Builder::allow_credentials_for(\"{own}\")`."
            );
            findings.add(Code::ExposedCredential, &server.pointer.join("url"), message, remedy);
        } else {
            report_plain_http(server, findings);
        }
    }
}

/// Returns whether requests can be sent to a server. If not, another rule reports the server.
fn is_usable(server: &Server) -> bool {
    server.unusable_reason().is_none()
}

fn report_plain_http(server: &Server, findings: &mut Findings) {
    let url = server.default_url();
    if !url.starts_with("http://") || authority(&url).is_none_or(is_loopback) {
        return;
    }
    let message = format!("The server `{}` receives credentials over plain HTTP.", server.url);
    let remedy = "Write `https`. If the service has no HTTPS, callers write `Builder::allow_plain_http()`.";
    findings.add(Code::ExposedCredential, &server.pointer.join("url"), message, remedy);
}

/// Returns the host and port of an absolute URL, such as `a.example:8080`; `None` if the URL is relative.
fn authority(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    rest.split(['/', '?', '#']).next()
}

/// Returns whether `authority` names the computer that the client runs on, such as `localhost` or `127.0.0.1:8080`.
fn is_loopback(authority: &str) -> bool {
    let (host, port) = authority.rsplit_once(':').unwrap_or((authority, ""));
    let host = if port.contains(']') { authority } else { host };
    let ipv6 = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    host.eq_ignore_ascii_case("localhost")
        || host.parse().is_ok_and(|address: Ipv4Addr| address.is_loopback())
        || ipv6.and_then(|host| host.parse().ok()).is_some_and(|address: Ipv6Addr| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    fn found(main: &str, own: &str, security: &str) -> Vec<String> {
        let own = if own.is_empty() { String::new() } else { format!("servers: [{{url: '{own}'}}], ") };
        codes_and_places(&format!(
            "servers: [{{url: '{main}'}}]\nsecurity: {security}\npaths:\n  /a:\n    get: {{{own}responses: {{}}}}\n\
             components: {{securitySchemes: {{k: {{type: http, scheme: basic}}}}}}\n"
        ))
    }

    #[test]
    fn plain_http_with_a_credential_is_reported() {
        let place = "exposed-credential /servers/0/url";
        assert_eq!(found("http://a.example/v1", "", "[{k: []}]"), [place]);
        assert_eq!(found("http://a.example:8080", "", "[{}, {k: []}]"), [place]);
        for safe in ["https://a.example", "http://localhost:8080/", "http://127.0.0.1", "http://[::1]:9", "/v1"] {
            assert_eq!(found(safe, "", "[{k: []}]"), [""; 0], "{safe}");
        }
        assert_eq!(found("http://a.example", "", "[]"), [""; 0]);
        assert_eq!(found("http://a.example", "", "[{}]"), [""; 0]);
        let own = "exposed-credential /paths/~1a/get/servers/0/url";
        assert_eq!(found("/", "http://a.example", "[{k: []}]"), [own]);
    }

    #[test]
    fn another_host_with_a_credential_is_reported() {
        let own = "exposed-credential /paths/~1a/get/servers/0/url";
        assert_eq!(found("https://a.example", "https://b.example", "[{k: []}]"), [own]);
        assert_eq!(found("https://a.example", "https://a.example:8443", "[{k: []}]"), [own]);
        assert_eq!(found("https://a.example", "https://b.example", "[]"), [""; 0]);
        for same in ["https://A.example/v2", "/v2", "v2"] {
            assert_eq!(found("https://a.example", same, "[{k: []}]"), [""; 0], "{same}");
        }
    }
}
