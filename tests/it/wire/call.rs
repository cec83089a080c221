//! Makes the typed call that the inputs of a case describe, as a user of the crate would write it.

use generated::cfw;
use generated::osm;
use generated::personium::{self, ExtRoleKey, RelationKey, RelationWithBox, RoleKey};
use generated::runtime::{Api, Builder, CallOptions, Operation};
use generated::secmaster;
use http::HeaderName;
use serde::Serialize;
use serde_json::Value;

use super::case::Inputs;
use super::sender::{Exchange, Sender, TypedHeaders};

/// The reason why a case cannot be turned into a call.
#[derive(Debug)]
pub(crate) enum CallError {
    /// The types of the API exclude this value: code with this value does not compile.
    Inexpressible {
        /// The name of the parameter, or the JSON pointer into the body without its first slash.
        field: String,
        /// The reason why the value is excluded.
        why: String,
    },
    /// An input that this file does not support.
    UnknownInput(String),
}

impl CallError {
    pub(super) fn inexpressible(field: &str, why: &str) -> Self {
        Self::Inexpressible { field: field.to_owned(), why: why.to_owned() }
    }
}

/// Makes the call that the inputs describe. Returns its request and its result.
pub(super) fn perform<S: Sender>(sender: S, api: &str, inputs: &Inputs) -> Result<Exchange, CallError> {
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
            other => return Err(CallError::UnknownInput(format!("nav: {other:?}"))),
        },
        other => return Err(CallError::UnknownInput(format!("api: {other}"))),
    };
    run(sender, inputs)
}

/// Builds the client. If the builder fails, returns its error as the result of the exchange.
macro_rules! client {
    ($sender:ident, $builder:expr) => {
        match $sender.client($builder) {
            Ok(client) => client,
            Err(error) => return Ok($sender.client_error(error)),
        }
    };
}

/// Sets each optional argument that is in the inputs.
macro_rules! set {
    ($call:ident, $inputs:ident: $($part:ident $name:literal => $setter:ident,)*) => {
        $(let $call = match $inputs.$part($name)? {
            Some(value) => $call.$setter(value),
            None => $call,
        };)*
    };
}

/// Signs the requests of the client if the inputs say so.
macro_rules! sign {
    ($builder:ident, $inputs:ident) => {
        let $builder = match $inputs.get("signed") {
            Some(_) => $builder.access_key(super::signing::key()).clock(super::signing::now),
            None => $builder,
        };
    };
}

fn create_relations<S: Sender>(sender: S, inputs: &Inputs) -> Result<Exchange, CallError> {
    let body: osm::CreateRelationsRequest = inputs.body()?;
    let client = client!(sender, osm_builder(&sender, inputs)?);
    let call = client.create_relations(inputs.path("case_id")?, &body);
    set! { call, inputs: header "X-Language" => x_language, header "X-Time-Zone" => x_time_zone, }
    execute(sender, inputs, call)
}

fn delete_relation<S: Sender>(sender: S, inputs: &Inputs) -> Result<Exchange, CallError> {
    let body: osm::DeleteRelationRequest = inputs.body()?;
    let client = client!(sender, osm_builder(&sender, inputs)?);
    let call = client.delete_relation(inputs.path("case_id")?, &body);
    set! { call, inputs: header "X-Language" => x_language, header "X-Time-Zone" => x_time_zone, }
    execute(sender, inputs, call)
}

fn osm_builder<S: Sender>(sender: &S, inputs: &Inputs) -> Result<osm::Builder, CallError> {
    let builder = builder(sender, inputs, osm::Client::builder)?;
    set! { builder, inputs: header "X-Auth-Token" => x_auth_token, }
    sign! { builder, inputs }
    Ok(builder)
}

fn delete_dataobject_relation<S: Sender>(sender: S, inputs: &Inputs) -> Result<Exchange, CallError> {
    let body: secmaster::CreateDataobjectRelationRequestBody = inputs.body()?;
    let builder = builder(&sender, inputs, secmaster::Client::builder)?;
    set! { builder, inputs: header "X-Auth-Token" => x_auth_token, }
    sign! { builder, inputs }
    let client = client!(sender, builder);
    let call = client.delete_dataobject_relation(
        secmaster::required::DeleteDataobjectRelation {
            project_id: inputs.path("project_id")?,
            workspace_id: inputs.path("workspace_id")?,
            dataclass_type: inputs.path("dataclass_type")?,
            data_object_id: inputs.path("data_object_id")?,
            related_dataclass_type: inputs.path("related_dataclass_type")?,
        },
        &body,
    );
    execute(sender, inputs, call)
}

fn delete_service_item<S: Sender>(sender: S, inputs: &Inputs) -> Result<Exchange, CallError> {
    let builder = builder(&sender, inputs, cfw::Client::builder)?;
    set! { builder, inputs: header "X-Auth-Token" => x_auth_token, }
    sign! { builder, inputs }
    let client = client!(sender, builder);
    let call = client.delete_service_item(cfw::required::DeleteServiceItem {
        project_id: inputs.path("project_id")?,
        item_id: inputs.path("item_id")?,
    });
    set! { call, inputs:
        query "enterprise_project_id" => enterprise_project_id,
        query "fw_instance_id" => fw_instance_id,
    }
    execute(sender, inputs, call)
}

/// Defines a function for one of the four Personium operations, which differ in the types of their keys.
macro_rules! unlink {
    ($name:ident, $required:ident, $argument:ident: $target:ident, $relation:ident) => {
        fn $name<S: Sender>(sender: S, inputs: &Inputs) -> Result<Exchange, CallError> {
            let builder = personium_builder(&sender, inputs)?;
            let client = client!(sender, builder);
            let required = personium::required::$required { relation: $relation(inputs)?, $argument: $target(inputs)? };
            let call = client.$name(required);
            set! { call, inputs:
                header "X-HTTP-Method-Override" => x_http_method_override,
                header_list "X-Override" => x_override,
                header "X-Personium-RequestKey" => x_personium_request_key,
                header "If-Match" => if_match,
            }
            execute(sender, inputs, call)
        }
    };
}

unlink!(unlink_relation_from_box, UnlinkRelationFromBox, box_name: bare, relation_with_box);
unlink!(unlink_relation_from_ext_cell, UnlinkRelationFromExtCell, ext_cell_url: bare, relation);
unlink!(unlink_relation_from_ext_role, UnlinkRelationFromExtRole, ext_role: ext_role, relation);
unlink!(unlink_relation_from_role, UnlinkRelationFromRole, role: role, relation);

/// Returns a builder with the bearer token, if the inputs have one. The generated crate adds `Bearer` before the token.
fn personium_builder<S: Sender>(sender: &S, inputs: &Inputs) -> Result<personium::Builder, CallError> {
    let builder = builder(sender, inputs, personium::Client::builder)?;
    set! { builder, inputs: query "p_cookie_peer" => p_cookie_peer, }
    let Some(authorization) = inputs.header("Authorization")? else { return Ok(builder) };
    match authorization.strip_prefix("Bearer ") {
        Some(token) => Ok(builder.access_token(token)),
        None => Err(CallError::inexpressible("Authorization", "only a bearer token is offered")),
    }
}

/// Returns the names and values of the components of a key, ordered by name.
fn key<'i>(inputs: &'i Inputs, name: &str) -> Result<Vec<(&'i str, &'i str)>, CallError> {
    let value = inputs.get(name).ok_or_else(|| CallError::inexpressible(name, "a required argument is absent"))?;
    let parts = value.as_object().ok_or_else(|| CallError::inexpressible(name, &format!("{value} is no key")))?;
    let part = |(part, value): (&'i String, &'i Value)| match value.as_str() {
        Some(text) => Ok((part.as_str(), text)),
        None => Err(CallError::inexpressible(name, &format!("{part}: {value} is no string"))),
    };
    parts.iter().map(part).collect()
}

fn relation(inputs: &Inputs) -> Result<RelationKey, CallError> {
    match key(inputs, "relation")?[..] {
        [("Name", name), ("_Box.Name", box_name)] => {
            Ok(RelationKey::NameAndBox { name: name.into(), box_name: box_name.into() })
        }
        [("Name", name)] => Ok(RelationKey::name(name)),
        [("bare", name)] => Ok(RelationKey::bare(name)),
        ref other => Err(CallError::inexpressible("relation", &format!("no spelling has the parts {other:?}"))),
    }
}

/// Returns the key of a relation with a box. Accepts only the spelling that the documentation page has.
fn relation_with_box(inputs: &Inputs) -> Result<RelationWithBox, CallError> {
    match key(inputs, "relation")?[..] {
        [("Name", name), ("_Box.Name", box_name)] => {
            Ok(RelationWithBox { name: name.into(), box_name: box_name.into() })
        }
        ref other => Err(CallError::inexpressible("relation", &format!("no spelling has the parts {other:?}"))),
    }
}

fn bare(inputs: &Inputs) -> Result<String, CallError> {
    match key(inputs, "target")?[..] {
        [("bare", name)] => Ok(name.to_owned()),
        ref other => Err(CallError::inexpressible("target", &format!("no spelling has the parts {other:?}"))),
    }
}

fn ext_role(inputs: &Inputs) -> Result<ExtRoleKey, CallError> {
    match key(inputs, "target")?[..] {
        [("ExtRole", url), ("_Relation.Name", relation), ("_Relation._Box.Name", box_name)] => {
            Ok(ExtRoleKey::WithRelationAndBox {
                ext_role_url: url.into(),
                relation_name: relation.into(),
                relation_box_name: box_name.into(),
            })
        }
        [("ExtRole", url), ("_Relation.Name", relation)] => {
            Ok(ExtRoleKey::WithRelation { ext_role_url: url.into(), relation_name: relation.into() })
        }
        [("ExtRole", url)] => Ok(ExtRoleKey::named(url)),
        [("bare", url)] => Ok(ExtRoleKey::bare(url)),
        ref other => Err(CallError::inexpressible("target", &format!("no spelling has the parts {other:?}"))),
    }
}

fn role(inputs: &Inputs) -> Result<RoleKey, CallError> {
    match key(inputs, "target")?[..] {
        [("Name", name), ("_Box.Name", box_name)] => {
            Ok(RoleKey::NameAndBox { name: name.into(), box_name: box_name.into() })
        }
        [("Name", name)] => Ok(RoleKey::name(name)),
        [("bare", name)] => Ok(RoleKey::bare(name)),
        ref other => Err(CallError::inexpressible("target", &format!("no spelling has the parts {other:?}"))),
    }
}

/// Returns a builder for the base URL of the case, or for a default base URL, because response cases have none.
fn builder<S: Sender, A: Api>(
    sender: &S,
    inputs: &Inputs,
    builder: fn(String) -> Builder<A>,
) -> Result<Builder<A>, CallError> {
    let base_url = inputs.get("base_url").map_or(Some("https://service.example"), Value::as_str);
    base_url
        .map(|base_url| builder(sender.base_url(base_url)))
        .ok_or_else(|| CallError::inexpressible("base_url", "no string"))
}

/// Sends the call, through POST if the inputs require it. Returns an error if an input has not been used.
fn execute<S: Sender, O>(sender: S, inputs: &Inputs, call: O) -> Result<Exchange, CallError>
where
    O: Operation<Transport = S::Transport, Success: Serialize, Headers: TypedHeaders> + Send + Sync,
    O::Api: Sync,
{
    let tunnel = match (inputs.get("tunnel"), inputs.get("method").map(Value::as_str)) {
        (None | Some(Value::Bool(false)), None) => false,
        (None, Some(Some(method))) if method == O::METHOD.as_str() => false,
        (Some(Value::Bool(true)), None | Some(Some("POST"))) | (None, Some(Some("POST"))) => true,
        other => return Err(CallError::UnknownInput(format!("tunnel and method: {other:?}"))),
    };
    match inputs.unread()[..] {
        [] if tunnel => Ok(sender.execute(
            call.options(CallOptions::new().tunnel_through_post(HeaderName::from_static("x-http-method-override"))),
        )),
        [] => Ok(sender.execute(call)),
        ref unread => Err(CallError::UnknownInput(format!("unknown inputs: {}", unread.join(", ")))),
    }
}
