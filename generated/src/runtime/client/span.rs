// copperplate runtime: copied into each generated crate that uses it.
//! A span of `tracing` for each attempt, with the names of the OpenTelemetry conventions for HTTP clients.

use bytes::Bytes;
use tracing::field::{Empty, display};
use tracing::{Instrument, Span, info_span};

use crate::runtime::client::attempt::Attempt;
use crate::runtime::client::transport::TransportError;

/// Sends the request of an attempt in a span. The span has no header, no body, no query and no value in a path, because each
/// can be a secret.
pub(crate) fn in_span<B, F>(
    request: http::Request<Bytes>,
    execute: impl Fn(http::Request<Bytes>) -> F,
) -> impl Future<Output = F::Output>
where
    F: Future<Output = Result<http::Response<B>, TransportError>>,
{
    let span = span(&request);
    // A future that an `async` block owns would take its space twice.
    let mut sending = Box::pin(span.in_scope(|| execute(request)).instrument(span.clone()));
    async move {
        let outcome = sending.as_mut().await;
        record(&span, &outcome);
        outcome
    }
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

fn span(request: &http::Request<Bytes>) -> Span {
    let (uri, attempt) = (request.uri(), request.extensions().get::<Attempt>());
    let path = attempt.map_or("", |attempt| attempt.path);
    let method = attempt.map_or(request.method(), |attempt| &attempt.method);
    info_span!(
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
    )
}
