//! Dissociates data objects. The service may do so for some IDs only, and reports that with status 200.

use std::error::Error;

use generated::secmaster::{Client, CreateDataobjectRelationRequestBody, DeleteDataobjectRelationFailure, required};

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
    let reply = client.delete_dataobject_relation(relation("incidents"), &body).send().await?;
    println!("<- {}: request ID {:?}", reply.status, reply.headers.x_request_id);

    let body = body.ids(["alert-1", "alert-2"]);
    let call = client.delete_dataobject_relation(relation("incidents"), &body);
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
    let call = client.delete_dataobject_relation(relation("Incident"), &body);
    println!("{}", call.send().await.expect_err("the request is invalid"));
    Ok(())
}

/// Returns the association of an incident with alerts. `dataclass_type` is the data class of the incident.
fn relation(dataclass_type: &str) -> required::DeleteDataobjectRelation<&str, &str, &str, &str, &str> {
    required::DeleteDataobjectRelation {
        project_id: "project-1",
        workspace_id: "workspace-1",
        dataclass_type,
        data_object_id: "incident-1",
        related_dataclass_type: "alerts",
    }
}
