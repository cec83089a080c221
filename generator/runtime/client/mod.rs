// copperplate runtime: copied unchanged into every generated crate.
//! The client: where an API lives, with which credentials, and under which policy.

#[cfg(feature = "blocking")]
pub(crate) mod blocking_transport;
pub mod call;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest_transport;
pub mod security;
pub mod transport;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderName, HeaderValue, Uri};

use crate::runtime::client::security::{Credentials, Scheme, Secret};
use crate::runtime::client::transport::Detached;
#[cfg(feature = "reqwest")]
use crate::runtime::client::transport::TransportError;
use crate::runtime::error::Error;
use crate::runtime::validation::violation::{Location, Violation, Violations};

/// How long an exchange may take unless the client or the call says otherwise.
const TIMEOUT: Duration = Duration::from_secs(120);

/// An API of the document; emitted once for each.
pub trait Api: Send + Sync + 'static {
    /// The name of its module.
    const NAME: &'static str;
    /// Where its error bodies keep what callers ask for.
    const ERROR: ErrorFields;
}

/// JSON Pointers into an error body, tried in order, and the header of the request id, asked first.
#[derive(Debug, Clone, Copy, Default)]
pub struct ErrorFields {
    /// Where the error code may stand.
    pub code: &'static [&'static str],
    /// Where the message may stand.
    pub message: &'static [&'static str],
    /// The header that carries the request id.
    pub request_id_header: Option<&'static str>,
    /// Where the request id may stand in the body.
    pub request_id: &'static [&'static str],
}

/// Is told the `operationId` of a call and what its answer violates.
pub type Hook = dyn Fn(&'static str, &Violations) + Send + Sync;

/// What happens to an answer that breaks a rule of the document.
#[derive(Clone, Default)]
pub enum ResponsePolicy {
    /// Answers are decoded and not checked: services outgrow their documents.
    #[default]
    Off,
    /// The hook is told the operation and the violations; the call succeeds.
    Warn(Arc<Hook>),
    /// The call fails with [`Error::is_invalid_response`].
    Enforce,
}

impl fmt::Debug for ResponsePolicy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Off => "Off",
            Self::Warn(_) => "Warn(…)",
            Self::Enforce => "Enforce",
        })
    }
}

/// All that the calls of one client have in common.
#[derive(Clone)]
pub(crate) struct Config {
    pub base: String,
    pub single_server: bool,
    pub credentials: Credentials,
    pub headers: HeaderMap,
    pub timeout: Duration,
    pub validate_requests: bool,
    pub responses: ResponsePolicy,
}

/// Default headers may hold a credential, so only their names are shown.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("base", &self.base)
            .field("single_server", &self.single_server)
            .field("credentials", &self.credentials)
            .field("headers", &self.headers.keys())
            .field("timeout", &self.timeout)
            .field("validate_requests", &self.validate_requests)
            .field("responses", &self.responses)
            .finish()
    }
}

impl Config {
    /// The base URL of a call: the server that the call names, or else the one that the document names for the operation, or
    /// else the client's.
    pub fn base(&self, call: Option<&str>, operation: Option<&str>) -> Result<Cow<'_, str>, &'static str> {
        let Some(url) = call.or(operation.filter(|_| !self.single_server)) else {
            return Ok(Cow::Borrowed(&self.base));
        };
        if url.contains("://") {
            return normalized(url).map(Cow::Owned);
        }
        let base = match url.strip_prefix('/') {
            // A path begins at the host, which ends where the path of the base begins.
            Some(_) => {
                let host = self.base.find("://").map_or(0, |end| end + 3);
                &self.base[..self.base[host..].find('/').map_or(self.base.len(), |path| host + path)]
            }
            None => &self.base,
        };
        normalized(&format!("{base}/{}", url.trim_start_matches('/'))).map(Cow::Owned)
    }
}

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

impl<A: Api> Client<A, crate::runtime::DefaultTransport> {
    /// Starts a client of the service at `base_url`, which may have a path and may end in `/` or not.
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

/// Gathers what a client needs. What is wrong is told by the `build` methods, all of it at once.
#[derive(Debug)]
pub struct Builder<A> {
    config: Config,
    violations: Violations,
    api: PhantomData<fn() -> A>,
}

impl<A: Api> Builder<A> {
    /// How long an exchange may take, from sending to the last byte of the answer; 120 seconds unless set.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.config.timeout = timeout;
        self
    }

    /// A header for every request that does not set it itself.
    pub fn default_header(mut self, name: &str, value: &str) -> Self {
        match (HeaderName::try_from(name), HeaderValue::from_str(value)) {
            (Ok(name), Ok(value)) if value.to_str().is_ok() => _ = self.config.headers.append(name, value),
            _ => self.violations.push(client_violation(name, "header-value", None)),
        }
        self
    }

    /// Whether requests are checked against the document before they are sent; on unless turned off.
    pub fn validate_requests(mut self, on: bool) -> Self {
        self.config.validate_requests = on;
        self
    }

    /// What happens to answers that break a rule of the document; nothing unless set. Of a success the body is checked, and whether
    /// each documented header is of its type; failures are taken as they come, since they are errors already.
    pub fn validate_responses(mut self, policy: ResponsePolicy) -> Self {
        self.config.responses = policy;
        self
    }

    /// Whether every operation is sent to the base URL, also one for which the document names another server: for tests, and for
    /// gateways in front of a service. Off unless set; [`Call::server`](crate::runtime::Call::server) comes first all the same.
    pub fn single_server(mut self, on: bool) -> Self {
        self.config.single_server = on;
        self
    }

    /// The credential of `scheme`; the emitted builder methods name the schemes.
    pub fn credential(mut self, scheme: &'static Scheme, secret: impl Into<Secret>) -> Self {
        self.config.credentials.set(scheme, secret.into());
        self
    }

    /// A client over a transport of your own; `Reqwest(client)` brings your own `reqwest::Client`.
    ///
    /// # Errors
    /// Where the base URL or a header cannot be used.
    pub fn build_with<T>(mut self, transport: T) -> Result<Client<A, T>, Error> {
        match normalized(&self.config.base) {
            Ok(base) => self.config.base = base,
            Err(why) => self.violations.push(client_violation("base_url", "url", Some(why.to_owned()))),
        }
        if self.violations.is_empty() {
            return Ok(Client { config: Arc::new(self.config), transport, api: PhantomData });
        }
        Err(Error::invalid_request("builder", self.violations))
    }

    /// A client that builds requests and reads answers, and leaves it to the caller to carry them.
    ///
    /// # Errors
    /// Where the base URL or a header cannot be used.
    pub fn build_detached(self) -> Result<Client<A, Detached>, Error> {
        self.build_with(Detached)
    }

    /// A client over `reqwest`, which connects within 10 seconds and follows no redirects.
    ///
    /// # Errors
    /// Where the base URL or a header cannot be used, or TLS is not to be had.
    #[cfg(feature = "reqwest")]
    pub fn build(self) -> Result<Client<A, crate::runtime::Reqwest>, Error> {
        self.build_over(crate::runtime::Reqwest::standard())
    }

    /// A client over `reqwest::blocking`, which connects within 10 seconds and follows no redirects.
    ///
    /// # Errors
    /// Where the base URL or a header cannot be used, or TLS is not to be had.
    #[cfg(feature = "blocking")]
    pub fn build_blocking(self) -> Result<Client<A, crate::runtime::Blocking>, Error> {
        self.build_over(crate::runtime::Blocking::standard())
    }

    #[cfg(feature = "reqwest")]
    fn build_over<T>(self, transport: Result<T, TransportError>) -> Result<Client<A, T>, Error> {
        self.build_with(transport.map_err(|error| Error::transport("builder", error))?)
    }
}

fn client_violation(name: &str, keyword: &'static str, actual: Option<String>) -> Violation {
    Violation { location: Location::Client, pointer: name.to_owned(), keyword, schema: None, limit: None, actual }
}

/// The base URL without its last slashes, since every path starts with one. What a URL parser would read in another way than
/// it is written is refused here, where the mistake is, and not on every call.
fn normalized(base: &str) -> Result<String, &'static str> {
    let uri = Uri::try_from(base).map_err(|_| "no URL")?;
    let authority = uri.authority().ok_or("without a host")?;
    match uri.scheme_str() {
        Some("http" | "https") => {}
        _ => return Err("neither http nor https"),
    }
    if authority.as_str().contains('@') {
        return Err("with a user name or password");
    }
    let understood =
        authority.port().map_or(authority.host().to_owned(), |port| format!("{}:{port}", authority.host()));
    if understood != authority.as_str() {
        return Err("with a port that is none");
    }
    if uri.query().is_some() || base.contains('#') {
        return Err("with a query or a fragment");
    }
    if !uri.path().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@%/".contains(&byte)) {
        return Err("with a character that has to be percent-encoded, or a server variable that is not filled");
    }
    let is_dots = |segment: &str| matches!(segment.to_ascii_lowercase().replace("%2e", ".").as_str(), "." | "..");
    if uri.path().split('/').any(is_dots) {
        return Err("with a dot segment");
    }
    Ok(base.trim_end_matches('/').to_owned())
}
