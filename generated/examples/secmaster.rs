//! Dissociates data objects. The service may do so for some IDs only, and reports that with status 200.

use std::error::Error;

use generated::secmaster::{Client, CreateDataobjectRelationRequestBody, DeleteDataobjectRelationFailure};

mod mock;

const RESPONSES: &[mock::Response] = &[
    (
        "200 OK",
        &["Content-Type: application/json", "X-request-id: 0001-1700000000-host-1"],
        r#"{"code":"0","success":true,"data":{"success_ids":["alert-1"],"error_ids":[]}}"#,
    ),
    (
        "200 OK",
        &["Content-Type: application/json"],
        r#"{"code":"1","success":false,"data":{"success_ids":["alert-1"],"error_ids":["alert-2"]}}"#,
    ),
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder(mock::start(RESPONSES)?).x_auth_token("token-1").build()?;

    let body = CreateDataobjectRelationRequestBody::new().ids(["alert-1"]);
    let call =
        client.delete_dataobject_relation("project-1", "workspace-1", "incidents", "incident-1", "alerts", &body);
    let reply = call.send().await?;
    println!("<- {}: request ID {:?}", reply.status, reply.headers.x_request_id);

    let body = body.ids(["alert-1", "alert-2"]);
    let call =
        client.delete_dataobject_relation("project-1", "workspace-1", "incidents", "incident-1", "alerts", &body);
    let error = call.send().await.expect_err("the service responds with a partial failure");
    match error.failure() {
        Some(DeleteDataobjectRelationFailure::Ok(result)) => {
            let data = result.data.clone().unwrap_or_default();
            println!("<- dissociated {:?}, but not {:?}", data.success_ids, data.error_ids);
        }
        Some(DeleteDataobjectRelationFailure::BadRequest(body)) => println!("<- rejected: {:?}", body.message),
        _ => return Err(error.into()),
    }

    // The class must be a plural in lowercase. Other values are not sent.
    let call = client.delete_dataobject_relation("project-1", "workspace-1", "Incident", "incident-1", "alerts", &body);
    println!("{}", call.send().await.expect_err("the request is invalid"));
    Ok(())
}
