// copperplate runtime: copied unchanged into every generated crate.
//! The transport of a client for which the caller names no other transport.

#[cfg(not(feature = "reqwest"))]
use crate::runtime::client::transport::Detached;

/// The transport of the clients that [`Builder::build`](crate::runtime::Builder::build) returns:
/// [`Reqwest`](crate::runtime::Reqwest).
#[cfg(feature = "reqwest")]
pub type DefaultTransport = crate::runtime::client::reqwest_transport::Reqwest;

/// The transport parameter of the type `Client`, unless another one is named. The feature `reqwest` is off, so this is
/// [`Detached`], which sends no requests.
#[cfg(not(feature = "reqwest"))]
pub type DefaultTransport = Detached;
