//! The resolved document as plain data, with references followed and extensions parsed.
//!
//! All later stages read a document through these types, and do not depend on `openapiv3`. A struct has a field for each key of
//! its OpenAPI object, with the same name in snake_case. If the names differ, the doc comment of the field states the key. Every
//! struct that a finding can be about has a [`Pointer`] to its object in the document.

mod example;
mod extension;
mod header;
mod keywords_2020;
mod media_type;
mod operation;
mod pagination;
mod parameter;
mod schema;
mod security;
mod server;
pub mod string_format;
mod style;
mod subschemas;
mod webhook;

pub use example::Example;
pub use extension::{
    ErrorFields, FailureCondition, FailureTest, IdempotencyKey, OperationExample, Overload, OverloadArgument,
};
pub use header::Header;
pub use media_type::{Encoding, ItemFormat, MediaType};
pub use operation::{Operation, RequestBody, Response, Status};
pub use pagination::{NextPage, Pagination};
pub(crate) use parameter::parameter_key;
pub use parameter::{Location, Parameter, ParameterValue};
pub use schema::{AdditionalProperties, Discriminator, Keywords2020, Schema, SchemaRef, SchemaType, ValueLabel};
pub use security::{KeyPairVariables, SchemeKind, SecurityRequirement, SecurityScheme};
pub use server::{Server, ServerVariable};
pub use style::Style;
pub use webhook::Webhook;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::load::OpenApiVersion;
use crate::pointer::Pointer;

/// An OpenAPI document.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file name, as the user gave it on the command line.
    pub file: String,
    /// How much data may be repeated because several operations share it, in bytes.
    pub max_repeated: usize,
    /// The version of OpenAPI.
    pub openapi_version: OpenApiVersion,
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub description: Option<String>,
    /// `servers` at the root of the document, in document order.
    pub servers: Vec<Server>,
    /// `components.securitySchemes` by name, in document order.
    pub security_schemes: IndexMap<String, SecurityScheme>,
    /// `components.schemas` by name, in document order, followed by the inline schemas that got a generated name.
    pub schemas: IndexMap<String, Schema>,
    /// Whether a schema has `unevaluatedProperties` or `unevaluatedItems`.
    pub has_unevaluated: bool,
    /// The names of the component schemas whose `example` may contradict the schema, because an `x-acknowledge` allows that.
    pub acknowledged_examples: HashSet<String>,
    /// The examples of each component schema besides the field `example`, with their JSON Pointers. Components without such examples
    /// are missing.
    pub further_examples: HashMap<String, Vec<(Pointer, Value)>>,
    /// All operations, in document order.
    pub operations: Vec<Operation>,
    /// `webhooks`, and the callbacks of all operations, in documents of OpenAPI 3.1 and later.
    pub webhooks: Vec<Webhook>,
    /// `x-error`: where an error response has the error code, the message and the request id.
    pub error_fields: Option<ErrorFields>,
}

impl Document {
    /// Returns `schema` itself if it is inline, or the component to which it refers. Returns `None` if that component does not
    /// exist.
    pub(crate) fn resolved<'d>(&'d self, schema: &'d SchemaRef) -> Option<&'d Schema> {
        match schema {
            SchemaRef::Inline(schema) => Some(schema),
            SchemaRef::Component { name, .. } => self.schemas.get(name),
        }
    }

    /// Returns the schemas that are reachable from the schemas in `start`. `next` returns the schemas to which a schema leads in
    /// one step. Each component is visited once.
    pub(crate) fn reachable_schemas<'d, S: Iterator<Item = &'d SchemaRef>>(
        &'d self,
        start: Vec<&'d SchemaRef>,
        next: impl Fn(&'d Schema) -> S,
    ) -> Vec<&'d Schema> {
        let (mut reached, mut visited) = (Vec::new(), HashSet::new());
        let mut open = start;
        while let Some(schema) = open.pop() {
            let schema: Option<&Schema> = match schema {
                SchemaRef::Inline(schema) => Some(schema),
                SchemaRef::Component { name, .. } => self.schemas.get(name).filter(|_| visited.insert(name)),
            };
            let Some(schema) = schema else { continue };
            open.extend(next(schema));
            reached.push(schema);
        }
        reached
    }
}
