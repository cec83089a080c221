// copperplate runtime: copied unchanged into every generated crate.
//! The transport that clients have by default.

#[cfg(not(feature = "reqwest"))]
use crate::runtime::client::transport::Detached;

/// The transport of the clients that [`Builder::build`](crate::runtime::Builder::build) returns.
#[cfg(feature = "reqwest")]
pub type DefaultTransport = crate::runtime::client::reqwest_transport::Reqwest;

/// The transport that clients have by default. Without the feature `reqwest`, it sends nothing.
#[cfg(not(feature = "reqwest"))]
pub type DefaultTransport = Detached;
