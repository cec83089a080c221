//! Tests of transports that contain others, services of `tower`, and spans of `tracing`.

use std::fmt::Debug;
use std::future::ready;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use generated::cfw;
use generated::runtime::{Attempt, BoxTransport, Client, Reqwest, Tower, Transport, TransportError, TransportService};
use tower_service::Service;
use tracing::field::{Field, Visit};
use tracing::span;

use super::{Server, item, json};

/// A layer that adds a header to each request.
#[derive(Clone)]
struct Header<T>(&'static str, T);

impl<T: Transport + Sync> Transport for Header<T> {
    async fn execute(&self, mut request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let number = request.extensions().get::<Attempt>().unwrap().number;
        request.headers_mut().append("x-layer", format!("{} {number}", self.0).parse().unwrap());
        self.1.execute(request).await
    }
}

impl<S: Service<http::Request<Bytes>>> Service<http::Request<Bytes>> for Header<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.1.poll_ready(context)
    }

    fn call(&mut self, mut request: http::Request<Bytes>) -> S::Future {
        request.headers_mut().append("x-layer", self.0.parse().unwrap());
        self.1.call(request)
    }
}

/// A thread keeps the origin of its last request.
#[tokio::test]
async fn requests_to_different_servers_keep_their_urls() {
    let servers = [Server::responding(json(200, "{}")), Server::responding(json(200, "{}"))];
    let transport = Reqwest(reqwest::Client::new());
    let send = async |url: String| {
        let request = http::Request::get(url).body(Bytes::new()).unwrap();
        transport.execute(request).await
    };
    let targets = ["/a?b=1", "/", "/a/b%2Fc?d=%27", "/a", "/?", "/a?b"];
    for (index, target) in targets.iter().enumerate() {
        for server in [&servers[index % 2], &servers[0], &servers[1]] {
            send(format!("{}{target}", server.base_url())).await.unwrap();
        }
        // The parser of `reqwest` would change these, whatever request came before.
        for changed in ["/a/../b", "/a{b}", "/a?'"] {
            let error = send(format!("{}{changed}", servers[0].base_url())).await.unwrap_err();
            assert!(format!("{error:?}").contains("changes the"), "{changed}: {error:?}");
        }
    }
    for (index, server) in servers.into_iter().enumerate() {
        let lines: Vec<String> = server.stop().into_iter().map(|request| request.line).collect();
        let expected = targets.iter().enumerate().flat_map(|(number, target)| {
            let line = format!("GET {target} HTTP/1.1");
            std::iter::repeat_n(line, if number % 2 == index { 2 } else { 1 })
        });
        assert_eq!(lines, expected.collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn layers_are_stacked_over_a_boxed_transport() {
    let server = Server::responding(json(200, "{}"));
    let reqwest = Reqwest(reqwest::Client::new());
    let transports = [
        BoxTransport::new(Header("outer", Header("inner", reqwest.clone()))),
        BoxTransport::new(Tower(Header("outer", Header("inner", TransportService(reqwest))))),
    ];
    for transport in transports {
        let builder = cfw::Client::builder(server.base_url()).x_auth_token("t");
        let client: Client<_, BoxTransport> = builder.build_with(transport).unwrap();
        client.delete_service_item(item("i")).send().await.unwrap();
    }
    let requests = server.stop();
    assert_eq!(requests[0].header("x-layer"), ["outer 1", "inner 1"]);
    assert_eq!(requests[1].header("x-layer"), ["outer", "inner"]);
}

/// A service that fails: with an error of its own, or with one of a transport.
#[derive(Clone)]
struct Failing(bool);

impl Service<http::Request<Bytes>> for Failing {
    type Response = http::Response<Bytes>;
    type Error = Box<dyn std::error::Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(if self.0 { Err("the service is closed".into()) } else { Ok(()) })
    }

    fn call(&mut self, _: http::Request<Bytes>) -> Self::Future {
        Box::pin(ready(Err(TransportError::Connect("dns error".into()).into())))
    }
}

#[tokio::test]
async fn errors_of_services_are_errors_of_the_transport() {
    for (is_closed, attempts, message) in
        [(true, 0, "the service is closed"), (false, 2, "the name of the host could not be resolved: dns error")]
    {
        let builder = cfw::Client::builder("https://service.example").x_auth_token("t").sleep(|_| ready(()));
        let client = builder.build_with(Tower(Failing(is_closed))).unwrap();
        let error = client.delete_service_item(item("i")).send().await.unwrap_err();
        assert_eq!(error.earlier_attempts().len(), attempts);
        assert!(error.to_string().contains(message), "{error}");
    }
}

/// Records each span with its fields as text, in the order of their creation.
#[derive(Clone, Default)]
struct Spans(Arc<Mutex<Vec<String>>>);

struct Fields<'s>(&'s mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        *self.0 += &format!(" {field}={value:?}");
    }
}

impl tracing::Subscriber for Spans {
    fn enabled(&self, metadata: &tracing::Metadata<'_>) -> bool {
        metadata.is_span() && metadata.target().starts_with("generated::")
    }

    fn new_span(&self, attributes: &span::Attributes<'_>) -> span::Id {
        let mut text = attributes.metadata().name().to_owned();
        attributes.record(&mut Fields(&mut text));
        let mut spans = self.0.lock().unwrap();
        spans.push(text);
        span::Id::from_u64(spans.len() as u64)
    }

    fn record(&self, id: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Fields(&mut self.0.lock().unwrap()[id.into_u64() as usize - 1]));
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}
    fn event(&self, _: &tracing::Event<'_>) {}
    fn enter(&self, _: &span::Id) {}
    fn exit(&self, _: &span::Id) {}
}

#[tokio::test]
async fn each_attempt_has_a_span_without_secrets() {
    let spans = Spans::default();
    // If there is a single subscriber, `tracing` asks only that of the thread that reaches a span first, and remembers the answer.
    // Another test can be first, on a thread without a subscriber.
    let _another = tracing::Dispatch::new(Spans::default());
    let guard = tracing::subscriber::set_default(spans.clone());
    let server = Server::responding(json(503, ""));
    let builder = cfw::Client::builder(server.base_url()).x_auth_token("s3cret").sleep(|_| ready(()));
    let client = builder.connect_timeout(Duration::from_secs(5)).build().unwrap();
    client.delete_service_item(item("s3cret")).send().await.unwrap_err();
    drop(guard);
    let spans = spans.0.lock().unwrap();
    assert_eq!(spans.len(), 3, "{spans:?}");
    let template = "/v1/{project_id}/service-items/{item_id}";
    for (number, span) in spans.iter().enumerate() {
        let resends = if number == 0 { String::new() } else { format!("http.request.resend_count={number} ") };
        assert_eq!(
            *span,
            format!(
                "HTTP request otel.name=DELETE {template} otel.kind=\"client\" http.request.method=DELETE \
                 {resends}url.template=\"{template}\" server.address=\"127.0.0.1\" \
                 server.port={} openapi.operation_id=\"deleteServiceItem\" http.response.status_code=503 \
                 error.type=\"503\"",
                server.address().port()
            )
        );
    }
}
