//! The ways a call is carried: by nobody, by `reqwest`, by its blocking client.

use std::fmt::Write;

use bytes::Bytes;
use generated::runtime::{self, Api, Blocking, Builder, Call, Client, Detached, Error, Operation, Reply, Reqwest};
use generated::{personium, secmaster};
use http::HeaderMap;
use serde::Serialize;
use serde_json::Value;

use crate::socket::{Request, Server};

/// What was sent, and what the client made of the answer.
#[derive(Debug)]
pub(super) struct Exchange {
    /// The request, where one was sent.
    pub(super) sent: Option<Request>,
    /// Whether a server saw it, so that it has what the transport adds.
    pub(super) arrived: bool,
    /// What `send` returned.
    pub(super) outcome: Result<Decoded, Error>,
}

/// A success, whatever its type.
#[derive(Debug)]
pub(super) struct Decoded {
    /// The status.
    pub(super) status: u16,
    /// The value, encoded again.
    pub(super) value: Value,
    /// The headers that the document describes.
    pub(super) documented: Vec<(&'static str, Option<String>)>,
    /// All headers.
    pub(super) headers: HeaderMap,
}

/// Carries one call to one answer.
pub(super) trait Sender: Sized {
    /// The transport of its clients.
    type Transport;

    /// A carrier that brings this answer.
    fn with(answer: http::Response<Bytes>) -> Self;

    /// The base URL to call instead of `base_url`.
    fn redirected(&self, base_url: &str) -> String;

    /// Builds the client.
    fn client<A: Api>(&self, builder: Builder<A>) -> Result<Client<A, Self::Transport>, Error>;

    /// Sends the call.
    fn execute<O>(self, call: Call<'_, O, Self::Transport>) -> Exchange
    where
        O: Operation<Success: Serialize, Headers: Documented>;

    /// What there is where the client could not be built.
    fn nothing(self, error: Error) -> Exchange;
}

/// The headers of a success, by name.
pub(super) trait Documented {
    fn by_name(self) -> Vec<(&'static str, Option<String>)>;
}

impl Documented for () {
    fn by_name(self) -> Vec<(&'static str, Option<String>)> {
        Vec::new()
    }
}

impl Documented for secmaster::DeleteDataobjectRelationHeaders {
    fn by_name(self) -> Vec<(&'static str, Option<String>)> {
        vec![("x-request-id", self.x_request_id)]
    }
}

impl Documented for personium::UnlinkedHeaders {
    fn by_name(self) -> Vec<(&'static str, Option<String>)> {
        vec![
            ("dataserviceversion", self.data_service_version),
            ("access-control-allow-origin", self.access_control_allow_origin),
            ("x-personium-version", self.x_personium_version),
        ]
    }
}

impl Decoded {
    fn new<S: Serialize, H: Documented>(reply: Reply<S, H>) -> Self {
        Self {
            status: reply.status.as_u16(),
            value: serde_json::to_value(reply.value).unwrap(),
            documented: reply.headers.by_name(),
            headers: reply.all_headers,
        }
    }
}

/// The operation alone: no I/O.
pub(super) struct Alone(http::Response<Bytes>);

impl Sender for Alone {
    type Transport = Detached;

    fn with(answer: http::Response<Bytes>) -> Self {
        Self(answer)
    }

    fn redirected(&self, base_url: &str) -> String {
        base_url.to_owned()
    }

    fn client<A: Api>(&self, builder: Builder<A>) -> Result<runtime::Client<A, Detached>, Error> {
        builder.build_detached()
    }

    fn execute<O>(self, call: Call<'_, O, Detached>) -> Exchange
    where
        O: Operation<Success: Serialize, Headers: Documented>,
    {
        match call.request() {
            Ok(request) => {
                let outcome = call.read(self.0).map(Decoded::new);
                Exchange { sent: Some(Request::from(&request)), arrived: false, outcome }
            }
            Err(error) => self.nothing(error),
        }
    }

    fn nothing(self, error: Error) -> Exchange {
        Exchange { sent: None, arrived: false, outcome: Err(error) }
    }
}

/// A client over `reqwest`, and a server that answers it.
pub(super) struct OverReqwest(Server);

impl Sender for OverReqwest {
    type Transport = Reqwest;

    fn with(answer: http::Response<Bytes>) -> Self {
        Self(Server::answering(answer))
    }

    fn redirected(&self, base_url: &str) -> String {
        on_server(&self.0, base_url)
    }

    fn client<A: Api>(&self, builder: Builder<A>) -> Result<Client<A, Reqwest>, Error> {
        builder.build()
    }

    fn execute<O>(self, call: Call<'_, O, Reqwest>) -> Exchange
    where
        O: Operation<Success: Serialize, Headers: Documented>,
    {
        let outcome = tokio::runtime::Runtime::new().unwrap().block_on(call.send()).map(Decoded::new);
        arrived(self.0, outcome)
    }

    fn nothing(self, error: Error) -> Exchange {
        arrived(self.0, Err(error))
    }
}

/// A blocking client, and a server that answers it.
pub(super) struct OverBlocking(Server);

impl Sender for OverBlocking {
    type Transport = Blocking;

    fn with(answer: http::Response<Bytes>) -> Self {
        Self(Server::answering(answer))
    }

    fn redirected(&self, base_url: &str) -> String {
        on_server(&self.0, base_url)
    }

    fn client<A: Api>(&self, builder: Builder<A>) -> Result<Client<A, Blocking>, Error> {
        builder.build_blocking()
    }

    fn execute<O>(self, call: Call<'_, O, Blocking>) -> Exchange
    where
        O: Operation<Success: Serialize, Headers: Documented>,
    {
        let outcome = call.send_blocking().map(Decoded::new);
        arrived(self.0, outcome)
    }

    fn nothing(self, error: Error) -> Exchange {
        arrived(self.0, Err(error))
    }
}

/// The same base URL on the server, over plain HTTP. What is wrong with it stays: it is up to the client to say so.
fn on_server(server: &Server, base_url: &str) -> String {
    let Some((scheme, rest)) = base_url.split_once("://") else { return base_url.to_owned() };
    let scheme = if scheme == "https" { "http" } else { scheme };
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let user = authority.rfind('@').map_or("", |at| &authority[..=at]);
    format!("{scheme}://{user}{}{path}", server.address())
}

/// The one request that the server has seen, where it has seen any connection.
fn arrived(server: Server, outcome: Result<Decoded, Error>) -> Exchange {
    let mut requests = server.stop();
    assert!(requests.len() <= 1, "several connections for one call: {requests:?}");
    Exchange { sent: requests.pop(), arrived: true, outcome }
}

/// The request as text, in a form that does not depend on the order of the headers.
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
