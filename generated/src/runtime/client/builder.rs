// copperplate runtime: copied into each generated crate that uses it.
//! The client of an API, and its builder.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::runtime::client::api::Api;
use crate::runtime::client::base_url::{normalize, problem_with, shown_host};
#[cfg(feature = "blocking")]
use crate::runtime::client::blocking_transport::Blocking;
use crate::runtime::client::clock::Clock;
use crate::runtime::client::config::{Config, USER_AGENT};
use crate::runtime::client::credentials::{AnyCredential, CredentialStore};
use crate::runtime::client::default_transport::DefaultTransport;
use crate::runtime::client::destination::Destinations;
use crate::runtime::client::hooks::Hooks;
use crate::runtime::client::randomness::Randomness;
#[cfg(feature = "reqwest")]
use crate::runtime::client::reqwest_transport::Reqwest;
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::retry_budget::RetryBudget;
use crate::runtime::client::retry_policy::RetryPolicy;
use crate::runtime::client::security::Scheme;
#[cfg(feature = "reqwest")]
use crate::runtime::client::transport::TransportError;
use crate::runtime::client::transport::{Detached, ResponseLimit};
use crate::runtime::error::failed_request::FailedRequest;
use crate::runtime::error::{BUILDER, Error};
use crate::runtime::printing::Cut;
use crate::runtime::request::framing_header::is_framing_header;
use crate::runtime::response::media_type::is_media_type;
use crate::runtime::validation::violation::{Location, Violation, Violations};

/// The default timeout of a call.
const TIMEOUT: Duration = Duration::from_secs(120);

/// The default timeout of establishing a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A client of the API `A` over the transport `T`. Clones of a client share its settings.
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
    /// Creates a builder for a client of the service at `base_url`. The URL may have a path, and may end with a slash.
    pub fn builder(base_url: impl Into<String>) -> Builder<A> {
        let config = Config {
            base: base_url.into(),
            base_may_receive_credentials: false,
            single_server: false,
            credentials: CredentialStore::default(),
            clock: Clock::default(),
            randomness: Randomness::default(),
            hooks: Vec::new(),
            destinations: Destinations::default(),
            headers: HeaderMap::new(),
            user_agent: HeaderValue::from_static(USER_AGENT),
            timeout: TIMEOUT,
            attempt_timeout: Duration::MAX,
            idle_timeout: None,
            connect_timeout: CONNECT_TIMEOUT,
            retry: RetryPolicy::default(),
            retry_budget: RetryBudget::default(),
            limit: ResponseLimit::default(),
            validate_requests: true,
            responses: ResponsePolicy::Off,
        };
        Builder { config, violations: Violations::new(), api: PhantomData }
    }
}

/// Builds a [`Client`]. The methods `build…` report all invalid settings at once.
#[derive(Debug)]
pub struct Builder<A> {
    config: Config,
    violations: Violations,
    api: PhantomData<fn() -> A>,
}

impl<A: Api> Builder<A> {
    /// Sets the timeout of each call, from connecting to the last byte of the response, with all its attempts and the delays
    /// between them. The default is 120 seconds.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.config.timeout = timeout;
        self
    }

    /// Sets the timeout of each attempt, from connecting to the last byte of the response. By default, only the timeout of
    /// the call limits an attempt, so a call is not sent again after a service did not respond.
    pub fn attempt_timeout(mut self, timeout: Duration) -> Self {
        self.config.attempt_timeout = timeout;
        self
    }

    /// Sets the longest time that may pass without a byte of the body of a response. By default, only the timeout of the
    /// attempt limits it.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.config.idle_timeout = Some(timeout);
        self
    }

    /// Sets the timeout of establishing a connection, for the transports that this builder creates. The default is 10
    /// seconds.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.config.connect_timeout = timeout;
        self
    }

    /// Sets which failed calls are sent again, and when. By default, a call that may be sent twice without harm has at most
    /// three attempts: see [`RetryPolicy`]. [`RetryPolicy::off`] sends each request once.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.config.retry = policy;
        self
    }

    /// Adds methods that the client calls during each call, for logs and metrics. Can be called again to add others.
    pub fn hooks(mut self, hooks: impl Hooks) -> Self {
        self.config.hooks.push(Arc::new(hooks));
        self
    }

    /// Sets the maximal length of the body of a response in bytes, after decompression. A longer body is an error for
    /// which [`Error::is_response_too_large`] is true. The default is 64 MiB.
    ///
    /// A decoded response may take 64 times as much memory as its body, or 64 MiB if that is more, but at most eight times as
    /// much as this limit. A response that takes more does not decode.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.config.limit = ResponseLimit(limit);
        self
    }

    /// Adds a header to every request that does not set the header itself. It replaces the headers `Accept` and
    /// `User-Agent` that the client adds. The value is treated as a credential: it is
    /// never printed, and is sent only to hosts that may receive credentials.
    ///
    /// The methods `build…` return an error for a header that only the transport sets, such as `Content-Length` or
    /// `Host`. They also return an error for an invalid header.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(header), _) if is_framing_header(&header) => {
                self.reject(name, "header-name", Some("is set only by the transport".to_owned()));
            }
            (Ok(CONTENT_TYPE), _) if !is_media_type(value) => {
                self.reject(name, "media-type", Some("has a value that is not a media type".to_owned()));
            }
            (Ok(name), Ok(mut value)) if value.to_str().is_ok() => {
                value.set_sensitive(true);
                self.config.headers.append(name, value);
            }
            (Err(_), _) => self.reject(name, "header-value", Some("has a name that is not valid".to_owned())),
            _ => {
                let problem = "has a value with a control character or a character that is not ASCII";
                self.reject(name, "header-value", Some(problem.to_owned()));
            }
        }
        self
    }

    /// Sets the header `User-Agent` of each request, such as `my-app/1.0`. The default is the name and version of this
    /// crate. A default header called `User-Agent` has priority.
    ///
    /// The methods `build…` return an error if the value contains a control character or a character that is not ASCII.
    pub fn user_agent(mut self, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) if value.to_str().is_ok() => self.config.user_agent = value,
            _ => self.reject(
                "user_agent",
                "header-value",
                Some(format!("{:?} cannot be sent in a header", Cut::new(value))),
            ),
        }
        self
    }

    /// Allows credentials to be sent to `host`, such as `files.example` or `files.example:8443`. Call this method once
    /// for each host.
    ///
    /// By default, credentials are sent only to the host of the base URL. The OpenAPI document may name a different
    /// host for an operation. A call of such an operation returns an error if the call has a credential.
    /// [`CallOptions::server`](crate::runtime::CallOptions::server) allows the host of its URL for one call.
    ///
    /// A call has a credential if its request contains a default header, a cookie, a secret parameter or the credential
    /// of a security scheme.
    pub fn allow_credentials_for(mut self, host: &str) -> Self {
        if let Err(problem) = self.config.destinations.allow(host) {
            self.reject("allow_credentials_for", "url", Some(format!("{} {problem}", shown_host(host))));
        }
        self
    }

    /// Allows credentials to be sent over plain HTTP, where everyone on the network path can read them. By default, a
    /// call with a credential returns an error if the URL of the request starts with `http:`. Plain HTTP to a
    /// host of this computer is always allowed: `localhost`, `127.0.0.0/8` and `[::1]`.
    pub fn allow_plain_http(mut self) -> Self {
        self.config.destinations.plain_http = true;
        self
    }

    /// Sets whether requests are validated before they are sent. The default is true.
    pub fn validate_requests(mut self, on: bool) -> Self {
        self.config.validate_requests = on;
        self
    }

    /// Sets what happens if a response violates its schema. The default is [`ResponsePolicy::Off`].
    ///
    /// Only a response that reports a success is validated: its body, and the type of each header that the OpenAPI
    /// document describes. A response that reports a failure is always an error.
    pub fn validate_responses(mut self, policy: ResponsePolicy) -> Self {
        self.config.responses = policy;
        self
    }

    /// Sets whether every call is sent to the base URL, even if the OpenAPI document names a different server for the
    /// operation. Use this in tests, or if all requests go through a gateway. The default is false.
    /// [`CallOptions::server`](crate::runtime::CallOptions::server) has priority over this setting.
    pub fn single_server(mut self, on: bool) -> Self {
        self.config.single_server = on;
        self
    }

    /// Sets the credential of a security scheme. Only generated code calls this: the generated builder has a Rust
    /// method for each security scheme.
    #[doc(hidden)]
    pub fn credential(mut self, scheme: &'static Scheme, credential: impl Into<AnyCredential>) -> Self {
        self.config.credentials.set(scheme, credential.into());
        self
    }

    /// Sets the clock, which decides when a credential expires, which date a signature has, and when a call times out between
    /// its attempts. The default is the clock of this computer. Use this in tests.
    pub fn clock(mut self, now: impl Fn() -> SystemTime + Send + Sync + 'static) -> Self {
        self.config.clock.now = Some(Arc::new(now));
        self
    }

    /// Sets the function that waits before another attempt. The default is the timer of the Tokio runtime; a blocking client
    /// and a client outside of a Tokio runtime wait with a thread. Use this in tests.
    pub fn sleep<F>(mut self, sleep: impl Fn(Duration) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        self.config.clock.sleep = Some(Arc::new(move |duration| Box::pin(sleep(duration))));
        self
    }

    /// Sets the source of random numbers, for the delays between attempts and for idempotency keys. Use this in tests.
    pub fn randomness(mut self, next: impl Fn() -> u64 + Send + Sync + 'static) -> Self {
        self.config.randomness = Randomness(Some(Arc::new(next)));
        self
    }

    /// Builds a client that sends requests with your own transport. To use your own `reqwest::Client`, pass
    /// `Reqwest(client)`.
    ///
    /// # Errors
    /// Returns an error if a setting of this builder is invalid, such as the base URL, a header or a credential.
    pub fn build_with<T>(mut self, transport: T) -> Result<Client<A, T>, Error> {
        match normalize(&self.config.base) {
            Ok(base) => {
                let problem = Uri::try_from(&base).ok().map(|uri| self.config.destinations.problem(&uri, &base, false));
                self.config.base_may_receive_credentials = problem == Some(None);
                self.config.base = base;
            }
            Err(problem) => {
                let problem = problem_with(&self.config.base, problem);
                self.reject("base_url", "url", Some(problem));
            }
        }
        self.config.credentials.report_malformed(&mut self.violations);
        if self.violations.is_empty() {
            return Ok(Client { config: Arc::new(self.config), transport, api: PhantomData });
        }
        Err(Error::invalid_request(FailedRequest::unsent(BUILDER, None), self.violations))
    }

    /// Builds a client without a transport. The client builds requests and reads responses. The caller sends the
    /// requests: see [`Detached`].
    ///
    /// # Errors
    /// Returns an error if a setting of this builder is invalid, such as the base URL, a header or a credential.
    pub fn build_detached(self) -> Result<Client<A, Detached>, Error> {
        self.build_with(Detached)
    }

    /// Builds a client that sends requests with `reqwest`. The client follows no redirects. It sends over HTTPS only if the cargo feature `rustls` or `native-tls` is enabled.
    ///
    /// # Errors
    /// Returns an error if a setting of this builder is invalid, or if TLS is not available.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client<A, Reqwest>, Error> {
        let transport = Reqwest::standard(self.config.connect_timeout);
        self.build_over(transport)
    }

    /// Builds a client that sends requests with `reqwest::blocking`. The client follows no redirects.
    ///
    /// # Errors
    /// Returns an error if a setting of this builder is invalid, or if TLS is not available.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self) -> Result<Client<A, Blocking>, Error> {
        let transport = Blocking::standard(self.config.connect_timeout);
        self.build_over(transport)
    }

    /// Adds a violation for the invalid setting `name`.
    fn reject(&mut self, name: &str, keyword: &'static str, actual: Option<String>) {
        let (location, pointer) = (Location::Client, name.to_owned());
        self.violations.push(Violation { location, pointer, keyword, schema: None, limit: None, actual });
    }

    #[cfg(feature = "reqwest")]
    fn build_over<T>(self, transport: Result<T, TransportError>) -> Result<Client<A, T>, Error> {
        self.build_with(transport.map_err(|error| Error::transport(FailedRequest::unsent(BUILDER, None), error))?)
    }
}
