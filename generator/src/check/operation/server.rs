//! Finds servers with a URL that requests cannot be sent to.

use crate::finding::{Code, Findings};
use crate::resolve::document::{Document, Server};

/// Reports servers with a URL that requests cannot be sent to.
pub(crate) fn urls(document: &Document, findings: &mut Findings) {
    for server in &document.servers {
        report(server, "The server is removed.", findings);
    }
    for operation in &document.operations {
        for (index, server) in operation.servers.iter().enumerate() {
            let consequence = match index {
                0 => "The operation uses the base URL of the client.",
                _ => "The server is ignored.",
            };
            report(server, consequence, findings);
        }
    }
}

fn report(server: &Server, consequence: &'static str, findings: &mut Findings) {
    // A removed variable and a misspelt `variables` are reported by other rules.
    if let Some(problem) = server.unusable_reason().filter(|_| !findings.has_skipped(&server.pointer.join("variables")))
    {
        let message = format!("No request can be sent to the server `{}`: {problem}.", server.url);
        let remedy =
            "Write a URL that starts with `https`, or a path. Declare each `{name}` of the URL under `variables`.";
        findings.add_repairable(Code::InvalidServer, &server.pointer.join("url"), message, remedy, consequence);
        findings.set_missing(&server.pointer.join("variables"));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;

    #[test]
    fn invalid_server_urls_are_reported() {
        let found = |url: &str| {
            codes_and_places(&format!(
                "servers: [{{url: '{url}', variables: {{v: {{default: a}}}}}}]\npaths:\n  /a:\n    \
                 servers: [{{url: '{url}', variables: {{v: {{default: a}}}}}}]\n    get: {{responses: {{}}}}\n"
            ))
        };
        let many = format!("https://a.example/{}", "{v}".repeat(2_600));
        for valid in ["https://a.example/{v}", "/v1", "v1", "", "https://{v}.example:8080/", &many] {
            assert_eq!(found(valid), [""; 0], "{valid}");
        }
        for invalid in [
            "ftp://a.example",
            "https://a.example/{w}",
            "https://a.example/?x=1",
            "/{",
            "https:///a",
            "/a b",
            "https://127.1/",
            "https://0x7f.1",
            "https://u@h",
            &format!("https://a.example/{}", "{".repeat(8_000)),
            &format!("https://a.example/{}", "{v}".repeat(2_700)),
        ] {
            let expected = ["invalid-server /servers/0/url", "invalid-server /paths/~1a/servers/0/url"];
            assert_eq!(found(invalid), expected, "{invalid}");
        }
    }
}
