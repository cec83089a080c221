// copperplate runtime: copied into each generated crate that uses it.
//! Responses that are a series of items: server-sent events, and JSON Lines.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use crate::runtime::client::api::Api;
use crate::runtime::client::attempts::Attempts;
use crate::runtime::client::call::Call;
use crate::runtime::client::config::Config;
use crate::runtime::client::described_operation::describe;
use crate::runtime::client::operation::Operation;
use crate::runtime::client::response_policy::ResponsePolicy;
use crate::runtime::client::retry_policy::RetryPolicy;
use crate::runtime::client::transport::TransportError;
use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::decode_error::DecodeError;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::memory::limited;
use crate::runtime::error::Error;
use crate::runtime::response::media_type::{content_type, essence};
use crate::runtime::response::raw_response::RawResponse;
use crate::runtime::streaming::byte_stream::ByteStream;
use crate::runtime::streaming::event_parser::{EventParser, ItemFormat, RawItem};
use crate::runtime::streaming::streaming_transport::StreamingTransport;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::deadline;
use crate::runtime::validation::report::Report;
use crate::runtime::validation::validate::share;
use crate::runtime::validation::violation::Direction;

/// The data of the event with which some services end a stream.
const DONE: &[u8] = b"[DONE]";

/// A connection that is lost within this time is one of a row of short ones.
const SHORT: Duration = Duration::from_secs(1);

type BoxFuture<'c, T> = Pin<Box<dyn Future<Output = T> + Send + 'c>>;
type Opened = Result<http::Response<ByteStream>, Error>;

/// An item of a response: the data of a server-sent event, or a line of JSON Lines.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StreamItem<T> {
    /// The decoded data.
    pub data: T,
    /// The name of the event (`event`). `None` for an event without a name, and for a line.
    pub name: Option<String>,
    /// The ID of the event, or of an earlier event if this one has none. `None` if the ID is longer than 1,024 bytes.
    pub id: Option<Arc<str>>,
}

/// The items of a response. Each item is decoded, and validated if the policy for responses says so. An item that does not
/// decode is an error, and the next item follows. An error of the transport ends the stream.
///
/// `ItemStream` is a [`Stream`] of `futures`. No extension trait is needed to read it: see [`ItemStream::next`]. The response is
/// read only as fast as the items are taken. The timeout of the call ends with the headers of the response;
/// [`idle_timeout`](crate::runtime::Builder::idle_timeout) limits the time between bytes, and
/// [`max_response_bytes`](crate::runtime::Builder::max_response_bytes) the length of an item.
///
/// If the connection is lost while server-sent events are received, the client connects again, as often in a row as the
/// [`RetryPolicy`](crate::runtime::RetryPolicy) allows: if the operation is idempotent, and if the last event has an ID that a
/// header can have, with which the service resumes (`Last-Event-ID`). All connections of a stream have the same idempotency key.
/// The service decides about the delay (`retry`). If it asks for more than
/// [`longest_retry_after`](crate::runtime::RetryPolicy::longest_retry_after), the stream ends with the error of the connection.
/// From the second connection in a row that is lost within a second, the client waits at least the delay of the policy.
pub struct ItemStream<'c, T> {
    config: Arc<Config>,
    state: State<'c>,
    parser: EventParser,
    /// Opens the response after the event with this ID.
    open: Box<dyn Fn(Option<Arc<str>>) -> BoxFuture<'c, Opened> + Send + Sync + 'c>,
    read: Box<dyn Fn(Vec<u8>) -> Result<T, Error> + Send + Sync + 'c>,
    lost: Box<dyn Fn(TransportError) -> Error + Send + Sync + 'c>,
    /// Whether the service can resume the events.
    can_resume: bool,
    policy: RetryPolicy,
    /// How often the connection was lost since the last event.
    losses: u32,
    /// When the connection was established, as [`Clock::uptime`](crate::runtime::client::clock::Clock::uptime).
    opened_at: Duration,
    /// How many connections in a row were lost within [`SHORT`].
    short_connections: usize,
}

enum State<'c> {
    Waiting(BoxFuture<'c, ()>),
    Opening(BoxFuture<'c, Opened>),
    Receiving(ByteStream),
    Ended,
}

/// How an item is decoded and validated.
#[doc(hidden)]
pub struct ItemKind<T> {
    /// The format of the response.
    pub format: ItemFormat,
    /// The media type of the response.
    pub media_type: &'static str,
    /// Decodes an item: [`json_item`] or [`text_item`].
    pub decode: fn(&[u8], &Leniency) -> Result<T, DecodeError>,
    /// Validates an item.
    pub check: fn(&T, ValidationContext<'_>),
}

impl<T> Clone for ItemKind<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for ItemKind<T> {}

/// Decodes an item as JSON.
///
/// # Errors
/// Returns an error if the item is not JSON, or if its value is not of the type `T`.
#[doc(hidden)]
pub fn json_item<T: DecodeOwned>(data: &[u8], leniency: &Leniency) -> Result<T, DecodeError> {
    from_slice(data, leniency).map_err(|error| DecodeError::new(data, &error, leniency))
}

/// Decodes an item as text.
///
/// # Errors
/// Returns an error if the item is not UTF-8.
#[doc(hidden)]
pub fn text_item(data: &[u8], _leniency: &Leniency) -> Result<String, DecodeError> {
    let text = std::str::from_utf8(data);
    text.map(str::to_owned).map_err(|error| DecodeError::of_body(format!("the body is not UTF-8: {error}")))
}

/// Sends an operation, and returns the items of the response.
///
/// # Errors
/// Returns an error if the request is invalid, if no response was received, or if the response is not a success.
#[doc(hidden)]
pub async fn items<'c, O, T: 'c>(operation: O, kind: ItemKind<T>) -> Result<ItemStream<'c, T>, Error>
where
    O: Operation<Transport: StreamingTransport + Sync> + Clone + Send + Sync + 'c,
    O::Api: Sync,
{
    // part: idempotency_keys
    let operation = with_idempotency_key(operation);
    // end of part
    let operation = Arc::new(operation);
    let config = Arc::clone(&operation.call().client.config);
    let call = operation.call();
    let (limit, policy) = (call.limit(), call.options().retry.as_ref().unwrap_or(&config.retry).clone());
    let can_resume = kind.format == ItemFormat::Events && call.is_idempotent::<O>();
    let (opened, read, lost) = (Arc::clone(&operation), Arc::clone(&operation), Arc::clone(&operation));
    let open = move |id| Box::pin(opened_items((*opened).clone(), kind.media_type, id)) as BoxFuture<'c, Opened>;
    let response = open(None).await?;
    Ok(ItemStream {
        opened_at: config.clock.uptime(),
        config,
        state: State::Receiving(response.into_body()),
        parser: EventParser::new(kind.format, limit),
        open: Box::new(open),
        read: Box::new(move |data| read.call().read_item(&*read, &data, kind)),
        lost: Box::new(move |error| Error::transport(describe(&*lost), error)),
        can_resume,
        policy,
        losses: 0,
        short_connections: 0,
    })
}

// part: idempotency_keys
/// Chooses the idempotency key before the first request, so that the service recognizes the requests of later connections.
fn with_idempotency_key<O: Operation>(mut operation: O) -> O {
    let mut options = operation.call().options().clone();
    options.stream_key = operation.call().idempotency_key::<O>();
    operation.set_options(options);
    operation
}
// end of part

/// Sends an operation whose response is a series of items of this media type.
async fn opened_items<O>(mut operation: O, media_type: &'static str, last_id: Option<Arc<str>>) -> Opened
where
    O: Operation<Transport: StreamingTransport + Sync> + Send + Sync,
{
    let mut options = operation.call().options().clone();
    options.plain_headers.push(("Accept", media_type.to_owned()));
    options.plain_headers.extend(last_id.map(|id| ("Last-Event-ID", id.to_string())));
    operation.set_options(options);
    let call = operation.call();
    let mut attempts: Attempts<'_> = call.attempts::<O>();
    let result = call.open(&operation, &mut attempts).await;
    let result = match result {
        Ok(response) if is_stream(&response, media_type) => Ok(response),
        Ok(response) => {
            let (parts, body) = response.into_parts();
            Err(call.failure(&operation, http::Response::from_parts(parts, Bytes::new()), body, &attempts).await)
        }
        Err(error) => Err(error),
    };
    result.map_err(|error| call.failed(error, attempts))
}

/// Returns whether a response is a success with the media type, or a success without a body.
fn is_stream(response: &http::Response<ByteStream>, media_type: &str) -> bool {
    let content_type = content_type(response.headers());
    let same = |found: &str| essence(found).eq_ignore_ascii_case(essence(media_type));
    let is_lines = |found: &str| essence(found).to_ascii_lowercase().contains("json");
    let is_known =
        content_type.is_none_or(|found| same(found) || (!media_type.starts_with("text/") && is_lines(found)));
    response.status().is_success() && is_known
}

impl<A: Api, T> Call<'_, A, T> {
    /// Decodes an item, and validates it if the policy says so. Each item has the time of a whole call.
    fn read_item<O: Operation<Api = A>, I>(&self, operation: &O, data: &[u8], kind: ItemKind<I>) -> Result<I, Error> {
        let limit = self.limit().0;
        let policy = self.response_policy();
        let received = || {
            let response = http::Response::new(Bytes::copy_from_slice(data));
            RawResponse::new(response, Leniency::counting()).into_received(&A::ERROR, None)
        };
        let is_validated = !matches!(policy, ResponsePolicy::Off);
        let leniency = if is_validated { Leniency::recording() } else { Leniency::counting() };
        let decode = || -> Result<I, Error> {
            let decoded = (kind.decode)(data, &leniency);
            let item = decoded.map_err(|error| Error::decode(describe(operation), error, received()))?;
            if is_validated {
                let report = Report::new(Direction::Response);
                leniency.report(ValidationContext::root(&report));
                (kind.check)(&item, ValidationContext::root(&report));
                match (report.finish(), policy) {
                    (Err(violations), ResponsePolicy::Warn(hook)) => hook(O::ID, &violations),
                    (Err(violations), _) => {
                        return Err(Error::invalid_response(describe(operation), violations, received()));
                    }
                    (Ok(()), _) => {}
                }
            }
            Ok(item)
        };
        let late = || TransportError::Timeout("decoding and validation of an item took too long".into());
        let item = deadline::within(self.timeout(), || limited(data.len(), limit, || share(decode)));
        item.unwrap_or_else(|| Err(Error::transport(describe(operation), late())))
    }
}

impl<T> ItemStream<'_, T> {
    /// Waits for the next item. Returns `None` at the end. A call that is dropped loses no item.
    ///
    /// ```text
    /// while let Some(item) = items.next().await {
    ///     println!("{:?}", item?.data);
    /// }
    /// ```
    pub async fn next(&mut self) -> Option<Result<StreamItem<T>, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    /// Returns the ID of the last event that has one.
    pub fn last_id(&self) -> Option<&str> {
        self.parser.last_id.as_deref()
    }

    /// Returns the next item in the bytes that were received. Returns `None` if there is no whole one.
    fn received(&mut self) -> Option<Result<StreamItem<T>, Error>> {
        match self.parser.next() {
            Ok(item) => item.and_then(|item| self.item(item)),
            Err(error) => {
                self.state = State::Ended;
                Some(Err((self.lost)(error)))
            }
        }
    }

    fn item(&mut self, item: RawItem) -> Option<Result<StreamItem<T>, Error>> {
        self.losses = 0;
        let is_done = item.data == DONE;
        let id = self.parser.last_id.clone();
        match (self.read)(item.data) {
            Ok(data) => Some(Ok(StreamItem { data, name: item.name, id })),
            Err(_) if is_done => {
                self.state = State::Ended;
                None
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// Connects again after the connection was lost, or returns its error.
    fn lose(&mut self, error: TransportError) -> Option<Error> {
        let asked = self.parser.retry;
        let may_resume = self.can_resume
            && self.parser.last_id.as_deref().is_some_and(is_header_value)
            && asked.is_none_or(|asked| asked <= self.policy.longest_retry_after)
            && self.losses + 1 < self.policy.max_attempts;
        if !may_resume || !self.config.retry_budget.take() {
            self.state = State::Ended;
            return Some((self.lost)(error));
        }
        self.losses += 1;
        self.parser.restart();
        let clock = self.config.clock.clone();
        let is_short = clock.uptime().saturating_sub(self.opened_at) < SHORT;
        self.short_connections = if is_short { self.short_connections + 1 } else { 0 };
        // A service that loses every connection at once is not asked faster because it wishes so.
        let failed = match asked {
            Some(_) => self.short_connections.saturating_sub(1),
            None => self.short_connections.max(self.losses as usize),
        };
        let longest = if failed == 0 { Duration::ZERO } else { self.policy.longest_delay_after(failed) };
        let delay = longest.mul_f64(self.config.randomness.fraction()).max(asked.unwrap_or_default());
        self.state = State::Waiting(Box::pin(async move { clock.wait(delay, false).await }));
        None
    }
}

/// Returns whether the header `Last-Event-ID` can have this value. Otherwise, the service could not resume after the event.
fn is_header_value(id: &str) -> bool {
    http::HeaderValue::from_str(id).is_ok_and(|value| value.to_str().is_ok())
}

impl<T> Stream for ItemStream<'_, T> {
    type Item = Result<StreamItem<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            match &mut self.state {
                State::Ended => return Poll::Ready(None),
                State::Waiting(delay) => {
                    ready!(delay.as_mut().poll(context));
                    self.state = State::Opening((self.open)(self.parser.last_id.clone()));
                }
                State::Opening(response) => match ready!(response.as_mut().poll(context)) {
                    Ok(response) => {
                        self.opened_at = self.config.clock.uptime();
                        self.state = State::Receiving(response.into_body());
                    }
                    Err(error) => {
                        self.state = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                State::Receiving(_) => {
                    if let Some(item) = self.received() {
                        return Poll::Ready(Some(item));
                    }
                    let State::Receiving(body) = &mut self.state else { continue };
                    match ready!(Pin::new(body).poll_next(context)) {
                        Some(Ok(piece)) => self.parser.push(&piece),
                        Some(Err(error)) => {
                            if let Some(error) = self.lose(error) {
                                return Poll::Ready(Some(Err(error)));
                            }
                        }
                        None => {
                            self.state = State::Ended;
                            let last = self.parser.finish();
                            return Poll::Ready(last.and_then(|item| self.item(item)));
                        }
                    }
                }
            }
        }
    }
}

impl<T> fmt::Debug for ItemStream<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ItemStream")
    }
}
