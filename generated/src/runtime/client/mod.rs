// copperplate runtime: copied into each generated crate that uses it.
//! Clients, calls, credentials and transports.

pub mod api;
pub(crate) mod authorization;
pub(crate) mod base_url;
#[cfg(feature = "blocking")]
pub(crate) mod blocking_transport;
pub mod builder;
pub mod cached_credential;
pub mod call;
pub mod call_options;
pub(crate) mod clock;
pub(crate) mod config;
pub mod credential_provider;
pub mod credentials;
pub(crate) mod default_transport;
pub mod described_operation;
pub(crate) mod destination;
pub(crate) mod host;
pub mod operation;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest_transport;
pub mod response_policy;
pub mod secret;
pub mod security;
pub(crate) mod send;
pub mod server_variable;
pub mod signature;
pub mod signing_key;
pub mod transport;
pub(crate) mod transport_cause;
