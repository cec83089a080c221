//! Lowers a multipart body to a struct. Each property of the schema is a part of the body and a field of the struct.

use std::collections::{HashMap, HashSet};

use crate::finding::{Code, Focus};
use crate::ir::{
    AdditionalMembers, Direction, Field, Multipart, ObjectRule, OptionalNull, Part, PartEncoding, Presence, Struct,
    Type, TypeDef, TypeId, TypeKind, Value,
};
use crate::lower::analysis::predicates::{has_alternatives, has_only_all_of, requires_described_members};
use crate::lower::docs;
use crate::lower::naming::context::NamingContext;
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::MULTIPART_METHODS;
use crate::lower::naming::scope::Scope;
use crate::lower::operation::media_types::{is_binary, is_textual};
use crate::lower::operation::wire_names::is_header_name;
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Encoding, MediaType, Schema, SchemaRef, SchemaType};

impl<'d> Lowering<'d> {
    /// Returns whether the schema describes an object. The properties of an object are the parts of a multipart body.
    pub(super) fn describes_parts(&self, schema: &'d SchemaRef) -> bool {
        let schema = self.without_wrapper(schema);
        let is_composed = !schema.all_of.is_empty() || has_alternatives(schema);
        matches!(schema.kind, Some(SchemaType::Object) | None) && (is_composed || !schema.properties.is_empty())
            || schema.kind == Some(SchemaType::Object)
    }

    /// Follows a reference to its schema. If this schema is only a wrapper such as `allOf: [A]`, returns `A` instead.
    pub(super) fn without_wrapper(&self, schema: &'d SchemaRef) -> &'d Schema {
        let schema = self.resolved(schema);
        match schema.all_of.as_slice() {
            [only] if has_only_all_of(schema) => self.resolved(only),
            _ => schema,
        }
    }

    /// Lowers a multipart body. Returns `None` if the body is reported as an error. Operations that refer to the same body share
    /// the type of the body.
    pub(super) fn lower_multipart(
        &mut self,
        media: &'d MediaType,
        schema: &'d SchemaRef,
        context: &NamingContext,
    ) -> Option<Value> {
        if let Some(known) = self.types_by_pointer.get(&media.pointer).copied() {
            self.add_user(known, &media.pointer, context);
            return Some(multipart_value(known));
        }
        let schema = self.without_wrapper(schema);
        if has_alternatives(schema) && !requires_described_members(schema) {
            let remedy = "Describe one object with the properties of all alternatives. List under `required` only the properties \
                          that every alternative requires.";
            return self.report_media_type(media, "multipart bodies with `oneOf` or `anyOf`", remedy);
        }
        let id = self.declare_inline_type(schema, &media.pointer, context);
        self.types_by_pointer.insert(media.pointer.clone(), id);
        self.type_order.push(id);
        let multipart = self.lower_parts(media, schema, &NamingContext::inside(id, &schema.pointer))?;
        self.types[id.0] = Some(TypeDef {
            name: String::new(),
            pointer: media.pointer.clone(),
            docs: vec![format!("The parts of a body of type {}.", docs::code(&media.name))],
            direction: Direction::default(),
            kind: TypeKind::Multipart(multipart),
            constants: Vec::new(),
            schema_location: Some(self.schema_location(schema)),
            contains_secret: false,
        });
        Some(multipart_value(id))
    }

    fn lower_parts(&mut self, media: &'d MediaType, schema: &'d Schema, context: &NamingContext) -> Option<Multipart> {
        let mut scope = Scope::with(MULTIPART_METHODS);
        let (mut fields, mut parts) = (Vec::new(), Vec::new());
        let required: HashSet<&String> = schema.required.iter().collect();
        let encodings: HashMap<&str, _> =
            media.encoding.iter().map(|encoding| (encoding.property.as_str(), encoding)).collect();
        for (wire, property) in &schema.properties {
            let encoding = encodings.get(wire.as_str()).copied();
            let content = self.lower_part_content(wire, property, encoding, &context.part(wire))?;
            let implied = format!("/properties/{}", Pointer::escape(wire));
            let property_schema = self.resolved(property);
            let is_required = required.contains(wire) && !property_schema.read_only;
            let mut docs = docs::schema(property_schema);
            let name = scope.take(identifiers::snake(wire));
            if docs.is_empty() && name != *wire {
                docs.push(format!("The part {}.", docs::code(wire)));
            }
            let field = fields.len();
            fields.push(Field {
                name,
                wire: wire.clone(),
                pointer: property.pointer().clone(),
                docs,
                deprecated: property_schema.deprecated,
                value: self.relative_to_holder(content.value, schema, &implied),
                presence: if is_required { Presence::Required } else { Presence::Optional },
                null: OptionalNull::default(),
            });
            let headers = self.lower_part_headers(encoding, context, &mut scope, &mut fields)?;
            let PartContent { encoding, content_type, .. } = content;
            parts.push(Part { field, encoding, content_type, headers });
        }
        self.report_part_problems(media, schema);
        let mut rules = self.object_rules(schema, &fields);
        // All other rules refer to schema tables. A schema table validates JSON, but a multipart body is not JSON.
        rules.retain(|rule| matches!(rule, ObjectRule::RequiredFields(..)));
        let (additional, additional_encoding) = self.lower_additional_parts(schema, context, &mut scope)?;
        let structure = Struct { fields, additional, rules, count_rules: self.count_rules(schema) };
        Some(Multipart { structure, parts, additional: additional_encoding })
    }

    /// Reports each `encoding` that has no effect. Also reports a name in `required` that is not in `properties`.
    fn report_part_problems(&mut self, media: &MediaType, schema: &Schema) {
        for encoding in &media.encoding {
            if !schema.properties.contains_key(&encoding.property) {
                self.report_unknown_property(encoding, &schema.properties);
            } else if encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved {
                let reason = "`style`, `explode` and `allowReserved` apply only to forms; a part has a `contentType`";
                self.report_no_effect(encoding, reason);
            }
        }
        if let Some(name) = schema.required.iter().find(|name| !schema.properties.contains_key(*name)) {
            let message = format!("`{name}` is required but not described under `properties`.");
            self.report(Code::UnsupportedSchema, &schema.pointer, message, "Describe the part under `properties`.");
        }
    }

    /// Lowers the content of one part of a multipart body.
    fn lower_part_content(
        &mut self,
        wire: &str,
        property: &'d SchemaRef,
        encoding: Option<&'d Encoding>,
        context: &NamingContext,
    ) -> Option<PartContent> {
        let content_types = encoding.and_then(|encoding| encoding.content_type.as_deref());
        // `contentType` can be a list, and can contain ranges such as `image/*`. The part is sent with the first media type that
        // is no range.
        let first_concrete = |default: &str| {
            let types = content_types.into_iter().flat_map(|types| types.split(','));
            types.map(str::trim).find(|media| !media.contains('*')).unwrap_or(default).to_owned()
        };
        let schema = self.without_wrapper(property);
        let items = schema.items.as_ref().filter(|_| schema.kind == Some(SchemaType::Array));
        let item = items.map_or(schema, |items| self.without_wrapper(items));
        let alternatives = self.file_alternatives(item);
        let is_file = match content_types {
            Some(types) => !types.contains("json") && !is_textual(types) || is_binary(item),
            None => is_binary(item),
        };
        if is_file || alternatives.is_some() {
            self.report_unused_part_keywords(wire, item, alternatives);
            let mut value = Value::plain(Type::File);
            if items.is_some() || alternatives.is_some_and(|alternatives| alternatives.has_list) {
                let kind = Type::List(Box::new(value));
                value = Value { rules: self.validation_rules(schema, &kind), ..Value::plain(kind) };
            }
            let content_type = first_concrete("application/octet-stream");
            return Some(PartContent { value, encoding: PartEncoding::File, content_type });
        }
        let mut value = self.lower_schema(property, context)?;
        // A part of a multipart body cannot be null. Instead of null, the part is omitted.
        value.nullable = false;
        self.propose_pattern_names(&value.rules, wire);
        let is_json = content_types.is_some_and(|types| types.contains("json"));
        let (encoding, content_type) = match self.part_encoding(&value) {
            PartEncoding::Json => (PartEncoding::Json, first_concrete("application/json")),
            _ if is_json => (PartEncoding::Json, first_concrete("application/json")),
            encoding => (encoding, first_concrete("")),
        };
        Some(PartContent { value, encoding, content_type })
    }

    /// Returns how a part of this type is converted to bytes if the document has no `contentType` for the part.
    fn part_encoding(&self, value: &Value) -> PartEncoding {
        let item = match &value.kind {
            Type::List(items) => items,
            _ => value,
        };
        match &item.kind {
            _ if self.is_scalar(item) && !item.nullable => PartEncoding::Text,
            Type::Any => PartEncoding::ScalarOrJson,
            Type::Named { id, .. } => match self.types[id.0].as_ref().map(|definition| &definition.kind) {
                Some(TypeKind::Union(_)) => PartEncoding::ScalarOrJson,
                Some(TypeKind::Newtype(inner)) if !matches!(inner.kind, Type::List(_)) => self.part_encoding(inner),
                _ => PartEncoding::Json,
            },
            _ => PartEncoding::Json,
        }
    }

    /// Returns a description of the alternatives of a union if some of the alternatives are files or lists of files.
    fn file_alternatives(&self, schema: &'d Schema) -> Option<FileAlternatives> {
        let (mut has_file, mut found) = (false, FileAlternatives::default());
        for alternative in schema.one_of.iter().chain(&schema.any_of) {
            let alternative = self.without_wrapper(alternative);
            let items = alternative.items.as_ref().filter(|_| alternative.kind == Some(SchemaType::Array));
            if is_binary(items.map_or(alternative, |items| self.without_wrapper(items))) {
                has_file = true;
                found.has_list |= items.is_some();
            } else {
                let is_any_text = alternative.kind == Some(SchemaType::String) && has_only_all_of(alternative);
                found.has_constraints |= !is_any_text;
            }
        }
        has_file.then_some(found)
    }

    /// Reports the keywords of the part `wire` that have no effect, because the part is sent as a file.
    fn report_unused_part_keywords(&mut self, wire: &str, item: &Schema, alternatives: Option<FileAlternatives>) {
        if item.min_length.is_some() || item.max_length.is_some() || item.pattern.is_some() {
            let message = format!(
                "The part `{wire}` consists of bytes, so `minLength`, `maxLength` and `pattern` have no effect."
            );
            self.report(Code::NoEffect, &item.pointer, message, "Remove these keywords.");
        }
        if alternatives.is_some_and(|alternatives| alternatives.has_constraints) {
            let message = format!(
                "The part `{wire}` can be a file, so the alternatives that are no files have no effect: the caller passes every \
                 value as a file."
            );
            self.report(
                Code::NoEffect,
                &item.pointer,
                message,
                "Write `type: string` for the alternatives that are no files.",
            );
        }
    }

    /// Lowers the headers of a part of a multipart body. Appends a field for each header to `fields`, and returns the indices of
    /// the new fields.
    fn lower_part_headers(
        &mut self,
        encoding: Option<&'d Encoding>,
        context: &NamingContext,
        scope: &mut Scope,
        fields: &mut Vec<Field>,
    ) -> Option<Vec<usize>> {
        let mut indices = Vec::new();
        for header in encoding.into_iter().flat_map(|encoding| &encoding.headers) {
            // OpenAPI ignores `Content-Type` in `headers`, and the runtime writes `Content-Disposition` itself.
            if ["Content-Type", "Content-Disposition"].iter().any(|own| header.name.eq_ignore_ascii_case(own)) {
                continue;
            }
            let property = encoding.map(|encoding| encoding.property.as_str()).unwrap_or_default();
            if !is_header_name(&header.name) {
                let name = &header.name;
                let message = format!("The part `{property}` cannot be sent: `{name}` is not a valid header name.");
                self.report(Code::UnsupportedParameter, &header.pointer, message, "Correct the name.");
                self.findings.set_focus(Focus::Key);
                return None;
            }
            let context = context.part(&format!("{property} {}", header.name));
            let value = header.schema.as_ref().and_then(|schema| self.lower_schema(schema, &context));
            let mut value = value.filter(|value| self.is_scalar(value)).unwrap_or_else(|| Value::plain(Type::String));
            value.nullable = false;
            self.propose_pattern_names(&value.rules, &header.name);
            let mut docs = header.description.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(
                &mut docs,
                [format!("The header {} of the part {}.", docs::code(&header.name), docs::code(property))],
            );
            indices.push(fields.len());
            fields.push(Field {
                name: scope.take(identifiers::snake(&format!("{property} {}", header.name))),
                wire: header.name.clone(),
                pointer: header.pointer.clone(),
                docs,
                deprecated: false,
                value,
                presence: if header.required { Presence::Required } else { Presence::Optional },
                null: OptionalNull::default(),
            });
        }
        Some(indices)
    }

    /// Lowers the parts of a multipart body that `properties` does not describe. A schema under `additionalProperties` decides
    /// the type of these parts. The parts are files if `additionalProperties` is `true`, or if the schema has neither
    /// `additionalProperties` nor `properties`.
    fn lower_additional_parts(
        &mut self,
        schema: &'d Schema,
        context: &NamingContext,
        scope: &mut Scope,
    ) -> Option<(AdditionalMembers, PartEncoding)> {
        let (value, encoding) = match &schema.additional_properties {
            AdditionalProperties::Schema(members) => {
                let content = self.lower_part_content("additional", members, None, &context.part("value"))?;
                (content.value, content.encoding)
            }
            AdditionalProperties::Absent if !schema.properties.is_empty() => {
                return Some((AdditionalMembers::Ignore, PartEncoding::Json));
            }
            AdditionalProperties::Forbidden => return Some((AdditionalMembers::Ignore, PartEncoding::Json)),
            AdditionalProperties::Absent | AdditionalProperties::Any => (Value::plain(Type::File), PartEncoding::File),
        };
        let field = scope.take("additional".to_owned());
        Some((AdditionalMembers::Keep { field, value: Box::new(value) }, encoding))
    }
}

/// The alternatives of a part that can be a file.
#[derive(Clone, Copy, Default)]
struct FileAlternatives {
    /// Whether an alternative is a list of files.
    has_list: bool,
    /// Whether an alternative is neither a file, nor a list of files, nor any string.
    has_constraints: bool,
}

/// The content of a part of a multipart body.
struct PartContent {
    value: Value,
    encoding: PartEncoding,
    content_type: String,
}

fn multipart_value(id: TypeId) -> Value {
    Value::plain(Type::Named { id, boxed: false })
}
