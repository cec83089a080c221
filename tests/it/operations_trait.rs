//! Tests of the traits over operations: with a client, and with implementations that a test has in its place.

use std::sync::Mutex;

use generated::cfw::traits::CfwApi;
use generated::cfw::{self, DeleteServiceItemFailure, arguments, required};
use generated::osm::traits::OsmApi;
use generated::osm::{self, DeleteRelationRequest};
use generated::runtime::{CallOptions, Error, FakeResponse, FromJsonError, Mock, RetryPolicy, Sending, from_value};
use serde_json::json;
use tests::response_headers::traits::ResponseHeadersApi;
use tests::response_headers::{arguments as header_arguments, operations as header_operations};
use tests::runtime as fixture;

fn item(id: &str) -> arguments::DeleteServiceItem {
    arguments::DeleteServiceItem::new(required::DeleteServiceItem { project_id: "project", item_id: id })
}

/// The code under test: deletes an item, and says how that went.
async fn delete(api: &(impl CfwApi + ?Sized), id: &str) -> Result<String, Error> {
    match api.delete_service_item(item(id).fw_instance_id("firewall")).await {
        Ok(reply) => Ok(reply.value.data.and_then(|data| data.id).unwrap_or_default()),
        Err(error) => match error.failure() {
            Some(DeleteServiceItemFailure::NotFound) => Ok("nothing".to_owned()),
            _ => Err(error),
        },
    }
}

/// An implementation with a response, which records the arguments.
struct Fake(FakeResponse, Mutex<Vec<arguments::DeleteServiceItem>>);

impl Fake {
    fn new(response: FakeResponse) -> Self {
        Self(response, Mutex::default())
    }
}

impl CfwApi for Fake {
    fn delete_service_item<'a>(
        &'a self,
        arguments: arguments::DeleteServiceItem,
    ) -> Sending<'a, cfw::DeleteServiceItemResponseBody> {
        self.1.lock().unwrap().push(arguments);
        self.0.sent::<cfw::operations::DeleteServiceItem>()
    }
}

#[tokio::test]
async fn a_client_sends_what_the_arguments_say() {
    let mock = Mock::new();
    let client =
        cfw::Client::builder("https://service.example").x_auth_token("token").build_with(mock.clone()).unwrap();
    let operation = mock.on::<cfw::operations::DeleteServiceItem>();
    operation.respond(200, r#"{"data": {"id": "1"}}"#).unwrap();
    let api: &dyn CfwApi = &client;
    assert_eq!(delete(api, "7").await.unwrap(), "1");
    let options = CallOptions::new().header("X-Trace", "t").retry(RetryPolicy::off());
    CfwApi::delete_service_item(&client, item("8").options(options)).await.unwrap();
    let requests = operation.requests();
    let [first, second] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!(first.uri().path_and_query().unwrap(), "/v1/project/service-items/7?fw_instance_id=firewall");
    assert_eq!(second.uri().path_and_query().unwrap(), "/v1/project/service-items/8");
    assert_eq!(second.headers()["x-trace"], "t");
}

#[tokio::test]
async fn an_implementation_returns_what_a_test_has_chosen() {
    let fake = Fake::new(FakeResponse::new(200, &json!({"data": {"id": "2"}})));
    assert_eq!(delete(&fake, "7").await.unwrap(), "2");
    let recorded = std::mem::take(&mut *fake.1.lock().unwrap());
    assert_eq!((recorded[0].item_id.as_str(), recorded[0].fw_instance_id.as_deref()), ("7", Some("firewall")));
    assert_eq!(delete(&Fake::new(FakeResponse::empty(404)), "7").await.unwrap(), "nothing");
    let body = json!({"error_code": "CFW.1", "error_msg": "No."});
    let response = FakeResponse::new(400, &body).header("X-Request-Id", "id-1");
    let error = delete(&Fake::new(response), "7").await.unwrap_err();
    assert_eq!((error.code(), error.request_id()), (Some("CFW.1"), Some("id-1")));
    assert!(matches!(error.failure(), Some(DeleteServiceItemFailure::BadRequest(_))), "{error}");
}

#[tokio::test]
async fn a_reply_has_the_documented_headers() {
    struct Fake;

    impl ResponseHeadersApi for Fake {
        fn things<'a>(
            &'a self,
            _: header_arguments::Things,
        ) -> fixture::Sending<'a, (), header_operations::ThingsHeaders> {
            let response = fixture::FakeResponse::empty(200).header("X-Count", "3").header("X-Tags", "a, b");
            Box::pin(async move { response.read::<header_operations::Things>() })
        }
    }

    let api: &dyn ResponseHeadersApi = &Fake;
    let reply = api.things(header_arguments::Things::new()).await.unwrap();
    assert_eq!(reply.headers.x_count, Some(3));
    assert_eq!(reply.headers.x_tags, Some(vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!(reply.all_headers["x-tags"], "a, b");
    let error = api.get_key(header_arguments::GetKey::new()).await.unwrap_err();
    assert!(error.to_string().contains("does not have the operation"), "{error}");
    assert!(!error.is_retryable() && error.operation() == "getKey", "{error:?}");
}

#[tokio::test]
async fn a_response_that_contradicts_the_document_fails() {
    for (response, reason) in [
        (FakeResponse::empty(418), "the document does not describe the status 418"),
        (FakeResponse::new(200, &json!([])), "invalid type: sequence"),
        (FakeResponse::empty(200).header("a b", ""), "invalid HTTP header name"),
    ] {
        let error = delete(&Fake::new(response), "7").await.unwrap_err();
        let cause = format!("{:?}", error.transport_error());
        assert!(cause.contains("the service cannot send this response") && cause.contains(reason), "{cause}");
    }
}

#[tokio::test]
async fn bodies_are_borrowed() {
    struct Fake;

    impl OsmApi for Fake {
        fn delete_relation<'a>(
            &'a self,
            arguments: osm::arguments::DeleteRelation<'a>,
        ) -> Sending<'a, osm::RelationResponse> {
            assert_eq!((arguments.case_id.as_str(), arguments.body.group_id.as_str()), ("case", "g"));
            FakeResponse::empty(200).sent::<osm::operations::DeleteRelation>()
        }
    }

    let body = DeleteRelationRequest::new(osm::required::DeleteRelationRequest { group_id: "g", related_id: "r" });
    Fake.delete_relation(osm::arguments::DeleteRelation::new("case", &body)).await.unwrap();
}

#[test]
fn values_of_responses_are_made_from_json() {
    let value = json!({"data": {"id": "1"}});
    let body = from_value::<cfw::DeleteServiceItemResponseBody>(value).unwrap();
    assert_eq!(body.data.unwrap().id.as_deref(), Some("1"));
    let error = from_value::<cfw::DeleteServiceItemResponseBody>(json!({"data": 1})).unwrap_err();
    assert!(matches!(error, FromJsonError::Decode(_)), "{error}");
}
