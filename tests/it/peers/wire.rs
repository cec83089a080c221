//! What only the wire shows: cases/easily_mistaken.yaml, exercised. The table names the tests of other cases.

use bytes::Bytes;
use serde_json::{Value, json};
use tests::easily_mistaken::types::{GetPartSize, Part, PartAnimal};
use tests::easily_mistaken::{Client, GetPartFailure};
use tests::runtime::{Detached, Direction, Validate};

fn client() -> Client<Detached> {
    Client::builder("https://service.example").build_detached().unwrap()
}

fn answer(status: u16, body: &str) -> http::Response<Bytes> {
    http::Response::builder().status(status).body(Bytes::from(body.to_owned())).unwrap()
}

/// What is wrong with a part whose member `name` is this value; what was read is written as it was.
fn judged(name: &str, value: Value) -> Vec<String> {
    let whole = json!({ "name": "", name: value });
    let part: Part = serde_json::from_value(whole.clone()).unwrap();
    assert_eq!(serde_json::to_value(&part).unwrap(), whole);
    let found = part.validate_as(Direction::Response).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

/// No version of the API, no default: what the caller does not give and the document does not fix is not sent.
#[test]
fn nothing_is_sent_that_the_document_does_not_say() {
    let request = client().get_part("a").request().unwrap();
    assert_eq!(request.uri(), "https://service.example/parts/a");
    let names: Vec<&str> = request.headers().keys().map(http::HeaderName::as_str).collect();
    assert_eq!(names, [""; 0]);
}

#[test]
fn a_default_can_be_sent_and_is_not_invented() {
    let client = client();
    let request = client.get_part("a").x_depth(3).request().unwrap();
    assert_eq!(request.headers()["x-depth"], "3");
    assert!(!client.get_part("a").request().unwrap().headers().contains_key("x-depth"));
}

#[test]
fn a_query_can_be_one_of_several_types() {
    let client = client();
    let sent = |size: GetPartSize| client.get_part("a").size(size).request().map(|request| request.uri().to_string());
    let size = |value: Value| serde_json::from_value::<GetPartSize>(value).unwrap();
    assert_eq!(sent(size(json!(7))).unwrap(), "https://service.example/parts/a?size=7");
    assert_eq!(sent(size(json!("all"))).unwrap(), "https://service.example/parts/a?size=all");
    let refused = sent(size(json!(10))).unwrap_err();
    assert_eq!(refused.violations().unwrap().to_string(), "query size: maximum 9, but it is 10");
}

#[test]
fn failures_of_one_shape_are_told_apart_by_status() {
    let client = client();
    let failure = |status| client.get_part("a").read(answer(status, "{\"text\":\"no\"}")).unwrap_err();
    let wrong = failure(400);
    assert!(
        matches!(wrong.failure(), Some(GetPartFailure::BadRequest(problem)) if problem.text.as_deref() == Some("no"))
    );
    assert!(matches!(failure(404).failure(), Some(GetPartFailure::NotFound(_))));
    let unknown = failure(409);
    assert!(unknown.failure::<GetPartFailure>().is_none());
    assert_eq!(unknown.message(), Some("{\"text\":\"no\"}"), "the body of an undocumented failure is kept");
}

/// A member without a type, whose keywords are of texts and of numbers, is no list.
#[test]
fn no_type_is_any_type() {
    assert_eq!(judged("code", json!(null)), [""; 0]);
    assert_eq!(judged("code", json!("ab")), [""; 0]);
    assert_eq!(judged("code", json!([])), [""; 0]);
    assert_eq!(judged("code", json!("a")), ["body /code: minLength 2, but it is 1"]);
    assert_eq!(judged("code", json!(2)), ["body /code: minimum 3, but it is \"2\""]);
    assert_eq!(judged("never", json!({"open": 1})), [""; 0]);
    assert_eq!(judged("never", json!({"secret": 1})).len(), 1);
}

#[test]
fn an_enum_takes_just_the_listed_values() {
    for listed in [json!(1), json!("a"), json!([1]), json!({"a": 1})] {
        assert_eq!(judged("level", listed), [""; 0]);
    }
    for other in [json!(2), json!("1"), json!([]), json!(true)] {
        assert_eq!(judged("level", other.clone()).len(), 1, "{other}");
    }
    assert_eq!(judged("both", json!({"mood": "wild"})), [""; 0]);
    assert_eq!(judged("both", json!({"mood": "calm"})).len(), 1, "one part alone lists it");
}

#[test]
fn values_of_one_name_are_told_apart() {
    let kinds = ["a-b", "a_b", "a b", "aB", "AB", "", "*", "+1", "-1"];
    let parts = kinds.map(|kind| serde_json::from_value::<Part>(json!({"name": "n", "kind": kind})).unwrap());
    for (index, part) in parts.iter().enumerate() {
        assert_eq!(serde_json::to_value(part).unwrap()["kind"], kinds[index]);
        assert!(part.validate().is_ok(), "{}", kinds[index]);
        assert!(parts[..index].iter().all(|other| other.kind != part.kind), "{}", kinds[index]);
    }
    assert_eq!(
        judged("kind", json!("ab")),
        ["body /kind: enum a-b, a_b, a b, aB, AB, \"\", *, +1, …, but it is \"ab\""]
    );
}

/// What every alternative says alike is not what chooses among them.
#[test]
fn a_shared_constant_tells_nothing_apart() {
    let cat: PartAnimal = serde_json::from_value(json!({"api": "v1", "kind": "cat", "lives": 9})).unwrap();
    assert!(matches!(&cat, PartAnimal::Cat(cat) if cat.lives == Some(9)), "{cat:?}");
    let dog: PartAnimal = serde_json::from_value(json!({"api": "v1", "kind": "dog", "tricks": 2})).unwrap();
    assert!(matches!(&dog, PartAnimal::Dog(dog) if dog.tricks == Some(2)), "{dog:?}");
    assert_eq!(judged("animal", json!({"api": "v1", "kind": "cow"})).len(), 1);
    let mistaken = judged("animal", json!({"api": "v2", "kind": "cat"}));
    assert_eq!(mistaken, ["body /animal/api: enum v1, but it is \"v2\""]);
}
