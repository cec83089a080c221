// copperplate runtime: copied into each generated crate that uses it.
//! The blocking transport over `reqwest::blocking`.

use std::io::{self, Read};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use bytes::Bytes;

use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::proxy::environment_proxies;
use crate::runtime::client::reqwest_transport::{target, transport_error};
use crate::runtime::client::transport::{BlockingTransport, ResponseLimit, TransportError};

/// The length of the pieces in which a body is read, in bytes.
const PIECE: usize = 16 << 10;

/// A transport over `reqwest::blocking`. Do not use this transport inside an async runtime, because `reqwest::blocking`
/// panics there.
#[derive(Debug, Clone)]
pub struct Blocking(pub reqwest::blocking::Client);

impl Blocking {
    /// Creates a transport that follows no redirects. Requests to this computer go through no proxy of the environment.
    pub(crate) fn standard(connect_timeout: Duration) -> Result<Self, TransportError> {
        let builder = reqwest::blocking::Client::builder().timeout(None).connect_timeout(connect_timeout);
        let builder = environment_proxies().into_iter().fold(builder, |builder, proxy| builder.proxy(proxy));
        builder.redirect(reqwest::redirect::Policy::none()).build().map(Self).map_err(transport_error)
    }
}

/// Reads a body. Stops with an error when the body exceeds the limit.
fn read_body(mut response: reqwest::blocking::Response, limit: ResponseLimit) -> Result<Bytes, TransportError> {
    let mut body = Vec::new();
    // Reads at most one byte beyond the limit. This byte shows that the body exceeds the limit.
    let length = (limit.0 as u64).saturating_add(1);
    response.by_ref().take(length).read_to_end(&mut body).map_err(read_error)?;
    limit.check(body.len() as u64)?;
    Ok(body.into())
}

/// Reads a body like [`read_body`]. Stops with an error when no byte was received for `idle`.
///
/// `reqwest::blocking` has no such timeout, so another thread reads. If it waits for a byte when this function returns, it ends with
/// the timeout of the attempt.
fn read_busy_body(
    mut response: reqwest::blocking::Response,
    limit: ResponseLimit,
    idle: Duration,
) -> Result<Bytes, TransportError> {
    // The thread reads no further than one piece ahead.
    let (sender, pieces) = mpsc::sync_channel(0);
    thread::spawn(move || {
        loop {
            let mut piece = vec![0; PIECE];
            let read = response.read(&mut piece).map_err(read_error);
            let is_last = !matches!(read, Ok(1..));
            let read = read.map(|length| {
                piece.truncate(length);
                piece
            });
            if sender.send(read).is_err() || is_last {
                return;
            }
        }
    });
    let mut body = Vec::new();
    loop {
        let piece = pieces
            .recv_timeout(idle)
            .map_err(|_| TransportError::Timeout(format!("no byte of the body was received for {idle:?}").into()))??;
        if piece.is_empty() {
            return Ok(body.into());
        }
        body.extend_from_slice(&piece);
        limit.check(body.len() as u64)?;
    }
}

fn read_error(error: io::Error) -> TransportError {
    let kind = error.kind();
    let is_timeout = kind == io::ErrorKind::TimedOut;
    match error.into_inner().map(|error| error.downcast::<reqwest::Error>()) {
        Some(Ok(error)) => transport_error(*error),
        Some(Err(error)) if is_timeout => TransportError::Timeout(error),
        Some(Err(error)) => TransportError::Connection(error),
        None => TransportError::Connection(io::Error::from(kind).into()),
    }
}

impl BlockingTransport for Blocking {
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let (parts, body) = request.into_parts();
        let mut request = reqwest::blocking::Request::new(parts.method, target(&parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.version_mut() = parts.version;
        *request.body_mut() = Some(body.into());
        let attempt = parts.extensions.get::<Attempt>();
        *request.timeout_mut() = attempt.map(|attempt| attempt.timeout);
        let limit = attempt.map_or_else(ResponseLimit::default, |attempt| attempt.response_limit);
        let idle = attempt.and_then(|attempt| attempt.idle_timeout);
        let mut received = self.0.execute(request).map_err(transport_error)?;
        let (status, headers) = (received.status(), std::mem::take(received.headers_mut()));
        // If the header `Content-Length` exceeds the limit, the body is not read.
        limit.check(received.content_length().unwrap_or_default())?;
        let body = match idle {
            Some(idle) => read_busy_body(received, limit, idle)?,
            None => read_body(received, limit)?,
        };
        let mut response = http::Response::new(body);
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}
