// copperplate runtime: copied into each generated crate that uses it.
//! The request that an error is about.

use std::fmt;

use http::Method;

use crate::runtime::printing::Cut;

/// The maximal number of characters of a URL that `Display` prints.
pub(crate) const URL_LENGTH: usize = 300;

/// The request that an error is about. It is described only after a failure, so that other calls do no work for it.
pub(crate) struct FailedRequest {
    /// The `operationId`, or `"builder"`.
    pub operation: &'static str,
    /// The HTTP method. `None` for an error of a builder.
    pub method: Option<Method>,
    /// The URL without its query, with `…` for each secret in the path. `None` if the request was not sent.
    pub url: Option<String>,
    /// Whether the service may receive the request twice.
    pub is_idempotent: bool,
}

impl FailedRequest {
    /// Describes a request that was not sent.
    pub(crate) fn unsent(operation: &'static str, method: Option<Method>) -> Self {
        Self { operation, method, url: None, is_idempotent: false }
    }
}

impl fmt::Debug for FailedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FailedRequest")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("url", &self.url.as_deref().map(|url| Cut(url, URL_LENGTH)))
            .field("is_idempotent", &self.is_idempotent)
            .finish()
    }
}

/// Prints the operation, and the method and the URL if the request was sent.
impl fmt::Display for FailedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.operation)?;
        match (&self.method, &self.url) {
            (Some(method), Some(url)) => write!(f, ": {method} {}", Cut(url, URL_LENGTH)),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use http::Method;

    use super::FailedRequest;

    #[test]
    fn a_long_url_is_cut() {
        let url = Some(format!("https://h/{}", "x".repeat(5000)));
        let request = FailedRequest { url, ..FailedRequest::unsent("getPet", Some(Method::GET)) };
        let text = request.to_string();
        assert!(text.starts_with("getPet: GET https://h/xxx") && text.ends_with("x…"), "{text}");
        assert!(text.len() < 350 && format!("{request:?}").len() < 400, "{text}");
        assert_eq!(FailedRequest::unsent("getPet", Some(Method::GET)).to_string(), "getPet");
    }
}
