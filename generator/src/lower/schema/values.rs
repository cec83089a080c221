//! Lowers a schema or a reference to a Rust type with validation rules.

use crate::ir::{Rule, Type, TypeId, Value};
use crate::lower::analysis::canonical::Annotations;
use crate::lower::analysis::integer_type::integer_type;
use crate::lower::analysis::predicates::{
    has_name_patterns, has_only_all_of, has_prefix_items, is_mixed_enum, is_pattern_map, is_secret,
};
use crate::lower::naming::context::NamingContext;
use crate::lower::schema::shape::Shape;
use crate::lower::state::{Lowering, SharedType};
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef, SchemaType};

impl<'d> Lowering<'d> {
    /// Lowers a schema or a reference. If an inline schema needs a named type, the name is built from `context`.
    ///
    /// Returns `None` if the schema was reported as an error.
    pub(crate) fn lower_schema(&mut self, schema: &'d SchemaRef, context: &NamingContext) -> Option<Value> {
        match schema {
            SchemaRef::Component { name, .. } => {
                let nullable = self.document.schemas.get(name).is_some_and(|schema| schema.nullable);
                let id = *self.components.get(name.as_str())?;
                Some(Value { nullable, ..Value::plain(Type::Named { id, boxed: false }) })
            }
            SchemaRef::Inline(schema) => self.lower_inline(schema, context),
        }
    }

    /// Lowers `part`, a subschema of `holder`. The schema location of the result is relative to `holder`, such as `/items`. The
    /// location `implied` is not stored, because the runtime assumes `implied` for a value without a location.
    pub(crate) fn lower_part(
        &mut self,
        part: &'d SchemaRef,
        context: &NamingContext,
        holder: &Schema,
        implied: &str,
    ) -> Option<Value> {
        let value = self.lower_schema(part, context)?;
        Some(self.relative_to_holder(value, holder, implied))
    }

    /// Returns an inline schema itself. For a reference, returns the component schema that it refers to.
    pub(crate) fn resolved(&self, schema: &'d SchemaRef) -> &'d Schema {
        match schema {
            SchemaRef::Inline(schema) => schema,
            SchemaRef::Component { name, .. } => &self.document.schemas[name],
        }
    }

    /// Lowers an inline schema. An object, an enum of strings or a union becomes a named type. Each use of the schema suggests a
    /// name for this type.
    fn lower_inline(&mut self, schema: &'d Schema, context: &NamingContext) -> Option<Value> {
        if let [only] = schema.all_of.as_slice()
            && has_only_all_of(schema)
        {
            // The schema only wraps another schema, usually to add a description or `nullable` to a reference.
            let mut value = self.lower_schema(only, context)?;
            value.nullable |= schema.nullable;
            value.secret |= is_secret(schema);
            return Some(value);
        }
        match self.shape(schema) {
            Shape::Struct | Shape::StringEnum(_) | Shape::NamedIntegers | Shape::Tuple | Shape::Union => {
                let kind = Type::Named { id: self.inline_type(schema, context), boxed: false };
                let schema_location = Some(self.schema_location(schema));
                Some(Value { nullable: schema.nullable, schema_location, ..Value::plain(kind) })
            }
            Shape::Other => self.lower_plain(schema, context),
        }
    }

    /// Returns the named type of an inline schema. It is a new type, or the type of an equal schema.
    pub(super) fn inline_type(&mut self, schema: &'d Schema, context: &NamingContext) -> TypeId {
        if let Some(known) = self.types_by_pointer.get(&schema.pointer).copied() {
            self.add_user(known, &schema.pointer, context);
            return known;
        }
        let fingerprint = (context.component.clone(), self.fingerprints.of_constraints(schema, Annotations::Included));
        if let Some(id) = self.shared_type(schema, &fingerprint) {
            self.types_by_pointer.insert(schema.pointer.clone(), id);
            self.add_user(id, &schema.pointer, context);
            return id;
        }
        let id = self.declare_inline_type(schema, &schema.pointer, context);
        self.types_by_pointer.insert(schema.pointer.clone(), id);
        self.types_by_fingerprint.insert(fingerprint, SharedType::new(id, schema));
        self.define_type(id, schema, false);
        id
    }

    /// Lowers a schema that becomes neither a struct nor an enum, for example a string or an array.
    pub(crate) fn lower_plain(&mut self, schema: &'d Schema, context: &NamingContext) -> Option<Value> {
        if let [only] = schema.all_of.as_slice()
            && has_only_all_of(schema)
        {
            let value = self.lower_schema(only, context)?;
            return Some(Value { secret: value.secret || is_secret(schema), ..value });
        }
        let kind = self.plain_type(schema, context)?;
        let mut rules = self.validation_rules(schema, &kind);
        rules.extend(self.table_for_type(schema, &kind).map(Rule::SchemaTable));
        let rules = self.with_locations(schema, rules);
        let contains_secrets = matches!(&kind, Type::List(inner) | Type::Map { members: inner, .. } if inner.secret);
        // A `serde_json::Value` can be null, so `Option` is used only if the value has validation rules.
        let nullable = schema.nullable && !(kind == Type::Any && rules.is_empty());
        // `Debug` of the type can hide only the secrets that the type expresses.
        let typed = typed_part(schema, &kind);
        let is_typed = |part: &SchemaRef| typed.is_some_and(|typed| std::ptr::eq(typed, part));
        let contains_untyped = || self.secrets.untyped(schema, is_typed);
        let secret = is_secret(schema) || contains_secrets || contains_untyped();
        Some(Value { kind, nullable, secret, rules, schema_location: Some(self.schema_location(schema)) })
    }

    /// Returns the type that the user chose for the format of a string schema, or `String`.
    pub(super) fn string_type(&self, schema: &Schema) -> Type {
        let chosen = self.formats.iter().find(|chosen| Some(&chosen.format) == schema.format.as_ref());
        chosen.map_or(Type::String, |chosen| Type::External(Box::new(chosen.clone())))
    }

    fn plain_type(&mut self, schema: &'d Schema, context: &NamingContext) -> Option<Type> {
        Some(match schema.kind {
            _ if is_mixed_enum(schema) => Type::Any,
            Some(SchemaType::String) => self.string_type(schema),
            Some(SchemaType::Boolean) => Type::Boolean,
            Some(SchemaType::Integer) => integer_type(schema),
            Some(SchemaType::Number) => Type::Double,
            Some(SchemaType::Array) => Type::List(Box::new(match &schema.items {
                // The first items have other schemas than the rest. A schema table checks all of them.
                _ if has_prefix_items(schema) => Value::plain(Type::Any),
                Some(items) => self.lower_part(items, &context.part("item"), schema, "/items")?,
                None => Value::plain(Type::Any),
            })),
            Some(SchemaType::Object) if has_name_patterns(schema) => {
                let patterns = schema.keywords_2020.iter().flat_map(|keywords| keywords.pattern_properties.values());
                let members = Box::new(match patterns.collect::<Vec<_>>().as_slice() {
                    [only] if is_pattern_map(schema) => {
                        self.lower_part(only, &context.part("value"), schema, "/additionalProperties")?
                    }
                    _ => Value::plain(Type::Any),
                });
                Type::Map { key: None, members }
            }
            Some(SchemaType::Object) => {
                let key = self.key_names(schema).and_then(|names| self.type_of_names(names, context));
                let members = Box::new(match &schema.additional_properties {
                    AdditionalProperties::Schema(members) => {
                        self.lower_part(members, &context.part("value"), schema, "/additionalProperties")?
                    }
                    AdditionalProperties::Absent | AdditionalProperties::Any | AdditionalProperties::Forbidden => {
                        Value::plain(Type::Any)
                    }
                });
                Type::Map { key, members }
            }
            None => Type::Any,
        })
    }
}

/// Returns the subschema that the type of the items or members expresses.
fn typed_part<'s>(schema: &'s Schema, kind: &Type) -> Option<&'s SchemaRef> {
    match (kind, &schema.additional_properties) {
        (Type::List(_), _) => schema.items.as_ref().filter(|_| !has_prefix_items(schema)),
        (Type::Map { .. }, _) if has_name_patterns(schema) => {
            let mut patterns = schema.keywords_2020.iter().flat_map(|keywords| keywords.pattern_properties.values());
            patterns.next().filter(|_| is_pattern_map(schema))
        }
        (Type::Map { .. }, AdditionalProperties::Schema(members)) => Some(members),
        _ => None,
    }
}
