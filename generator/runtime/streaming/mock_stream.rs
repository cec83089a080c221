// copperplate runtime: copied into each generated crate that uses it.
//! Streams of the transport for tests.

use std::io::Cursor;

use bytes::{Bytes, BytesMut};

use crate::runtime::client::mock::Mock;
use crate::runtime::client::transport::{Transport, TransportError};
use crate::runtime::streaming::byte_stream::ByteStream;
use crate::runtime::streaming::streaming_transport::StreamingTransport;

impl StreamingTransport for Mock {
    async fn open(
        &self,
        mut request: http::Request<Bytes>,
        body: Option<ByteStream>,
    ) -> Result<http::Response<ByteStream>, TransportError> {
        if let Some(mut stream) = body {
            let mut whole = BytesMut::new();
            while let Some(piece) = stream.piece().await {
                whole.extend_from_slice(&piece?);
            }
            *request.body_mut() = whole.freeze();
        }
        let response = self.execute(request).await?;
        let length = response.body().len() as u64;
        Ok(response.map(|body| ByteStream::from_reader(Cursor::new(body)).with_length(length)))
    }
}
