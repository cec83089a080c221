//! Decides how a body is encoded: by its media type, and by its schema.

use std::collections::HashSet;

use crate::finding::Code;
use crate::ir::{BodyEncoding, Type, Value};
use crate::lower::analysis::predicates::has_alternatives;
use crate::lower::naming::context::NamingContext;
use crate::lower::operation::media_types::{is_binary, is_json_range};
use crate::lower::state::Lowering;
use crate::resolve::document::{AdditionalProperties, MediaType, SchemaRef, SchemaType};

impl<'d> Lowering<'d> {
    /// Returns whether a body is sent and read as JSON. A body of any media type, such as `*/*`, is JSON if its schema describes
    /// objects or arrays, because documents with such a schema mean JSON. A body of a JSON media type is not JSON if its schema
    /// is a string with the format `binary`: then the schema describes the bytes of the body.
    pub(super) fn is_json_body(&self, media: &'d MediaType) -> bool {
        match &media.schema {
            Some(schema) if media.is_json() => !self.describes_bytes(schema),
            Some(schema) => is_json_range(&media.essence()) && self.describes_objects_or_arrays(schema),
            None => media.is_json(),
        }
    }

    fn describes_bytes(&self, schema: &'d SchemaRef) -> bool {
        let schema = self.without_wrapper(schema);
        is_binary(schema) && schema.format.as_deref() == Some("binary")
    }

    /// Returns whether some values of the schema are objects or arrays. A schema without `type` is examined by its other
    /// keywords, and by its subschemas under `allOf`, `oneOf` and `anyOf`.
    fn describes_objects_or_arrays(&self, schema: &'d SchemaRef) -> bool {
        let mut pending = vec![self.resolved(schema)];
        let mut seen = HashSet::new();
        while let Some(schema) = pending.pop() {
            let is_structure = match schema.kind {
                Some(SchemaType::Object | SchemaType::Array) => true,
                Some(_) => false,
                None => {
                    !schema.properties.is_empty()
                        || schema.items.is_some()
                        || matches!(schema.additional_properties, AdditionalProperties::Schema(_))
                }
            };
            if is_structure {
                return true;
            }
            if schema.kind.is_none() && seen.insert(&schema.pointer) {
                let parts = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of);
                pending.extend(parts.map(|part| self.resolved(part)));
            }
        }
        false
    }

    /// Lowers a body whose media type is textual. A scalar is converted to and from text. For any other schema, the body is
    /// bytes.
    pub(super) fn lower_text_content(
        &mut self,
        media: &'d MediaType,
        schema: &'d SchemaRef,
        context: &NamingContext,
    ) -> Option<(Value, BodyEncoding)> {
        let resolved = self.without_wrapper(schema);
        let may_be_scalar = match resolved.kind {
            Some(SchemaType::Object | SchemaType::Array) => false,
            Some(_) => true,
            None => {
                let has_values = resolved.enum_values.is_some() || !resolved.all_of.is_empty();
                has_values && !self.describes_objects_or_arrays(schema)
            }
        };
        if may_be_scalar && !is_binary(resolved) {
            let mut value = self.lower_schema(schema, context)?;
            if self.is_scalar(&value) {
                value.nullable = false;
                return Some((value, BodyEncoding::Text));
            }
        }
        Some(self.bytes_content(media))
    }

    /// Returns the type and the encoding of a body that consists of bytes. Reports a schema that describes other values, because
    /// the schema has no effect.
    pub(super) fn bytes_content(&mut self, media: &'d MediaType) -> (Value, BodyEncoding) {
        self.report_unused_schema(media);
        (Value::plain(Type::Bytes), BodyEncoding::Bytes)
    }

    /// Reports the schema of a body that is sent or read as bytes if the schema describes other values than strings.
    pub(super) fn report_unused_schema(&mut self, media: &'d MediaType) {
        let Some(schema) = &media.schema else { return };
        let resolved = self.without_wrapper(schema);
        let is_other_scalar =
            matches!(resolved.kind, Some(SchemaType::Integer | SchemaType::Number | SchemaType::Boolean));
        let is_string = resolved.kind == Some(SchemaType::String);
        let is_choice = !is_string && (has_alternatives(resolved) || resolved.enum_values.is_some());
        let is_described = is_other_scalar || is_choice || self.describes_objects_or_arrays(schema);
        if !is_described || self.findings.is_misspelt_media_type(&media.pointer) {
            return;
        }
        let message = format!(
            "The schema of the body has no effect: copperplate sends and reads bodies of type `{}` as bytes.",
            media.name
        );
        let remedy =
            "If the body is JSON, write `application/json`. Otherwise, write `type: string` with `format: binary`.";
        let key = if media.has_item_schema { "itemSchema" } else { "schema" };
        self.report(Code::NoEffect, &media.pointer.join(key), message, remedy);
    }
}
