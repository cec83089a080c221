// copperplate runtime: copied into each generated crate that uses it.
//! Transports that send and receive bodies piece by piece.

use bytes::Bytes;

use crate::runtime::client::transport::{Transport, TransportError};
use crate::runtime::streaming::byte_stream::ByteStream;

/// A transport that sends and receives bodies piece by piece.
pub trait StreamingTransport: Transport {
    /// Sends a request, and returns the response as soon as its headers are received. If `body` is a stream, it is sent in place
    /// of the body of `request`.
    ///
    /// The extensions of the request contain an [`Attempt`](crate::runtime::Attempt). Its timeout ends with the headers, and its
    /// idle timeout applies to the body. Its limit of the length does not apply.
    fn open(
        &self,
        request: http::Request<Bytes>,
        body: Option<ByteStream>,
    ) -> impl Future<Output = Result<http::Response<ByteStream>, TransportError>> + Send;
}
