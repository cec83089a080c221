// copperplate runtime: copied into each generated crate that uses it.
//! The settings of a client, which all calls of the client share.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderMap, HeaderValue};

use crate::runtime::client::base_url::shown;
use crate::runtime::client::clock::Clock;
use crate::runtime::client::credentials::CredentialStore;
use crate::runtime::client::destination::Destinations;
use crate::runtime::client::hooks::Hooks;
use crate::runtime::client::randomness::Randomness;
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::retry_budget::RetryBudget;
use crate::runtime::client::retry_policy::RetryPolicy;
use crate::runtime::client::transport::ResponseLimit;
use crate::runtime::printing::{HeaderNames, TimeLimit};

/// The default value of the header `User-Agent`: the name and version of this crate.
pub(crate) const USER_AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The settings of a client, which all calls of the client share.
pub(crate) struct Config {
    /// The base URL, without slashes at the end.
    pub base: String,
    /// Whether credentials may be sent to the base URL.
    pub base_may_receive_credentials: bool,
    pub single_server: bool,
    pub credentials: CredentialStore,
    pub clock: Clock,
    pub randomness: Randomness,
    pub hooks: Vec<Arc<dyn Hooks>>,
    pub destinations: Destinations,
    pub headers: HeaderMap,
    /// The value of the header `User-Agent`.
    pub user_agent: HeaderValue,
    pub timeout: Duration,
    pub attempt_timeout: Duration,
    pub idle_timeout: Option<Duration>,
    pub connect_timeout: Duration,
    pub retry: RetryPolicy,
    pub retry_budget: RetryBudget,
    pub limit: ResponseLimit,
    pub validate_requests: bool,
    pub responses: ResponsePolicy,
}

/// Prints the settings. Hides the values of default headers, because they can contain credentials.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config")
            .field("base", &format_args!("{}", shown(&self.base)))
            .field("single_server", &self.single_server)
            .field("credentials", &self.credentials)
            .field("destinations", &self.destinations)
            .field("headers", &HeaderNames(&self.headers))
            .field("user_agent", &self.user_agent)
            .field("timeout", &TimeLimit(self.timeout))
            .field("attempt_timeout", &TimeLimit(self.attempt_timeout))
            .field("idle_timeout", &self.idle_timeout.map(TimeLimit))
            .field("connect_timeout", &TimeLimit(self.connect_timeout))
            .field("retry", &self.retry)
            .field("retry_budget", &self.retry_budget)
            .field("limit", &self.limit)
            .field("validate_requests", &self.validate_requests)
            .field("responses", &self.responses)
            .finish_non_exhaustive()
    }
}
