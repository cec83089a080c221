//! Tests that use the generated code of `cases/*.yaml` as a caller does: requests, responses, validation and decoding.

mod bounds;
mod composition;
mod credentials;
mod encodings;
mod formats;
mod json_schema;
mod json_schema_types;
mod keywords;
mod large_numbers;
mod map_keys;
mod media_types;
mod mocks;
mod nested_unions;
mod objects;
mod openapi_3_2;
mod pagination;
mod parameter_styles;
mod patterns;
mod pitfalls;
mod references;
mod requests;
mod required_and_nullable;
mod responses;
mod retries;
mod schema_pointers;
mod security;
mod servers;
mod signing;
mod stream_faults;
mod streams;
mod type_traits;
mod unions;
mod webhooks;

use bytes::Bytes;
use tests::runtime::{Direction, Error, Validate};

const BASE: &str = "https://service.example/base/";

/// Renders a request as text: the line `METHOD target`, the headers, and the body.
fn rendered(request: Result<http::Request<Bytes>, Error>) -> String {
    let request = request.unwrap();
    let headers = request.headers().iter().filter(|(name, _)| *name != http::header::USER_AGENT);
    let headers = headers.map(|(name, value)| format!("\n{name}: {}", value.to_str().unwrap()));
    let body = String::from_utf8_lossy(request.body()).into_owned();
    let body = if body.is_empty() { body } else { format!("\n\n{body}") };
    format!("{} {}{}{body}", request.method(), request.uri(), headers.collect::<String>())
}

/// Returns the violations that prevent a request.
fn request_violations(request: Result<http::Request<Bytes>, Error>) -> Vec<String> {
    let error = request.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    error.violations().unwrap().iter().map(ToString::to_string).collect()
}

/// Builds a response with a request ID.
fn response(status: u16, body: &str) -> http::Response<Bytes> {
    http::Response::builder().status(status).header("X-Request-Id", "r-1").body(Bytes::from(body.to_owned())).unwrap()
}

/// Returns the violations of `value` as content of a request or of a response.
fn violations(value: &impl Validate, direction: Direction) -> Vec<String> {
    let found = value.validate_as(direction).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}
