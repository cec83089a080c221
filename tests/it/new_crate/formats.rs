//! Tests of a crate whose formats are types of other crates. The test of copperplate runs them in the generated crate.

use pets::runtime::{Detached, Direction, Operation, from_json};
use pets::{Client, Event, EventEither, EventId, SendFormRequest, required};

const ID: &str = "67e55044-10b1-426f-9247-bb680e5fe0c8";

fn client() -> Client<Detached> {
    Client::builder("https://service.example").build_detached().unwrap()
}

fn event() -> Event {
    let id: uuid::Uuid = ID.parse().unwrap();
    Event::new(required::Event { id, at: "2024-05-06T07:08:09Z".parse().unwrap() })
        .day(chrono::NaiveDate::from_ymd_opt(2024, 5, 6).unwrap())
        .price("12.50".parse().unwrap())
        .page("https://a.example/b".parse().unwrap())
        .others([id])
        .links([("a".to_owned(), "https://a.example/".parse().unwrap())].into())
        .either(id)
        .ip("127.0.0.1".parse().unwrap())
}

const JSON: &str = r#"{"id":"67e55044-10b1-426f-9247-bb680e5fe0c8","at":"2024-05-06T07:08:09Z","day":"2024-05-06","price":"12.50","page":"https://a.example/b","others":["67e55044-10b1-426f-9247-bb680e5fe0c8"],"links":{"a":"https://a.example/"},"either":"67e55044-10b1-426f-9247-bb680e5fe0c8","ip":"127.0.0.1"}"#;

#[test]
fn values_are_sent_and_received() {
    assert_eq!(serde_json::to_string(&event()).unwrap(), JSON);
    assert_eq!(from_json::<Event>(JSON.as_bytes(), Direction::Request).unwrap(), event());
    assert!(matches!(event().either, Some(EventEither::Text(_))));
    assert_eq!(*event().id, EventId(ID.parse().unwrap()).0);
}

#[test]
fn parameters_and_forms_have_values() {
    let client = client();
    let event = event();
    let day = chrono::NaiveDate::from_ymd_opt(2024, 5, 6).unwrap();
    let put = client.put_event(*event.id, &event).since("2024-05-06T07:08:09.5Z".parse().unwrap()).x_days([day, day]);
    let request = put.request().unwrap();
    let uri = format!("https://service.example/events/{ID}?since=2024-05-06T07%3A08%3A09.5Z");
    assert_eq!(request.uri().to_string(), uri);
    assert_eq!(request.headers()["X-Days"], "2024-05-06,2024-05-06");
    let form = SendFormRequest::new(*event.id).price("1.5".parse().unwrap());
    let request = client.send_form(&form).request().unwrap();
    assert_eq!(*request.body(), format!("id={ID}&price=1.5"));
}

#[test]
fn a_text_that_does_not_parse_is_an_error_with_a_pointer() {
    let wrong = JSON.replace("\"day\":\"2024-05-06\"", "\"day\":\"2024-15-06\"");
    let error = from_json::<Event>(wrong.as_bytes(), Direction::Request).unwrap_err().to_string();
    assert!(error.starts_with("at \"/day\": "), "{error}");
    let wrong = JSON.replace(":[\"67e5", ":[\"x7e5");
    let error = from_json::<Event>(wrong.as_bytes(), Direction::Request).unwrap_err().to_string();
    assert!(error.starts_with("at \"/others/0\": "), "{error}");
}

#[test]
fn other_keywords_and_the_format_are_checked_on_the_text() {
    let long = event().price("123.456".parse().unwrap());
    let error = client().put_event(*long.id, &long).request().unwrap_err();
    let found: Vec<String> = error.violations().unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(found, ["body /price: maxLength 5, but the length is 7"]);
    // The text of `time::Time` is no `time` of RFC 3339, which has an offset.
    let unfit = event().clock(time::Time::from_hms(7, 8, 9).unwrap());
    let error = client().put_event(*unfit.id, &unfit).request().unwrap_err();
    assert_eq!(error.violations().unwrap().iter().next().unwrap().keyword, "format");
}
