//! Rules of servers.

use crate::finding::{Code, Findings};
use crate::resolve::document::{Document, Server};

/// A request can be sent to every server.
pub(crate) fn urls(document: &Document, findings: &mut Findings) {
    for server in &document.servers {
        report(server, "No function is made of it.", findings);
    }
    for operation in &document.operations {
        for (index, server) in operation.servers.iter().enumerate() {
            let consequence =
                if index == 0 { "The operation is sent to the client's base URL." } else { "It is passed over." };
            report(server, consequence, findings);
        }
    }
}

fn report(server: &Server, consequence: &'static str, findings: &mut Findings) {
    // A variable that was left out, or a misspelt `variables`, is told where it stands.
    if let Some(fault) = server.unusable_reason().filter(|_| !findings.has_skipped(&server.pointer.join("variables"))) {
        let message = format!("No request can be sent to the server `{}`: {fault}.", server.url);
        let remedy = "Write a URL with `https` or a path, and declare each `{name}` in it under `variables`.";
        findings.add_mendable(Code::InvalidServer, &server.pointer.join("url"), message, remedy, consequence);
        findings.miss(&server.pointer.join("variables"));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::says;

    #[test]
    fn requests_can_be_sent_to_servers() {
        let says = |url: &str| {
            says(&format!(
                "servers: [{{url: '{url}', variables: {{v: {{default: a}}}}}}]\npaths:\n  /a:\n    \
                 servers: [{{url: '{url}', variables: {{v: {{default: a}}}}}}]\n    get: {{responses: {{}}}}\n"
            ))
        };
        for right in ["https://a.example/{v}", "/v1", "v1", "", "https://{v}.example:8080/"] {
            assert_eq!(says(right), [""; 0], "{right}");
        }
        for wrong in ["ftp://a.example", "https://a.example/{w}", "https://a.example/?x=1", "/{", "https:///a", "/a b"]
        {
            assert_eq!(
                says(wrong),
                ["invalid-server /servers/0/url", "invalid-server /paths/~1a/servers/0/url"],
                "{wrong}"
            );
        }
    }
}
