//! A server on the loopback interface that records requests byte for byte, and tests of clients over it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use bytes::Bytes;

/// Tests that secrets are not printed if they are only a part of a parameter, a header or a value.
mod contained_secrets;
/// Tests of errors: the cause that they name, the request that they are about, and whether it may be sent again.
mod errors;
/// Tests of faults of servers and connections: the outcome of each, and how often the request is sent.
mod faults;
/// Tests of the limits of a call: the size of the response, and the time until its last byte.
mod limits;
/// Tests of the proxies that environment variables name.
mod proxies;
/// Tests of request targets: the encoding of values, and requests that are rejected before they are sent.
mod request_targets;
/// Tests of the results of calls: documented, undocumented, invalid and missing responses.
mod responses;
/// Tests of transports that contain others, services of `tower`, and spans of `tracing`.
mod seams;
/// Tests that nothing secret is printed.
mod secrets;

/// The byte that stops the server. No HTTP request starts with it.
const STOP: u8 = 0;

/// The maximum time that the server waits for the rest of a request.
const READ_TIMEOUT: Duration = Duration::from_secs(5);

/// A server for one test. It accepts one request per connection, and one connection at a time.
pub(crate) struct Server {
    address: SocketAddr,
    thread: Option<JoinHandle<Vec<Request>>>,
}

/// A request as the server received it. Each byte of the head is converted to one character, so that all bytes are visible.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// The request line: method, target and version.
    pub(crate) line: String,
    /// The names and values of the headers, in the order in which they were sent.
    pub(crate) headers: Vec<(String, String)>,
    /// The bytes after the head.
    pub(crate) body: Vec<u8>,
}

impl Server {
    /// Starts a server that sends this response to every request.
    pub(crate) fn responding(response: http::Response<Bytes>) -> Self {
        Self::start(Some(serialized(&response)))
    }

    /// Starts a server that accepts requests and never responds.
    pub(crate) fn unresponsive() -> Self {
        Self::start(None)
    }

    fn start(response: Option<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        Self { address, thread: Some(thread::spawn(move || serve(&listener, response.as_deref()))) }
    }

    /// Returns the host and port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns `http://127.0.0.1:…` without a trailing slash.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Stops the server and returns the request of each connection. A request is empty if the client sent nothing.
    pub(crate) fn stop(mut self) -> Vec<Request> {
        self.join()
    }

    fn join(&mut self) -> Vec<Request> {
        let Some(thread) = self.thread.take() else { return Vec::new() };
        // Connections are accepted in order, so all earlier requests are recorded.
        TcpStream::connect(self.address).unwrap().write_all(&[STOP]).unwrap();
        thread.join().unwrap()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.join();
    }
}

impl Request {
    fn parse(raw: &[u8]) -> Self {
        let end = head_length(raw).unwrap_or(raw.len());
        let head: String = raw[..end].iter().copied().map(char::from).collect();
        let mut lines = head.split("\r\n").filter(|line| !line.is_empty());
        let line = lines.next().unwrap_or_default().to_owned();
        let headers = lines.map(|line| line.split_once(": ").unwrap_or((line, "")));
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Self { line, headers, body: raw[end..].to_vec() }
    }

    /// Returns the values of all headers with the name `name`.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.headers.iter().filter(|(line, _)| line.eq_ignore_ascii_case(name));
        lines.map(|(_, value)| value.as_str()).collect()
    }
}

/// Converts the request that an operation builds. The headers that a transport adds are missing.
impl From<&http::Request<Bytes>> for Request {
    fn from(request: &http::Request<Bytes>) -> Self {
        let target = request.uri().path_and_query().map_or("", |target| target.as_str());
        let latin = |value: &http::HeaderValue| value.as_bytes().iter().copied().map(char::from).collect();
        Self {
            line: format!("{} {target} HTTP/1.1", request.method()),
            headers: request.headers().iter().map(|(name, value)| (name.to_string(), latin(value))).collect(),
            body: request.body().to_vec(),
        }
    }
}

fn serve(listener: &TcpListener, response: Option<&[u8]>) -> Vec<Request> {
    let mut requests = Vec::new();
    let mut open = Vec::new();
    while let Ok((mut connection, _)) = listener.accept() {
        let raw = receive(&mut connection);
        if raw == [STOP] {
            break;
        }
        requests.push(Request::parse(&raw));
        match response {
            // The client may have closed the connection.
            Some(response) => _ = connection.write_all(response),
            None => open.push(connection),
        }
    }
    requests
}

fn receive(connection: &mut TcpStream) -> Vec<u8> {
    connection.set_read_timeout(Some(READ_TIMEOUT)).unwrap();
    let mut raw = Vec::new();
    let mut chunk = [0; 4096];
    while !is_complete(&raw) {
        match connection.read(&mut chunk) {
            Ok(0) | Err(_) => break,
            Ok(length) => raw.extend_from_slice(&chunk[..length]),
        }
    }
    raw
}

fn is_complete(raw: &[u8]) -> bool {
    let Some(head) = head_length(raw) else { return raw == [STOP] };
    let length = Request::parse(&raw[..head]).header("Content-Length").first().map_or(0, |text| text.parse().unwrap());
    raw.len() >= head + length
}

fn head_length(raw: &[u8]) -> Option<usize> {
    raw.windows(4).position(|window| window == b"\r\n\r\n").map(|start| start + 4)
}

/// Serializes a response, with the header `Connection: close`.
fn serialized(response: &http::Response<Bytes>) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {}\r\nConnection: close\r\n", response.status()).into_bytes();
    for (name, value) in response.headers() {
        out.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    if response.status() != http::StatusCode::NO_CONTENT {
        out.extend(format!("Content-Length: {}\r\n", response.body().len()).bytes());
    }
    out.extend(b"\r\n");
    out.extend(response.body());
    out
}

/// Builds a JSON response.
pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> http::Response<Bytes> {
    let builder = http::Response::builder().status(status).header("Content-Type", "application/json");
    builder.body(body.into()).unwrap()
}

/// The request has exactly one `Content-Length`, which is correct, and the body is not chunked.
#[tokio::test]
async fn a_delete_body_is_sent_with_its_length() {
    let server = Server::responding(json(200, "{}"));
    let client = generated::osm::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
    let body = generated::osm::DeleteRelationRequest::new(generated::osm::required::DeleteRelationRequest {
        group_id: "group-1",
        related_id: "é",
    });
    client.delete_relation("case-123", &body).send().await.unwrap();
    let request = &server.stop()[0];
    assert_eq!(request.line, "DELETE /v2/servicerequest/cases/case-123/relations HTTP/1.1");
    assert_eq!(request.body, r#"{"related_id":"é","group_id":"group-1"}"#.as_bytes());
    assert_eq!(request.header("content-length"), ["40"]);
    assert_eq!(request.header("transfer-encoding"), [""; 0]);
}

/// Returns the required arguments of the deletion of a service group member.
fn item(item_id: &str) -> generated::cfw::required::DeleteServiceItem<&str, &str> {
    generated::cfw::required::DeleteServiceItem { project_id: "p", item_id }
}
