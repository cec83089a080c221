//! Tests of errors: the cause that they name, the request that they are about, and whether it may be sent again.

use std::error::Error as _;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener};
use std::thread;
use std::time::Duration;

use bytes::Bytes;
use generated::cfw;
use generated::osm::{self, CreateRelationsRequest};
use generated::runtime::{Error, RetryPolicy, Transport, TransportError};

use super::{Server, item, json, receive};

/// The operation, the method and the path of each call in this file.
const CALL: (&str, &str) = ("deleteServiceItem: DELETE ", "/v1/p/service-items/i: ");

async fn send(base_url: &str) -> Error {
    let builder = cfw::Client::builder(base_url).x_auth_token("token-1").allow_plain_http().retry(RetryPolicy::off());
    let client = builder.timeout(Duration::from_secs(20)).build().unwrap();
    client.delete_service_item(item("i")).send().await.unwrap_err()
}

fn send_blocking(base_url: &str) -> Error {
    let builder = cfw::Client::builder(base_url).x_auth_token("token-1").allow_plain_http().retry(RetryPolicy::off());
    thread::spawn(|| {
        let client = builder.timeout(Duration::from_secs(20)).build_blocking().unwrap();
        client.delete_service_item(item("i")).send_blocking().unwrap_err()
    })
    .join()
    .unwrap()
}

/// Returns the errors of both transports.
async fn send_both(base_url: &str) -> [Error; 2] {
    [send(base_url).await, send_blocking(base_url)]
}

/// Starts a server that reads the first bytes of each connection, sends `response` and closes the connection. Returns its
/// address.
fn abrupt(is_whole_request_read: bool, response: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for connection in listener.incoming() {
            let mut connection = connection.unwrap();
            match is_whole_request_read {
                true => drop(receive(&mut connection)),
                false => _ = connection.read(&mut [0; 4096]),
            }
            _ = connection.write_all(response.as_bytes());
        }
    });
    address
}

#[track_caller]
fn assert_message(error: &Error, base_url: &str, message: &str) {
    assert_eq!(error.to_string(), format!("{}{base_url}{}{message}", CALL.0, CALL.1));
}

#[tokio::test]
async fn a_refused_connection_is_named() {
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let base_url = format!("http://{address}");
    for error in send_both(&base_url).await {
        assert_message(&error, &base_url, "the connection was refused");
        assert!(error.is_connect() && error.is_connection() && error.is_retryable(), "{error:?}");
        assert_eq!(error.url(), Some(format!("{base_url}/v1/p/service-items/i").as_str()));
        assert_eq!(error.method(), Some(&http::Method::DELETE));
    }
}

#[tokio::test]
async fn an_unknown_host_is_named() {
    for error in send_both("http://service.invalid").await {
        let text = error.to_string();
        let start = "http://service.invalid/v1/p/service-items/i: the name of the host could not be resolved: ";
        assert!(text.starts_with(&format!("{}{start}", CALL.0)), "{text}");
        assert!(error.is_connect() && error.is_retryable(), "{error:?}");
    }
}

#[tokio::test]
async fn a_port_without_tls_is_named() {
    let base_url = format!("https://{}", abrupt(false, "HTTP/1.1 400 Bad Request\r\n\r\n"));
    for error in send_both(&base_url).await {
        let text = error.to_string();
        assert!(text.contains("/v1/p/service-items/i: the TLS handshake failed: "), "{text}");
        assert!(text.ends_with("; the port may not use TLS"), "{text}");
        assert!(error.is_connect() && !error.is_retryable(), "{error:?}");
    }
}

#[tokio::test]
async fn a_connection_that_closes_early_is_named() {
    for response in [
        "",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
    ] {
        let base_url = format!("http://{}", abrupt(true, response));
        for error in send_both(&base_url).await {
            assert_message(&error, &base_url, "the connection was closed before the response was complete");
            // `DELETE` is idempotent.
            assert!(error.is_connection() && !error.is_connect() && error.is_retryable(), "{error:?}");
        }
    }
}

#[tokio::test]
async fn a_timeout_is_named() {
    let server = Server::unresponsive();
    let client = cfw::Client::builder(server.base_url()).x_auth_token("t").timeout(Duration::from_millis(200));
    let error = client.build().unwrap().delete_service_item(item("i")).send().await.unwrap_err();
    assert_message(&error, &server.base_url(), "the request timed out");
    assert!(error.is_timeout() && error.is_retryable() && !error.is_connect(), "{error:?}");
}

async fn create(response: http::Response<Bytes>) -> (Error, String) {
    let server = Server::responding(response);
    let client = osm::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
    let body = CreateRelationsRequest::new(osm::required::CreateRelationsRequest {
        group_id: "group-1",
        related_id_list: ["case-456"],
    });
    let error = client.create_relations("case-123", &body).send().await.unwrap_err();
    let start = format!("createRelations: POST {}/v2/servicerequest/cases/case-123/relations: ", server.base_url());
    let text = error.to_string();
    let message = text.strip_prefix(&start).unwrap_or_else(|| panic!("{text}")).to_owned();
    (error, message)
}

/// A proxy or a login page responds instead of the service.
#[tokio::test]
async fn html_is_named_and_keeps_the_response() {
    let page = "<!DOCTYPE html>\n<html><head><title>Sign\n in</title></head><body>s3cret</body></html>";
    let response = |status: u16| {
        let builder = http::Response::builder().status(status).header("Content-Type", "text/html");
        builder.header("X-Request-Id", "r-1").body(Bytes::from_static(page.as_bytes())).unwrap()
    };
    let (error, message) = create(response(200)).await;
    let start = "status 200 OK, request ID r-1, but the body is HTML, not JSON with the title \"Sign in\"";
    assert_eq!(message, format!("{start}; the body has {} bytes of the media type text/html", page.len()));
    assert!(error.is_decode() && !error.is_retryable());
    assert_eq!((error.status().unwrap().as_u16(), error.request_id()), (200, Some("r-1")));
    assert_eq!((error.body().unwrap().as_ref(), error.headers().unwrap().len()), (page.as_bytes(), 4));
    let (error, message) = create(response(502)).await;
    let start = "status 502 Bad Gateway, which the document does not describe, request ID r-1";
    assert_eq!(message, format!("{start}; the body is HTML with the title \"Sign in\""));
    assert!(error.is_service() && !error.is_retryable(), "`POST` is not idempotent: {error}");
}

#[tokio::test]
async fn the_message_of_the_service_comes_first_and_replaces_the_body() {
    let body = r#"{"error_code":"OSM.1","error_msg":"no\nsuch case","request_id":"r-2","pin":"s3cret"}"#;
    let (_, message) = create(json(404, body)).await;
    assert_eq!(
        message,
        "status 404 Not Found, which the document does not describe, message \"no\\nsuch case\", code OSM.1, request ID r-2"
    );
    let text = http::Response::builder().status(503).header("Content-Type", "text/plain").header("Retry-After", "7");
    let (error, message) = create(text.body(Bytes::from_static(b"upstream\r\nreset")).unwrap()).await;
    let start = "status 503 Service Unavailable, which the document does not describe";
    assert_eq!(
        message,
        format!("{start}; the body has 15 bytes of the media type text/plain: \"upstream\\r\\nreset\"")
    );
    assert_eq!((error.is_retryable(), error.retry_after()), (true, Some(Duration::from_secs(7))));
}

/// An error that a transport of the user wraps.
#[derive(Debug, PartialEq)]
struct NoKey;

impl std::fmt::Display for NoKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the signer has no key")
    }
}

impl std::error::Error for NoKey {}

struct Signer;

impl Transport for Signer {
    async fn execute(&self, _: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        Err(TransportError::Other(NoKey.into()))
    }
}

#[tokio::test]
async fn the_error_of_a_transport_is_printed_and_kept() {
    let client = cfw::Client::builder("https://service.example").x_auth_token("token-1").build_with(Signer).unwrap();
    let error = client.delete_service_item(item("i")).send().await.unwrap_err();
    let message = "the transport could not send the request: the signer has no key";
    assert_message(&error, "https://service.example", message);
    // `Display` prints the whole chain, so `source` returns none of it.
    assert!(error.source().is_none());
    let kept = error.transport_error().and_then(|error| error.source()).unwrap();
    assert_eq!(kept.downcast_ref(), Some(&NoKey));
    assert!(!error.is_retryable() && !error.is_connection() && !error.is_timeout());
}
