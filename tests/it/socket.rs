//! A server on the loopback that records what arrives byte for byte; its submodules say what clients do with it.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use bytes::Bytes;

/// What a value can and cannot do to the request line, and what is refused before anything is sent.
mod request_targets;
/// What a client makes of an answer, of none, and of one that breaks the document.
mod responses;

/// The only byte of the connection that ends the server; no HTTP request starts with it.
const STOP: u8 = 0;

/// How long the server waits for the rest of a request.
const PATIENCE: Duration = Duration::from_secs(5);

/// A server for the length of one test. It takes one request a connection, and one connection after another.
pub(crate) struct Server {
    address: SocketAddr,
    thread: Option<JoinHandle<Vec<Request>>>,
}

/// A request as it went over the wire. Each byte of the head is one character, so that none can hide.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    /// Method, target and version.
    pub(crate) line: String,
    /// Names and values, in the order of the lines.
    pub(crate) headers: Vec<(String, String)>,
    /// All bytes behind the head.
    pub(crate) body: Vec<u8>,
}

impl Server {
    /// Gives every request this answer.
    pub(crate) fn answering(answer: http::Response<Bytes>) -> Self {
        Self::start(Some(written(&answer)))
    }

    /// Takes requests and never answers.
    pub(crate) fn silent() -> Self {
        Self::start(None)
    }

    fn start(answer: Option<Vec<u8>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        Self { address, thread: Some(thread::spawn(move || serve(&listener, answer.as_deref()))) }
    }

    /// Host and port.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// `http://127.0.0.1:…`, without a slash at its end.
    pub(crate) fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Ends the server. One request for each connection there was; it is empty where the connection stayed silent.
    pub(crate) fn stop(mut self) -> Vec<Request> {
        self.join()
    }

    fn join(&mut self) -> Vec<Request> {
        let Some(thread) = self.thread.take() else { return Vec::new() };
        // Connections are accepted in their order, so whoever came before is recorded before.
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

    /// The values of the header `name`, one a line.
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
        let lines = self.headers.iter().filter(|(line, _)| line.eq_ignore_ascii_case(name));
        lines.map(|(_, value)| value.as_str()).collect()
    }
}

/// The request that an operation builds, as it would go over the wire if nobody added to it.
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

fn serve(listener: &TcpListener, answer: Option<&[u8]>) -> Vec<Request> {
    let mut requests = Vec::new();
    let mut unanswered = Vec::new();
    while let Ok((mut connection, _)) = listener.accept() {
        let raw = receive(&mut connection);
        if raw == [STOP] {
            break;
        }
        requests.push(Request::parse(&raw));
        match answer {
            // A client that has gone meanwhile is no business of the server.
            Some(answer) => _ = connection.write_all(answer),
            None => unanswered.push(connection),
        }
    }
    requests
}

fn receive(connection: &mut TcpStream) -> Vec<u8> {
    connection.set_read_timeout(Some(PATIENCE)).unwrap();
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

/// The answer as bytes; the connection ends with it.
fn written(answer: &http::Response<Bytes>) -> Vec<u8> {
    let mut out = format!("HTTP/1.1 {}\r\nConnection: close\r\n", answer.status()).into_bytes();
    for (name, value) in answer.headers() {
        out.extend([name.as_str().as_bytes(), b": ", value.as_bytes(), b"\r\n"].concat());
    }
    if answer.status() != http::StatusCode::NO_CONTENT {
        out.extend(format!("Content-Length: {}\r\n", answer.body().len()).bytes());
    }
    out.extend(b"\r\n");
    out.extend(answer.body());
    out
}

/// A JSON answer.
pub(crate) fn json(status: u16, body: impl Into<Bytes>) -> http::Response<Bytes> {
    let answer = http::Response::builder().status(status).header("Content-Type", "application/json");
    answer.body(body.into()).unwrap()
}

/// A body is announced by its exact length, once, and not chunked.
#[tokio::test]
async fn a_delete_body_is_sent_with_its_length() {
    let server = Server::answering(json(200, "{}"));
    let client = generated::osm::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
    let body = generated::osm::DeleteRelationRequest::new("group-1", "é");
    client.delete_relation("case-123", &body).send().await.unwrap();
    let request = &server.stop()[0];
    assert_eq!(request.line, "DELETE /v2/servicerequest/cases/case-123/relations HTTP/1.1");
    assert_eq!(request.body, r#"{"related_id":"é","group_id":"group-1"}"#.as_bytes());
    assert_eq!(request.header("content-length"), ["40"]);
    assert_eq!(request.header("transfer-encoding"), [""; 0]);
}
