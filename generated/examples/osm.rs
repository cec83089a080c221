//! Associates service tickets. The service reports success and failure with the same status, 200.

use std::error::Error;

use generated::osm::{Client, CreateRelationsRequest, DeleteRelationRequest, required};

mod mock;

const RESPONSES: &[mock::Response] = &[
    ("200 OK", &[], "{}"),
    (
        "200 OK",
        &["Content-Type: application/json", "X-Request-Id: 7f3a"],
        r#"{"error_code":"OSM.01010043","error_msg":"The same caseId relations should not be over 3."}"#,
    ),
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = Client::builder(mock::start(RESPONSES)?).x_auth_token("token-1").build()?;

    let body =
        DeleteRelationRequest::new(required::DeleteRelationRequest { group_id: "group-1", related_id: "case-456" });
    let reply = client.delete_relation("case-123", &body).x_language("en-us").send().await?;
    println!("<- {}: the association is deleted", reply.status);

    let body = CreateRelationsRequest::new(required::CreateRelationsRequest {
        group_id: "group-1",
        related_id_list: ["case-456", "case-789"],
    });
    match client.create_relations("case-123", &body).send().await {
        Ok(_) => println!("the service tickets are associated"),
        Err(error) if error.code() == Some("OSM.01010043") => {
            println!("<- too many: {:?} (request ID {:?})", error.message(), error.request_id());
        }
        Err(error) => return Err(error.into()),
    }

    // A request that violates the document is not sent. The error has all violations.
    let body = CreateRelationsRequest::new(required::CreateRelationsRequest {
        group_id: "",
        related_id_list: ["1", "2", "", "4"],
    });
    let error = client.create_relations("..", &body).send().await.expect_err("the request is invalid");
    for violation in error.violations().into_iter().flatten() {
        println!("not sent: {violation}");
    }
    Ok(())
}
