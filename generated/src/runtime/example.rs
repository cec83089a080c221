// copperplate runtime: copied into each generated crate that uses it.
//! Assertions for generated tests. Each generated test checks an example from a documentation page or from the OpenAPI
//! document.

use std::fmt::Debug;

use serde::Serialize;
use serde_json::Value;

use crate::runtime::client::api::Api;
use crate::runtime::client::builder::{Builder, Client};
use crate::runtime::client::operation::Operation;
use crate::runtime::client::transport::Detached;
use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::validation::equality::equal;
use crate::runtime::validation::validate::Validate;
use crate::runtime::validation::violation::Direction;

/// The base URL of the requests in generated tests. These requests are never sent.
pub const BASE_URL: &str = "https://service.example";

/// Builds a client that builds requests and does not send them. Panics if a setting is invalid.
pub fn client<A: Api>(builder: Builder<A>) -> Client<A, Detached> {
    builder.build_detached().unwrap_or_else(|error| panic!("{error}"))
}

/// Decodes the JSON of an example. Panics if the JSON does not decode.
pub fn value<T: DecodeOwned>(json: &str) -> T {
    from_slice(json.as_bytes(), &Leniency::counting()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// Asserts that the request of `operation` is that of an example. `line` is its HTTP method and target, such as
/// `GET /pets?limit=1`. Headers that are not in `headers` are not compared.
pub fn assert_request(operation: &impl Operation, line: &str, headers: &[(&str, &str)], body: Option<&str>) {
    let request = operation.request().unwrap_or_else(|error| panic!("{error}"));
    let target = request.uri().path_and_query().map_or("", |target| target.as_str());
    assert_eq!(format!("{} {target}", request.method()), line);
    for (name, value) in headers {
        let sent: Vec<_> = request.headers().get_all(*name).iter().map(http::HeaderValue::as_bytes).collect();
        assert_eq!(sent, [value.as_bytes()], "header {name}");
    }
    let sent = Some(request.body()).filter(|body| !body.is_empty());
    let sent: Option<Value> = sent.map(|body| serde_json::from_slice(body).unwrap_or_else(|error| panic!("{error}")));
    assert_eq!(sent, body.map(value));
}

/// Asserts that the body of an example decodes, is valid in `direction`, and encodes to the same JSON.
pub fn assert_body<T: DecodeOwned + Serialize + Validate + Debug>(json: &str, direction: Direction) {
    let decoded: T = value(json);
    decoded.validate_as(direction).unwrap_or_else(|violations| panic!("{violations}: {decoded:?}"));
    assert_encodes_to(&decoded, json);
}

/// Asserts that the `example` of a schema decodes, is valid in a request or in a response, and encodes to the same
/// JSON.
pub fn assert_schema<T: DecodeOwned + Serialize + Validate + Debug>(json: &str) {
    let decoded: T = value(json);
    let verdict = decoded.validate_as(Direction::Response).or_else(|_| decoded.validate_as(Direction::Request));
    verdict.unwrap_or_else(|violations| panic!("{violations}: {decoded:?}"));
    assert_encodes_to(&decoded, json);
}

/// Asserts that `decoded` encodes to `json`, the JSON of the example. Then decodes the encoded JSON and encodes it
/// again, and asserts that the JSON has not changed.
fn assert_encodes_to<T: DecodeOwned + Serialize + Debug>(decoded: &T, json: &str) {
    let text = serde_json::to_string(decoded).unwrap_or_else(|error| panic!("{error}: {decoded:?}"));
    let encoded: Value = value(&text);
    let mut omitted = Vec::new();
    assert!(is_within(&encoded, &value(json), "", &mut omitted), "{encoded} differs from the example: {json}");
    // The encoded JSON may decode to a different variant of a union than the example. This variant must encode to the
    // same JSON.
    let again = serde_json::to_string(&value::<T>(&text)).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(again, text, "the encoded JSON decodes to another value");
    if !omitted.is_empty() {
        // An omitted member is not an error. `cargo test -- --show-output` prints the omitted members.
        println!("members that the document does not describe: {}", omitted.join(" "));
    }
}

/// Returns whether `encoded` equals `example`, apart from members that only `example` has. The OpenAPI document does
/// not describe such members. The JSON Pointers of these members are added to `omitted`. `place` is the JSON Pointer of
/// `encoded`.
fn is_within(encoded: &Value, example: &Value, place: &str, omitted: &mut Vec<String>) -> bool {
    match (encoded, example) {
        (Value::Object(encoded), Value::Object(example)) => {
            let others = example.keys().filter(|name| !encoded.contains_key(*name));
            omitted.extend(others.map(|name| format!("{place}/{name}")));
            let same = |(name, value): (&String, &Value)| {
                example.get(name).is_some_and(|example| is_within(value, example, &format!("{place}/{name}"), omitted))
            };
            encoded.iter().all(same)
        }
        (Value::Array(encoded), Value::Array(example)) => {
            let mut pairs = encoded.iter().zip(example).enumerate();
            encoded.len() == example.len()
                && pairs.all(|(index, (encoded, example))| {
                    is_within(encoded, example, &format!("{place}/{index}"), omitted)
                })
        }
        (Value::Number(encoded), Value::Number(example)) => equal(&encoded.clone().into(), &example.clone().into()),
        _ => encoded == example,
    }
}

/// Asserts that an example does not decode, or is invalid. The OpenAPI document acknowledges, with `x-acknowledge`,
/// that this example contradicts its schema.
pub fn assert_invalid<T: DecodeOwned + Validate>(json: &str, direction: Direction) {
    let is_valid = from_slice::<T>(json.as_bytes(), &Leniency::counting())
        .is_ok_and(|decoded| decoded.validate_as(direction).is_ok());
    assert!(!is_valid, "the document acknowledges a contradiction to the schema, but the example is valid: {json}");
}
