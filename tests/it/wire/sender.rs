//! Performs a call that receives a prepared response: without I/O, with `reqwest`, or with the blocking client.

use std::fmt::Write;

use bytes::Bytes;
use generated::runtime::{
    self, Api, Blocking, Builder, Client, Detached, Error, Operation, Reply, Reqwest, RetryPolicy,
};
use generated::{personium, secmaster};
use http::HeaderMap;
use serde::Serialize;
use serde_json::Value;

use crate::socket::{Request, Server};

/// The request of a call, and the result of the call.
#[derive(Debug)]
pub(super) struct Exchange {
    /// The request, if one was sent.
    pub(super) sent: Option<Request>,
    /// Whether the request was sent over a socket. If so, it also has the headers that the transport adds.
    pub(super) over_socket: bool,
    /// The result of `send`.
    pub(super) outcome: Result<Decoded, Error>,
}

/// A successful response of any type.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The status.
    pub(super) status: u16,
    /// The decoded value, serialized again.
    pub(super) value: Value,
    /// The headers that the document describes, by name, with their typed values as text.
    pub(super) documented: Vec<(&'static str, Option<String>)>,
    /// All headers.
    pub(super) headers: HeaderMap,
}

/// Performs one call with one kind of client. The call receives one prepared response.
pub(super) trait Sender: Sized {
    /// The transport of the client.
    type Transport: Send + Sync;

    /// Creates a sender whose call receives this response.
    fn with(response: http::Response<Bytes>) -> Self;

    /// Returns the base URL of the sender's server, or `base_url` if the sender has no server.
    fn base_url(&self, base_url: &str) -> String;

    /// Builds the client.
    fn client<A: Api>(&self, builder: Builder<A>) -> Result<Client<A, Self::Transport>, Error>;

    /// Sends the call.
    fn execute<O>(self, call: O) -> Exchange
    where
        O: Operation<Transport = Self::Transport, Success: Serialize, Headers: TypedHeaders> + Send + Sync,
        O::Api: Sync;

    /// Returns the exchange for a client whose builder failed with `error`.
    fn client_error(self, error: Error) -> Exchange;
}

/// The typed headers of a successful response, by name.
pub(super) trait TypedHeaders {
    fn by_name(self) -> Vec<(&'static str, Option<String>)>;
}

impl TypedHeaders for () {
    fn by_name(self) -> Vec<(&'static str, Option<String>)> {
        Vec::new()
    }
}

impl TypedHeaders for secmaster::DeleteDataobjectRelationHeaders {
    fn by_name(self) -> Vec<(&'static str, Option<String>)> {
        vec![("x-request-id", self.x_request_id)]
    }
}

impl TypedHeaders for personium::UnlinkedHeaders {
    fn by_name(self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("dataserviceversion", self.data_service_version),
            ("access-control-allow-origin", self.access_control_allow_origin),
            ("x-personium-version", self.x_personium_version),
        ]
    }
}

impl Decoded {
    fn new<S: Serialize, H: TypedHeaders>(reply: Reply<S, H>) -> Self {
        Self {
            status: reply.status.as_u16(),
            value: serde_json::to_value(reply.value).unwrap(),
            documented: reply.headers.by_name(),
            headers: reply.all_headers,
        }
    }
}

/// A sender with a detached client, which performs no I/O.
pub(super) struct DetachedSender(http::Response<Bytes>);

impl Sender for DetachedSender {
    type Transport = Detached;

    fn with(response: http::Response<Bytes>) -> Self {
        Self(response)
    }

    fn base_url(&self, base_url: &str) -> String {
        base_url.to_owned()
    }

    fn client<A: Api>(&self, builder: Builder<A>) -> Result<runtime::Client<A, Detached>, Error> {
        builder.build_detached()
    }

    fn execute<O>(self, call: O) -> Exchange
    where
        O: Operation<Transport = Detached, Success: Serialize, Headers: TypedHeaders> + Send + Sync,
        O::Api: Sync,
    {
        match call.request() {
            Ok(request) => {
                let outcome = call.read(self.0).map(Decoded::new);
                Exchange { sent: Some(Request::from(&request)), over_socket: false, outcome }
            }
            Err(error) => self.client_error(error),
        }
    }

    fn client_error(self, error: Error) -> Exchange {
        Exchange { sent: None, over_socket: false, outcome: Err(error) }
    }
}

/// A sender with an asynchronous client over `reqwest`, and its server.
pub(super) struct ReqwestSender(Server);

impl Sender for ReqwestSender {
    type Transport = Reqwest;

    fn with(response: http::Response<Bytes>) -> Self {
        Self(Server::responding(response))
    }

    fn base_url(&self, base_url: &str) -> String {
        on_server(&self.0, base_url)
    }

    fn client<A: Api>(&self, builder: Builder<A>) -> Result<Client<A, Reqwest>, Error> {
        builder.retry(RetryPolicy::off()).build()
    }

    fn execute<O>(self, call: O) -> Exchange
    where
        O: Operation<Transport = Reqwest, Success: Serialize, Headers: TypedHeaders> + Send + Sync,
        O::Api: Sync,
    {
        let outcome = tokio::runtime::Runtime::new().unwrap().block_on(call.send()).map(Decoded::new);
        recorded(self.0, outcome)
    }

    fn client_error(self, error: Error) -> Exchange {
        recorded(self.0, Err(error))
    }
}

/// A sender with a blocking client, and its server.
pub(super) struct BlockingSender(Server);

impl Sender for BlockingSender {
    type Transport = Blocking;

    fn with(response: http::Response<Bytes>) -> Self {
        Self(Server::responding(response))
    }

    fn base_url(&self, base_url: &str) -> String {
        on_server(&self.0, base_url)
    }

    fn client<A: Api>(&self, builder: Builder<A>) -> Result<Client<A, Blocking>, Error> {
        builder.retry(RetryPolicy::off()).build_blocking()
    }

    fn execute<O>(self, call: O) -> Exchange
    where
        O: Operation<Transport = Blocking, Success: Serialize, Headers: TypedHeaders> + Send + Sync,
        O::Api: Sync,
    {
        let outcome = call.send_blocking().map(Decoded::new);
        recorded(self.0, outcome)
    }

    fn client_error(self, error: Error) -> Exchange {
        recorded(self.0, Err(error))
    }
}

/// Returns the base URL with `http` as its scheme and the server as its host. An invalid base URL stays invalid, because the
/// client must report it.
fn on_server(server: &Server, base_url: &str) -> String {
    let Some((scheme, rest)) = base_url.split_once("://") else { return base_url.to_owned() };
    let scheme = if scheme == "https" { "http" } else { scheme };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let user = authority.rfind('@').map_or("", |at| &authority[..=at]);
    format!("{scheme}://{user}{}{path}", server.address())
}

/// Stops the server. Returns its only request, if it has received one, together with `outcome`.
fn recorded(server: Server, outcome: Result<Decoded, Error>) -> Exchange {
    let mut requests = server.stop();
    assert!(requests.len() <= 1, "several connections for one call: {requests:?}");
    Exchange { sent: requests.pop(), over_socket: true, outcome }
}

/// Renders the request as text, with sorted headers.
pub(super) fn rendered(request: &Request) -> String {
    let mut headers = request.headers.clone();
    headers.sort();
    let mut out = format!("{}\n", request.line);
    for (name, value) in &headers {
        match value.chars().count() {
            0..=200 => _ = writeln!(out, "{name}: {value}"),
            length => {
                _ = writeln!(out, "{name}: {}… ({length} characters)", value.chars().take(20).collect::<String>())
            }
        }
    }
    let body = String::from_utf8_lossy(&request.body);
    if !body.is_empty() {
        _ = writeln!(out, "\n{body}");
    }
    out
}
