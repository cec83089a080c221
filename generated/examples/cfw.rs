//! Deletes members of a service group: query parameters, and a failure type for each status.

use std::error::Error;
use std::time::Duration;

use generated::cfw::{Client, DeleteServiceItemFailure, required};

mod mock;

const RESPONSES: &[mock::Response] = &[
    ("200 OK", &["Content-Type: application/json"], r#"{"data":{"id":"item-1","name":"0|1"}}"#),
    (
        "400 Bad Request",
        &["Content-Type: application/json"],
        r#"{"error_code":"CFW.1","error_msg":"no such firewall"}"#,
    ),
    ("404 Not Found", &["X-Request-Id: 9c1d"], ""),
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let builder = Client::builder(mock::start(RESPONSES)?).x_auth_token("token-1");
    let client = builder.timeout(Duration::from_secs(10)).build()?;

    let item = required::DeleteServiceItem { project_id: "project-1", item_id: "item-1" };
    let reply = client.delete_service_item(item).enterprise_project_id("0").send().await?;
    println!("<- deleted {:?}", reply.value.data);

    for item_id in ["item-2", "item-3"] {
        let item = required::DeleteServiceItem { project_id: "project-1", item_id };
        let call = client.delete_service_item(item).fw_instance_id("firewall 1/2");
        let error = call.send().await.expect_err("the service responds with a failure");
        match error.failure() {
            Some(DeleteServiceItemFailure::NotFound) => println!("<- {item_id} does not exist: {error}"),
            Some(DeleteServiceItemFailure::BadRequest(body)) => {
                println!("<- {item_id} was not deleted: {:?}", body.error_msg)
            }
            _ => return Err(error.into()),
        }
    }

    // An empty ID would name the whole collection, so the request is not sent.
    let item = required::DeleteServiceItem { project_id: "project-1", item_id: "" };
    let error = client.delete_service_item(item).send().await.expect_err("the request is invalid");
    println!("{error}");
    Ok(())
}
