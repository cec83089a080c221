//! Tests of faults of servers and connections: the outcome of each, and how often the request is sent. A server has a fault for its
//! first connection, and then responds with a success.
//!
//! | fault | idempotent call | another call |
//! |---|---|---|
//! | connection refused | sent again | sent again: nothing was sent |
//! | connection reset, or closed after the request or in the body | sent again | connection error |
//! | headers or body too slow | sent again after the timeout of the attempt or the idle timeout | timeout |
//! | 429 or 503, with `Retry-After` in both forms or without it | sent again after that time | failure of the service |
//! | JSON that is cut off, or compressed although the client does not ask for it | decode error | decode error |
//! | a body that never ends | error, as soon as the limit is exceeded | the same |
//! | JSON with another `Content-Type` | success | success |

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use generated::osm::{CreateRelationsRequest, required};
use generated::runtime::{Error, FailedAttempt};
use generated::{cfw, osm};

use super::{item, receive};

/// What the server does with its first connection.
#[derive(Clone, Copy)]
enum Fault {
    /// Sends these bytes, and closes the connection.
    Sends(&'static [u8]),
    /// Sends these bytes, and resets the connection.
    Resets(&'static [u8]),
    /// Sends these bytes, and nothing more.
    Stalls(&'static [u8]),
    /// Sends these bytes, and then spaces for ever.
    Endless(&'static [u8]),
}

use Fault::{Endless, Resets, Sends, Stalls};

const OK: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
const CUT: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\":";
const UNENDED: &[u8] = b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
const UNAVAILABLE: &[u8] = b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const WAIT_7_S: &[u8] = b"HTTP/1.1 429 Slow\r\nRetry-After: 7\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const WAIT_UNTIL: &[u8] =
    b"HTTP/1.1 429 Slow\r\nRetry-After: Sun, 06 Nov 1994 08:49:40 GMT\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
const TRUNCATED: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Length: 8\r\nConnection: close\r\n\r\n{\"data\":";
const TEXT: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
const GZIP: &[u8] = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 22\r\nConnection: close\r\n\r\n\
    \x1f\x8b\x08\0\0\0\0\0\0\x03\xab\xae\x05\0\x43\xbf\xa6\xa3\x02\0\0\0";

/// A server with a fault. It counts the requests, and serves each connection in a thread of its own.
struct Faulty {
    base_url: String,
    received: Arc<Mutex<usize>>,
}

impl Faulty {
    fn new(fault: Fault) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base_url = format!("http://{}", listener.local_addr().unwrap());
        let received = Arc::new(Mutex::new(0));
        let count = Arc::clone(&received);
        thread::spawn(move || {
            for (index, connection) in listener.incoming().enumerate() {
                let count = Arc::clone(&count);
                let fault = if index == 0 { fault } else { Sends(OK) };
                thread::spawn(move || serve(connection.unwrap(), fault, &count));
            }
        });
        Self { base_url, received }
    }

    fn received(&self) -> usize {
        *self.received.lock().unwrap()
    }
}

fn serve(mut connection: TcpStream, fault: Fault, count: &Mutex<usize>) {
    if let Resets(bytes) = fault {
        // Closing a connection with unread bytes resets it.
        connection.read_exact(&mut [0; 20]).unwrap();
        *count.lock().unwrap() += 1;
        connection.write_all(bytes).unwrap();
        return;
    }
    receive(&mut connection);
    *count.lock().unwrap() += 1;
    let (Sends(bytes) | Resets(bytes) | Stalls(bytes) | Endless(bytes)) = fault;
    connection.write_all(bytes).unwrap();
    match fault {
        Sends(_) | Resets(_) => {}
        // Ends when the client closes the connection.
        Stalls(_) => _ = connection.read(&mut [0]),
        Endless(_) => while connection.write_all(&[b' '; 10_000]).is_ok() {},
    }
}

/// The result of a call: the attempts before the last one, or the error.
type Outcome = Result<Vec<FailedAttempt>, Error>;

/// Sets the limits of a client. Its clock stands still, and it waits without taking time.
macro_rules! limited {
    ($builder:expr) => {
        $builder
            .x_auth_token("t")
            .max_response_bytes(1_000_000)
            .attempt_timeout(Duration::from_millis(400))
            .idle_timeout(Duration::from_millis(200))
            .clock(|| SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777))
            .sleep(|_| std::future::ready(()))
            .randomness(|| 0)
    };
}

/// Calls an operation that is idempotent.
async fn delete(base_url: &str) -> Outcome {
    let client = limited!(cfw::Client::builder(base_url)).build().unwrap();
    client.delete_service_item(item("i")).send().await.map(|reply| reply.earlier_attempts)
}

fn delete_blocking(base_url: String) -> Outcome {
    let call = move || {
        let client = limited!(cfw::Client::builder(base_url)).build_blocking().unwrap();
        client.delete_service_item(item("i")).send_blocking().map(|reply| reply.earlier_attempts)
    };
    thread::spawn(call).join().unwrap()
}

/// Calls an operation that is not idempotent.
async fn create(base_url: &str) -> Outcome {
    let client = limited!(osm::Client::builder(base_url)).build().unwrap();
    let body = CreateRelationsRequest::new(required::CreateRelationsRequest {
        group_id: "group-1",
        related_id_list: ["case-456"],
    });
    client.create_relations("case-123", &body).send().await.map(|reply| reply.earlier_attempts)
}

fn create_blocking(base_url: String) -> Outcome {
    let call = move || {
        let client = limited!(osm::Client::builder(base_url)).build_blocking().unwrap();
        let body = CreateRelationsRequest::new(required::CreateRelationsRequest {
            group_id: "group-1",
            related_id_list: ["case-456"],
        });
        client.create_relations("case-123", &body).send_blocking().map(|reply| reply.earlier_attempts)
    };
    thread::spawn(call).join().unwrap()
}

/// Calls both operations over both transports. Asserts that the idempotent one is sent `requests` times, and the other one once.
async fn outcomes(fault: Fault, requests: usize) -> [Outcome; 4] {
    let servers = [(); 4].map(|()| Faulty::new(fault));
    let url = |index: usize| servers[index].base_url.as_str();
    let outcomes = [
        delete(url(0)).await,
        delete_blocking(url(1).to_owned()),
        create(url(2)).await,
        create_blocking(url(3).to_owned()),
    ];
    let received = servers.each_ref().map(Faulty::received);
    assert_eq!(received, [requests, requests, 1, 1], "{outcomes:?}");
    outcomes
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_by_every_call() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base_url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    for outcome in [
        delete(&base_url).await,
        delete_blocking(base_url.clone()),
        create(&base_url).await,
        create_blocking(base_url.clone()),
    ] {
        let error = outcome.unwrap_err();
        assert!(error.is_connect(), "{error}");
        assert_eq!(error.earlier_attempts().len(), 2);
        assert!(error.to_string().ends_with("the connection was refused, the connection was refused"), "{error}");
    }
}

#[tokio::test]
async fn a_lost_connection_is_tried_again_by_idempotent_calls() {
    for fault in [Sends(b""), Sends(CUT), Resets(b""), Resets(CUT)] {
        let [first, blocking, other, other_blocking] = outcomes(fault, 2).await;
        for attempts in [first.unwrap(), blocking.unwrap()] {
            assert_eq!(attempts[0].reason, "the connection was closed before the response was complete");
        }
        for error in [other.unwrap_err(), other_blocking.unwrap_err()] {
            assert!(error.is_connection() && !error.is_connect() && error.earlier_attempts().is_empty(), "{error}");
        }
    }
}

#[tokio::test]
async fn a_slow_response_times_out_and_is_tried_again_by_idempotent_calls() {
    for fault in [Stalls(b""), Stalls(b"HTTP/1.1 200 OK\r\nX-A: "), Stalls(CUT)] {
        let [first, blocking, other, other_blocking] = outcomes(fault, 2).await;
        for attempts in [first.unwrap(), blocking.unwrap()] {
            assert!(attempts[0].reason.starts_with("the request timed out"), "{attempts:?}");
        }
        for error in [other.unwrap_err(), other_blocking.unwrap_err()] {
            assert!(error.is_timeout(), "{error}");
        }
    }
}

#[tokio::test]
async fn a_busy_service_receives_an_idempotent_call_again_after_the_time_that_it_asks_for() {
    for (response, status, seconds) in [(UNAVAILABLE, 503, 0), (WAIT_7_S, 429, 7), (WAIT_UNTIL, 429, 3)] {
        let [first, blocking, other, other_blocking] = outcomes(Sends(response), 2).await;
        for attempts in [first.unwrap(), blocking.unwrap()] {
            assert_eq!(attempts[0].status.unwrap(), status);
            assert_eq!(attempts[0].delay, Duration::from_secs(seconds));
        }
        for error in [other.unwrap_err(), other_blocking.unwrap_err()] {
            assert_eq!(error.status().unwrap(), status);
        }
    }
}

/// A complete response is the result, even if it cannot be used.
#[tokio::test]
async fn a_response_that_does_not_decode_is_final() {
    for response in [TRUNCATED, GZIP] {
        for outcome in outcomes(Sends(response), 1).await {
            let error = outcome.unwrap_err();
            assert!(error.is_decode() && error.earlier_attempts().is_empty(), "{error}");
        }
    }
    for outcome in outcomes(Sends(TEXT), 1).await {
        assert_eq!(outcome.unwrap(), []);
    }
}

#[tokio::test]
async fn an_endless_response_is_final() {
    for outcome in outcomes(Endless(UNENDED), 1).await {
        assert!(outcome.unwrap_err().is_response_too_large());
    }
}
