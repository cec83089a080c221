//! Tests of request targets: the encoding of values, and requests that are rejected before they are sent.

use generated::cfw;
use generated::osm::{self, CreateRelationsRequest, DeleteRelationRequest};
use generated::personium::{self, ExtRoleKey, RelationKey, RelationWithBox, RoleKey};
use generated::runtime::{CallOptions, Error, Location};
use generated::secmaster::{self, CreateDataobjectRelationRequestBody};

use super::{Server, item, json};

/// Values of path parameters that would change the path without encoding, each with the only correct encoding.
const HOSTILE: [(&str, &str); 19] = [
    ("a/b", "a%2Fb"),
    ("a?b=c&d", "a%3Fb%3Dc%26d"),
    ("a#b", "a%23b"),
    ("100%", "100%25"),
    ("a;b=c", "a%3Bb%3Dc"),
    (r"a\b", "a%5Cb"),
    ("a b", "a%20b"),
    ("a+b", "a%2Bb"),
    ("\"quoted\"", "%22quoted%22"),
    ("企业-é", "%E4%BC%81%E4%B8%9A-%C3%A9"),
    ("😀", "%F0%9F%98%80"),
    ("..%2f", "..%252f"),
    ("../..", "..%2F.."),
    ("%2e%2e", "%252e%252e"),
    ("a\tb", "a%09b"),
    ("a\r\nX-Evil: 1", "a%0D%0AX-Evil%3A%201"),
    ("a\0b", "a%00b"),
    ("{case_id}", "%7Bcase_id%7D"),
    ("A-z_0.9~", "A-z_0.9~"),
];

/// Returns the request line of the only request that `call` sends.
async fn line_of<T>(server: Server, call: impl Future<Output = Result<T, Error>>) -> String {
    call.await.map(drop).unwrap();
    let [request] = server.stop().try_into().unwrap();
    request.line
}

fn empty_object() -> Server {
    Server::responding(json(200, "{}"))
}

fn no_content() -> Server {
    Server::responding(http::Response::builder().status(204).body(bytes::Bytes::new()).unwrap())
}

#[tokio::test]
async fn osm_ids_stay_one_segment() {
    let body = DeleteRelationRequest::new(osm::required::DeleteRelationRequest {
        group_id: "group-1",
        related_id: "case-456",
    });
    for (id, encoded) in HOSTILE {
        let server = empty_object();
        let client = osm::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
        let line = line_of(server, client.delete_relation(id, &body).send()).await;
        assert_eq!(line, format!("DELETE /v2/servicerequest/cases/{encoded}/relations HTTP/1.1"));
    }
}

#[tokio::test]
async fn secmaster_ids_stay_one_segment() {
    let body = CreateDataobjectRelationRequestBody::new();
    for (id, encoded) in HOSTILE {
        let server = empty_object();
        let client = secmaster::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
        let call = client.delete_dataobject_relation(
            secmaster::required::DeleteDataobjectRelation {
                project_id: id,
                workspace_id: id,
                dataclass_type: "incidents",
                data_object_id: id,
                related_dataclass_type: "alerts",
            },
            &body,
        );
        let line = line_of(server, call.send()).await;
        let path = format!("/v1/{encoded}/workspaces/{encoded}/soc/incidents/{encoded}/alerts");
        assert_eq!(line, format!("DELETE {path} HTTP/1.1"));
    }
}

#[tokio::test]
async fn cfw_values_stay_one_segment_and_one_query_pair() {
    let long = ("é".repeat(5000), "%C3%A9".repeat(5000));
    for (id, encoded) in HOSTILE.into_iter().chain([("it's", "it%27s"), (&long.0, &long.1)]) {
        let server = empty_object();
        let client = cfw::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
        let call = client.delete_service_item(item(id)).enterprise_project_id("0").fw_instance_id(id);
        let line = line_of(server, call.send()).await;
        let query = format!("enterprise_project_id=0&fw_instance_id={encoded}");
        assert_eq!(line, format!("DELETE /v1/p/service-items/{encoded}?{query} HTTP/1.1"));
    }
}

#[tokio::test]
async fn personium_names_stay_inside_their_literal() {
    let names = HOSTILE.into_iter().chain([
        ("..", ".."),
        ("O'Brien", "O%27%27Brien"),
        ("a',Name='b", "a%27%27%2CName%3D%27%27b"),
    ]);
    for (name, encoded) in names {
        let server = no_content();
        let client = personium::Client::builder(server.base_url()).build().unwrap();
        let call = client.unlink_relation_from_role(personium::required::UnlinkRelationFromRole {
            relation: RelationKey::bare(name),
            role: RoleKey::NameAndBox { name: name.into(), box_name: name.into() },
        });
        let line = line_of(server, call.send()).await;
        let role = format!("_Role(Name='{encoded}',_Box.Name='{encoded}')");
        assert_eq!(line, format!("DELETE /__ctl/Relation('{encoded}')/$links/{role} HTTP/1.1"));
    }
}

#[tokio::test]
async fn personium_keys_are_written_as_documented() {
    let (server, url) = (no_content(), "https://cell2.unit1.example/");
    let client = personium::Client::builder(server.base_url()).build().unwrap();
    let relation = || RelationKey::name("r");
    client
        .unlink_relation_from_box(personium::required::UnlinkRelationFromBox {
            relation: RelationWithBox { name: "r".into(), box_name: "b".into() },
            box_name: "c",
        })
        .send()
        .await
        .unwrap();
    client
        .unlink_relation_from_ext_cell(personium::required::UnlinkRelationFromExtCell {
            relation: relation(),
            ext_cell_url: url,
        })
        .send()
        .await
        .unwrap();
    client
        .unlink_relation_from_ext_role(personium::required::UnlinkRelationFromExtRole {
            relation: relation(),
            ext_role: ExtRoleKey::WithRelation { ext_role_url: url.into(), relation_name: "s".into() },
        })
        .send()
        .await
        .unwrap();
    let lines = server.stop().into_iter().map(|request| request.line);
    let url = "https%3A%2F%2Fcell2.unit1.example%2F";
    let targets = [
        "Relation(Name='r',_Box.Name='b')/$links/_Box('c')".to_owned(),
        format!("Relation(Name='r')/$links/_ExtCell('{url}')"),
        format!("Relation(Name='r')/$links/_ExtRole(ExtRole='{url}',_Relation.Name='s')"),
    ];
    assert!(lines.eq(targets.map(|target| format!("DELETE /__ctl/{target} HTTP/1.1"))));
}

/// Some networks block DELETE, so a call can be sent as a POST that names the method in a header.
#[tokio::test]
async fn a_tunnelled_call_is_a_post_with_its_method_in_a_header() {
    let server = no_content();
    let client = personium::Client::builder(server.base_url()).build().unwrap();
    let call = client.unlink_relation_from_role(personium::required::UnlinkRelationFromRole {
        relation: RelationKey::bare("r"),
        role: RoleKey::bare("s"),
    });
    call.options(CallOptions::new().tunnel_through_post(http::HeaderName::from_static("x-http-method-override")))
        .send()
        .await
        .unwrap();
    let request = &server.stop()[0];
    assert_eq!(request.line, "POST /__ctl/Relation('r')/$links/_Role('s') HTTP/1.1");
    assert_eq!((request.header("X-HTTP-Method-Override"), &request.body[..]), (vec!["DELETE"], &[][..]));
}

#[tokio::test]
async fn a_base_url_keeps_its_path() {
    for (path, prefix) in
        [("", ""), ("/", ""), ("/prefix", "/prefix"), ("/prefix/", "/prefix"), ("/a/b%2Fc/", "/a/b%2Fc")]
    {
        let server = empty_object();
        let base_url = format!("{}{path}", server.base_url());
        let client = cfw::Client::builder(base_url).x_auth_token("token-1").build().unwrap();
        let line = line_of(server, client.delete_service_item(item("i")).send()).await;
        assert_eq!(line, format!("DELETE {prefix}/v1/p/service-items/i HTTP/1.1"));
    }
}

/// Asserts that the call fails with exactly this violation, and that the client did not connect to the server.
#[track_caller]
fn assert_rejected(server: Server, error: Error, location: Location, violation: [Option<&str>; 4]) {
    assert!(error.is_invalid_request(), "{error}");
    let found: Vec<_> = error.violations().into_iter().flatten().collect();
    let [only] = found[..] else { panic!("{error}") };
    let [pointer, keyword, limit, actual] = violation;
    assert_eq!(only.location, location);
    assert_eq!((Some(only.pointer.as_str()), Some(only.keyword)), (pointer, keyword));
    assert_eq!((only.limit.as_deref(), only.actual.as_deref()), (limit, actual));
    assert_eq!(server.stop(), []);
}

#[tokio::test]
async fn path_parameters_that_reach_another_resource_are_rejected() {
    let body = DeleteRelationRequest::new(osm::required::DeleteRelationRequest {
        group_id: "group-1",
        related_id: "case-456",
    });
    let too_long = "あ".repeat(65);
    for (id, keyword, limit, actual) in [
        ("..", "dot-segment", None, r#""..""#),
        (".", "dot-segment", None, r#"".""#),
        ("", "minLength", Some("1"), "0"),
        (&too_long, "maxLength", Some("64"), "65"),
    ] {
        let server = empty_object();
        let client = osm::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
        let error = client.delete_relation(id, &body).send().await.unwrap_err();
        assert_rejected(server, error, Location::Path, [Some("case_id"), Some(keyword), limit, Some(actual)]);
    }
}

/// If dot segments were sent, the server would delete another resource.
#[tokio::test]
async fn dot_segments_are_rejected_even_without_validation() {
    let server = empty_object();
    let client =
        cfw::Client::builder(server.base_url()).x_auth_token("token-1").validate_requests(false).build().unwrap();
    let error = client.delete_service_item(item("..")).send().await.unwrap_err();
    assert_rejected(server, error, Location::Path, [Some("item_id"), Some("dot-segment"), None, Some(r#""..""#)]);
}

#[tokio::test]
async fn a_target_that_is_too_long_is_rejected() {
    let server = empty_object();
    let client = cfw::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
    let error = client.delete_service_item(item(&"a".repeat(70_000))).send().await.unwrap_err();
    let keywords: Vec<_> = error.violations().into_iter().flatten().map(|violation| violation.keyword).collect();
    assert_eq!((keywords, server.stop()), (vec!["url"], vec![]));
}

#[tokio::test]
async fn a_fourth_related_id_is_rejected() {
    let server = empty_object();
    let client = osm::Client::builder(server.base_url()).x_auth_token("token-1").build().unwrap();
    let body = CreateRelationsRequest::new(osm::required::CreateRelationsRequest {
        group_id: "group-1",
        related_id_list: ["a", "b", "c", "d"],
    });
    let error = client.create_relations("case-123", &body).send().await.unwrap_err();
    let violation = [Some("/related_id_list"), Some("maxItems"), Some("3"), Some("4")];
    assert_rejected(server, error, Location::Body, violation);
}

/// The violation names the header, but does not show its secret value.
#[test]
fn a_line_break_in_a_token_is_rejected() {
    let server = empty_object();
    let error = cfw::Client::builder(server.base_url()).x_auth_token("secret\r\nX-Evil: 1").build().unwrap_err();
    assert!(!format!("{error}{error:?}").contains("secret"), "{error:?}");
    let actual = Some("the credential of `Builder::x_auth_token`");
    let violation = [Some("X-Auth-Token"), Some("header-value"), None, actual];
    assert_rejected(server, error, Location::Header, violation);
}

/// `reqwest` would otherwise accept every media type.
#[tokio::test]
async fn the_accepted_media_types_and_the_user_agent_are_sent_once() {
    let sent = async |builder: cfw::Builder| {
        let server = Server::responding(json(200, r#"{"data": {"id": "i", "name": "n"}}"#));
        let client = builder.single_server(true).build().unwrap();
        client
            .delete_service_item(item("i"))
            .options(CallOptions::new().server(server.base_url()))
            .send()
            .await
            .unwrap();
        let request = server.stop().remove(0);
        let values = |name: &str| request.header(name).join(" | ");
        (values("accept"), values("user-agent"))
    };
    let builder = || cfw::Client::builder("https://service.example").x_auth_token("token-1");
    let texts = |accept: &str, user_agent: &str| (accept.to_owned(), user_agent.to_owned());
    // The crate is called `generated`.
    let version = concat!("generated/", env!("CARGO_PKG_VERSION"));
    assert_eq!(sent(builder()).await, texts("application/json", version));
    assert_eq!(sent(builder().user_agent("my-app/1.0 (x)")).await, texts("application/json", "my-app/1.0 (x)"));
    let own = builder().user_agent("u").default_header("Accept", "*/*").default_header("User-Agent", "own/2");
    assert_eq!(sent(own).await, texts("*/*", "own/2"));
    let error = builder().user_agent("a\nb").build().unwrap_err();
    assert_eq!(
        error.to_string(),
        "builder: the client was not built: the user agent \"a\\nb\" cannot be sent in a header"
    );
}
