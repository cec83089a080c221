//! Tests of the transport for tests: its responses, which are compared with the document, and the requests that it records.

use generated::osm::{self, CreateRelationsRequest, DeleteRelationRequest, RelationResponse, operations, required};
use generated::runtime::{Client, KeyPair, Mock, SigningKey};

type Osm = Client<osm::Osm, Mock>;

fn client(mock: &Mock) -> Osm {
    osm::Client::builder("https://service.example").x_auth_token("token").build_with(mock.clone()).unwrap()
}

fn body() -> DeleteRelationRequest {
    DeleteRelationRequest::new(required::DeleteRelationRequest { group_id: "g", related_id: "r" })
}

#[tokio::test]
async fn responses_are_returned_in_order_and_the_last_one_repeats() {
    let mock = Mock::new();
    mock.on::<operations::DeleteRelation>()
        .lose_connection()
        .respond(200, r#"{"error_code": "OSM.1", "error_msg": "No."}"#)
        .and_then(|operation| operation.header("X-Request-Id", "id-1"))
        .and_then(|operation| operation.respond(200, ""))
        .unwrap();
    let (client, body) = (client(&mock), body());
    // The lost connection is followed by another attempt, because `DELETE` is idempotent.
    let error = client.delete_relation("case", &body).send().await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("OSM.1"), Some("id-1")));
    assert_eq!(error.earlier_attempts().len(), 1);
    for _ in 0..2 {
        client.delete_relation("case", &body).send().await.unwrap();
    }
    let requests = mock.on::<operations::DeleteRelation>().requests();
    assert_eq!(requests.len(), 4);
    assert_eq!(requests[0].uri(), "https://service.example/v2/servicerequest/cases/case/relations");
    assert!(mock.on::<operations::CreateRelations>().requests().is_empty());
    assert_eq!(format!("{mock:?}"), "{\"deleteRelation\": (1, 4)}");
}

#[test]
fn a_response_that_contradicts_the_document_is_an_error() {
    let mock = Mock::new();
    let operation = mock.on::<operations::DeleteRelation>();
    for (status, body, reason) in [
        (418, "", "the document does not describe the status 418"),
        (200, "[]", "invalid type: sequence"),
        (99, "", "invalid status code"),
    ] {
        let error = operation.respond(status, body).unwrap_err().to_string();
        assert!(error.starts_with("the service cannot send this response: ") && error.contains(reason), "{error}");
    }
    assert!(operation.header("a b", "").is_err());
    assert_eq!(format!("{operation:?}"), "MockedOperation { operation: \"deleteRelation\", .. }");
}

#[tokio::test]
async fn an_operation_without_a_response_is_named() {
    let client = client(&Mock::new());
    let error = client.delete_relation("case", &body()).send().await.unwrap_err();
    assert!(!error.is_connection() && error.earlier_attempts().is_empty(), "{error}");
    assert!(error.to_string().contains("the test has no response for the operation `deleteRelation`"), "{error}");
}

#[test]
fn invalid_requests_are_not_recorded() {
    let mock = Mock::new();
    let body = CreateRelationsRequest::new(required::CreateRelationsRequest { group_id: "", related_id_list: ["1"] });
    let error = client(&mock).create_relations("case", &body).send_blocking().unwrap_err();
    assert!(error.is_invalid_request());
    assert!(mock.on::<operations::CreateRelations>().requests().is_empty());
}

#[test]
fn any_response_can_be_tried() {
    let mock = Mock::new();
    let response = http::Response::builder().status(418).body("teapot".into()).unwrap();
    mock.on::<operations::DeleteRelation>().respond_unchecked(response);
    let error = client(&mock).delete_relation("case", &body()).send_blocking().unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(418));
}

#[tokio::test]
async fn an_expected_call_has_a_response_of_its_own() {
    let mock = Mock::new();
    let (client, body) = (client(&mock), body());
    let mut failure = RelationResponse::default();
    failure.error_code = Some("OSM.7".to_owned());
    mock.expect_call(&client.delete_relation("one", &body)).unwrap().reply(200, &failure).unwrap();
    mock.expect_call(&client.delete_relation("two", &body).x_language("en"))
        .unwrap()
        .respond(200, "")
        .unwrap()
        .times(2);
    mock.on::<operations::DeleteRelation>().respond(200, "").unwrap();
    for (case, language, code) in
        [("two", "en", None), ("one", "", Some("OSM.7")), ("two", "en", None), ("three", "", None)]
    {
        let call = client.delete_relation(case, &body);
        let call = if language.is_empty() { call } else { call.x_language(language) };
        let result = call.send().await;
        assert_eq!(result.err().as_ref().and_then(|error| error.code()), code, "{case}");
    }
    mock.verify().unwrap();
}

#[tokio::test]
async fn a_mock_names_each_expectation_that_was_not_met() {
    let mock = Mock::new();
    let (client, body) = (client(&mock), body());
    let call = client.delete_relation("case", &body);
    mock.expect_call(&call).unwrap().respond(200, "").unwrap();
    let other = DeleteRelationRequest::new(required::DeleteRelationRequest { group_id: "other", related_id: "r" });
    for (call, difference) in [
        (client.delete_relation("other", &body), "DELETE /v2/servicerequest/cases/case/relations was expected"),
        (client.delete_relation("case", &body).x_language("en"), "but the header `x-language` differs"),
        (client.delete_relation("case", &other), "but the body differs"),
    ] {
        let error = call.send().await.unwrap_err().to_string();
        assert!(error.contains(difference), "{error}");
    }
    let create =
        CreateRelationsRequest::new(required::CreateRelationsRequest { group_id: "g", related_id_list: ["1"] });
    mock.expect_call(&client.create_relations("case", &create)).unwrap().times(0);
    for call in [call.clone(), call] {
        call.send().await.unwrap();
    }
    let line = "DELETE /v2/servicerequest/cases/case/relations";
    let expected = [
        format!("`deleteRelation`: {line} was expected once, and sent 2 times"),
        format!(
            "`deleteRelation`: {} was sent, but not expected: {line} was expected",
            line.replace("case/", "other/")
        ),
        format!(
            "`deleteRelation`: {line} was sent, but not expected: {line} was expected, but the header `x-language` differs"
        ),
        format!("`deleteRelation`: {line} was sent, but not expected: {line} was expected, but the body differs"),
    ];
    assert_eq!(mock.verify().unwrap_err().to_string(), expected.join("\n"));
}

#[test]
fn an_expected_call_obeys_the_document() {
    let mock = Mock::new();
    let body = CreateRelationsRequest::new(required::CreateRelationsRequest { group_id: "", related_id_list: ["1"] });
    let error = mock.expect_call(&client(&mock).create_relations("case", &body)).unwrap_err().to_string();
    assert!(error.contains("group_id") && error.contains("minLength"), "{error}");
}

#[tokio::test]
async fn credentials_and_signatures_are_not_compared() {
    let mock = Mock::new();
    let builder = || osm::Client::builder("https://service.example");
    let key = SigningKey::new(KeyPair { access_key: "AK", secret_key: "SK" });
    let signing = builder().access_key(key).build_with(mock.clone()).unwrap();
    mock.expect_call(&client(&mock).delete_relation("case", &body())).unwrap().respond(200, "").unwrap();
    signing.delete_relation("case", &body()).send().await.unwrap();
    mock.verify().unwrap();
}
