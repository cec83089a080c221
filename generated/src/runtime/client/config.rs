// copperplate runtime: copied unchanged into every generated crate.
//! The settings that the calls of one client share.

use std::fmt;
use std::time::Duration;

use http::HeaderMap;

use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::security::Credentials;

/// The settings that the calls of one client share.
#[derive(Clone)]
pub(crate) struct Config {
    /// The base URL, without a slash at its end.
    pub base: String,
    pub single_server: bool,
    pub credentials: Credentials,
    pub headers: HeaderMap,
    pub timeout: Duration,
    pub validate_requests: bool,
    pub responses: ResponsePolicy,
}

/// Prints only the names of default headers, because their values may contain credentials.
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
