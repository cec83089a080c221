//! Tests of the limits of a call: the size of the response, and the time until its last byte.

use std::io::Write;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use generated::cfw;
use generated::runtime::{
    Attempt, BlockingTransport, CallOptions, Client, Error, Operation, ResponseLimit, RetryPolicy, Transport,
    TransportError,
};

use super::{Server, item, json, receive};

/// Starts a server for one client. The server sends `head`, and then repeats `chunk` until the client closes the connection.
/// Returns the base URL.
fn endless(head: &'static str, chunk: Vec<u8>, pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address: SocketAddr = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (mut connection, _): (TcpStream, _) = listener.accept().unwrap();
        receive(&mut connection);
        connection.write_all(head.as_bytes()).unwrap();
        while connection.write_all(&chunk).is_ok() {
            thread::sleep(pause);
        }
    });
    format!("http://{address}")
}

/// A response whose body has no declared length, and ends when the connection closes.
const UNTIL_CLOSE: &str = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n";

/// A response whose body is sent in chunks.
const CHUNKED: &str = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";

/// A response that declares a body beyond any limit, and never sends it.
const DECLARED: &str = "HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n";

async fn send(base_url: String, limit: usize) -> Error {
    let client = cfw::Client::builder(base_url).x_auth_token("token-1").max_response_bytes(limit).build().unwrap();
    client.delete_service_item(item("i")).send().await.unwrap_err()
}

fn send_blocking(base_url: String, limit: usize) -> Error {
    let client = cfw::Client::builder(base_url).x_auth_token("token-1").build_blocking().unwrap();
    client
        .delete_service_item(item("i"))
        .options(CallOptions::new().max_response_bytes(limit))
        .send_blocking()
        .unwrap_err()
}

#[track_caller]
fn assert_too_large(error: &Error, limit: &str) {
    assert!(error.is_response_too_large(), "{error}");
    assert!(!error.is_connection() && !error.is_timeout() && !error.is_service(), "{error}");
    let text = error.to_string();
    assert!(text.contains(limit) && text.contains("max_response_bytes"), "{text}");
}

#[tokio::test]
async fn an_endless_body_is_cut_off_at_the_limit() {
    let chunk = || vec![b' '; 100_000];
    let chunked = || [b"186a0\r\n".to_vec(), chunk(), b"\r\n".to_vec()].concat();
    for (head, chunk) in [(UNTIL_CLOSE, chunk()), (CHUNKED, chunked())] {
        let error = send(endless(head, chunk, Duration::ZERO), 1_000_000).await;
        assert_too_large(&error, "1000000");
    }
    // Without `max_response_bytes`, there is a default limit.
    let client = cfw::Client::builder(endless(UNTIL_CLOSE, chunk(), Duration::ZERO)).x_auth_token("t").build().unwrap();
    assert_too_large(&client.delete_service_item(item("i")).send().await.unwrap_err(), "67108864");
}

#[test]
fn an_endless_body_is_cut_off_at_the_limit_of_the_blocking_client() {
    let chunk = vec![b' '; 100_000];
    assert_too_large(&send_blocking(endless(UNTIL_CLOSE, chunk, Duration::ZERO), 1_000_000), "1000000");
    assert_too_large(&send_blocking(endless(DECLARED, Vec::new(), Duration::from_secs(1)), 10), "10");
}

/// The server never sends the body, so the error can only come from the declared length.
#[tokio::test]
async fn a_declared_length_beyond_the_limit_is_refused_before_reading() {
    assert_too_large(&send(endless(DECLARED, Vec::new(), Duration::from_secs(1)), 1_000_000).await, "1000000");
}

#[tokio::test]
async fn a_body_of_exactly_the_limit_is_read() {
    let body = r#"{"data": {"id": "i", "name": "n"}}"#;
    for limit in [body.len(), body.len() - 1] {
        let server = Server::responding(json(200, body));
        let client = cfw::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
        let result =
            client.delete_service_item(item("i")).options(CallOptions::new().max_response_bytes(limit)).send().await;
        assert_eq!(result.is_ok(), limit == body.len(), "{result:?}");
        let server = Server::responding(json(200, body));
        let builder = cfw::Client::builder(server.base_url()).x_auth_token("token-1").max_response_bytes(limit);
        let call = move || builder.build_blocking().unwrap().delete_service_item(item("i")).send_blocking().is_ok();
        assert_eq!(thread::spawn(call).join().unwrap(), limit == body.len());
    }
}

/// A transport that ignores the limit.
#[derive(Clone)]
struct Unlimited;

impl Transport for Unlimited {
    async fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        BlockingTransport::execute(self, request)
    }
}

impl BlockingTransport for Unlimited {
    fn execute(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let attempt = request.extensions().get::<Attempt>().unwrap();
        assert_eq!((attempt.response_limit, attempt.idle_timeout), (ResponseLimit(20), None));
        Ok(json(500, "x".repeat(21)))
    }
}

#[tokio::test]
async fn the_client_checks_the_length_after_any_transport() {
    let client: Client<_, Unlimited> = cfw::Client::builder("https://service.example")
        .x_auth_token("token-1")
        .max_response_bytes(20)
        .build_with(Unlimited)
        .unwrap();
    assert_too_large(&client.delete_service_item(item("i")).send().await.unwrap_err(), "20");
    assert_too_large(&client.delete_service_item(item("i")).send_blocking().unwrap_err(), "20");
    assert_too_large(&client.delete_service_item(item("i")).read(json(200, "x".repeat(21))).unwrap_err(), "20");
}

/// The server sends a byte every 20 ms for ever, so no single read takes long.
#[tokio::test]
async fn the_timeout_covers_the_body() {
    let base_url = || endless(UNTIL_CLOSE, b" ".to_vec(), Duration::from_millis(20));
    let timeout = Duration::from_millis(300);
    let client = cfw::Client::builder(base_url()).x_auth_token("token-1").timeout(timeout).build().unwrap();
    let error = client.delete_service_item(item("i")).send().await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connection(), "{error}");
    let blocking = move || {
        let client = cfw::Client::builder(base_url()).x_auth_token("token-1").build_blocking().unwrap();
        client.delete_service_item(item("i")).options(CallOptions::new().timeout(timeout)).send_blocking().unwrap_err()
    };
    let error = thread::spawn(blocking).join().unwrap();
    assert!(error.is_timeout() && !error.is_connection(), "{error}");
}

/// The server sends header bytes for ever, and never ends the head of the response.
#[tokio::test]
async fn the_timeout_covers_the_headers() {
    let base_url = || endless("HTTP/1.1 200 OK\r\nX-Padding: ", b"a".to_vec(), Duration::from_millis(20));
    let timeout = Duration::from_millis(300);
    let client = cfw::Client::builder(base_url()).x_auth_token("token-1").timeout(timeout).build().unwrap();
    let error = client.delete_service_item(item("i")).send().await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    let blocking = move || {
        let client = cfw::Client::builder(base_url()).x_auth_token("token-1").build_blocking().unwrap();
        client.delete_service_item(item("i")).options(CallOptions::new().timeout(timeout)).send_blocking().unwrap_err()
    };
    let error = thread::spawn(blocking).join().unwrap();
    assert!(error.is_timeout(), "{error}");
}

/// The deadline covers the whole call, so a server that sends a byte from time to time cannot hold it.
#[tokio::test]
async fn a_byte_from_time_to_time_does_not_extend_the_call() {
    const HEAD: &str = "HTTP/1.1 200 OK\r\nX-A: ";
    let limit = Duration::from_millis(600);
    for head in [UNTIL_CLOSE, HEAD, ""] {
        let drip = || endless(head, b" ".to_vec(), Duration::from_millis(50));
        let start = Instant::now();
        let builder = cfw::Client::builder(drip()).x_auth_token("t").timeout(limit).retry(RetryPolicy::off());
        let client = builder.idle_timeout(Duration::from_secs(5)).build().unwrap();
        let error = client.delete_service_item(item("i")).send().await.unwrap_err();
        assert!(error.is_timeout() || error.is_connection(), "{error}");
        let builder = cfw::Client::builder(drip()).x_auth_token("t").timeout(limit).retry(RetryPolicy::off());
        let blocking = move || {
            let error = builder.build_blocking().unwrap().delete_service_item(item("i")).send_blocking().unwrap_err();
            assert!(error.is_timeout() || error.is_connection(), "{error}");
        };
        thread::spawn(blocking).join().unwrap();
        assert!(start.elapsed() < Duration::from_secs(5), "{head}");
    }
}

/// The timeout of the attempt is long, so that only the idle timeout ends the call.
#[tokio::test]
async fn a_body_without_bytes_ends_before_the_timeout_of_the_call() {
    let builder = || {
        let slow = endless(UNTIL_CLOSE, b" ".to_vec(), Duration::from_secs(3));
        cfw::Client::builder(slow).x_auth_token("t").idle_timeout(Duration::from_millis(200)).retry(RetryPolicy::off())
    };
    let start = Instant::now();
    let error = builder().build().unwrap().delete_service_item(item("i")).send().await.unwrap_err();
    let blocking =
        move || builder().build_blocking().unwrap().delete_service_item(item("i")).send_blocking().unwrap_err();
    for error in [error, thread::spawn(blocking).join().unwrap()] {
        let cause = format!("{:?}", error.transport_error());
        assert!(error.is_timeout() && cause.contains("no byte of the body was received for 200ms"), "{cause}");
    }
    assert!(start.elapsed() < Duration::from_millis(2900));
}

/// A body that arrives in pieces is whole, and its limit applies, also with an idle timeout.
#[test]
fn a_blocking_client_with_an_idle_timeout_reads_whole_bodies() {
    let text = format!("{{\"data\": {{\"id\": \"{}\"}}}}", "x".repeat(100_000));
    for limit in [text.len(), text.len() - 1] {
        let server = Server::responding(json(200, text.clone()));
        let builder = cfw::Client::builder(server.base_url()).x_auth_token("t").max_response_bytes(limit);
        let client = builder.idle_timeout(Duration::from_secs(5)).build_blocking().unwrap();
        let result = client.delete_service_item(item("i")).send_blocking();
        assert_eq!(result.as_ref().is_ok_and(|reply| reply.body.len() == text.len()), limit == text.len());
        assert!(result.is_ok() || result.unwrap_err().is_response_too_large());
    }
}
