//! Schemas: components become named types, schemas in place become types named after where they stand.

pub(crate) mod all_of;
pub(crate) mod canonical;
pub(crate) mod disjoint;
pub(crate) mod dynamic;
pub(crate) mod enum_values;
pub(crate) mod integer_width;
pub(crate) mod keywords;
pub(crate) mod numbers;
pub(crate) mod patterns;
pub(crate) mod provenance;
pub(crate) mod unions;
pub(crate) mod unique_items;
pub(crate) mod variants;

use serde_json::Value as Json;

use crate::finding::Code;
use crate::ir::{
    AdditionalMembers, Direction, EnumVariant, Field, Presence, Rule, Struct, Type, TypeDef, TypeId, TypeKind, Value,
};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::passes::sharing::{self, Shared};
use crate::lower::schema::unions::{requires_only_members, requires_only_strangers};
use crate::lower::{Lowering, docs};
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

impl<'d> Lowering<'d> {
    /// Gives every component its name and place, so that any schema can refer to any other.
    pub(super) fn name_components(&mut self) {
        let document = self.document;
        let words: Vec<&str> = document.schemas.keys().map(String::as_str).collect();
        for (name, type_name) in words.iter().zip(self.type_names.take_all(&words, identifiers::component)) {
            let id = self.place(type_name);
            self.components.insert(name, id);
        }
    }

    /// A place for a type of this name; its definition follows.
    pub(super) fn place(&mut self, name: String) -> TypeId {
        let id = TypeId(self.types.len());
        self.types.push(None);
        self.place_names.push(name);
        id
    }

    /// Lowers every component, in document order.
    pub(super) fn lower_components(&mut self) {
        let document = self.document;
        for (name, schema) in &document.schemas {
            let id = self.components[name.as_str()];
            self.define(id, schema, true);
        }
    }

    /// Lowers the definition of a type that has a place.
    fn define(&mut self, id: TypeId, schema: &'d Schema, component: bool) {
        self.order.push(id);
        let mark = self.findings.mark();
        let name = self.place_names[id.0].clone();
        let within = Context::within(id, &schema.pointer);
        let kind = match self.shape(schema) {
            Shape::Struct => self.structure(schema, &within).map(TypeKind::Struct),
            Shape::StringEnum(values) => Some(TypeKind::StringEnum(variants(&values))),
            Shape::Union => self.union(schema, &within).map(TypeKind::Union),
            Shape::Other => {
                let value = if component { self.plain(schema, &within) } else { None };
                value.map(|mut value| {
                    value.nullable = false;
                    // Its type says so already.
                    value.schema_location = None;
                    TypeKind::Newtype(value)
                })
            }
        };
        let direction = Direction::default();
        let (docs, pointer) = (docs::schema(schema), schema.pointer.clone());
        // A type of which anything was refused is not half a type: it is none.
        let kind = kind.filter(|_| !self.findings.has_errors_since(mark));
        let schema = component.then(|| self.place_of_schema(schema));
        self.types[id.0] = kind.map(|kind| TypeDef { name, pointer, docs, direction, kind, schema_location: schema });
    }

    /// The value that a schema or a reference describes; `context` names a type that has to be made for it.
    pub(super) fn value(&mut self, schema: &'d SchemaRef, context: &Context) -> Option<Value> {
        match schema {
            SchemaRef::Component { name, .. } => {
                let nullable = self.document.schemas.get(name).is_some_and(|schema| schema.nullable);
                let id = *self.components.get(name.as_str())?;
                Some(named(id, nullable))
            }
            SchemaRef::Inline(schema) => self.inline(schema, context),
        }
    }

    /// The value of a part of `holder`, whose schema is expected at `implied` in that of the holder.
    pub(super) fn part_value(
        &mut self,
        part: &'d SchemaRef,
        context: &Context,
        holder: &Schema,
        implied: &str,
    ) -> Option<Value> {
        let value = self.value(part, context)?;
        Some(self.as_part(value, holder, implied))
    }

    /// The value of a part of `holder`; what is where it is expected needs no words.
    pub(super) fn as_part(&self, mut value: Value, holder: &Schema, implied: &str) -> Value {
        let holder = self.place_of_schema(holder);
        provenance::from_holder(&mut value.rules, &holder);
        if let Some(inside) = value.schema_location.as_deref().and_then(|place| place.strip_prefix(&holder))
            && (inside.is_empty() || inside.starts_with('/'))
        {
            value.schema_location = (inside != implied).then(|| inside.to_owned());
        }
        value
    }

    /// Where a schema stands, as violations tell it: in this document, or in the file that it comes from.
    pub(super) fn place_of_schema(&self, schema: &Schema) -> String {
        self.schema_at(schema.derived_from.as_ref().unwrap_or(&schema.pointer))
    }

    /// The same for the pointer of a schema.
    pub(super) fn schema_at(&self, pointer: &Pointer) -> String {
        match self.findings.origin(pointer) {
            Some((file, pointer)) => format!("{}#{pointer}", seen_from(&self.document.file, file)),
            None => format!("#{pointer}"),
        }
    }

    /// The value of a schema in place. An object or an enumeration gets a type named after its users.
    fn inline(&mut self, schema: &'d Schema, context: &Context) -> Option<Value> {
        if let [only] = schema.all_of.as_slice()
            && says_nothing_beside_all_of(schema)
        {
            // The usual way to put a description or `nullable` beside a reference.
            let mut value = self.value(only, context)?;
            value.nullable |= schema.nullable;
            value.secret |= is_secret(schema);
            return Some(value);
        }
        match self.shape(schema) {
            Shape::Struct | Shape::StringEnum(_) | Shape::Union => {
                let value = named(self.type_in_place(schema, context), schema.nullable);
                Some(Value { schema_location: Some(self.place_of_schema(schema)), ..value })
            }
            Shape::Other => self.plain(schema, context),
        }
    }

    fn type_in_place(&mut self, schema: &'d Schema, context: &Context) -> TypeId {
        if let Some(known) = self.in_place.get(&schema.pointer).copied() {
            self.used_at(known, &schema.pointer, context);
            return known;
        }
        let digest = sharing::digest(schema);
        if let Some(id) = self.shared_type(schema, digest) {
            self.in_place.insert(schema.pointer.clone(), id);
            self.used_at(id, &schema.pointer, context);
            return id;
        }
        let id = self.place_unnamed(schema, &schema.pointer, context);
        self.in_place.insert(schema.pointer.clone(), id);
        self.shared.insert(digest, Shared { id, description: sharing::described(schema) });
        self.define(id, schema, false);
        id
    }

    /// The value of a schema that needs no type of its own.
    fn plain(&mut self, schema: &'d Schema, context: &Context) -> Option<Value> {
        if let [only] = schema.all_of.as_slice()
            && says_nothing_beside_all_of(schema)
        {
            return self.value(only, context);
        }
        let kind = match schema.kind {
            _ if is_any_enumeration(schema) => Type::Any,
            Some(SchemaType::String) => Type::String,
            Some(SchemaType::Boolean) => Type::Boolean,
            Some(SchemaType::Integer) => numbers::integer(schema),
            Some(SchemaType::Number) => Type::Double,
            Some(SchemaType::Array) => Type::List(Box::new(match &schema.items {
                Some(items) => self.part_value(items, &context.part("item"), schema, "/items")?,
                None => anything(),
            })),
            Some(SchemaType::Object) => Type::Map(Box::new(match &schema.additional_properties {
                AdditionalProperties::Schema(members) => {
                    self.part_value(members, &context.part("member"), schema, "/additionalProperties")?
                }
                AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => {
                    anything()
                }
            })),
            None => Type::Any,
        };
        let mut rules = self.rules(schema, &kind);
        rules.extend(self.beyond(schema, &kind).map(Rule::SchemaTable));
        let rules = self.by_origin(schema, rules);
        let holds_secrets = matches!(&kind, Type::List(inner) | Type::Map(inner) if inner.secret);
        let secret = is_secret(schema) || holds_secrets;
        let place = Some(self.place_of_schema(schema));
        // Any value may be null already.
        let nullable = schema.nullable && !(kind == Type::Any && rules.is_empty());
        Some(Value { kind, nullable, secret, rules, schema_location: place })
    }

    fn structure(&mut self, schema: &'d Schema, context: &Context) -> Option<Struct> {
        let mut scope = identifiers::Scope::with(FIELD_WORDS);
        let words: Vec<&str> = schema.properties.keys().map(String::as_str).collect();
        let names = scope.take_all(&words, identifiers::snake);
        let mut fields = Vec::new();
        for ((wire, property), name) in schema.properties.iter().zip(names) {
            let place = format!("/properties/{}", Pointer::escape(wire));
            let Some(mut value) = self.part_value(property, &context.part(wire), schema, &place) else { continue };
            self.name_patterns(&value.rules, wire);
            let described = self.described(property);
            value.secret |= is_secret(described);
            let presence = presence(schema.required.contains(wire), described);
            let mut docs = docs::schema(described);
            if docs.is_empty() {
                docs.push(format!("The member {}.", docs::code(wire)));
            }
            fields.push(Field {
                name,
                wire: wire.clone(),
                pointer: property.pointer().clone(),
                docs,
                deprecated: described.deprecated,
                value,
                presence,
            });
        }
        for missing in schema.required.iter().filter(|required| !schema.properties.contains_key(*required)) {
            fields.extend(self.undescribed(schema, missing, context, &mut scope));
        }
        let rules = self.object_rules(schema, &fields);
        let counts = self.member_counts(schema);
        let rest = match &schema.additional_properties {
            // What is counted has to be kept, and what a table judges, since no field holds it.
            AdditionalProperties::Absent if counts.is_empty() && !self.is_beyond_types(schema) => {
                AdditionalMembers::Ignore
            }
            AdditionalProperties::Absent => {
                AdditionalMembers::Keep { field: scope.take("additional".to_owned()), value: Box::new(anything()) }
            }
            AdditionalProperties::Forbidden => AdditionalMembers::Reject,
            AdditionalProperties::Any => {
                AdditionalMembers::Keep { field: scope.take("additional".to_owned()), value: Box::new(anything()) }
            }
            AdditionalProperties::Schema(members) => {
                let value = self.part_value(members, &context.part("member"), schema, "/additionalProperties")?;
                AdditionalMembers::Keep { field: scope.take("additional".to_owned()), value: Box::new(value) }
            }
        };
        Some(Struct { fields, additional: rest, count_rules: counts, rules })
    }

    /// A member that is required and not among the properties: its value is any, or what `additionalProperties` describes.
    fn undescribed(
        &mut self,
        schema: &'d Schema,
        wire: &str,
        context: &Context,
        scope: &mut identifiers::Scope,
    ) -> Option<Field> {
        let value = match &schema.additional_properties {
            AdditionalProperties::Absent | AdditionalProperties::Any => anything(),
            AdditionalProperties::Schema(members) => self.part_value(members, &context.part(wire), schema, "")?,
            AdditionalProperties::Forbidden => {
                let message = format!("`{wire}` is required, and `additionalProperties: false` forbids it.");
                let remedy = "Describe the member under `properties`; `{}` allows any value.";
                self.refuse(Code::UnsupportedSchema, &schema.pointer, message, remedy);
                self.findings.set_missing(&schema.pointer.join("properties").join(wire));
                return None;
            }
        };
        let docs = vec![format!("The member {}, which is required but not described.", docs::code(wire))];
        let (name, presence) = (scope.take(identifiers::snake(wire)), Presence::Required);
        let (wire, pointer) = (wire.to_owned(), schema.pointer.clone());
        Some(Field { name, wire, pointer, docs, deprecated: false, value, presence })
    }

    /// The schema with a property's own words: behind a reference, those of the component.
    pub(super) fn described(&self, schema: &'d SchemaRef) -> &'d Schema {
        match schema {
            SchemaRef::Inline(schema) => schema,
            SchemaRef::Component { name, .. } => &self.document.schemas[name],
        }
    }

    fn shape(&mut self, schema: &Schema) -> Shape {
        if has_alternatives(schema) && !requires_only_members(schema) && !requires_only_strangers(schema) {
            return Shape::Union;
        }
        match (&schema.enum_values, schema.kind) {
            // A value of another type than the schema's own is none that it can have.
            (Some(_), _) if self.is_beyond_types(schema) => Shape::Other,
            (Some(values), Some(SchemaType::String)) => Shape::StringEnum(texts(values)),
            (Some(values), None) if is_text_enumeration(values) => Shape::StringEnum(texts(values)),
            (Some(_), Some(_)) => Shape::Other,
            (Some(_), None) if !has_keywords(schema) && schema.properties.is_empty() => Shape::Other,
            (None, Some(SchemaType::Object) | None) if !schema.properties.is_empty() => Shape::Struct,
            (None, Some(SchemaType::Object)) if !schema.required.is_empty() => Shape::Struct,
            (None, Some(SchemaType::Object))
                if matches!(schema.additional_properties, AdditionalProperties::Forbidden) =>
            {
                Shape::Struct
            }
            (None, Some(SchemaType::Object)) if self.is_beyond_types(schema) => Shape::Struct,
            _ => Shape::Other,
        }
    }
}

/// The path of `file` from the folder of `document`: the same wherever the user calls them from.
fn seen_from(document: &str, file: &str) -> String {
    let folders = |path: &str| -> Vec<String> { path.split(['/', '\\']).map(str::to_owned).collect() };
    let (from, to) = (folders(document), folders(file));
    let shared = from.iter().zip(&to).take_while(|(one, other)| one == other).count().min(from.len() - 1);
    let up = std::iter::repeat_n("..", from.len() - 1 - shared);
    up.chain(to[shared..].iter().map(String::as_str)).collect::<Vec<_>>().join("/")
}

/// The methods that every struct has: what no member can be called.
pub(super) const FIELD_WORDS: &[&str] = &["new", "check", "validate", "validate_as", "clone", "default", "into"];

/// What a schema becomes.
enum Shape {
    Struct,
    StringEnum(Vec<String>),
    Union,
    Other,
}

/// Whether the schema lists values that no plain type holds: objects, arrays, or values of several types.
pub(super) fn is_any_enumeration(schema: &Schema) -> bool {
    schema.enum_values.is_some() && matches!(schema.kind, None | Some(SchemaType::Array | SchemaType::Object))
}

/// The strings among the values of an enumeration.
fn texts(values: &[Json]) -> Vec<String> {
    values.iter().filter_map(Json::as_str).map(str::to_owned).collect()
}

/// Whether the document says that values are not for everybody's eyes.
pub(super) fn is_secret(schema: &Schema) -> bool {
    schema.format.as_deref() == Some("password") || schema.write_only
}

fn has_alternatives(schema: &Schema) -> bool {
    !schema.one_of.is_empty() || !schema.any_of.is_empty()
}

pub(super) fn named(id: TypeId, nullable: bool) -> Value {
    Value { kind: Type::Named { id, boxed: false }, nullable, secret: false, rules: Vec::new(), schema_location: None }
}

/// Any JSON value, without rules.
pub(super) fn anything() -> Value {
    Value { kind: Type::Any, nullable: false, secret: false, rules: Vec::new(), schema_location: None }
}

/// Whether the values are texts, one at least, and perhaps null.
fn is_text_enumeration(values: &[Json]) -> bool {
    values.iter().any(Json::is_string) && values.iter().all(|value| value.is_string() || value.is_null())
}

/// Whether a schema with `allOf` says nothing else about the value.
pub(super) fn says_nothing_beside_all_of(schema: &Schema) -> bool {
    is_bare(schema) && schema.one_of.is_empty() && schema.any_of.is_empty()
}

/// Whether a schema says nothing about the value, but for its type and what it is composed of.
pub(super) fn is_bare(schema: &Schema) -> bool {
    schema.properties.is_empty()
        && schema.required.is_empty()
        && schema.enum_values.is_none()
        && schema.not.is_none()
        && !schema.unique_items
        && schema.multiple_of.is_none()
        && matches!(schema.additional_properties, AdditionalProperties::Absent)
        && !schema.format.as_deref().is_some_and(keywords::is_range_or_syntax)
        && !has_keywords(schema)
}

pub(super) fn has_keywords(schema: &Schema) -> bool {
    schema.min_length.is_some()
        || schema.max_length.is_some()
        || schema.pattern.is_some()
        || schema.minimum.is_some()
        || schema.maximum.is_some()
        || schema.min_items.is_some()
        || schema.max_items.is_some()
        || schema.items.is_some()
        || schema.min_properties.is_some()
        || schema.max_properties.is_some()
        || !schema.required.is_empty()
}

fn presence(required: bool, schema: &Schema) -> Presence {
    match (required, schema.read_only, schema.write_only) {
        (false, ..) => Presence::Optional,
        (true, true, _) => Presence::RequiredInResponse,
        (true, _, true) => Presence::RequiredInRequest,
        (true, false, false) => Presence::Required,
    }
}

fn variants(values: &[String]) -> Vec<EnumVariant> {
    let mut scope = identifiers::Scope::with(&["Unknown", "Self"]);
    let mut seen = std::collections::HashSet::new();
    let distinct: Vec<&str> = values.iter().map(String::as_str).filter(|value| seen.insert(*value)).collect();
    let named = distinct.iter().zip(scope.take_all(&distinct, identifiers::pascal));
    named.map(|(wire, name)| EnumVariant { name, docs: vec![docs::code(wire)], wire: (*wire).to_owned() }).collect()
}
