// copperplate runtime: copied into each generated crate that uses it.
//! The default transport of clients.

#[cfg(not(feature = "reqwest"))]
use crate::runtime::client::transport::Detached;

/// The transport of the clients that [`Builder::build`](crate::runtime::Builder::build) returns:
/// [`Reqwest`](crate::runtime::Reqwest).
#[cfg(feature = "reqwest")]
pub type DefaultTransport = crate::runtime::client::reqwest_transport::Reqwest;

/// The default transport of clients. Without the feature `reqwest`, this is [`Detached`], which sends no requests.
#[cfg(not(feature = "reqwest"))]
pub type DefaultTransport = Detached;
