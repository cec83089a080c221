//! Unlinks relations: several forms of a key, values with quotes, and a DELETE that is tunneled through POST.

use std::error::Error;

use generated::personium::{Client, ExtRoleKey, RelationKey, RoleKey, required};
use generated::runtime::CallOptions;
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

    let link = required::UnlinkRelationFromRole {
        relation: RelationKey::NameAndBox { name: "relation1".into(), box_name: "box1".into() },
        role: RoleKey::NameAndBox { name: "role1".into(), box_name: "box2".into() },
    };
    let reply = cell.unlink_relation_from_role(link).send().await?;
    println!("<- {} by version {:?}", reply.status, reply.headers.x_personium_version);

    // For networks that block DELETE. The quote in the key is doubled, and the URL is percent-encoded once.
    let link = required::UnlinkRelationFromExtCell {
        relation: RelationKey::bare("O'Brien"),
        ext_cell_url: "https://cell2.unit1.example/",
    };
    let tunnel = CallOptions::new().tunnel_through_post(HeaderName::from_static("x-http-method-override"));
    println!("<- {}", cell.unlink_relation_from_ext_cell(link).options(tunnel).send().await?.status);

    let link = required::UnlinkRelationFromExtRole {
        relation: RelationKey::name("relation1"),
        ext_role: ExtRoleKey::bare("https://cell2.unit1.example/__role/__/role2"),
    };
    let error = cell.unlink_relation_from_ext_role(link).send().await;
    match error.expect_err("the service responds with a failure") {
        error if error.code() == Some("PR404-OD-0000") => println!("<- {:?}", error.message()),
        error => return Err(error.into()),
    }

    let link =
        required::UnlinkRelationFromRole { relation: RelationKey::bare("relation1"), role: RoleKey::bare("role1") };
    let call = cell.unlink_relation_from_role(link);
    let call = call.x_override(["If-Match:*", "no colon"]).x_personium_request_key("#1");
    for violation in call.send().await.expect_err("the request is invalid").violations().into_iter().flatten() {
        println!("not sent: {violation}");
    }
    Ok(())
}
