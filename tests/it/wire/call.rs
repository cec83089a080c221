//! From the inputs of a case to the typed call, as a user of the crate would write it.

use generated::cfw;
use generated::osm;
use generated::personium::{self, ExtRoleKey, RelationKey, RelationWithBox, RoleKey};
use generated::runtime::{Api, Builder, Call, Operation};
use generated::secmaster;
use http::HeaderName;
use serde::Serialize;
use serde_json::Value;

use super::case::Inputs;
use super::transport::{Documented, Exchange, Sender};

/// Why a case cannot be turned into a call.
#[derive(Debug)]
pub(super) enum Fault {
    /// The typed API has no way to write this value: code that tries does not compile.
    Unwritable {
        /// The parameter, or the pointer into the body without its first slash.
        field: String,
        /// What stands in the way.
        why: String,
    },
    /// This file does not know what the case means.
    NotUnderstood(String),
}

impl Fault {
    pub(super) fn unwritable(field: &str, why: &str) -> Self {
        Self::Unwritable { field: field.to_owned(), why: why.to_owned() }
    }
}

/// Makes the call that the inputs describe.
pub(super) fn perform<C: Sender>(carrier: C, api: &str, inputs: &Inputs) -> Result<Exchange, Fault> {
    let run = match api {
        "osm.createRelations" => create_relations,
        "osm.deleteRelation" => delete_relation,
        "secmaster.deleteDataobjectRelation" => delete_dataobject_relation,
        "cfw.deleteServiceItem" => delete_service_item,
        "personium.unlinkRelation" => match inputs.get("nav").and_then(Value::as_str) {
            Some("_Box") => unlink_relation_from_box,
            Some("_ExtCell") => unlink_relation_from_ext_cell,
            Some("_ExtRole") => unlink_relation_from_ext_role,
            Some("_Role") => unlink_relation_from_role,
            other => return Err(Fault::NotUnderstood(format!("nav: {other:?}"))),
        },
        other => return Err(Fault::NotUnderstood(format!("api: {other}"))),
    };
    run(carrier, inputs)
}

/// The client, or what there is without one.
macro_rules! client {
    ($carrier:ident, $builder:expr) => {
        match $carrier.client($builder) {
            Ok(client) => client,
            Err(error) => return Ok($carrier.nothing(error)),
        }
    };
}

/// Sets each optional argument that the inputs have.
macro_rules! set {
    ($call:ident, $inputs:ident: $($part:ident $name:literal => $setter:ident,)*) => {
        $(let $call = match $inputs.$part($name)? {
            Some(value) => $call.$setter(value),
            None => $call,
        };)*
    };
}

fn create_relations<C: Sender>(carrier: C, inputs: &Inputs) -> Result<Exchange, Fault> {
    let body: osm::CreateRelationsRequest = inputs.body()?;
    let client = client!(carrier, osm_builder(&carrier, inputs)?);
    let call = client.create_relations(inputs.path("case_id")?, &body);
    set! { call, inputs: header "X-Language" => x_language, header "X-Time-Zone" => x_time_zone, }
    execute(carrier, inputs, call)
}

fn delete_relation<C: Sender>(carrier: C, inputs: &Inputs) -> Result<Exchange, Fault> {
    let body: osm::DeleteRelationRequest = inputs.body()?;
    let client = client!(carrier, osm_builder(&carrier, inputs)?);
    let call = client.delete_relation(inputs.path("case_id")?, &body);
    set! { call, inputs: header "X-Language" => x_language, header "X-Time-Zone" => x_time_zone, }
    execute(carrier, inputs, call)
}

fn osm_builder<C: Sender>(carrier: &C, inputs: &Inputs) -> Result<osm::Builder, Fault> {
    let builder = builder(carrier, inputs, osm::Client::builder)?;
    set! { builder, inputs: header "X-Auth-Token" => x_auth_token, }
    Ok(builder)
}

fn delete_dataobject_relation<C: Sender>(carrier: C, inputs: &Inputs) -> Result<Exchange, Fault> {
    let body: secmaster::CreateDataobjectRelationRequestBody = inputs.body()?;
    let builder = builder(&carrier, inputs, secmaster::Client::builder)?;
    set! { builder, inputs: header "X-Auth-Token" => x_auth_token, }
    let client = client!(carrier, builder);
    let call = client.delete_dataobject_relation(
        inputs.path("project_id")?,
        inputs.path("workspace_id")?,
        inputs.path("dataclass_type")?,
        inputs.path("data_object_id")?,
        inputs.path("related_dataclass_type")?,
        &body,
    );
    execute(carrier, inputs, call)
}

fn delete_service_item<C: Sender>(carrier: C, inputs: &Inputs) -> Result<Exchange, Fault> {
    let builder = builder(&carrier, inputs, cfw::Client::builder)?;
    set! { builder, inputs: header "X-Auth-Token" => x_auth_token, }
    let client = client!(carrier, builder);
    let call = client.delete_service_item(inputs.path("project_id")?, inputs.path("item_id")?);
    set! { call, inputs:
        query "enterprise_project_id" => enterprise_project_id,
        query "fw_instance_id" => fw_instance_id,
    }
    execute(carrier, inputs, call)
}

/// What the four methods of Personium have in common but for their types.
macro_rules! unlink {
    ($name:ident($relation:ident, $target:ident)) => {
        fn $name<C: Sender>(carrier: C, inputs: &Inputs) -> Result<Exchange, Fault> {
            let builder = personium_builder(&carrier, inputs)?;
            let client = client!(carrier, builder);
            let call = client.$name($relation(inputs)?, $target(inputs)?);
            set! { call, inputs:
                header "X-HTTP-Method-Override" => x_http_method_override,
                header_list "X-Override" => x_override,
                header "X-Personium-RequestKey" => x_personium_request_key,
                header "If-Match" => if_match,
            }
            execute(carrier, inputs, call)
        }
    };
}

unlink!(unlink_relation_from_box(relation_with_box, bare));
unlink!(unlink_relation_from_ext_cell(relation, bare));
unlink!(unlink_relation_from_ext_role(relation, ext_role));
unlink!(unlink_relation_from_role(relation, role));

/// The crate writes `Bearer` itself.
fn personium_builder<C: Sender>(carrier: &C, inputs: &Inputs) -> Result<personium::Builder, Fault> {
    let builder = builder(carrier, inputs, personium::Client::builder)?;
    set! { builder, inputs: query "p_cookie_peer" => p_cookie_peer, }
    let Some(authorization) = inputs.header("Authorization")? else { return Ok(builder) };
    match authorization.strip_prefix("Bearer ") {
        Some(token) => Ok(builder.access_token(token)),
        None => Err(Fault::unwritable("Authorization", "only a bearer token is offered")),
    }
}

/// The parts of a key in the order of their names, each a text.
fn key<'i>(inputs: &'i Inputs, name: &str) -> Result<Vec<(&'i str, &'i str)>, Fault> {
    let value = inputs.get(name).ok_or_else(|| Fault::unwritable(name, "a required argument is absent"))?;
    let parts = value.as_object().ok_or_else(|| Fault::unwritable(name, &format!("{value} is no key")))?;
    let part = |(part, value): (&'i String, &'i Value)| match value.as_str() {
        Some(text) => Ok((part.as_str(), text)),
        None => Err(Fault::unwritable(name, &format!("{part}: {value} is no string"))),
    };
    parts.iter().map(part).collect()
}

fn relation(inputs: &Inputs) -> Result<RelationKey, Fault> {
    match key(inputs, "relation")?[..] {
        [("Name", name), ("_Box.Name", box_name)] => Ok(RelationKey::name_and_box(name, box_name)),
        [("Name", name)] => Ok(RelationKey::name(name)),
        [("bare", name)] => Ok(RelationKey::bare(name)),
        ref other => Err(Fault::unwritable("relation", &format!("no spelling has the parts {other:?}"))),
    }
}

/// The page spells the link with a box in one way only.
fn relation_with_box(inputs: &Inputs) -> Result<RelationWithBox, Fault> {
    match key(inputs, "relation")?[..] {
        [("Name", name), ("_Box.Name", box_name)] => Ok(RelationWithBox::new(name, box_name)),
        ref other => Err(Fault::unwritable("relation", &format!("no spelling has the parts {other:?}"))),
    }
}

fn bare(inputs: &Inputs) -> Result<String, Fault> {
    match key(inputs, "target")?[..] {
        [("bare", name)] => Ok(name.to_owned()),
        ref other => Err(Fault::unwritable("target", &format!("no spelling has the parts {other:?}"))),
    }
}

fn ext_role(inputs: &Inputs) -> Result<ExtRoleKey, Fault> {
    match key(inputs, "target")?[..] {
        [("ExtRole", url), ("_Relation.Name", relation), ("_Relation._Box.Name", box_name)] => {
            Ok(ExtRoleKey::with_relation_and_box(url, relation, box_name))
        }
        [("ExtRole", url), ("_Relation.Name", relation)] => Ok(ExtRoleKey::with_relation(url, relation)),
        [("ExtRole", url)] => Ok(ExtRoleKey::named(url)),
        [("bare", url)] => Ok(ExtRoleKey::bare(url)),
        ref other => Err(Fault::unwritable("target", &format!("no spelling has the parts {other:?}"))),
    }
}

fn role(inputs: &Inputs) -> Result<RoleKey, Fault> {
    match key(inputs, "target")?[..] {
        [("Name", name), ("_Box.Name", box_name)] => Ok(RoleKey::name_and_box(name, box_name)),
        [("Name", name)] => Ok(RoleKey::name(name)),
        [("bare", name)] => Ok(RoleKey::bare(name)),
        ref other => Err(Fault::unwritable("target", &format!("no spelling has the parts {other:?}"))),
    }
}

/// A builder for the base URL of the case; a case about answers has none.
fn builder<C: Sender, A: Api>(
    carrier: &C,
    inputs: &Inputs,
    builder: fn(String) -> Builder<A>,
) -> Result<Builder<A>, Fault> {
    let base_url = inputs.get("base_url").map_or(Some("http://service.example"), Value::as_str);
    base_url
        .map(|base_url| builder(carrier.redirected(base_url)))
        .ok_or_else(|| Fault::unwritable("base_url", "no string"))
}

/// Sends the call, tunnelled where the inputs ask for it, once all of the inputs have been understood.
fn execute<C: Sender, O>(carrier: C, inputs: &Inputs, call: Call<'_, O, C::Transport>) -> Result<Exchange, Fault>
where
    O: Operation<Success: Serialize, Headers: Documented>,
{
    let tunnel = match (inputs.get("tunnel"), inputs.get("method").map(Value::as_str)) {
        (None | Some(Value::Bool(false)), None) => false,
        (None, Some(Some(method))) if method == O::METHOD.as_str() => false,
        (Some(Value::Bool(true)), None | Some(Some("POST"))) | (None, Some(Some("POST"))) => true,
        other => return Err(Fault::NotUnderstood(format!("tunnel and method: {other:?}"))),
    };
    match inputs.unread()[..] {
        [] if tunnel => {
            Ok(carrier.execute(call.tunnel_through_post(HeaderName::from_static("x-http-method-override"))))
        }
        [] => Ok(carrier.execute(call)),
        ref unread => Err(Fault::NotUnderstood(format!("unknown inputs: {}", unread.join(", ")))),
    }
}
