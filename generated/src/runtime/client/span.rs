// copperplate runtime: copied into each generated crate that uses it.
//! A span of `tracing` for each attempt, with the names of the OpenTelemetry conventions for HTTP clients.

use std::future::poll_fn;
use std::pin::Pin;

use bytes::Bytes;
use tracing::field::{Empty, display};
use tracing::{Span, info_span};

use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::transport::TransportError;

/// Receives the response to an attempt in its span. The span has no header, no body, no query and no value in a path, because each
/// can be a secret.
pub(crate) async fn in_span<B, F>(span: Option<Box<Span>>, mut sending: Pin<&mut F>) -> F::Output
where
    F: Future<Output = Result<http::Response<B>, TransportError>>,
{
    let outcome = poll_fn(|context| {
        let _entered = span.as_ref().map(|span| span.enter());
        sending.as_mut().poll(context)
    });
    let outcome = outcome.await;
    if let Some(span) = &span {
        record(span, &outcome);
    }
    outcome
}

/// Adds the outcome of an attempt to its span.
fn record<B>(span: &Span, outcome: &Result<http::Response<B>, TransportError>) {
    match outcome {
        Ok(response) => {
            span.record("http.response.status_code", response.status().as_u16());
            if response.status().is_client_error() || response.status().is_server_error() {
                span.record("error.type", response.status().as_str());
            }
        }
        Err(error) => _ = span.record("error.type", display(error)),
    }
}

/// Returns the span of the request of an attempt; `None` if no subscriber records it.
pub(crate) fn span(request: &http::Request<Bytes>) -> Option<Span> {
    let (uri, attempt) = (request.uri(), request.extensions().get::<Attempt>());
    let path = attempt.map_or("", |attempt| attempt.path);
    let method = attempt.map_or(request.method(), |attempt| &attempt.method);
    let span = info_span!(
        "HTTP request",
        otel.name = %format_args!("{method} {path}"),
        otel.kind = "client",
        http.request.method = %method,
        http.request.resend_count = attempt.map(|attempt| attempt.number - 1).filter(|number| *number > 0),
        http.response.status_code = Empty,
        error.type = Empty,
        url.template = path,
        server.address = uri.host(),
        server.port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("http") { 80 } else { 443 }),
        openapi.operation_id = attempt.map(|attempt| attempt.operation),
    );
    (!span.is_disabled()).then_some(span)
}
