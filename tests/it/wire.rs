//! The wire cases of tests/wire and of the folder `WIRE_CASES`: what a call sends, and what becomes of an answer.
//!
//! Each case is run twice. The operation alone builds the request and reads the answer; then `reqwest` carries both over
//! a socket, where the server says what arrived. Some cases go through the blocking client as well.

use case::{Case, Inputs};
use transport::{Alone, Exchange, OverBlocking, OverReqwest, Sender};

/// From the inputs of a case to the typed call.
mod call;
/// The files, and what a case says.
mod case;
/// What a case expects, held against what happened.
mod comparison;
/// The ways a call is carried.
mod transport;

/// The operations of the cases, each with inputs that are good enough to get an answer.
const OPERATIONS: [(&str, &[&str]); 5] = [
    (
        "osm.createRelations",
        &[r#"{"path": {"case_id": "c"}, "header": {"X-Auth-Token": "t"},
            "body": {"related_id_list": ["1"], "group_id": "g"}}"#],
    ),
    (
        "osm.deleteRelation",
        &[r#"{"path": {"case_id": "c"}, "header": {"X-Auth-Token": "t"},
            "body": {"related_id": "1", "group_id": "g"}}"#],
    ),
    (
        "secmaster.deleteDataobjectRelation",
        &[r#"{"path": {"project_id": "p", "workspace_id": "w", "dataclass_type": "incidents", "data_object_id": "o",
            "related_dataclass_type": "alerts"}, "header": {"X-Auth-Token": "t"}, "body": {"ids": ["i"]}}"#],
    ),
    ("cfw.deleteServiceItem", &[r#"{"path": {"project_id": "p", "item_id": "i"}, "header": {"X-Auth-Token": "t"}}"#]),
    (
        "personium.unlinkRelation",
        &[
            r#"{"relation": {"Name": "r", "_Box.Name": "b"}, "nav": "_Box", "target": {"bare": "b"}}"#,
            r#"{"relation": {"bare": "r"}, "nav": "_ExtCell", "target": {"bare": "https://cell2.example/"}}"#,
            r#"{"relation": {"Name": "r"}, "nav": "_ExtRole", "target": {"ExtRole": "https://cell2.example/r"}}"#,
            r#"{"relation": {"bare": "r"}, "nav": "_Role", "target": {"Name": "r"}}"#,
        ],
    ),
];

/// What the blocking client is shown: a body, no body, repeated headers, a key of three parts, and two refusals.
const BLOCKING: [&str; 8] = [
    "osm.deleteRelation page-example",
    "osm.createRelations four-ids",
    "osm.createRelations token-crlf",
    "secmaster.deleteDataobjectRelation ids-nasty",
    "cfw.deleteServiceItem both-queries",
    "personium.unlinkRelation P07",
    "personium.unlinkRelation x-override-two",
    "personium.unlinkRelation anonymous",
];

/// Every case of one API, both ways.
macro_rules! apis {
    ($($api:ident)*) => {
        $(mod $api {
            #[test]
            fn requests() {
                super::requests::<super::Alone>(concat!(stringify!($api), "."), |_| true);
            }

            #[test]
            fn requests_over_a_socket() {
                super::requests::<super::OverReqwest>(concat!(stringify!($api), "."), |_| true);
            }

            #[test]
            fn responses() {
                super::responses::<super::Alone>(concat!(stringify!($api), "."));
            }

            #[test]
            fn responses_over_a_socket() {
                super::responses::<super::OverReqwest>(concat!(stringify!($api), "."));
            }

            #[test]
            fn responses_to_the_blocking_client() {
                super::responses::<super::OverBlocking>(concat!(stringify!($api), "."));
            }

            /// What goes over the wire for the page's examples and URL forms, for the review of a changed document.
            #[test]
            fn page() {
                super::page(stringify!($api));
            }
        })*
    };
}

apis! { osm secmaster cfw personium }

#[test]
fn requests_by_a_blocking_client() {
    requests::<OverBlocking>("", |case| BLOCKING.contains(&case.title().as_str()));
    let (own, known) = (case::own(), |title: &str| case::own().iter().any(|case| case.title() == title));
    assert!(!own.is_empty() && BLOCKING.into_iter().all(known));
}

/// A case of an API that no test asks for would never run.
#[test]
fn every_case_has_an_operation() {
    let known = |case: &Case| OPERATIONS.iter().any(|(operation, _)| *operation == case.text("api"));
    let unknown: Vec<_> = case::all().iter().filter(|case| !known(case)).map(Case::title).collect();
    assert_eq!(unknown, [""; 0]);
    let own = case::own();
    assert_eq!((own.iter().filter(|case| !case.is_response()).count(), own.len()), (142, 167));
}

/// Inputs that the typed API has no way to write: they are refused by the compiler, each for its reason.
#[test]
fn inputs_that_the_typed_api_cannot_express() {
    let mut list = String::new();
    for case in case::own().iter().filter(|case| !case.is_response()) {
        if let Err(call::Fault::Unwritable { field, why }) = perform::<Alone>(case, &case.inputs(), no_failure(case)) {
            list.push_str(&format!("{}: {field}: {why}\n", case.title()));
        }
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(list) });
}

fn requests<C: Sender>(api: &str, wanted: impl Fn(&Case) -> bool) {
    let cases = case::all();
    let cases = cases.iter().filter(|case| !case.is_response() && case.text("api").starts_with(api) && wanted(case));
    let run = |case: &Case| comparison::on_request(case, perform::<C>(case, &case.inputs(), no_failure(case)));
    assert_agreement(cases.map(|case| (case.title(), run(case))).collect());
}

fn responses<C: Sender>(api: &str) {
    let cases = case::all();
    let cases = cases.iter().filter(|case| case.is_response() && case.text("api").starts_with(api));
    let run = |case: &Case| {
        let inputs = OPERATIONS.iter().filter(|(operation, _)| *operation == case.text("api"));
        let inputs = inputs.flat_map(|(_, inputs)| *inputs).map(|inputs| serde_json::from_str(inputs).unwrap());
        let each = |inputs| comparison::on_response(case, perform::<C>(case, &Inputs::new(inputs), case.answer()));
        inputs.flat_map(each).collect()
    };
    assert_agreement(cases.map(|case| (case.title(), run(case))).collect());
}

/// Sends what the inputs say; the answer is there already.
fn perform<C: Sender>(
    case: &Case,
    inputs: &Inputs,
    answer: http::Response<bytes::Bytes>,
) -> Result<Exchange, call::Fault> {
    call::perform(C::with(answer), case.text("api"), inputs)
}

/// The shortest success of the case's API.
fn no_failure(case: &Case) -> http::Response<bytes::Bytes> {
    let (status, body) = if case.text("api").starts_with("personium.") { (204, "") } else { (200, "{}") };
    http::Response::builder().status(status).body(body.into()).unwrap()
}

#[track_caller]
fn assert_agreement(verdicts: Vec<(String, Vec<String>)>) {
    assert!(!verdicts.is_empty(), "no case at all");
    let differing: Vec<_> = verdicts.iter().filter(|(_, differences)| !differences.is_empty()).collect();
    let lines = differing.iter().map(|(title, differences)| format!("{title}\n    {}\n", differences.join("\n    ")));
    let lines: String = lines.collect();
    assert!(lines.is_empty(), "{} of {} cases differ:\n{lines}", differing.len(), verdicts.len());
}

fn page(api: &str) {
    let cases = case::own();
    let cases = cases.iter().filter(|case| case.is_page_request() && case.text("api").split('.').next() == Some(api));
    let rendered = cases.map(|case| match perform::<Alone>(case, &case.inputs(), no_failure(case)) {
        Ok(Exchange { sent: Some(request), .. }) => format!("# {}\n{}", case.title(), transport::rendered(&request)),
        other => panic!("{}: {other:?}", case.title()),
    });
    let rendered = rendered.collect::<Vec<_>>().join("\n");
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(format!("page_{api}"), rendered) });
}
