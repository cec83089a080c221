//! Tests that a secret is not printed if it is only a part of a parameter, a header or a value: the document marks a subschema.

use bytes::Bytes;
use serde_json::{Value, json};
use tests::runtime::{Direction, Error, Operation, ResponsePolicy, from_json};
use tests::secrets::types::{self, Account, Vault};
use tests::secrets::{Client, required};

/// A string that is part of every secret in these tests.
const MARK: &str = "s3cr3t";

#[track_caller]
fn assert_hidden(text: &str) {
    assert!(!text.contains(MARK) && !text.contains("733733"), "{text}");
}

#[track_caller]
fn assert_error(error: &Error) {
    assert_hidden(&format!("{error} {error:?} {:?} {:?}", error.url(), error.violations()));
}

fn account() -> Account {
    Account::new().name("n").password(MARK)
}

fn response(status: u16) -> http::Response<Bytes> {
    http::Response::builder().status(status).body(Bytes::new()).unwrap()
}

/// Asserts that a call is not printed, and is not sent over plain HTTP. The first client has an encrypted server.
#[track_caller]
fn assert_secret<O: Operation + std::fmt::Debug>([encrypted, plain]: [O; 2]) {
    assert_hidden(&format!("{encrypted:?}"));
    assert!(encrypted.request().is_ok());
    let failed = encrypted.read(response(500)).map(drop).unwrap_err();
    assert!(failed.url().is_some());
    assert_error(&failed);
    let refused = plain.request().unwrap_err();
    assert_error(&refused);
    assert!(refused.to_string().contains("allow_plain_http"), "{refused}");
}

#[test]
fn a_parameter_that_contains_a_secret_is_a_secret() {
    let clients = ["https", "http"]
        .map(|scheme| Client::builder(format!("{scheme}://service.example")).build_detached().unwrap());
    assert_secret(clients.each_ref().map(|client| client.get_form().account(account())));
    assert_secret(clients.each_ref().map(|client| client.get_deep().account(account())));
    assert_secret(clients.each_ref().map(|client| client.get_json().accounts([account()])));
    assert_secret(clients.each_ref().map(|client| client.get_xml().account(MARK)));
    assert_secret(clients.each_ref().map(|client| client.get_query().account(account())));
    assert_secret(clients.each_ref().map(|client| client.get_text().pin(MARK)));
    assert_secret(clients.each_ref().map(|client| client.get_header().x_account(account())));
    assert_secret(clients.each_ref().map(|client| client.get_matrix(account())));
    assert_secret(clients.each_ref().map(|client| client.get_pins(required::GetPins { first: MARK, second: MARK })));
    assert_error(&clients[0].get_header().x_account(account().name(format!("{MARK}\n"))).request().unwrap_err());
}

#[test]
fn a_response_header_that_contains_a_secret_is_a_secret() {
    let client = Client::builder("https://service.example").validate_responses(ResponsePolicy::Enforce);
    let client = client.build_detached().unwrap();
    let read = |name: &str, value: &str| {
        let mut response = response(204);
        response.headers_mut().insert(http::HeaderName::try_from(name).unwrap(), value.parse().unwrap());
        client.get_header().read(response)
    };
    let reply = read("x-account", &format!("password,{MARK}")).unwrap();
    assert_hidden(&format!("{reply:?}"));
    assert!(reply.headers.x_account.unwrap().ends_with(MARK));
    let reply = read("x-pins", "1, 733733").unwrap();
    assert_hidden(&format!("{reply:?}"));
    assert_eq!(reply.headers.x_pins.unwrap(), [1, 733_733]);
    for name in ["x-pin", "x-pins"] {
        let error = read(name, MARK).unwrap_err();
        assert!(error.is_invalid_response(), "{error}");
        assert_error(&error);
    }
}

/// Decodes a member of [`types::Marked`], and prints the whole value and the value of the member.
fn printed(member: &str, value: &Value) -> String {
    let marked: types::Marked = from_json(json!({ member: value }).to_string(), Direction::Response).unwrap();
    let inner = [
        marked.rest.as_ref().map(|value| format!("{value:?}")),
        marked.dependent.as_ref().map(|value| format!("{value:?}")),
        marked.conditional.as_ref().map(|value| format!("{value:?}")),
        marked.tuple.as_ref().map(|value| format!("{value:?}")),
        marked.either.as_ref().map(|value| format!("{value:?}")),
    ];
    format!("{marked:?} {inner:?}")
}

#[test]
fn a_value_with_a_secret_under_any_keyword_is_not_printed() {
    for (member, value) in [
        ("patterns", json!({"k": MARK})),
        ("names", json!({MARK: 1})),
        ("contained", json!([{"password": MARK}])),
        ("first", json!([MARK])),
        ("rest", json!({"name": "n", "pin": MARK})),
        ("dependent", json!({"name": "n", "pin": MARK})),
        ("conditional", json!({"name": "n", "pin": MARK})),
        ("conditional", json!({"password": MARK})),
        ("tuple", json!([MARK, 1])),
        ("either", json!(MARK)),
    ] {
        assert_hidden(&printed(member, &value));
    }
    assert!(printed("shown", &json!({"k": "visible"})).contains("visible"));
    assert!(printed("rest", &json!({"name": "visible"})).contains("visible"));
    assert!(printed("conditional", &json!({"name": "visible"})).contains("visible"));
}

/// The names of the members of a secret map can be secrets too, and those of members that a secret object must not have.
#[test]
fn the_names_in_a_secret_are_hidden() {
    let error = |text: &str| {
        let error = from_json::<Vault>(text.replace("MARK", MARK), Direction::Response).unwrap_err();
        assert_hidden(&format!("{error:?}"));
        let text = error.to_string();
        text.split(" at line ").next().unwrap_or_default().to_owned()
    };
    let cases = [
        (r#"{"pins": {"MARK": [1, 2]}}"#, "body /pins/***: maxItems 1, but the number of items is 2"),
        (r#"{"pins": {"MARK": ["a"]}}"#, "at \"/pins/***\": invalid type: string, expected i64"),
        (r#"{"pins": 7}"#, "at \"/pins\": invalid type: integer, expected an object"),
        (r#"{"pins": {"MARK": [], "MARK": []}}"#, "at \"/pins\": duplicate field"),
        (r#"{"cards": {"MARK": {"id": null}}}"#, "body /cards/***: type, but the value is null"),
        (r#"{"closed": {"MARK": 1}}"#, "at \"/closed/***\": unknown member"),
        (r#"{"lists": [{}, {"MARK": 2}]}"#, "body /lists/1/***: maximum 1"),
        (r#"{"lists": [{}, {"MARK": ""}]}"#, "at \"/lists/***\": invalid type: string, expected i64"),
        (r#"{"shown": {"a": [1, 2]}}"#, "body /shown/a: maxItems 1, but the number of items is 2"),
        (r#"{"shown": {"a": [""]}}"#, "at \"/shown/a/0\": invalid type: string, expected i64"),
    ];
    for (text, expected) in cases {
        assert_eq!(error(text), expected, "{text}");
    }
}
