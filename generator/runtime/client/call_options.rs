// copperplate runtime: copied into each generated crate that uses it.
//! The options of one call.

use std::fmt;
use std::time::Duration;

use http::HeaderName;

use crate::runtime::client::base_url::shown;
use crate::runtime::client::credentials::{CredentialStore, Credentials};
use crate::runtime::client::page_token::PageToken; // part: pages
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::retry_policy::RetryPolicy;
use crate::runtime::client::transport::ResponseLimit;
use crate::runtime::printing::{Cut, TimeLimit};

/// The options of one call. An option that is not set has the value that the client has.
///
/// ```text
/// let patient = CallOptions::new().timeout(Duration::from_secs(300));
/// client.get_report("42").options(patient).send().await?;
/// ```
#[derive(Clone)]
pub struct CallOptions {
    pub(crate) server: Option<String>,
    // part: security
    pub(crate) credentials: CredentialStore,
    // end of part
    pub(crate) headers: Vec<(String, String)>,
    // part: pages
    /// The page of the results that the call requests. [`Pages`](crate::runtime::Pages) sets it.
    pub(crate) page: Option<PageToken>,
    // end of part
    // part: item_streams
    /// Headers that are not secret.
    pub(crate) plain_headers: Vec<(&'static str, String)>,
    // end of part
    // part: idempotency_keys
    pub(crate) idempotency_key: Option<String>,
    /// The random key that all connections of a stream share.
    pub(crate) stream_key: Option<String>,
    // end of part
    pub(crate) timeout: Option<Duration>,
    pub(crate) attempt_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) limit: Option<ResponseLimit>,
    pub(crate) validate_request: Option<bool>,
    pub(crate) responses: Option<ResponsePolicy>,
    pub(crate) method_override: Option<HeaderName>,
    // part: cli
    /// Whether the request is only shown, with a mask in place of each secret in its URL.
    pub(crate) masks_secrets: bool,
    // end of part
}

impl Default for CallOptions {
    /// Returns options of which none is set.
    fn default() -> Self {
        Self::UNSET
    }
}

impl CallOptions {
    /// Options of which none is set.
    pub(crate) const UNSET: Self = Self {
        server: None,
        // part: security
        credentials: CredentialStore::EMPTY,
        // end of part
        headers: Vec::new(),
        // part: pages
        page: None,
        // end of part
        // part: item_streams
        plain_headers: Vec::new(),
        // end of part
        // part: idempotency_keys
        idempotency_key: None,
        stream_key: None,
        // end of part
        timeout: None,
        attempt_timeout: None,
        idle_timeout: None,
        retry: None,
        limit: None,
        validate_request: None,
        responses: None,
        method_override: None,
        // part: cli
        masks_secrets: false,
        // end of part
    };

    /// Creates options of which none is set.
    pub fn new() -> Self {
        Self::UNSET
    }

    /// Sends the call to the server at `url`. `url` has priority over the base URL of the client and over the servers in
    /// the OpenAPI document. A URL without a host is relative to the base URL.
    ///
    /// The server receives the credentials of the call. Do not pass a URL from an untrusted source: its host could be
    /// an attacker's.
    pub fn server(mut self, url: impl Into<String>) -> Self {
        self.server = Some(url.into());
        self
    }

    // part: security
    /// Sets credentials of the call, which have priority over those of the client. If the operation accepts alternatives,
    /// an alternative with one of them is used.
    ///
    /// If the operation requires credentials, but none of these, the call is not sent.
    pub fn credentials<A>(mut self, credentials: Credentials<A>) -> Self {
        self.credentials = credentials.store;
        self
    }
    // end of part

    /// Adds a header. It has priority over a default header of the client with the same name, and is treated as a credential
    /// like a default header. The call is not sent if the operation sets the header itself, or if the header is invalid.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    // part: idempotency_keys
    /// Sets the idempotency key, by which the service recognizes a request that it has already received. By default, each
    /// call of an operation with such a key has a random key, which all attempts of the call share.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.idempotency_key = Some(key.into());
        self
    }
    // end of part

    /// Sets which failures of the call are followed by another attempt: see
    /// [`Builder::retry`](crate::runtime::Builder::retry).
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Sets the timeout of each attempt: see [`Builder::attempt_timeout`](crate::runtime::Builder::attempt_timeout).
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.attempt_timeout = Some(timeout);
        self
    }

    /// Sets the longest time without a byte: see [`Builder::idle_timeout`](crate::runtime::Builder::idle_timeout).
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// Sets the timeout of the call, with all its attempts and the delays between them: see
    /// [`Builder::timeout`](crate::runtime::Builder::timeout).
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Sets the maximal length of the body of the response, in bytes: see
    /// [`Builder::max_response_bytes`](crate::runtime::Builder::max_response_bytes).
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.limit = Some(ResponseLimit(limit));
        self
    }

    /// Sets whether the request is validated before it is sent: see
    /// [`Builder::validate_requests`](crate::runtime::Builder::validate_requests).
    ///
    /// Even if `on` is false, the request is not sent in these cases:
    /// - A path value is empty, `.` or `..`.
    /// - A header value contains a control character.
    /// - The request sets a header that only the transport sets.
    /// - A credential is missing.
    /// - The host of the request may not receive credentials.
    pub fn validate_request(mut self, on: bool) -> Self {
        self.validate_request = Some(on);
        self
    }

    /// Sets what happens if the response violates its schema: see
    /// [`Builder::validate_responses`](crate::runtime::Builder::validate_responses).
    pub fn validate_response(mut self, policy: ResponsePolicy) -> Self {
        self.responses = Some(policy);
        self
    }

    /// Sends the request with the HTTP method `POST`. The header `header`, such as `X-HTTP-Method-Override`, contains
    /// the HTTP method of the operation. Use this if the network blocks that HTTP method and the service supports the
    /// header. Building the request fails if the request sets `header` itself, or if `header` is `Accept`, `Authorization`,
    /// `Content-Type`, `Cookie` or `User-Agent`.
    pub fn tunnel_through_post(mut self, header: HeaderName) -> Self {
        self.method_override = Some(header);
        self
    }
}

/// Prints the options. Hides credentials in the URL of the server, and the values of headers.
impl fmt::Debug for CallOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallOptions")
            .field("server", &self.server.as_deref().map(shown))
            // part: security
            .field("credentials", &self.credentials)
            // end of part
            .field("headers", &self.headers.iter().map(|(name, _)| Cut::new(name)).collect::<Vec<_>>())
            // part: pages
            .field("page", &self.page)
            // end of part
            // part: idempotency_keys
            .field("has_idempotency_key", &self.idempotency_key.is_some())
            // end of part
            .field("timeout", &self.timeout.map(TimeLimit))
            .field("attempt_timeout", &self.attempt_timeout.map(TimeLimit))
            .field("idle_timeout", &self.idle_timeout.map(TimeLimit))
            .field("retry", &self.retry)
            .field("limit", &self.limit)
            .field("validate_request", &self.validate_request)
            .field("responses", &self.responses)
            .field("method_override", &self.method_override)
            .finish()
    }
}
