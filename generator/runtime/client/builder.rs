// copperplate runtime: copied unchanged into every generated crate.
//! The client of an API, and its builder.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::runtime::client::api::Api;
use crate::runtime::client::base_url::normalize;
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking_transport::Blocking;
use crate::runtime::client::config::Config;
use crate::runtime::client::default_transport::DefaultTransport;
#[cfg(feature = "reqwest")]
use crate::runtime::client::reqwest_transport::Reqwest;
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::secret::Secret;
use crate::runtime::client::security::{Credentials, Scheme};
use crate::runtime::client::transport::Detached;
#[cfg(feature = "reqwest")]
use crate::runtime::client::transport::TransportError;
use crate::runtime::error::Error;
use crate::runtime::validation::violation::{Location, Violation, Violations};

/// The maximal duration of an exchange, unless the client or the call sets another one.
const TIMEOUT: Duration = Duration::from_secs(120);

/// A client of the API `A` over the transport `T`. Cloning it is cheap.
pub struct Client<A, T> {
    pub(crate) config: Arc<Config>,
    pub(crate) transport: T,
    api: PhantomData<fn() -> A>,
}

impl<A, T: Clone> Clone for Client<A, T> {
    fn clone(&self) -> Self {
        Self { config: Arc::clone(&self.config), transport: self.transport.clone(), api: PhantomData }
    }
}

impl<A: Api, T> fmt::Debug for Client<A, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("api", &A::NAME).field("config", &self.config).finish_non_exhaustive()
    }
}

impl<A: Api> Client<A, DefaultTransport> {
    /// Returns a builder for a client of the service at `base_url`. The URL may have a path, and may end with a slash.
    pub fn builder(base_url: impl Into<String>) -> Builder<A> {
        let config = Config {
            base: base_url.into(),
            single_server: false,
            credentials: Credentials::default(),
            headers: HeaderMap::new(),
            timeout: TIMEOUT,
            validate_requests: true,
            responses: ResponsePolicy::Off,
        };
        Builder { config, violations: Violations::new(), api: PhantomData }
    }
}

/// Builds a [`Client`]. The `build` methods report all invalid settings at once.
#[derive(Debug)]
pub struct Builder<A> {
    config: Config,
    violations: Violations,
    api: PhantomData<fn() -> A>,
}

impl<A: Api> Builder<A> {
    /// Sets the maximal duration of an exchange, from sending the request to the last byte of the response. The default
    /// is 120 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.config.timeout = timeout;
        self
    }

    /// Adds a header to every request that does not set the header itself.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) if value.to_str().is_ok() => _ = self.config.headers.append(name, value),
            _ => self.violations.push(client_violation(name, "header-value", None)),
        }
        self
    }

    /// Sets whether requests are validated before they are sent. The default is true.
    pub fn validate_requests(mut self, on: bool) -> Self {
        self.config.validate_requests = on;
        self
    }

    /// Sets what happens to responses that violate the document. The default is [`ResponsePolicy::Off`].
    ///
    /// Only the response of a successful call is validated: the body, and the type of each documented header. A failure
    /// is an error in any case.
    pub fn validate_responses(mut self, policy: ResponsePolicy) -> Self {
        self.config.responses = policy;
        self
    }

    /// Sets whether every operation is sent to the base URL, even if the document names another server for it. This is
    /// for tests and for gateways. The default is false. [`Call::server`](crate::runtime::Call::server) still has
    /// priority.
    pub fn single_server(mut self, on: bool) -> Self {
        self.config.single_server = on;
        self
    }

    /// Sets the credential of a security scheme. Only for generated code, which has a method for each scheme.
    #[doc(hidden)]
    pub fn credential(mut self, scheme: &'static Scheme, secret: impl Into<Secret>) -> Self {
        self.config.credentials.set(scheme, secret.into());
        self
    }

    /// Builds a client over a transport of your own. To use your own `reqwest::Client`, pass `Reqwest(client)`.
    ///
    /// # Errors
    /// Returns an error if the base URL or a header is invalid.
    pub fn build_with<T>(mut self, transport: T) -> Result<Client<A, T>, Error> {
        match normalize(&self.config.base) {
            Ok(base) => self.config.base = base,
            Err(problem) => self.violations.push(client_violation("base_url", "url", Some(problem.to_owned()))),
        }
        if self.violations.is_empty() {
            return Ok(Client { config: Arc::new(self.config), transport, api: PhantomData });
        }
        Err(Error::invalid_request("builder", self.violations))
    }

    /// Builds a client that sends nothing. The client builds requests and reads responses, and the caller sends the
    /// requests: see [`Detached`].
    ///
    /// # Errors
    /// Returns an error if the base URL or a header is invalid.
    pub fn build_detached(self) -> Result<Client<A, Detached>, Error> {
        self.build_with(Detached)
    }

    /// Builds a client over `reqwest`. It connects within 10 seconds and follows no redirects.
    ///
    /// # Errors
    /// Returns an error if the base URL or a header is invalid, or if TLS is not available.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client<A, Reqwest>, Error> {
        self.build_over(Reqwest::standard())
    }

    /// Builds a client over `reqwest::blocking`. It connects within 10 seconds and follows no redirects.
    ///
    /// # Errors
    /// Returns an error if the base URL or a header is invalid, or if TLS is not available.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self) -> Result<Client<A, Blocking>, Error> {
        self.build_over(Blocking::standard())
    }

    #[cfg(feature = "reqwest")]
    fn build_over<T>(self, transport: Result<T, TransportError>) -> Result<Client<A, T>, Error> {
        self.build_with(transport.map_err(|error| Error::transport("builder", error))?)
    }
}

fn client_violation(name: &str, keyword: &'static str, actual: Option<String>) -> Violation {
    Violation { location: Location::Client, pointer: name.to_owned(), keyword, schema: None, limit: None, actual }
}
