// copperplate runtime: copied unchanged into every generated crate.
//! What a documentation page prints, held against what the crate does.

use std::fmt::Debug;

use bytes::Bytes;
use serde::Serialize;
use serde_json::Value;

use crate::runtime::client::transport::Detached;
use crate::runtime::client::{Api, Builder, Client};
use crate::runtime::decoding::decode::{DecodeOwned, from_slice};
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::error::Error;
use crate::runtime::validation::context::Validate;
use crate::runtime::validation::equality::equal;
use crate::runtime::validation::violation::Direction;

/// Where the examples go: nowhere, since they are built and not sent.
pub const BASE_URL: &str = "https://service.example";

/// A client that builds requests.
pub fn client<A: Api>(builder: Builder<A>) -> Client<A, Detached> {
    builder.build_detached().unwrap_or_else(|error| panic!("{error}"))
}

/// The value that a page prints as JSON.
pub fn value<T: DecodeOwned>(json: &str) -> T {
    from_slice(json.as_bytes(), &Leniency::counted()).unwrap_or_else(|error| panic!("{error}: {json}"))
}

/// The request is the printed one: method and target, these headers among those sent, and this body.
pub fn assert_request(
    request: Result<http::Request<Bytes>, Error>,
    line: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) {
    let request = request.unwrap_or_else(|error| panic!("{error}"));
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

/// The printed body decodes, keeps the rules, and encodes back to what was printed.
pub fn assert_body<T: DecodeOwned + Serialize + Validate + Debug>(json: &str, direction: Direction) {
    let decoded: T = value(json);
    decoded.validate_as(direction).unwrap_or_else(|violations| panic!("{violations}: {decoded:?}"));
    assert_encodes(&decoded, json);
}

/// The value that a schema gives as an example of itself does the same. It may be what is sent or what is received, so it has
/// to keep the rules of one direction.
pub fn assert_schema<T: DecodeOwned + Serialize + Validate + Debug>(json: &str) {
    let decoded: T = value(json);
    let kept = decoded.validate_as(Direction::Response).or_else(|_| decoded.validate_as(Direction::Request));
    kept.unwrap_or_else(|violations| panic!("{violations}: {decoded:?}"));
    assert_encodes(&decoded, json);
}

/// What `decoded` encodes to is what was printed, and decodes to what encodes the same again.
fn assert_encodes<T: DecodeOwned + Serialize + Debug>(decoded: &T, json: &str) {
    let text = serde_json::to_string(decoded).unwrap_or_else(|error| panic!("{error}: {decoded:?}"));
    let encoded: Value = value(&text);
    let mut omitted = Vec::new();
    assert!(is_within(&encoded, &value(json), "", &mut omitted), "{encoded} is not what was printed: {json}");
    // Another alternative of a union may hold what is written of this one, and then writes the same.
    let again = serde_json::to_string(&value::<T>(&text)).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(again, text, "what was encoded decodes to something else");
    if !omitted.is_empty() {
        // No fault: the test runner shows it to those who ask.
        println!("not encoded again: {}", omitted.join(" "));
    }
}

/// Whether all of `encoded` stands in `printed`, at `place`: numbers as what they count, and of objects the members that are
/// described. The others are `omitted`.
fn is_within(encoded: &Value, printed: &Value, place: &str, omitted: &mut Vec<String>) -> bool {
    match (encoded, printed) {
        (Value::Object(encoded), Value::Object(printed)) => {
            let others = printed.keys().filter(|name| !encoded.contains_key(*name));
            omitted.extend(others.map(|name| format!("{place}/{name}")));
            let same = |(name, value): (&String, &Value)| {
                printed.get(name).is_some_and(|printed| is_within(value, printed, &format!("{place}/{name}"), omitted))
            };
            encoded.iter().all(same)
        }
        (Value::Array(encoded), Value::Array(printed)) => {
            let mut pairs = encoded.iter().zip(printed).enumerate();
            encoded.len() == printed.len()
                && pairs.all(|(index, (encoded, printed))| {
                    is_within(encoded, printed, &format!("{place}/{index}"), omitted)
                })
        }
        (Value::Number(encoded), Value::Number(printed)) => equal(&encoded.clone().into(), &printed.clone().into()),
        _ => encoded == printed,
    }
}

/// The printed body contradicts its schema, as the document admits: it does not decode, or it breaks a rule.
pub fn assert_invalid<T: DecodeOwned + Validate>(json: &str, direction: Direction) {
    let kept = from_slice::<T>(json.as_bytes(), &Leniency::counted())
        .is_ok_and(|decoded| decoded.validate_as(direction).is_ok());
    assert!(!kept, "the document says that this contradicts its schema, and it does not: {json}");
}
