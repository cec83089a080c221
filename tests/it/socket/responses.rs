//! Tests of the results of calls: documented, undocumented, invalid and missing responses.

use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use generated::cfw;
use generated::osm::{self, CreateRelationsFailure, CreateRelationsRequest, RelationResponse};
use generated::runtime::{CallOptions, Error, Reply, ResponsePolicy};
use generated::secmaster::{self, CreateDataobjectRelationRequestBody, DeleteDataobjectRelationFailure};

use super::{Server, item, json};

/// A message of 47 characters, which the service sends although its documentation page allows only 32.
const MESSAGE: &str = "The same caseId relations should not be over 3.";

async fn create(response: http::Response<Bytes>, policy: ResponsePolicy) -> Result<Reply<RelationResponse>, Error> {
    let server = Server::responding(response);
    let client = osm::Client::builder(server.base_url()).x_auth_token("token-1").validate_responses(policy).build()?;
    client
        .create_relations(
            "case-123",
            &CreateRelationsRequest::new(osm::required::CreateRelationsRequest {
                group_id: "group-1",
                related_id_list: ["case-456"],
            }),
        )
        .send()
        .await
}

async fn disassociate(response: http::Response<Bytes>) -> Error {
    let server = Server::responding(response);
    let client = secmaster::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
    let body = CreateDataobjectRelationRequestBody::new().ids(["a", "b"]);
    client
        .delete_dataobject_relation(
            secmaster::required::DeleteDataobjectRelation {
                project_id: "p",
                workspace_id: "w",
                dataclass_type: "incidents",
                data_object_id: "o",
                related_dataclass_type: "alerts",
            },
            &body,
        )
        .send()
        .await
        .unwrap_err()
}

/// Returns a successful response: it has no error code. Its message is longer than the document allows.
fn long_message() -> http::Response<Bytes> {
    json(200, format!(r#"{{"error_code":"","error_msg":"{MESSAGE}"}}"#))
}

#[tokio::test]
async fn responses_may_exceed_documented_limits() {
    let reply = create(long_message(), ResponsePolicy::default()).await.unwrap();
    assert_eq!(reply.value.error_msg.as_deref(), Some(MESSAGE));
}

#[tokio::test]
async fn the_warn_policy_passes_violations_to_its_hook() {
    let messages = Arc::new(Mutex::new(Vec::new()));
    let hook = {
        let messages = Arc::clone(&messages);
        ResponsePolicy::Warn(Arc::new(move |operation, violations| {
            messages.lock().unwrap().push(format!("{operation}: {violations}"));
        }))
    };
    let reply = create(long_message(), hook).await.unwrap();
    assert_eq!(reply.value.error_msg.as_deref(), Some(MESSAGE));
    assert_eq!(*messages.lock().unwrap(), ["createRelations: body /error_msg: maxLength 32, but the length is 47"]);
}

#[tokio::test]
async fn the_enforce_policy_rejects_an_invalid_response() {
    let error = create(long_message(), ResponsePolicy::Enforce).await.unwrap_err();
    assert!(error.is_invalid_response() && !error.is_invalid_request(), "{error}");
    let violations: Vec<_> = error.violations().into_iter().flatten().collect();
    assert_eq!(violations.len(), 1);
    assert_eq!((violations[0].pointer.as_str(), violations[0].keyword), ("/error_msg", "maxLength"));
    assert_eq!((violations[0].limit.as_deref(), violations[0].actual.as_deref()), (Some("32"), Some("47")));
    assert_eq!(error.status().unwrap(), 200);
    assert_eq!(error.body().unwrap(), long_message().body());
}

/// The validation of successful responses, under any policy, does not hide the reason of a failure.
#[tokio::test]
async fn a_failure_stays_a_failure_under_every_policy() {
    const CODE: &str = "OSM.01010043.and.more.than.32.characters";
    let ignore = ResponsePolicy::Warn(Arc::new(|operation, violations| panic!("{operation}: {violations}")));
    for policy in [ResponsePolicy::Off, ignore, ResponsePolicy::Enforce] {
        let response = json(200, format!(r#"{{"error_code":"{CODE}","error_msg":"{MESSAGE}"}}"#));
        let error = create(response, policy).await.unwrap_err();
        assert!(error.is_service(), "{error}");
        assert_eq!((error.status().unwrap().as_u16(), error.code(), error.message()), (200, Some(CODE), Some(MESSAGE)));
        let CreateRelationsFailure::Ok(body) = error.failure().unwrap() else { panic!("{error:?}") };
        assert_eq!(body.error_code.as_deref(), Some(CODE));
    }
}

#[tokio::test]
async fn a_partial_failure_keeps_its_body() {
    let body = r#"{"code":"S.1","message":"one is gone","request_id":"r-1",
        "success":false,"data":{"success_ids":["a"],"error_ids":["b"]}}"#;
    let error = disassociate(json(200, body)).await;
    assert!(error.is_service(), "{error}");
    assert_eq!((error.code(), error.message(), error.request_id()), (Some("S.1"), Some("one is gone"), Some("r-1")));
    let Some(DeleteDataobjectRelationFailure::Ok(body)) = error.failure() else { panic!("{error:?}") };
    let data = body.data.as_ref().unwrap();
    assert_eq!(
        (data.success_ids.as_deref(), data.error_ids.as_deref()),
        (Some(&["a".into()][..]), Some(&["b".into()][..]))
    );
}

#[tokio::test]
async fn a_decode_error_has_the_pointer_and_the_body() {
    let body = r#"{"code": "0", "data": {"success_ids": [1]}}"#;
    let error = disassociate(json(200, body)).await;
    assert!(error.is_decode() && !error.is_service(), "{error}");
    assert_eq!(error.decode_error().unwrap().pointer, "/data/success_ids/0");
    assert_eq!((error.status().unwrap().as_u16(), error.body().unwrap().as_ref()), (200, body.as_bytes()));
    assert_eq!(error.headers().unwrap()["content-type"], "application/json");
    let text = error.to_string();
    assert!(text.contains("deleteDataobjectRelation") && text.contains("/data/success_ids/0"), "{text}");
    assert!(text.ends_with("; the body has 43 bytes of the media type application/json"), "{text}");
}

#[tokio::test]
async fn an_error_message_has_the_operation_status_code_and_request_id() {
    let builder = http::Response::builder().status(502).header("X-request-id", "r-9");
    let body = format!("{{\"error_code\":\"APIGW.0301\",\"pad\":\"{}END\"}}", "x".repeat(1000));
    let error = disassociate(builder.body(body.into()).unwrap()).await;
    let text = error.to_string();
    for part in ["deleteDataobjectRelation", "502", "APIGW.0301", "r-9", "the body has 1039 bytes"] {
        assert!(text.contains(part), "{part} is missing: {text}");
    }
    assert!(!text.contains("END") && text.len() < 400, "{text}");
    assert_eq!(error.failure::<DeleteDataobjectRelationFailure>(), None);
}

/// Every call returns an error by value, so the error must be small.
#[test]
fn an_error_fits_in_two_words() {
    assert!(size_of::<Error>() <= 16);
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let elsewhere = Server::responding(json(200, "{}"));
    let location = format!("{}/v1/p/service-items/i", elsewhere.base_url());
    for status in [301, 302, 307, 308] {
        let builder = http::Response::builder().status(status).header("Location", &location);
        let server = Server::responding(builder.body(Bytes::new()).unwrap());
        let client = cfw::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
        let error = client.delete_service_item(item("i")).send().await.unwrap_err();
        assert!(error.is_service(), "{error}");
        assert_eq!((error.status().unwrap().as_u16(), server.stop().len()), (status, 1));
        assert_eq!(error.headers().unwrap()["location"], *location);
    }
    assert_eq!(elsewhere.stop(), []);
}

#[tokio::test]
async fn a_missing_response_is_a_timeout() {
    let server = Server::unresponsive();
    let client = cfw::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
    let call = client.delete_service_item(item("i")).options(CallOptions::new().timeout(Duration::from_millis(200)));
    let error = call.send().await.unwrap_err();
    assert!(error.is_timeout() && !error.is_connection(), "{error}");
    assert_eq!((error.status(), error.operation()), (None, "deleteServiceItem"));
    // The server received the request, and may have executed it. This distinguishes a timeout from a refused connection.
    assert_eq!(server.stop()[0].line, "DELETE /v1/p/service-items/i HTTP/1.1");
}

#[test]
fn a_missing_response_is_a_timeout_of_the_blocking_client() {
    let server = Server::unresponsive();
    let builder = cfw::Client::builder(server.base_url()).x_auth_token("token-1").timeout(Duration::from_millis(200));
    let error = builder.build_blocking().unwrap().delete_service_item(item("i")).send_blocking().unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_closed_port_is_a_connection_error() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let client = cfw::Client::builder(format!("http://{address}")).x_auth_token("token-1").build().unwrap();
    let error = client.delete_service_item(item("i")).send().await.unwrap_err();
    assert!(error.is_connection() && !error.is_timeout(), "{error}");
    assert_eq!((error.status(), error.body()), (None, None));
}
