// copperplate runtime: copied into each generated crate that uses it.
//! Sends calls: obtains the credentials, builds the request, and sends it until an attempt succeeds or none may follow.

use std::future::ready;
use std::pin::pin;

use bytes::Bytes;

use crate::runtime::client::api::Api;
use crate::runtime::client::attempts::{Attempts, Next};
use crate::runtime::client::authorization::Authorization;
use crate::runtime::client::build_request::missing_credential;
use crate::runtime::client::call::Call;
use crate::runtime::client::credential_provider::MissingCredential;
use crate::runtime::client::described_operation::describe;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::polling::block_on;
#[cfg(feature = "tracing")]
use crate::runtime::client::span::{in_span, span};
use crate::runtime::client::transport::{BlockingTransport, Transport, TransportError};
use crate::runtime::error::Error;
use crate::runtime::response::reply::Reply;

/// The outcome of an attempt.
type Outcome<B> = Result<http::Response<B>, TransportError>;

impl<A: Api, T: Transport> Call<'_, A, T> {
    /// Builds the request, sends the request and reads the response.
    ///
    /// # Errors
    /// Returns an [`Error`] if the request is invalid, or if no complete response was received. Also returns an
    /// [`Error`] in each case that [`Call::read`] lists.
    pub async fn send<O: Operation<Api = A>>(&self, operation: &O) -> Result<Reply<O::Success, O::Headers>, Error> {
        self.exchange(operation, |request| self.client.transport.execute(request), false).await
    }

    /// Builds the request, sends the request and returns the response without decoding it.
    ///
    /// # Errors
    /// Returns an [`Error`] if the request is invalid, or if no complete response was received.
    pub async fn send_raw<O: Operation<Api = A>>(&self, operation: &O) -> Result<http::Response<Bytes>, Error> {
        let mut attempts = self.attempts::<O>();
        let execute = |request| self.client.transport.execute(request);
        let outcome = self.outcome(operation, &mut attempts, execute, false).await;
        let result = outcome.and_then(|outcome| outcome.map_err(|error| Error::transport(describe(operation), error)));
        result.map_err(|error| self.failed(error, attempts))
    }
}

impl<A: Api, T: BlockingTransport> Call<'_, A, T> {
    /// Builds the request, sends the request and reads the response. Blocks the thread until the response is complete.
    ///
    /// # Errors
    /// Returns an [`Error`] if the request is invalid, or if no complete response was received. Also returns an
    /// [`Error`] in each case that [`Call::read`] lists.
    pub fn send_blocking<O: Operation<Api = A>>(&self, operation: &O) -> Result<Reply<O::Success, O::Headers>, Error> {
        block_on(self.exchange(operation, |request| ready(self.client.transport.execute(request)), true))
    }
}

impl<A: Api, T> Call<'_, A, T> {
    /// Sends the request with `execute`, and reads the response.
    async fn exchange<O: Operation<Api = A>, F: Future<Output = Outcome<Bytes>>>(
        &self,
        operation: &O,
        execute: impl Fn(http::Request<Bytes>) -> F,
        is_blocking: bool,
    ) -> Result<Reply<O::Success, O::Headers>, Error> {
        let mut attempts = self.attempts::<O>();
        let outcome = self.outcome(operation, &mut attempts, execute, is_blocking).await;
        match outcome.and_then(|outcome| self.receive(operation, outcome, attempts.rest_of_call())) {
            Ok(mut reply) => {
                reply.earlier_attempts = attempts.into_failed();
                Ok(reply)
            }
            Err(error) => Err(self.failed(error, attempts)),
        }
    }

    /// Sends the request with `execute`, as often as the retry policy allows. Returns the outcome of the last attempt.
    ///
    /// Each attempt builds the request again: most calls have one attempt, and need no copy of the request. Each attempt is signed
    /// again, too, because a signature has a date. If the service rejects a credential from a provider, the next attempt has
    /// another one.
    pub(crate) async fn outcome<O: Operation<Api = A>, B, F: Future<Output = Outcome<B>>>(
        &self,
        operation: &O,
        attempts: &mut Attempts<'_>,
        execute: impl Fn(http::Request<Bytes>) -> F,
        is_blocking: bool,
    ) -> Result<Outcome<B>, Error> {
        let clock = &self.client.config.clock;
        loop {
            let authorization = if self.needs_provider(O::SECURITY) {
                // Few calls wait for a provider, so this future takes no space in others.
                let mut obtain = Box::pin(self.authorization(O::SECURITY));
                let within = Box::pin(clock.within(attempts.rest_of_call(), is_blocking, obtain.as_mut())).await;
                within.unwrap_or(Err(MissingCredential::TimedOut))
            } else {
                Ok(self.plain_authorization(O::SECURITY))
            };
            let authorization = authorization.map_err(missing_credential::<O>)?;
            let discard = || {
                if authorization.discard() {
                    return true;
                }
                false
            };
            loop {
                // The future ends before the delay, so that the future of a call has room for one of the two.
                let outcome = {
                    let sending = pin!(self.begin(
                        operation,
                        attempts,
                        &authorization,
                        &execute,
                    )?);
                    #[cfg(feature = "tracing")]
                    let sending = in_span(attempts.span.take(), sending);
                    sending.await
                };
                match attempts.end(&outcome, discard) {
                    Next::Return => return Ok(outcome),
                    Next::Retry(delay) => {
                        drop(outcome);
                        Box::pin(clock.wait(delay, is_blocking)).await;
                    }
                    Next::Renew => break,
                }
            }
        }
    }

    /// Builds the request of an attempt, and begins to send it with `execute`. This is no `async fn`, so that the future of a call
    /// does not keep the request: thousands of calls can wait at once.
    fn begin<O: Operation<Api = A>, F>(
        &self,
        operation: &O,
        attempts: &mut Attempts<'_>,
        authorization: &Authorization,
        execute: impl Fn(http::Request<Bytes>) -> F,
    ) -> Result<F, Error> {
        let request = self.build(
            operation,
            authorization,
        )?;
        let request = attempts.begin(request);
        let request = authorization.signed(request, self.client.config.clock.now());
        #[cfg(feature = "tracing")]
        if let Some(span) = span(&request) {
            let sending = span.in_scope(|| execute(request));
            attempts.span = Some(Box::new(span));
            return Ok(sending);
        }
        Ok(execute(request))
    }

    pub(crate) fn attempts<O: Operation>(&self) -> Attempts<'_> {
        Attempts::new(&self.client.config, self.options(), self.is_idempotent::<O>())
    }

    /// Returns the error of the call, which lists its earlier attempts.
    pub(crate) fn failed(&self, error: Error, attempts: Attempts<'_>) -> Error {
        let error = error.with_earlier_attempts(attempts.into_failed());
        self.client.config.hooks.iter().for_each(|hooks| hooks.on_error(&error));
        error
    }
}
