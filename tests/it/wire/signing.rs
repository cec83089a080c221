//! Tests of signatures: the test vectors, and the requests of all cases with a token, which a gateway verifies.

use std::time::{Duration, SystemTime};

use generated::runtime::client::signature::{authorization, canonical_request};
use generated::runtime::{KeyPair, Operation, SigningKey};
use generated::{cfw, osm};
use http::Uri;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::case;
use super::gateway::Gateway;
use super::sender::{Exchange, ReqwestSender, Sender};
use crate::socket::Request;

/// The gateway that knows the key pair of the test vectors.
const GATEWAY: Gateway = Gateway { access_key: "AccessKey", secret_key: "SecretKey", now: "20260101T000100Z" };

/// Returns the key pair of the test vectors.
pub(super) fn key() -> SigningKey {
    SigningKey::new(KeyPair { access_key: "AccessKey", secret_key: "SecretKey" })
}

/// Returns the time of the test vectors: the start of 2026.
pub(super) fn now() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600)
}

fn hex(bytes: impl AsRef<[u8]>) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Percent-encodes a text, except the characters in `kept`.
fn encoded(text: &str, kept: &[u8]) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) || kept.contains(&byte);
    let encode = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(encode).collect()
}

/// Returns the path and query of a test vector, as they are sent.
fn target(vector: &Value) -> Uri {
    if let Some(target) = vector["wire_target"].as_str() {
        return target.parse().unwrap();
    }
    let pairs = vector["query"].as_array().into_iter().flatten();
    let text = |value: &Value| encoded(value.as_str().unwrap(), b"");
    let pairs: Vec<String> = pairs.map(|pair| format!("{}={}", text(&pair[0]), text(&pair[1]))).collect();
    let path = encoded(vector["path"].as_str().unwrap(), b"/");
    format!("{path}?{}", pairs.join("&")).parse().unwrap()
}

/// Each vector has the canonical request and the signature for one or two sets of signed headers: `all` has every header
/// whose name has no `_`, and `go` has neither `Host` nor `Content-Type`.
#[test]
fn the_test_vectors_are_reproduced_byte_for_byte() {
    let mut count = 0;
    for vector in case::signatures() {
        let name = vector["name"].as_str().unwrap();
        let text = |key: &str| vector[key].as_str();
        let headers = vector["headers"].as_object().unwrap();
        let header =
            |(name, value): (&String, &Value)| (name.to_lowercase(), value.as_str().unwrap().trim().to_owned());
        let mut headers: Vec<_> = headers.iter().map(header).filter(|(name, _)| !name.contains('_')).collect();
        headers.sort();
        let value = |wanted: &str| headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.clone());
        let date = value("x-sdk-date").unwrap();
        let body_hash = value("x-sdk-content-sha256").unwrap_or_else(|| hex(vector["body"].as_str().unwrap()));
        for set in ["all", "go"] {
            let is_signed = |name: &str| set == "all" || !(name.starts_with("content-type") || name == "host");
            let signed: Vec<_> = headers.iter().filter(|(name, _)| is_signed(name)).cloned().collect();
            let canonical = canonical_request(text("method").unwrap(), &target(&vector), &signed, &body_hash);
            let pair =
                KeyPair { access_key: text("ak").unwrap_or_default(), secret_key: text("sk").unwrap_or_default() };
            let signature = authorization(&SigningKey::new(pair), &date, &signed, &canonical);
            let string_to_sign = format!("SDK-HMAC-SHA256\n{date}\n{}", hex(&canonical));
            let actual = [("canonical", &canonical), ("sts", &string_to_sign), ("auth", &signature)];
            for (kind, actual) in actual {
                if let Some(expected) = text(&format!("{kind}_{set}")) {
                    assert_eq!(actual, expected, "{name}: {kind}_{set}");
                    count += 1;
                }
            }
            if let Some(expected) = text("canonical_sha256").filter(|_| set == "all") {
                assert_eq!(hex(&canonical), expected, "{name}");
                count += 1;
            }
        }
    }
    assert!(count >= 16, "{count}");
}

/// Two vectors are calls of the clients in this repository.
#[test]
fn clients_reproduce_the_test_vectors() {
    let signed = |name: &str| {
        let vectors = case::signatures();
        let vector = vectors.iter().find(|vector| vector["name"] == name).unwrap();
        vector["auth_all"].as_str().unwrap().to_owned()
    };
    let authorization = |request: http::Request<bytes::Bytes>| {
        assert!(request.headers()["authorization"].is_sensitive());
        request.headers()["authorization"].to_str().unwrap().to_owned()
    };
    let client = osm::Client::builder("https://osm.cn-south-1.myhuaweicloud.com")
        .access_key(key().domain_id("d0123456789abcdef0123456789abcde"))
        .clock(now)
        .build_detached()
        .unwrap();
    let body = osm::required::DeleteRelationRequest { group_id: "123456", related_id: "123456" };
    let body = osm::DeleteRelationRequest::new(body);
    let call = client.delete_relation("case-123", &body).x_language("en-us");
    assert_eq!(authorization(call.request().unwrap()), signed("S1-osm-delete"));
    let project = "9d80d070b6d44942af73c9c3d38e0429";
    let client = cfw::Client::builder("https://cfw.cn-north-4.myhuaweicloud.com:443/")
        .access_key(key().project_id(project))
        .clock(now)
        .build_detached()
        .unwrap();
    let item_id = "6b37ed55-1e21-46a5-a7dc-a59ef418d359";
    let call = client.delete_service_item(cfw::required::DeleteServiceItem { project_id: project, item_id });
    let call = call.enterprise_project_id("0").fw_instance_id("a b&c=d+e/ü~");
    assert_eq!(authorization(call.request().unwrap()), signed("S3-cfw-delete-query-nobody"));
}

/// Sends the request of each case with a token over a socket, signed with the key pair.
fn signed_requests() -> Vec<(String, Request)> {
    let requests = case::all().into_iter().filter_map(|case| {
        let inputs = case.signed_inputs()?;
        let sender = ReqwestSender::with(super::success_response(&case));
        match super::call::perform(sender, case.text("api"), &inputs) {
            Ok(Exchange { sent: Some(request), .. }) => Some((case.title(), request)),
            other => panic!("{}: {other:?}", case.title()),
        }
    });
    requests.collect()
}

#[test]
fn the_gateway_accepts_every_signed_case() {
    let requests = signed_requests();
    assert!(requests.len() >= 30, "{}", requests.len());
    for (title, request) in requests {
        assert_eq!(request.header("X-Auth-Token"), [""; 0], "{title}");
        assert_eq!(GATEWAY.verify(&request), Ok(()), "{title}: {request:?}");
    }
}

/// Returns the text with one byte changed: to the next letter or digit of its kind, so that it never means the same.
fn changed(text: &str, index: usize) -> String {
    let change = |letter: char| match letter {
        'z' => 'a',
        'Z' => 'A',
        '9' => '0',
        'a'..='y' | 'A'..='Y' | '0'..='8' => char::from_u32(u32::from(letter) + 1).unwrap(),
        _ => 'x',
    };
    text.chars().enumerate().map(|(at, letter)| if at == index { change(letter) } else { letter }).collect()
}

/// Changes each byte of the method, the path, the query, the signed headers, the body, the date, the key and the signature.
#[test]
fn the_gateway_rejects_each_changed_byte() {
    let (mut count, mut kinds) = (0, [0; 4]);
    let wanted = [
        "osm.deleteRelation page-example",
        "cfw.deleteServiceItem both-queries",
        "secmaster.deleteDataobjectRelation page-example",
    ];
    for (title, request) in signed_requests().into_iter().filter(|(title, _)| wanted.contains(&title.as_str())) {
        let mut mutants = Vec::new();
        let end_of_target = request.line.rfind(' ').unwrap();
        let between = request.line.find(' ').unwrap();
        for index in (0..end_of_target).filter(|index| *index != between) {
            mutants.push((0, Request { line: changed(&request.line, index), ..request.clone() }));
        }
        for index in 0..request.body.len() {
            let mut mutant = request.clone();
            mutant.body[index] ^= 1;
            mutants.push((1, mutant));
        }
        for (header, (name, value)) in request.headers.iter().enumerate() {
            if ["accept", "user-agent", "content-length"].contains(&name.to_lowercase().as_str()) {
                continue;
            }
            for index in 0..value.len() {
                let mut mutant = request.clone();
                mutant.headers[header].1 = changed(value, index);
                mutants.push((2, mutant));
            }
            for index in 0..name.len() {
                let mut mutant = request.clone();
                mutant.headers[header].0 = changed(name, index);
                mutants.push((3, mutant));
            }
        }
        for (kind, mutant) in mutants {
            assert!(GATEWAY.verify(&mutant).is_err(), "{title}: {mutant:?}");
            kinds[kind] += 1;
            count += 1;
        }
    }
    assert!(count > 1000 && kinds.iter().all(|count| *count > 50), "{kinds:?}");
    let (_, request) = signed_requests().swap_remove(0);
    for other in [
        Gateway { secret_key: "SecretKez", ..GATEWAY },
        Gateway { access_key: "AccessKez", ..GATEWAY },
        Gateway { now: "20260101T001501Z", ..GATEWAY },
    ] {
        assert!(other.verify(&request).is_err());
    }
    assert_eq!(Gateway { now: "20260101T001500Z", ..GATEWAY }.verify(&request), Ok(()));
}
