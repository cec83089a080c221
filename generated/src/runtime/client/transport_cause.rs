// copperplate runtime: copied into each generated crate that uses it.
//! The usual causes of transport errors, such as a refused connection.

use std::error::Error;
use std::{fmt, io, iter};

use crate::runtime::client::transport::TransportError;
use crate::runtime::printing::Cut;

/// The maximal number of characters of the errors in a transport error that are printed.
const DETAIL_LENGTH: usize = 300;

/// The maximal number of errors in a chain of sources that are read.
const CHAIN_LENGTH: usize = 32;

/// The messages of errors that add nothing to the kind of a transport error.
const EMPTY_MESSAGES: &[&str] = &[
    "error sending request",
    "error decoding response body",
    "request or response body error",
    "error reading a body from connection",
    "client error (Connect)",
    "client error (SendRequest)",
    "tcp connect error",
    "operation timed out",
];

/// Returns the usual cause that the errors in a transport error name. Returns `None` if they name none.
pub(crate) fn cause(error: &TransportError) -> Option<Cause> {
    let is_connect = matches!(error, TransportError::Connect(_));
    match error {
        TransportError::Connect(inner) | TransportError::Connection(inner) => {
            chain(&**inner).find_map(|error| Cause::of(error, is_connect))
        }
        TransportError::Timeout(_) | TransportError::ResponseTooLarge(_) | TransportError::Other(_) => None,
    }
}

/// A usual cause of a transport error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    Dns,
    Refused,
    Tls,
    TimedOut,
    Closed,
}

impl Cause {
    /// Returns the cause that `error` itself names, without its sources. The transports depend on no crate that has a
    /// type for each cause, so all errors but those of the standard library are recognized by their messages.
    fn of(error: &(dyn Error + 'static), is_connect: bool) -> Option<Self> {
        use io::ErrorKind::{
            BrokenPipe, ConnectionAborted, ConnectionRefused, ConnectionReset, NotConnected, TimedOut, UnexpectedEof,
        };
        let message = error.to_string().to_ascii_lowercase();
        let contains = |words: &[&str]| words.iter().any(|word| message.contains(word));
        let kind = error.downcast_ref::<io::Error>().map(io::Error::kind);
        if is_connect {
            return match kind {
                _ if contains(&["dns", "lookup address"]) => Some(Self::Dns),
                Some(ConnectionRefused) => Some(Self::Refused),
                Some(TimedOut) => Some(Self::TimedOut),
                _ if contains(&[
                    "tls",
                    "ssl",
                    "certificate",
                    "handshake",
                    "corrupt message",
                    "fatal alert",
                    "peer ",
                ]) =>
                {
                    Some(Self::Tls)
                }
                _ if contains(&["timed out", "deadline has elapsed"]) => Some(Self::TimedOut),
                _ => None,
            };
        }
        let is_closed =
            matches!(kind, Some(BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected | UnexpectedEof));
        let words = ["connection closed before", "end of file before", "unexpected eof"];
        (is_closed || contains(&words)).then_some(Self::Closed)
    }
}

/// Iterates over an error and its sources. The error inside an `io::Error` is not its source, but is a part of the
/// chain.
fn chain<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    fn next<'e>(error: &'e (dyn Error + 'static)) -> Option<&'e (dyn Error + 'static)> {
        match error.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(inner) => Some(inner),
            None => error.source(),
        }
    }
    iter::successors(Some(error), |error| next(*error)).take(CHAIN_LENGTH)
}

/// Prints a transport error on one line: its named cause, or its kind and the messages of all errors in it.
pub(crate) struct Summary<'a>(pub &'a TransportError);

impl fmt::Display for Summary<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let root =
            || self.0.source().and_then(|error| chain(error).last()).map(ToString::to_string).unwrap_or_default();
        match cause(self.0) {
            Some(Cause::Refused) => f.write_str("the connection was refused"),
            Some(Cause::TimedOut) => f.write_str("the connection could not be established in time"),
            Some(Cause::Closed) => f.write_str("the connection was closed before the response was complete"),
            Some(Cause::Dns) => {
                write!(f, "the name of the host could not be resolved: {}", Cut(&root(), DETAIL_LENGTH))
            }
            Some(Cause::Tls) => {
                let root = root();
                let is_plain = ["InvalidContentType", "wrong version number"].iter().any(|text| root.contains(text));
                let hint = if is_plain { "; the port may not use TLS" } else { "" };
                write!(f, "the TLS handshake failed: {}{hint}", Cut(&root, DETAIL_LENGTH))
            }
            None => match self.messages() {
                messages if messages.is_empty() => write!(f, "{}", self.0),
                messages => write!(f, "{}: {}", self.0, Cut(&messages, DETAIL_LENGTH)),
            },
        }
    }
}

impl Summary<'_> {
    /// Returns the messages of the wrapped errors, without those that repeat a message or add nothing.
    fn messages(&self) -> String {
        let mut messages = String::new();
        for message in self.0.source().into_iter().flat_map(chain).map(ToString::to_string) {
            if !EMPTY_MESSAGES.contains(&message.as_str()) && !messages.contains(&message) {
                let separator = if messages.is_empty() { "" } else { ": " };
                messages.extend([separator, &message]);
            }
        }
        messages
    }
}
