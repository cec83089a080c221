//! Validates the keywords of arrays and objects.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::check::value::scalar::validate_size;
use crate::check::value::validator::{Direction, Validator};
use crate::check::value::violation::Instance;
use crate::json::equality;
use crate::resolve::document::{AdditionalProperties, Schema};

impl<'d> Validator<'d> {
    /// Validates the keywords of arrays.
    pub(super) fn validate_array(&self, schema: &'d Schema, items: &[Value], instance: &mut Instance<'_>) {
        let size = u64::try_from(items.len()).unwrap_or(u64::MAX);
        validate_size(size, (schema.min_items, "minItems"), (schema.max_items, "maxItems"), "items", instance);
        if schema.unique_items && items.iter().all(|item| self.takes_steps_of(item)) {
            let mut first: HashMap<String, usize> = HashMap::new();
            for (index, item) in items.iter().enumerate() {
                let earlier = *first.entry(equality::canonical_text(item)).or_insert(index);
                if earlier != index {
                    instance.violates("uniqueItems", format!("has the same item at {earlier} and at {index}"));
                }
            }
        }
        let prefix = schema.keywords_2020.as_ref().map_or(&[][..], |keywords| keywords.prefix_items.as_slice());
        for (index, (item_schema, value)) in prefix.iter().zip(items).enumerate() {
            let place = instance.place.join(index);
            self.validate_ref(
                item_schema,
                &mut Instance { value, place, found: &mut *instance.found, most: instance.most },
            );
        }
        if let Some(item_schema) = &schema.items {
            for (index, value) in items.iter().enumerate().skip(prefix.len()) {
                let place = instance.place.join(index);
                self.validate_ref(
                    item_schema,
                    &mut Instance { value, place, found: &mut *instance.found, most: instance.most },
                );
            }
        }
    }

    /// Validates the keywords of objects.
    pub(super) fn validate_object(
        &self,
        schema: &'d Schema,
        members: &Map<String, Value>,
        instance: &mut Instance<'_>,
    ) {
        let size = u64::try_from(members.len()).unwrap_or(u64::MAX);
        let (min, max) = ((schema.min_properties, "minProperties"), (schema.max_properties, "maxProperties"));
        validate_size(size, min, max, "members", instance);
        for name in &schema.required {
            if instance.is_full() {
                return;
            }
            if !members.contains_key(name) && self.is_required(schema, name) {
                instance.lacks(name);
            }
        }
        for (name, value) in members {
            let place = instance.place.join(name);
            let mut member = Instance { value, place, found: &mut *instance.found, most: instance.most };
            let patterns = self.matching_patterns(schema, name);
            patterns.iter().for_each(|schema| self.validate_ref(schema, &mut member));
            if !patterns.is_empty() && !schema.properties.contains_key(name) {
                continue;
            }
            match (schema.properties.get(name), &schema.additional_properties) {
                (Some(schema), _) | (None, AdditionalProperties::Schema(schema)) => {
                    self.validate_ref(schema, &mut member)
                }
                (None, AdditionalProperties::Forbidden) => {
                    member.violates("additionalProperties", "is a member that the schema does not allow");
                }
                (None, AdditionalProperties::Absent | AdditionalProperties::Any) => {}
            }
        }
    }

    /// Returns whether `name`, which is in `required`, is required in the direction of the validator. A `readOnly` property is
    /// not required in requests, nor a `writeOnly` property in responses.
    fn is_required(&self, schema: &'d Schema, name: &str) -> bool {
        let property = schema.properties.get(name).and_then(|property| self.schema(property));
        property.is_none_or(|property| match self.direction {
            Direction::Request => !property.read_only,
            Direction::Response => !property.write_only,
            Direction::Either => !property.read_only && !property.write_only,
        })
    }
}
