//! The state that all modules of the resolve stage share.

use indexmap::IndexMap;
use openapiv3::OpenAPI;
use serde_json::Value;

use crate::finding::Findings;
use crate::json::member::value_at;
use crate::load::OpenApiVersion;
use crate::options::SchemaReading;
use crate::pointer::Pointer;
use crate::resolve::inline_target::InlineTargets;

/// The `x-` extensions of an OpenAPI object by name, as `openapiv3` stores them.
pub(super) type Extensions = IndexMap<String, Value>;

/// The document that is being resolved, and the findings about it.
pub(super) struct Context<'a> {
    /// The raw tree: the document as JSON values.
    pub(super) raw: &'a Value,
    /// The version of OpenAPI.
    pub(super) version: OpenApiVersion,
    /// How the schemas are read.
    pub(super) reading: SchemaReading,
    /// The document in the types of `openapiv3`.
    pub(super) openapi: &'a OpenAPI,
    /// The findings so far.
    pub(super) findings: &'a mut Findings,
    /// Whether a schema so far has `unevaluatedProperties` or `unevaluatedItems`.
    pub(super) has_unevaluated: bool,
    /// The number of names in the alternatives into which the security requirements so far were split.
    pub(super) split_names: usize,
    /// The inline schemas to which a `$ref` in the document leads.
    pub(super) inline_targets: InlineTargets,
}

impl<'a> Context<'a> {
    /// Returns the value at `place` in the raw tree.
    pub(super) fn value_at(&self, place: &Pointer) -> Option<&'a Value> {
        value_at(self.raw, place)
    }

    /// Returns the member `key` of the object at `place` in the raw tree. Returns `Value::Null` for an explicit `null`, which the
    /// types of `openapiv3` do not distinguish from an absent member.
    pub(super) fn member(&self, place: &Pointer, key: &str) -> Option<&'a Value> {
        self.value_at(place)?.get(key)
    }
}
