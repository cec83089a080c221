//! Multipart bodies: a struct of parts, made from the properties of a schema.

use crate::finding::Code;
use crate::ir::{
    AdditionalMembers, Direction, Field, Multipart, ObjectRule, Part, PartEncoding, Presence, Struct, Type, TypeDef,
    TypeId, TypeKind, Value,
};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::operation::request_body::{is_binary, is_textual, plain};
use crate::lower::schema;
use crate::lower::schema::unions::requires_only_members;
use crate::lower::{Lowering, docs};
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Encoding, MediaType, Schema, SchemaRef, SchemaType};

impl<'d> Lowering<'d> {
    /// Whether the schema describes parts by properties.
    pub(crate) fn is_object(&self, schema: &'d SchemaRef) -> bool {
        let schema = self.single(schema);
        let composed = !schema.all_of.is_empty() || !schema.one_of.is_empty() || !schema.any_of.is_empty();
        matches!(schema.kind, Some(SchemaType::Object) | None) && (composed || !schema.properties.is_empty())
            || schema.kind == Some(SchemaType::Object)
    }

    /// The schema behind references, and behind an `allOf` around one.
    fn single(&self, schema: &'d SchemaRef) -> &'d Schema {
        let schema = self.described(schema);
        match schema.all_of.as_slice() {
            [only] if schema::says_nothing_beside_all_of(schema) => self.described(only),
            _ => schema,
        }
    }

    /// The type of the parts of `media`. Bodies that several operations share have one type.
    pub(crate) fn multipart(
        &mut self,
        media: &'d MediaType,
        schema: &'d SchemaRef,
        context: &Context,
    ) -> Option<Value> {
        if let Some(known) = self.in_place.get(&media.pointer).copied() {
            self.used_at(known, &media.pointer, context);
            return Some(parts_value(known));
        }
        let schema = self.single(schema);
        let chooses = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        if chooses && !requires_only_members(schema) {
            return self.refuse_media(media, "a multipart body that is one of several schemas");
        }
        let id = self.place_unnamed(schema, &media.pointer, context);
        self.in_place.insert(media.pointer.clone(), id);
        self.order.push(id);
        let parts = self.parts_of(media, schema, &Context::within(id, &schema.pointer))?;
        let docs = vec![format!("The parts of a body of type {}.", docs::code(&media.name))];
        let kind = TypeKind::Multipart(parts);
        let (place, pointer) = (self.place_of_schema(schema), media.pointer.clone());
        let (name, direction) = (String::new(), Direction::default());
        self.types[id.0] = Some(TypeDef { name, pointer, docs, direction, kind, schema_location: Some(place) });
        Some(parts_value(id))
    }

    fn parts_of(&mut self, media: &'d MediaType, schema: &'d Schema, context: &Context) -> Option<Multipart> {
        let words = ["new", "check", "validate", "validate_as", "clone", "default", "into", "parts"];
        let mut scope = identifiers::Scope::with(&words);
        let (mut fields, mut parts) = (Vec::new(), Vec::new());
        for (wire, property) in &schema.properties {
            let encoding = media.encoding.iter().find(|encoding| encoding.property == *wire);
            let (value, coding, content_type) = self.part(wire, property, encoding, &context.part(wire))?;
            let value = self.as_part(value, schema, &format!("/properties/{}", Pointer::escape(wire)));
            let described = self.described(property);
            let required = schema.required.contains(wire) && !described.read_only;
            let mut lines = docs::schema(described);
            if lines.is_empty() {
                lines.push(format!("The part {}.", docs::code(wire)));
            }
            let field = fields.len();
            fields.push(Field {
                name: scope.take(identifiers::snake(wire)),
                wire: wire.clone(),
                pointer: property.pointer().clone(),
                docs: lines,
                deprecated: described.deprecated,
                value,
                presence: if required { Presence::Required } else { Presence::Optional },
            });
            let headers = self.part_headers(encoding, context, &mut scope, &mut fields)?;
            parts.push(Part { field, encoding: coding, content_type, headers });
        }
        for encoding in &media.encoding {
            if !schema.properties.contains_key(&encoding.property) {
                self.encodes_nothing(encoding, &schema.properties);
            } else if encoding.style.is_some() || encoding.explode.is_some() || encoding.allow_reserved {
                self.no_effect(
                    encoding,
                    "`style`, `explode` and `allowReserved` are for forms; a part has a `contentType`",
                );
            }
        }
        let unknown = schema.required.iter().find(|required| !schema.properties.contains_key(*required));
        if let Some(missing) = unknown {
            let message = format!("`{missing}` is required and not among the properties.");
            self.refuse(Code::UnsupportedSchema, &schema.pointer, message, "Describe the part under `properties`.");
        }
        let mut rules = self.object_rules(schema, &fields);
        // A table judges JSON, which parts are not.
        rules.retain(|rule| matches!(rule, ObjectRule::RequiredFields(..)));
        let (rest, coding) = self.other_parts(schema, context, &mut scope)?;
        Some(Multipart {
            structure: Struct { fields, additional: rest, count_rules: self.member_counts(schema), rules },
            parts,
            additional: coding,
        })
    }

    /// What a part holds, how it becomes bytes, and its content type.
    fn part(
        &mut self,
        wire: &str,
        property: &'d SchemaRef,
        encoding: Option<&'d Encoding>,
        context: &Context,
    ) -> Option<(Value, PartEncoding, String)> {
        let stated = encoding.and_then(|encoding| encoding.content_type.as_deref());
        // Of several the first concrete one is what a part has that says nothing itself.
        let default = |otherwise: &str| {
            let concrete = stated.into_iter().flat_map(|types| types.split(','));
            concrete.map(str::trim).find(|media| !media.contains('*')).unwrap_or(otherwise).to_owned()
        };
        let described = self.single(property);
        let items = described.items.as_ref().filter(|_| described.kind == Some(SchemaType::Array));
        let item = items.map_or(described, |items| self.single(items));
        let is_file = match stated {
            Some(stated) => !stated.contains("json") && !is_textual(stated) || is_binary(item),
            None => is_binary(item),
        };
        if is_file {
            if item.min_length.is_some() || item.max_length.is_some() || item.pattern.is_some() {
                let message = format!("The part `{wire}` is bytes: bounds for characters have no effect.");
                self.refuse(Code::NoEffect, &item.pointer, message, "Remove minLength, maxLength and pattern.");
            }
            let mut value = plain(Type::File);
            if items.is_some() {
                let kind = Type::List(Box::new(value));
                value = Value { rules: self.rules(described, &kind), ..plain(kind) };
            }
            return Some((value, PartEncoding::File, default("application/octet-stream")));
        }
        let mut value = self.value(property, context)?;
        // No part can say null: it is left out instead.
        value.nullable = false;
        self.name_patterns(&value.rules, wire);
        let json = stated.is_some_and(|stated| stated.contains("json"));
        let scalar = match &value.kind {
            Type::List(items) => !items.nullable && self.is_text(items),
            _ => self.is_text(&value),
        };
        Some(match scalar && !json {
            true => (value, PartEncoding::Text, default("")),
            false => (value, PartEncoding::Json, default("application/json")),
        })
    }

    /// The fields that hold the headers of a part.
    fn part_headers(
        &mut self,
        encoding: Option<&'d Encoding>,
        context: &Context,
        scope: &mut identifiers::Scope,
        fields: &mut Vec<Field>,
    ) -> Option<Vec<usize>> {
        let mut indices = Vec::new();
        for header in encoding.into_iter().flat_map(|encoding| &encoding.headers) {
            // OpenAPI says that these are ignored, or written by the part itself.
            if ["Content-Type", "Content-Disposition"].iter().any(|own| header.name.eq_ignore_ascii_case(own)) {
                continue;
            }
            let property = encoding.map(|encoding| encoding.property.as_str()).unwrap_or_default();
            let context = context.part(&format!("{property} {}", header.name));
            let described = header.schema.as_ref().and_then(|schema| self.value(schema, &context));
            let mut value = described.filter(|value| self.is_text(value)).unwrap_or_else(|| plain(Type::String));
            value.nullable = false;
            self.name_patterns(&value.rules, &header.name);
            let mut lines = header.description.as_deref().map(docs::prose).unwrap_or_default();
            docs::paragraph(
                &mut lines,
                [format!("The header {} of the part {}.", docs::code(&header.name), docs::code(property))],
            );
            indices.push(fields.len());
            fields.push(Field {
                name: scope.take(identifiers::snake(&format!("{property} {}", header.name))),
                wire: header.name.clone(),
                pointer: header.pointer.clone(),
                docs: lines,
                deprecated: false,
                value,
                presence: if header.required { Presence::Required } else { Presence::Optional },
            });
        }
        Some(indices)
    }

    /// The parts that are not described. Where no part is, each is a file.
    fn other_parts(
        &mut self,
        schema: &'d Schema,
        context: &Context,
        scope: &mut identifiers::Scope,
    ) -> Option<(AdditionalMembers, PartEncoding)> {
        let (value, coding) = match &schema.additional_properties {
            AdditionalProperties::Schema(members) => {
                let (value, coding, _) = self.part("additional", members, None, &context.part("member"))?;
                (value, coding)
            }
            AdditionalProperties::Absent if !schema.properties.is_empty() => {
                return Some((AdditionalMembers::Ignore, PartEncoding::Json));
            }
            AdditionalProperties::Forbidden => return Some((AdditionalMembers::Ignore, PartEncoding::Json)),
            AdditionalProperties::Absent | AdditionalProperties::Any => (plain(Type::File), PartEncoding::File),
        };
        Some((AdditionalMembers::Keep { field: scope.take("additional".to_owned()), value: Box::new(value) }, coding))
    }
}

fn parts_value(id: TypeId) -> Value {
    plain(Type::Named { id, boxed: false })
}
