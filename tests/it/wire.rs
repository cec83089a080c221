//! Runs the wire cases in `tests/wire`, and in the folder that the environment variable `WIRE_CASES` names. A case describes the
//! request that a call sends, or the result that a response leads to.
//!
//! Each case runs twice. A detached client builds the request and reads the response without I/O. Then a client with `reqwest`
//! uses a socket and a server that records the request. Some cases also run with the blocking client.

use case::{Case, Inputs};
use sender::{BlockingSender, DetachedSender, Exchange, ReqwestSender, Sender};

/// Makes the typed call that the inputs of a case describe.
mod call;
/// Reads the files of cases.
mod case;
/// Compares the result of a call with the result that its case expects.
mod comparison;
/// Verifies the signatures of requests.
mod gateway;
/// Sends a call: without I/O, with `reqwest`, or with the blocking client.
mod sender;
/// Tests of signatures: the test vectors, and the requests of all cases with a token.
mod signing;

/// The operations of the cases. Each operation has valid inputs for the cases that test a response.
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

/// The cases for the blocking client: a body, no body, repeated headers, a key of three parts, and two rejected requests.
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

/// Defines the tests of each API.
macro_rules! apis {
    ($($api:ident)*) => {
        $(mod $api {
            #[test]
            fn requests() {
                super::requests::<super::DetachedSender>(concat!(stringify!($api), "."), |_| true);
            }

            #[test]
            fn requests_over_a_socket() {
                super::requests::<super::ReqwestSender>(concat!(stringify!($api), "."), |_| true);
            }

            #[test]
            fn responses() {
                super::responses::<super::DetachedSender>(concat!(stringify!($api), "."));
            }

            #[test]
            fn responses_over_a_socket() {
                super::responses::<super::ReqwestSender>(concat!(stringify!($api), "."));
            }

            #[test]
            fn responses_to_the_blocking_client() {
                super::responses::<super::BlockingSender>(concat!(stringify!($api), "."));
            }

            /// Takes a snapshot of the requests for the examples and URL forms on the documentation page. It is reviewed when a
            /// document changes.
            #[test]
            fn requests_of_the_page() {
                super::assert_page_requests(stringify!($api));
            }
        })*
    };
}

apis! { osm secmaster cfw personium }

#[test]
fn requests_by_a_blocking_client() {
    requests::<BlockingSender>("", |case| BLOCKING.contains(&case.title().as_str()));
    let (own, known) = (case::own(), |title: &str| case::own().iter().any(|case| case.title() == title));
    assert!(!own.is_empty() && BLOCKING.into_iter().all(known));
}

/// If an operation were missing in [`OPERATIONS`], its cases would never run.
#[test]
fn every_case_has_an_operation() {
    let known = |case: &Case| OPERATIONS.iter().any(|(operation, _)| *operation == case.text("api"));
    let unknown: Vec<_> = case::all().iter().filter(|case| !known(case)).map(Case::title).collect();
    assert_eq!(unknown, [""; 0]);
    let own = case::own();
    assert_eq!((own.iter().filter(|case| !case.is_response()).count(), own.len()), (142, 167));
}

/// Takes a snapshot of the inputs that the typed API excludes: code with such an input does not compile. Each input has the
/// reason.
#[test]
fn inputs_that_the_typed_api_cannot_express() {
    let mut list = String::new();
    for case in case::own().iter().filter(|case| !case.is_response()) {
        if let Err(call::CallError::Inexpressible { field, why }) =
            perform::<DetachedSender>(case, &case.inputs(), success_response(case))
        {
            list.push_str(&format!("{}: {field}: {why}\n", case.title()));
        }
    }
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(list) });
}

/// The API, the title and the inputs of a case about a request, and the request that the client sends. The request is `None` if the
/// client rejects the inputs, and an error if their types exclude them.
pub(crate) type RequestCase =
    (String, String, serde_json::Value, Result<Option<crate::socket::Request>, call::CallError>);

/// Returns the cases of this repository about requests.
pub(crate) fn own_requests() -> Vec<RequestCase> {
    let cases = case::own();
    let cases = cases.iter().filter(|case| !case.is_response());
    let cases = cases.map(|case| {
        let inputs = case.get("inputs").cloned().unwrap();
        let exchange = perform::<DetachedSender>(case, &case.inputs(), success_response(case));
        (case.text("api").to_owned(), case.title(), inputs, exchange.map(|exchange| exchange.sent))
    });
    cases.collect()
}

fn requests<S: Sender>(api: &str, wanted: impl Fn(&Case) -> bool) {
    let cases = case::all();
    let cases = cases.iter().filter(|case| !case.is_response() && case.text("api").starts_with(api) && wanted(case));
    let run =
        |case: &Case| comparison::request_differences(case, perform::<S>(case, &case.inputs(), success_response(case)));
    assert_no_differences(cases.map(|case| (case.title(), run(case))).collect());
}

fn responses<S: Sender>(api: &str) {
    let cases = case::all();
    let cases = cases.iter().filter(|case| case.is_response() && case.text("api").starts_with(api));
    let run = |case: &Case| {
        let inputs = OPERATIONS.iter().filter(|(operation, _)| *operation == case.text("api"));
        let inputs = inputs.flat_map(|(_, inputs)| *inputs).map(|inputs| serde_json::from_str(inputs).unwrap());
        let each =
            |inputs| comparison::response_differences(case, perform::<S>(case, &Inputs::new(inputs), case.response()));
        inputs.flat_map(each).collect()
    };
    assert_no_differences(cases.map(|case| (case.title(), run(case))).collect());
}

/// Performs the call that `inputs` describe. The call receives the prepared `response`.
fn perform<S: Sender>(
    case: &Case,
    inputs: &Inputs,
    response: http::Response<bytes::Bytes>,
) -> Result<Exchange, call::CallError> {
    call::perform(S::with(response), case.text("api"), inputs)
}

/// Returns the shortest successful response of the case's API.
fn success_response(case: &Case) -> http::Response<bytes::Bytes> {
    let (status, body) = if case.text("api").starts_with("personium.") { (204, "") } else { (200, "{}") };
    http::Response::builder().status(status).body(body.into()).unwrap()
}

#[track_caller]
fn assert_no_differences(cases: Vec<(String, Vec<String>)>) {
    assert!(!cases.is_empty(), "there are no cases");
    let differing: Vec<_> = cases.iter().filter(|(_, differences)| !differences.is_empty()).collect();
    let lines = differing.iter().map(|(title, differences)| format!("{title}\n    {}\n", differences.join("\n    ")));
    let lines: String = lines.collect();
    assert!(lines.is_empty(), "{} of {} cases differ:\n{lines}", differing.len(), cases.len());
}

fn assert_page_requests(api: &str) {
    let cases = case::own();
    let cases = cases.iter().filter(|case| case.is_page_request() && case.text("api").split('.').next() == Some(api));
    let rendered = cases.map(|case| match perform::<DetachedSender>(case, &case.inputs(), success_response(case)) {
        Ok(Exchange { sent: Some(request), .. }) => format!("# {}\n{}", case.title(), sender::rendered(&request)),
        other => panic!("{}: {other:?}", case.title()),
    });
    let rendered = rendered.collect::<Vec<_>>().join("\n");
    insta::with_settings!({ omit_expression => true }, { insta::assert_snapshot!(format!("page_{api}"), rendered) });
}
