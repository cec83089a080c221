//! Unlinks relations: several forms of a key, values with quotes, and a DELETE that is tunneled through POST.

use std::error::Error;

use generated::personium::{Client, ExtRoleKey, RelationKey, RoleKey};
use http::HeaderName;

mod mock;

const NOT_FOUND: &str = r#"{"code":"PR404-OD-0000","message":{"lang":"en","value":"Not found."}}"#;

const RESPONSES: &[mock::Response] = &[
    ("204 No Content", &["DataServiceVersion: 2.0", "X-Personium-Version: 1.8.4"], ""),
    ("204 No Content", &["DataServiceVersion: 2.0"], ""),
    ("404 Not Found", &["Content-Type: application/json"], NOT_FOUND),
];

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let cell = Client::builder(mock::start(RESPONSES)?).access_token("AA~token").build()?;

    let role = RoleKey::name_and_box("role1", "box2");
    let reply = cell.unlink_relation_from_role(RelationKey::name_and_box("relation1", "box1"), role).send().await?;
    println!("<- {} by version {:?}", reply.status, reply.headers.x_personium_version);

    // For networks that block DELETE. The quote in the key is doubled, and the URL is percent-encoded once.
    let call = cell.unlink_relation_from_ext_cell(RelationKey::bare("O'Brien"), "https://cell2.unit1.example/");
    let header = HeaderName::from_static("x-http-method-override");
    println!("<- {}", call.tunnel_through_post(header).send().await?.status);

    let role = ExtRoleKey::bare("https://cell2.unit1.example/__role/__/role2");
    let error = cell.unlink_relation_from_ext_role(RelationKey::name("relation1"), role).send().await;
    match error.expect_err("the service responds with a failure") {
        error if error.code() == Some("PR404-OD-0000") => println!("<- {:?}", error.message()),
        error => return Err(error.into()),
    }

    let call = cell.unlink_relation_from_role(RelationKey::bare("relation1"), RoleKey::bare("role1"));
    let call = call.x_override(["If-Match:*", "no colon"]).x_personium_request_key("#1");
    for violation in call.send().await.expect_err("the request is invalid").violations().into_iter().flatten() {
        println!("not sent: {violation}");
    }
    Ok(())
}
