//! Lowers object schemas to structs with a field for each property.

use std::collections::HashSet;

use crate::finding::Code;
use crate::ir::{AdditionalMembers, Field, OptionalNull, Presence, Struct, Type, Value};
use crate::lower::analysis::predicates::{has_name_patterns, is_secret};
use crate::lower::docs;
use crate::lower::naming::context::NamingContext;
use crate::lower::naming::identifiers;
use crate::lower::naming::reserved::STRUCT_METHODS;
use crate::lower::naming::scope::Scope;
use crate::lower::state::Lowering;
use crate::pointer::Pointer;
use crate::resolve::document::{AdditionalProperties, Schema};

impl<'d> Lowering<'d> {
    /// Lowers a schema to a struct; `None` if `additionalProperties` was reported as an error.
    pub(crate) fn lower_struct(&mut self, schema: &'d Schema, context: &NamingContext) -> Option<Struct> {
        let mut scope = Scope::with(STRUCT_METHODS);
        let required: HashSet<&String> = schema.required.iter().collect();
        let names: Vec<&str> = schema.properties.keys().map(String::as_str).collect();
        let names = scope.take_all(&names, identifiers::snake, identifiers::snake);
        let secret_members = self.secrets.untyped_members(schema);
        let is_rest_secret = self.secrets.untyped_rest(schema);
        let mut fields = Vec::new();
        for ((wire, property), name) in schema.properties.iter().zip(names) {
            let implied = format!("/properties/{}", Pointer::escape(wire));
            let Some(mut value) = self.lower_part(property, &context.part(wire), schema, &implied) else { continue };
            self.propose_pattern_names(&value.rules, wire);
            let property_schema = self.resolved(property);
            value.secret |= is_secret(property_schema) || secret_members.contains(wire.as_str());
            let mut docs = docs::schema(property_schema);
            if docs.is_empty() && name != *wire {
                docs.push(format!("The member {}.", docs::code(wire)));
            }
            fields.push(Field {
                name,
                wire: wire.clone(),
                pointer: property.pointer().clone(),
                docs,
                deprecated: property_schema.deprecated,
                value,
                presence: presence(required.contains(wire), property_schema),
                null: OptionalNull::default(),
            });
        }
        for name in schema.required.iter().filter(|name| !schema.properties.contains_key(*name)) {
            if let Some(mut field) = self.undescribed_field(schema, name, context, &mut scope) {
                field.value.secret |= is_rest_secret;
                fields.push(field);
            }
        }
        let rules = self.object_rules(schema, &fields);
        let count_rules = self.count_rules(schema);
        let keep = |scope: &mut Scope, mut value: Value| {
            let field = scope.take("additional".to_owned());
            value.secret |= is_rest_secret;
            AdditionalMembers::Keep { field, value: Box::new(value) }
        };
        let additional = match &schema.additional_properties {
            // A schema table checks the members without a field.
            _ if has_name_patterns(schema) => keep(&mut scope, Value::plain(Type::Any)),
            AdditionalProperties::Absent if count_rules.is_empty() && !self.needs_table(schema) => {
                AdditionalMembers::Ignore
            }
            // `minProperties`, `maxProperties` and schema tables apply to all members, so the struct also keeps the members that
            // have no field.
            AdditionalProperties::Absent | AdditionalProperties::Any => keep(&mut scope, Value::plain(Type::Any)),
            AdditionalProperties::Forbidden => AdditionalMembers::Reject,
            AdditionalProperties::Schema(members) => {
                let value = self.lower_part(members, &context.part("value"), schema, "/additionalProperties")?;
                keep(&mut scope, value)
            }
        };
        Some(Struct { fields, additional, rules, count_rules })
    }

    /// Returns the field of a member that `required` lists but `properties` does not describe. `additionalProperties` decides the
    /// type of the field.
    fn undescribed_field(
        &mut self,
        schema: &'d Schema,
        wire: &str,
        context: &NamingContext,
        scope: &mut Scope,
    ) -> Option<Field> {
        let value = match &schema.additional_properties {
            _ if has_name_patterns(schema) => Value::plain(Type::Any),
            AdditionalProperties::Absent | AdditionalProperties::Any => Value::plain(Type::Any),
            AdditionalProperties::Schema(members) => self.lower_part(members, &context.part(wire), schema, "")?,
            AdditionalProperties::Forbidden => {
                let message = format!("`{wire}` is required, but `additionalProperties: false` forbids it.");
                let remedy = "Describe the member under `properties`; `{}` allows any value.";
                self.report(Code::UnsupportedSchema, &schema.pointer, message, remedy);
                self.findings.set_missing(&schema.pointer.join("properties").join(wire));
                return None;
            }
        };
        Some(Field {
            name: scope.take(identifiers::snake(wire)),
            wire: wire.to_owned(),
            pointer: schema.pointer.clone(),
            docs: vec![format!("The member {}, which is required but not described.", docs::code(wire))],
            deprecated: false,
            value,
            presence: Presence::Required,
            null: OptionalNull::default(),
        })
    }
}

fn presence(is_required: bool, schema: &Schema) -> Presence {
    match (is_required, schema.read_only, schema.write_only) {
        (false, ..) => Presence::Optional,
        (true, true, _) => Presence::RequiredInResponse,
        (true, _, true) => Presence::RequiredInRequest,
        (true, false, false) => Presence::Required,
    }
}
