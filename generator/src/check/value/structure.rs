//! The keywords of arrays and objects.

use std::collections::HashMap;

use serde_json::{Map, Value};

use crate::check::value::scalar::judge_size;
use crate::check::value::{Direction, Subject, Validator, equality};
use crate::resolve::document::{AdditionalProperties, Schema};

impl<'d> Validator<'d> {
    /// The keywords of arrays.
    pub(super) fn judge_array(&self, schema: &'d Schema, items: &[Value], subject: &mut Subject<'_>) {
        let size = u64::try_from(items.len()).unwrap_or(u64::MAX);
        judge_size(size, (schema.min_items, "minItems"), (schema.max_items, "maxItems"), "items", subject);
        if schema.unique_items {
            let mut first: HashMap<String, usize> = HashMap::new();
            for (index, item) in items.iter().enumerate() {
                let earlier = *first.entry(equality::canonical_text(item)).or_insert(index);
                if earlier != index {
                    subject.violates("uniqueItems", format!("has the same item at {earlier} and at {index}"));
                }
            }
        }
        if let Some(of_items) = &schema.items {
            for (index, value) in items.iter().enumerate() {
                let place = subject.place.join(index);
                self.judge_ref(of_items, &mut Subject { value, place, found: &mut *subject.found });
            }
        }
    }

    /// The keywords of objects.
    pub(super) fn judge_object(&self, schema: &'d Schema, members: &Map<String, Value>, subject: &mut Subject<'_>) {
        let size = u64::try_from(members.len()).unwrap_or(u64::MAX);
        let (least, most) = ((schema.min_properties, "minProperties"), (schema.max_properties, "maxProperties"));
        judge_size(size, least, most, "members", subject);
        for name in &schema.required {
            if !members.contains_key(name) && self.is_bound(schema, name) {
                subject.violates("required", format!("has no `{name}`, which is required"));
                subject.found.iter_mut().last().into_iter().for_each(|violation| violation.lacks = Some(name.clone()));
            }
        }
        for (name, value) in members {
            let place = subject.place.join(name);
            let mut member = Subject { value, place, found: &mut *subject.found };
            match (schema.properties.get(name), &schema.additional_properties) {
                (Some(schema), _) | (None, AdditionalProperties::Schema(schema)) => self.judge_ref(schema, &mut member),
                (None, AdditionalProperties::Forbidden) => {
                    member.violates("additionalProperties", "is a member that the schema does not allow");
                }
                (None, AdditionalProperties::Absent | AdditionalProperties::Any) => {}
            }
        }
    }

    /// Whether `name` is required in the direction that the value travels.
    fn is_bound(&self, schema: &'d Schema, name: &str) -> bool {
        let property = schema.properties.get(name).and_then(|property| self.schema(property));
        property.is_none_or(|property| match self.direction {
            Direction::Request => !property.read_only,
            Direction::Response => !property.write_only,
            Direction::Either => !property.read_only && !property.write_only,
        })
    }
}
