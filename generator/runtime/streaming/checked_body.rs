// copperplate runtime: copied into each generated crate that uses it.
//! Checks the length of a body while it is sent.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::client::transport::TransportError;
use crate::runtime::streaming::byte_stream::ByteStream;

/// Returns the body of a request, and the place of its error. The body fails if it has more or fewer bytes than its length
/// says: a transport would send the first ones, and report a success.
pub(super) fn checked(body: ByteStream) -> (ByteStream, BodyFailure) {
    let failure = BodyFailure::default();
    let length = body.length();
    let pieces = CheckedBody { body, length, sent: 0, is_ended: false, failure: failure.clone() };
    let body = ByteStream::new(pieces);
    (length.into_iter().fold(body, ByteStream::with_length), failure)
}

/// The error of the body of a request, if it failed.
#[derive(Clone, Default)]
pub(super) struct BodyFailure(Arc<Mutex<Option<TransportError>>>);

impl BodyFailure {
    /// Takes the error.
    pub(super) fn take(&self) -> Option<TransportError> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

struct CheckedBody {
    body: ByteStream,
    length: Option<u64>,
    sent: u64,
    is_ended: bool,
    failure: BodyFailure,
}

impl CheckedBody {
    /// Ends the body with an error.
    fn fail(&mut self, error: TransportError) -> Option<Result<Bytes, TransportError>> {
        self.is_ended = true;
        *self.failure.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
        Some(Err(TransportError::Other("the body of the request failed".into())))
    }

    /// Ends the body if it has another length than `length`.
    fn fail_length(&mut self, length: u64) -> Option<Result<Bytes, TransportError>> {
        let relation = if self.sent < length { "fewer" } else { "more" };
        let message = format!("the body of the request has {relation} than the {length} bytes of its length");
        self.fail(TransportError::Other(message.into()))
    }

    /// Returns whether another byte follows. Returns false if that is not known yet.
    fn has_more(&mut self, context: &mut Context<'_>) -> Result<bool, TransportError> {
        while !self.is_ended {
            match Pin::new(&mut self.body).poll_next(context) {
                Poll::Ready(Some(Ok(piece))) if piece.is_empty() => {}
                Poll::Ready(Some(piece)) => return piece.map(|_| true),
                Poll::Ready(None) => self.is_ended = true,
                Poll::Pending => break,
            }
        }
        Ok(false)
    }
}

impl Stream for CheckedBody {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.is_ended {
            return Poll::Ready(None);
        }
        let piece = match ready!(Pin::new(&mut self.body).poll_next(context)) {
            Some(Ok(piece)) => piece,
            Some(Err(error)) => return Poll::Ready(self.fail(error)),
            None => {
                self.is_ended = true;
                let missing = self.length.filter(|length| self.sent < *length);
                return Poll::Ready(missing.and_then(|length| self.fail_length(length)));
            }
        };
        self.sent += piece.len() as u64;
        let Some(length) = self.length.filter(|length| self.sent >= *length) else {
            return Poll::Ready(Some(Ok(piece)));
        };
        if self.sent > length {
            return Poll::Ready(self.fail_length(length));
        }
        // A transport does not ask for more than the length.
        Poll::Ready(match self.has_more(context) {
            Ok(false) => Some(Ok(piece)),
            Ok(true) => {
                self.sent += 1;
                self.fail_length(length)
            }
            Err(error) => self.fail(error),
        })
    }
}
