// copperplate runtime: copied into each generated crate that uses it.
//! The keys that sign requests.

use std::fmt;

use http::HeaderName;
use zeroize::Zeroizing;

use crate::runtime::client::secret::Secret;
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::error::{BUILDER, Error};
use crate::runtime::request::builder::RequestBuilder;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::violation::{Location, Violation, Violations};

/// The name of the algorithm, which begins the header `Authorization`.
pub const ALGORITHM: &str = "SDK-HMAC-SHA256";

/// An access key and its secret key: `KeyPair { access_key: "…", secret_key: "…" }`.
pub struct KeyPair<A, S> {
    /// The access key (AK), which names the secret key. Requests contain it.
    pub access_key: A,
    /// The secret key (SK), which signs requests. It is never sent.
    pub secret_key: S,
}

impl<A, S> fmt::Debug for KeyPair<A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("KeyPair(…)")
    }
}

/// A key that signs requests with `SDK-HMAC-SHA256`.
///
/// The secret key is overwritten when the last copy of the `SigningKey` is dropped.
#[derive(Clone)]
pub struct SigningKey {
    pub(crate) access_key: String,
    pub(crate) secret_key: Zeroizing<String>,
    security_token: Option<Secret>,
    project_id: Option<String>,
    domain_id: Option<String>,
}

impl SigningKey {
    /// Creates a key.
    pub fn new<A: Into<String>, S: Into<String>>(pair: KeyPair<A, S>) -> Self {
        Self {
            access_key: pair.access_key.into(),
            secret_key: Zeroizing::new(pair.secret_key.into()),
            security_token: None,
            project_id: None,
            domain_id: None,
        }
    }

    /// Sets the security token of a temporary key pair. Sent as the header `X-Security-Token`.
    pub fn security_token(mut self, token: impl Into<Secret>) -> Self {
        self.security_token = Some(token.into());
        self
    }

    /// Sets the ID of the project, for a service of one region. Sent as the header `X-Project-Id`, unless the operation
    /// has a parameter of this name.
    pub fn project_id(mut self, id: impl Into<String>) -> Self {
        self.project_id = Some(id.into());
        self
    }

    /// Sets the ID of the domain (the account), for a global service. Sent as the header `X-Domain-Id`, unless the
    /// operation has a parameter of this name.
    pub fn domain_id(mut self, id: impl Into<String>) -> Self {
        self.domain_id = Some(id.into());
        self
    }

    /// Reads a key pair from two environment variables. Only generated code calls this.
    ///
    /// # Errors
    /// Returns an error that names each variable that is not set, is empty, or is not UTF-8.
    #[doc(hidden)]
    pub fn from_env(pair: KeyPair<&str, &str>) -> Result<Self, Error> {
        let mut violations = Violations::new();
        let mut read = |variable: &str| {
            let value = std::env::var(variable).ok().filter(|value| !value.is_empty());
            if value.is_none() {
                let actual = Some("is not set, is empty, or is not UTF-8".to_owned());
                let (location, pointer) = (Location::Client, variable.to_owned());
                violations.push(Violation {
                    location,
                    pointer,
                    keyword: "environment",
                    schema: None,
                    limit: None,
                    actual,
                });
            }
            value.unwrap_or_default()
        };
        let pair = KeyPair { access_key: read(pair.access_key), secret_key: read(pair.secret_key) };
        if violations.is_empty() {
            return Ok(Self::new(pair));
        }
        Err(Error::invalid_request(FailedRequest::unsent(BUILDER, None), violations))
    }

    /// Adds the headers of the key to `request`. `at` is the validation context of the header `Authorization`, which is
    /// complete only after [`sign`](Self::sign).
    pub(crate) fn attach(&self, at: ValidationContext<'_>, request: &mut RequestBuilder<'_>) {
        if self.access_key.is_empty() || self.access_key.contains([',', ' ']) {
            at.report_violation("header-value", None, Some("the access key".to_owned()));
        }
        if self.secret_key.is_empty() {
            at.report_violation("required", None, Some("the secret key is empty".to_owned()));
        }
        request.secret_header("Authorization", &format!("{ALGORITHM} Access={}", self.access_key));
        if let Some(token) = &self.security_token {
            request.secret_header("X-Security-Token", token.expose());
        }
        for (name, id) in [("x-project-id", &self.project_id), ("x-domain-id", &self.domain_id)] {
            if !request.sets(&HeaderName::from_static(name)) {
                request.header(name, id);
            }
        }
    }
}

/// Prints nothing of the key.
impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SigningKey(…)")
    }
}
