// copperplate runtime: copied into each generated crate that uses it.
//! Streams: bodies that are sent and received piece by piece, and responses that are a series of items.

pub mod byte_stream;
pub(crate) mod checked_body;
pub mod event_parser;
pub mod item_stream;
#[cfg(feature = "mock")]
pub(crate) mod mock_stream;
pub mod open;
#[cfg(feature = "reqwest")]
pub(crate) mod reqwest_stream;
pub mod streaming_transport;
