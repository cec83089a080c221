// copperplate runtime: copied into each generated crate that uses it.
//! Calls whose response, or whose request, is a stream.

use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::Poll;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;

use crate::runtime::client::api::Api;
use crate::runtime::client::attempts::Attempts;
use crate::runtime::client::call::Call;
use crate::runtime::client::described_operation::describe;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::transport::{ResponseLimit, TransportError};
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::error::Error;
use crate::runtime::response::media_type::{content_type, essence};
use crate::runtime::response::outcome::Outcome;
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::response::reply::Reply;
use crate::runtime::streaming::byte_stream::ByteStream;
use crate::runtime::streaming::checked_body::checked;
use crate::runtime::streaming::streaming_transport::StreamingTransport;

/// Sends an operation, and returns the body of the response as a stream.
///
/// # Errors
/// Returns an error if the request is invalid, if no response was received, or if the response is not a success.
#[doc(hidden)]
pub async fn download<O>(operation: O) -> Result<Reply<ByteStream, O::Headers>, Error>
where
    O: Operation<Transport: StreamingTransport>,
{
    let call = operation.call();
    let mut attempts = call.attempts::<O>();
    match call.download(&operation, &mut attempts).await {
        Ok(mut reply) => {
            reply.earlier_attempts = attempts.into_failed();
            Ok(reply)
        }
        Err(error) => Err(call.failed(error, attempts)),
    }
}

/// Sends an operation with `body` in place of its body. It is sent once, because a stream cannot be read twice.
///
/// # Errors
/// Returns an error in each case that [`Operation::send`] lists.
#[doc(hidden)]
pub async fn upload<O>(operation: O, body: ByteStream) -> Result<Reply<O::Success, O::Headers>, Error>
where
    O: Operation<Transport: StreamingTransport>,
{
    let call = operation.call();
    let mut attempts = call.attempts::<O>();
    let result = call.upload(&operation, &mut attempts, body).await;
    result.map_err(|error| call.failed(error, attempts))
}

impl<A: Api, T: StreamingTransport> Call<'_, A, T> {
    async fn download<O: Operation<Api = A>>(
        &self,
        operation: &O,
        attempts: &mut Attempts<'_>,
    ) -> Result<Reply<ByteStream, O::Headers>, Error> {
        let (parts, body) = self.open(operation, attempts).await?.into_parts();
        let head = RawResponse::new(http::Response::from_parts(parts, Bytes::new()), Leniency::counting());
        match O::read_response(&head) {
            Ok(Outcome::Success(_, headers)) => Ok(head.into_reply(body, headers)),
            _ => Err(self.failure(operation, head.into_response(), body, attempts).await),
        }
    }

    async fn upload<O: Operation<Api = A>>(
        &self,
        operation: &O,
        attempts: &mut Attempts<'_>,
        body: ByteStream,
    ) -> Result<Reply<O::Success, O::Headers>, Error> {
        attempts.allow_one();
        let (mut body, failure) = checked(body);
        if body.length() == Some(0) {
            // A transport does not read a body without bytes.
            poll_fn(|context| Poll::Ready(Pin::new(&mut body).poll_next(context).is_ready())).await;
            if let Some(error) = failure.take() {
                return Err(Error::transport(describe(operation), error));
            }
        }
        let body = std::sync::Mutex::new(Some(body));
        let execute = |request| {
            let body = body.lock().ok().and_then(|mut body| body.take());
            self.client.transport.open(request, body)
        };
        let outcome = match self.outcome(operation, attempts, execute, false).await? {
            Ok(response) => self.collect(response, attempts).await,
            Err(error) => Err(error),
        };
        // A transport reports its own error in place of that of the body, or the response to an incomplete body.
        self.receive(operation, failure.take().map_or(outcome, Err), attempts.rest_of_call())
    }

    /// Receives a whole body in the time that is left for the attempt.
    async fn collect(
        &self,
        response: http::Response<ByteStream>,
        attempts: &Attempts<'_>,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let rest = attempts.rest_of_attempt();
        let message = || format!("the body of the response was not complete after {rest:?}");
        let collected = self.client.config.clock.within(rest, false, pin!(collect(response, self.limit()))).await;
        collected.unwrap_or_else(|| Err(TransportError::Timeout(message().into())))
    }

    /// Sends the request, and returns the response as soon as its headers are received.
    ///
    /// # Errors
    /// Returns an error if the request is invalid, or if no response was received.
    pub(super) async fn open<O: Operation<Api = A>>(
        &self,
        operation: &O,
        attempts: &mut Attempts<'_>,
    ) -> Result<http::Response<ByteStream>, Error> {
        let execute = |request| self.client.transport.open(request, None);
        let outcome = self.outcome(operation, attempts, execute, false).await?;
        outcome.map_err(|error| Error::transport(describe(operation), error))
    }

    /// Returns the error for a response that is not the stream that the document describes.
    pub(super) async fn failure<O: Operation<Api = A>>(
        &self,
        operation: &O,
        head: http::Response<Bytes>,
        body: ByteStream,
        attempts: &Attempts<'_>,
    ) -> Error {
        let (parts, _) = head.into_parts();
        let outcome = self.collect(http::Response::from_parts(parts, body), attempts).await;
        match self.receive(operation, outcome, attempts.rest_of_call()) {
            Err(error) => error,
            Ok(reply) => {
                let kind = content_type(&reply.all_headers).map_or("no media type", essence);
                let problem = DecodeError::of_body(format!("the body has {kind}, and is not the expected stream"));
                let response = http::Response::new(reply.body);
                let response = RawResponse::new(response, Leniency::counting()).into_received(&A::ERROR, None);
                Error::decode(describe(operation), problem, response)
            }
        }
    }
}

/// Receives a whole body.
async fn collect(
    response: http::Response<ByteStream>,
    limit: ResponseLimit,
) -> Result<http::Response<Bytes>, TransportError> {
    let (parts, mut stream) = response.into_parts();
    limit.check(stream.length().unwrap_or_default())?;
    let mut body = BytesMut::new();
    while let Some(piece) = stream.piece().await {
        body.extend_from_slice(&piece?);
        limit.check(body.len() as u64)?;
    }
    Ok(http::Response::from_parts(parts, body.freeze()))
}
