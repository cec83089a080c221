//! Each case of cases/*.yaml, compiled with the tests and exercised: what is sent, what is refused, what an answer becomes.

mod beside;
mod bounds;
mod choices;
mod credentials;
mod easily_mistaken;
mod formats;
#[path = "fixtures/bodies.rs"]
mod in_bodies;
mod keywords;
mod numbers;
mod patterns;
mod places;
mod styles;
mod verdicts;

use bytes::Bytes;
use serde_json::{Value, json};
use tests::runtime::{Direction, Error, FromJsonError, ResponsePolicy, Validate, from_json};
use tests::{all_of, bodies, names, objects, outcomes, overloads, paths, presence, queries, rules};

const BASE: &str = "https://service.example/base/";

/// `METHOD target`, the headers, and the body of a request.
fn rendered(request: Result<http::Request<Bytes>, Error>) -> String {
    let request = request.unwrap();
    let headers = request.headers().iter().map(|(name, value)| format!("\n{name}: {}", value.to_str().unwrap()));
    let body = String::from_utf8_lossy(request.body()).into_owned();
    let body = if body.is_empty() { body } else { format!("\n\n{body}") };
    format!("{} {}{}{body}", request.method(), request.uri(), headers.collect::<String>())
}

/// The violations of a request that must not be sent.
fn refused(request: Result<http::Request<Bytes>, Error>) -> Vec<String> {
    let error = request.unwrap_err();
    assert!(error.is_invalid_request(), "{error}");
    error.violations().unwrap().iter().map(ToString::to_string).collect()
}

fn response(status: u16, body: &str) -> http::Response<Bytes> {
    http::Response::builder().status(status).header("X-Request-Id", "r-1").body(Bytes::from(body.to_owned())).unwrap()
}

fn violations(value: &impl Validate, direction: Direction) -> Vec<String> {
    let found = value.validate_as(direction).err().unwrap_or_default();
    found.iter().map(ToString::to_string).collect()
}

#[test]
fn paths_are_filled_in_the_order_of_the_template() {
    let client = paths::Client::builder(BASE).build_detached().unwrap();
    let call = client.get_part("a/b", 7, paths::Part::Lid);
    assert_eq!(rendered(call.request()), "GET https://service.example/base/shops/a%2Fb/orders/7-lid.json");
    assert_eq!(rendered(client.ping().request()), "HEAD https://service.example/base/ping");
    let wrong = client.get_part("..", 0, "bag");
    assert_eq!(
        refused(wrong.request()),
        [
            "path order: minimum 1, but the value is 0",
            "path part: enum lid, box, but the value is \"bag\"",
            "path shop: dot-segment, but the value is \"..\""
        ]
    );
}

#[test]
fn lists_stand_in_queries_and_headers_as_the_document_says() {
    let client = queries::Client::builder(BASE).build_detached().unwrap();
    let call =
        client.search("a&b=c").tag(["x1", "y 2"]).id([1, 2]).exact(true).x_trace(["t", "u"]).x_line(["k:v", "l:w"]);
    assert_eq!(
        rendered(call.request()),
        "GET https://service.example/base/search?q=a%26b%3Dc&tag=x1&tag=y%202&id=1,2&exact=true\n\
         x-trace: t,u\nx-line: k:v\nx-line: l:w\nx-client: copperplate"
    );
    assert_eq!(
        rendered(client.search("q").request()),
        "GET https://service.example/base/search?q=q\nx-client: copperplate"
    );
    assert_eq!(
        refused(client.search("q").x_trace(["a,b"]).request()),
        ["header X-Trace/0: header-value, but the value is \"a,b\""]
    );
    let wrong = client.search("").tag(["a", "bb", "cc"]).x_line(["k:v", "nocolon"]);
    assert_eq!(
        refused(wrong.request()),
        [
            "query q: minLength 1, but the length is 0",
            "query tag: maxItems 2, but the number of items is 3",
            "query tag/0: minLength 2, but the length is 1",
            "header X-Line/1: pattern ^[^:]+:, but the value is \"nocolon\"",
        ]
    );
}

#[test]
fn bodies_are_sent_with_the_documented_content_type() {
    let client = bodies::Client::builder(BASE).build_detached().unwrap();
    let note = bodies::AddNoteRequest::new("hello").tags(["a"]);
    assert_eq!(
        rendered(client.add_note(&note).request()),
        "POST https://service.example/base/notes\ncontent-type: application/json;charset=UTF-8\n\n{\"text\":\"hello\",\"tags\":[\"a\"]}"
    );
    assert_eq!(
        rendered(client.get_notes().request()),
        "GET https://service.example/base/notes\naccept: application/json, text/csv"
    );
    assert_eq!(rendered(client.replace_notes().request()), "PUT https://service.example/base/notes");
    let notes = [bodies::Note::new("too long"), bodies::Note::new("x")];
    assert_eq!(
        refused(client.replace_notes().body(&notes).request()),
        ["body: maxItems 1, but the number of items is 2", "body /0/text: maxLength 5, but the length is 8"]
    );
    assert!(client.replace_notes().body(&notes).validate_request(false).request().is_ok());
    assert_eq!(client.add_note(&note).read(response(201, r#"{"id":7}"#)).unwrap().value.id, 7);
    let missing = client.add_note(&note).read(response(201, r#"{"id":null}"#)).unwrap_err();
    assert_eq!(missing.decode_error().unwrap().pointer, "/id");
    assert_eq!(
        client.add_note(&note).read(response(201, "")).unwrap_err().decode_error().unwrap().message,
        "the body is empty"
    );
}

#[test]
fn each_status_has_its_type() {
    use outcomes::{StartJobFailure as Failure, StartJobSuccess as Success};
    let client = outcomes::Client::builder(BASE).build_detached().unwrap();
    let read = |status, body| client.start_job().read(response(status, body));
    let done = read(200, r#"{"name":"abc","more":1}"#).unwrap();
    assert!(matches!(&done.value, Success::Ok(job) if job.name == "abc"));
    assert_eq!((done.status.as_u16(), done.headers.x_cost, done.headers.x_queue), (200, None, None));
    assert_eq!(read(202, "ignored").unwrap().value, Success::Accepted);

    let failed = read(200, r#"{"name":"abc","failed":true}"#).unwrap_err();
    assert!(failed.is_service() && matches!(failed.failure::<Failure>(), Some(Failure::Ok(job)) if job.name == "abc"));
    let conflict = read(409, r#"{"code":"busy","message":"later","id":"b-1"}"#).unwrap_err();
    assert!(matches!(conflict.failure::<Failure>(), Some(Failure::Conflict(problem)) if problem.code == "busy"));
    assert_eq!(
        (conflict.code(), conflict.message(), conflict.request_id()),
        (Some("busy"), Some("later"), Some("r-1"))
    );
    assert!(matches!(read(404, "").unwrap_err().failure::<Failure>(), Some(Failure::ClientError)));
    let broken = read(503, "<html>").unwrap_err();
    assert!(broken.is_service() && broken.failure::<Failure>().is_none(), "{broken}");
    assert_eq!((broken.status().unwrap().as_u16(), broken.message()), (503, Some("<html>")));
    assert_eq!(broken.to_string(), "startJob: status 503 Service Unavailable, request ID r-1; body: <html>");
}

#[test]
fn a_decode_error_names_the_value_at_fault() {
    let client = objects::Client::builder(BASE).build_detached().unwrap();
    let tree = objects::Tree::new(objects::TreeId("a".to_owned()));
    let pointer = |body: &str| {
        let error = client.put_tree(objects::TreeId("a".to_owned()), &tree).read(response(200, body)).unwrap_err();
        error.decode_error().unwrap().pointer.clone()
    };
    let cases = [
        (r#"{"id":"a"}"#, ""),
        ("[1]", "/0"),
        (r#"[{"id":"a"},[1]]"#, "/1"),
        (r#"[{"id":{"a":{"b":1}}}]"#, "/0/id"),
        (r#"[{"id":"a","children":[{"id":"b"},{"id":2}]}]"#, "/0/children/1/id"),
        (r#"[{"id":"a","children":{"id":"b"}}]"#, "/0/children"),
        ("[\n  {\"id\": \"a\",\n   \"weight\": \"heavy\"}\n]", "/0/weight"),
        (r#"[{"parent":{}}]"#, "/0/parent"),
        (r#"[{"id":"\"}{[","we~i/ght":null}]"#, "/0/we~0i~1ght"),
    ];
    for (body, expected) in cases {
        assert_eq!(pointer(body), expected, "{body}");
    }
}

#[test]
fn tunnelling_sends_the_method_once() {
    let client = paths::Client::builder(BASE).default_header("X-Method", "PUT").build_detached().unwrap();
    let call = client.ping().tunnel_through_post(http::HeaderName::from_static("x-method"));
    assert_eq!(rendered(call.request()), "POST https://service.example/base/ping\nx-method: HEAD");
}

#[test]
fn a_default_without_a_success_is_both() {
    let client = outcomes::Client::builder(BASE).build_detached().unwrap();
    assert_eq!(client.status().read(response(203, r#"{"name":"up"}"#)).unwrap().value.name, "up");
    let down = client.status().read(response(500, r#"{"name":"no"}"#)).unwrap_err();
    assert!(
        matches!(down.failure::<outcomes::StatusFailure>(), Some(outcomes::StatusFailure::Default(job)) if job.name == "no")
    );
}

#[test]
fn a_null_that_the_document_forbids_is_read_and_reported_where_asked() {
    let text =
        r#"{"id":"a","parent":null,"note":null,"place":{"x":null},"children":[{"id":"b"},{"id":"c","place":null}]}"#;
    let client = objects::Client::builder(BASE).build_detached().unwrap();
    let tree = objects::Tree::new(objects::TreeId("a".to_owned()));
    let call = || client.put_tree(objects::TreeId("a".to_owned()), &tree);
    let answer = || response(200, &format!("[{text}]"));
    assert_eq!(call().read(answer()).unwrap().value.0[0].parent, None);
    let refused = call().validate_response(ResponsePolicy::Enforce).read(answer()).unwrap_err();
    let said: Vec<String> = refused.violations().unwrap().iter().map(ToString::to_string).collect();
    let null = |place: &str| format!("body {place}: type, but the value is null");
    assert_eq!(said, ["/0/parent", "/0/place/x", "/0/children/1/place"].map(null));
    let unfit = from_json::<objects::Tree>(text.as_bytes(), Direction::Request).unwrap_err();
    assert!(matches!(&unfit, FromJsonError::Invalid(found) if found.len() == 3), "{unfit}");
    let broken = from_json::<objects::Tree>(br#"{"id":"a","place":{"x":[]}}"#, Direction::Request).unwrap_err();
    assert!(broken.to_string().starts_with("at \"/place/x\": "), "{broken}");
    let none = from_json::<objects::Tree>(br#"{"id":"a","note":null}"#, Direction::Request);
    assert_eq!(none.map(|tree| tree.note), Ok(Some(None)));
}

#[test]
fn answers_are_checked_only_when_asked() {
    let client = outcomes::Client::builder(BASE).build_detached().unwrap();
    let answer = || response(200, r#"{"name":"too long"}"#);
    assert!(client.start_job().read(answer()).is_ok());
    let refused = client.start_job().validate_response(ResponsePolicy::Enforce).read(answer()).unwrap_err();
    assert!(refused.is_invalid_response());
    assert_eq!(refused.violations().unwrap().to_string(), "body /name: maxLength 3, but the length is 8");
}

#[test]
fn absent_null_and_value_are_three_things() {
    let user: presence::User = serde_json::from_value(json!({"name": "n", "nick": null, "motto": null})).unwrap();
    assert_eq!((&user.nick, &user.age, &user.motto), (&None, &None, &Some(None)));
    assert_eq!(serde_json::to_value(&user).unwrap(), json!({"name": "n", "nick": null, "motto": null}));
    let silent: presence::User = serde_json::from_value(json!({"name": "n", "nick": "x", "age": null})).unwrap();
    assert_eq!(serde_json::to_value(&silent).unwrap(), json!({"name": "n", "nick": "x"}));
    for wrong in
        [json!({"nick": "x"}), json!({"name": null, "nick": null}), json!({"name": "n", "nick": 1}), json!(["n"])]
    {
        assert!(serde_json::from_value::<presence::User>(wrong.clone()).is_err(), "{wrong}");
    }
    assert!(serde_json::from_str::<presence::User>(r#"{"name":"a","name":"b","nick":null}"#).is_err());
}

#[test]
fn read_only_and_write_only_members_bind_one_direction() {
    let visit: presence::Visit = serde_json::from_value(json!({"id": 7})).unwrap();
    assert_eq!((visit.id, visit.code.is_none()), (7, true));
    let user = presence::User::new("n", Some("long".to_owned()));
    assert_eq!(
        violations(&user, Direction::Request),
        ["body /nick: maxLength 3, but the length is 4", "body /password: required"]
    );
    assert_eq!(
        violations(&user, Direction::Response),
        ["body /nick: maxLength 3, but the length is 4", "body /id: required"]
    );
    let user = presence::User::new("n", None).password("secret");
    let shown = format!("{:?}", user.validate().unwrap_err());
    assert!(shown.contains("maxLength") && !shown.contains("secret"), "{shown}");
    assert_eq!(format!("{:?}", presence::User::new("n", None).password("secret").password), "Some(\"secret\")");
    let shown = format!("{user:?}");
    assert!(shown.contains("name: \"n\"") && shown.contains("password: …") && !shown.contains("secret"), "{shown}");
}

#[test]
fn every_rule_says_where_what_and_how_much() {
    let thing = |value: Value| serde_json::from_value::<rules::Thing>(value).unwrap();
    let right = thing(
        json!({"code": "AB12", "word": "no", "count": 9, "share": 1.0, "grid": [[9]], "labels": {"a": "b"}, "any": [1]}),
    );
    assert_eq!(violations(&right, Direction::Request), [""; 0]);
    let wrong = thing(json!({
        "code": "AB", "word": "maybe", "count": 10, "share": -0.5, "grid": [[1, 10, 3], []], "labels": {"a": "", "b": "c"}
    }));
    assert_eq!(
        violations(&wrong, Direction::Request),
        [
            r#"body /code: pattern ^[A-Z]{2}\d+$, but the value is "AB""#,
            r#"body /word: pattern ^(yes|no)$, but the value is "maybe""#,
            "body /count: exclusiveMaximum 10, but the value is 10",
            "body /share: exclusiveMinimum -0.5, but the value is -0.5",
            "body /grid/0: maxItems 2, but the number of items is 3",
            "body /grid/0/1: maximum 9, but the value is 10",
            "body /labels: maxProperties 1, but the number of members is 2",
            "body /labels/a: minLength 1, but the length is 0",
        ]
    );
    let empty = thing(json!({"code": "ZZ9", "grid": []}));
    assert_eq!(violations(&empty, Direction::Request), ["body /grid: minItems 1, but the number of items is 0"]);
}

#[test]
fn objects_keep_refuse_or_skip_what_is_not_described() {
    let tree = json!({"id": "a", "weight": 3, "parent": {"id": "p"}, "children": [{"id": "c"}], "place": {"x": 1.5}, "note": {"text": "t", "k": [1]}});
    let read: objects::Tree = serde_json::from_value(tree.clone()).unwrap();
    assert_eq!((read.additional.get("weight"), read.id.as_str()), (Some(&3), "a"));
    assert_eq!(serde_json::to_value(&read).unwrap(), tree);
    assert!(serde_json::from_value::<objects::Tree>(json!({"id": "a", "place": {"y": 1}})).is_err());
    let null_note: objects::Tree = serde_json::from_value(json!({"id": "a", "note": null})).unwrap();
    assert_eq!(null_note.note, Some(None));
    let deep: objects::Tree =
        serde_json::from_value(json!({"id": "a", "children": [{"id": "b", "parent": {"id": "long"}}]})).unwrap();
    assert_eq!(violations(&deep, Direction::Request), ["body /children/0/parent/id: maxLength 3, but the length is 4"]);
    let heavy: objects::Tree = serde_json::from_value(json!({"id": "a", "weight": 10})).unwrap();
    assert_eq!(violations(&heavy, Direction::Request), ["body /weight: maximum 9, but the value is 10"]);
    let client = objects::Client::builder(BASE).build_detached().unwrap();
    let request = client.put_tree(objects::TreeId("a b".to_owned()), &deep).validate_request(false).request();
    assert!(rendered(request).starts_with("PUT https://service.example/base/trees/a%20b\n"));
}

#[test]
fn spellings_of_one_operation_are_one_method() {
    let client = overloads::Client::builder(BASE).build_detached().unwrap();
    let get = |item| client.get_item(item).request();
    assert_eq!(
        rendered(get(overloads::ItemKey::bare("O'Brien"))),
        "GET https://service.example/base/Items('O%27%27Brien')"
    );
    assert_eq!(
        rendered(get(overloads::ItemKey::in_box("a", "b"))),
        "GET https://service.example/base/Items(Name='a',Box='b')"
    );
    assert_eq!(
        refused(get(overloads::ItemKey::in_box("", "long"))),
        ["path Box: maxLength 3, but the length is 4", "path Name: minLength 1, but the length is 0"]
    );
}

#[test]
fn names_that_are_taken_are_still_sent_as_written() {
    let client = names::Client::builder(BASE).build_detached().unwrap();
    let call = client.type_("t").send2("s").send3("S").request2("d").filter("f");
    assert_eq!(rendered(call.request()), "GET https://service.example/base/a/t?send=s&request=d&%24filter=f\nsend: S");
    let option = json!({"self": "a", "@type": "b", "type": "c", "kind": "a_b"});
    let read: names::Option2 = serde_json::from_value(option.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), option);
    let unknown: names::Option2 = serde_json::from_value(json!({"kind": "new"})).unwrap();
    assert_eq!(
        violations(&unknown, Direction::Response),
        ["body /kind: enum \"\", *, a-b, a_b, Unknown, 1st, self, 10 m², but the value is \"new\""]
    );
    assert_eq!(serde_json::to_value(&unknown).unwrap(), json!({"kind": "new"}));
}

#[test]
fn parts_of_a_schema_become_one_type() {
    let dog = json!({"name": "Rex", "tag": "ab", "bark": 9, "mood": "calm", "friend": null, "window": null});
    let read: all_of::Dog = serde_json::from_value(dog.clone()).unwrap();
    assert_eq!(serde_json::to_value(&read).unwrap(), dog);
    assert_eq!((&read.mood, &read.friend, &read.window), (&Some(all_of::PetMood::Calm), &Some(None), &Some(None)));
    let wrong = all_of::Dog::new(0, "R", "a");
    assert_eq!(
        violations(&wrong, Direction::Request),
        [
            "body /name: minLength 2, but the length is 1",
            "body /tag: minLength 2, but the length is 1",
            "body /bark: minimum 1, but the value is 0",
        ]
    );
    let long = all_of::Dog::new(1, "Rexrexrex", "ab");
    assert_eq!(violations(&long, Direction::Request), ["body /name: maxLength 8, but the length is 9"]);
}

#[test]
fn bodies_that_are_not_json_are_bytes() {
    let client = bodies::Client::builder(BASE).build_detached().unwrap();
    let call = client.put_file("a b", b"\x89PNG");
    let request = call.request().unwrap();
    assert_eq!(
        (&request.body()[..], request.headers()["content-type"].as_bytes()),
        (&b"\x89PNG"[..], &b"image/png"[..])
    );
    assert_eq!(call.read(response(200, "5f")).unwrap().value, "5f");
    let failed = call.read(response(413, "<p>no</p>")).unwrap_err();
    assert!(
        matches!(failed.failure::<bodies::PutFileFailure>(), Some(bodies::PutFileFailure::PayloadTooLarge(page)) if page == "<p>no</p>")
    );
}
