// copperplate runtime: copied into each generated crate that uses it.
//! Streams over `reqwest`.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};
use tokio::time::{Instant, Sleep, sleep, timeout};

use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::reqwest_transport::{Reqwest, reqwest_request, transport_error};
use crate::runtime::client::transport::TransportError;
use crate::runtime::streaming::byte_stream::ByteStream;
use crate::runtime::streaming::streaming_transport::StreamingTransport;

impl StreamingTransport for Reqwest {
    async fn open(
        &self,
        request: http::Request<Bytes>,
        body: Option<ByteStream>,
    ) -> Result<http::Response<ByteStream>, TransportError> {
        let attempt = request.extensions().get::<Attempt>();
        let limit = attempt.map_or(Duration::MAX, |attempt| attempt.timeout);
        let idle = attempt.and_then(|attempt| attempt.idle_timeout);
        let mut request = reqwest_request(request)?;
        if let Some(body) = body {
            *request.body_mut() = Some(reqwest::Body::wrap(Upload(body)));
        }
        let response = match timeout(limit, self.0.execute(request)).await {
            Ok(response) => response.map_err(transport_error)?,
            Err(elapsed) => return Err(TransportError::Timeout(elapsed.into())),
        };
        let length = response.content_length();
        let (parts, body) = http::Response::from(response).into_parts();
        let idle = idle.map(|time| (time, Box::pin(sleep(time))));
        let mut body = ByteStream::new(Download { body, idle });
        body.length = length;
        Ok(http::Response::from_parts(parts, body))
    }
}

/// The body of a response, and the time that may pass without a byte.
struct Download {
    body: reqwest::Body,
    idle: Option<(Duration, Pin<Box<Sleep>>)>,
}

impl Stream for Download {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { body, idle } = &mut *self;
        loop {
            match Pin::new(&mut *body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    // A time that no clock reaches is no limit.
                    if let Some((time, sleep)) = idle
                        && let Some(end) = Instant::now().checked_add(*time)
                    {
                        sleep.as_mut().reset(end);
                    }
                    // A frame without data contains trailers.
                    if let Ok(bytes) = frame.into_data() {
                        return Poll::Ready(Some(Ok(bytes)));
                    }
                }
                Poll::Ready(Some(Err(error))) => return Poll::Ready(Some(Err(transport_error(error)))),
                Poll::Ready(None) => return Poll::Ready(None),
                Poll::Pending => {
                    let Some((time, sleep)) = idle else { return Poll::Pending };
                    let message = format!("no byte of the body was received for {time:?}");
                    let timeout = || Some(Err(TransportError::Timeout(message.into())));
                    return sleep.as_mut().poll(context).map(|()| timeout());
                }
            }
        }
    }
}

/// A stream as the body of a request.
struct Upload(ByteStream);

impl Body for Upload {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        Pin::new(&mut self.0).poll_next(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        self.0.length().map_or_else(SizeHint::new, SizeHint::with_exact)
    }
}
