//! Whether two schemas say the same of values, prose and places aside.

use std::collections::HashSet;

use serde_json::Value;

use crate::diff::Side;
use crate::diff::walk::{Walk, resolved};
use crate::json::decimal::Decimal;
use crate::json::equality;
use crate::pointer::Pointer;
use crate::resolve::document;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef};

/// What two sides say, with the pairs that are taken for equal because their comparison is under way.
struct Sameness<'w, 'a> {
    walk: &'w Walk<'a>,
    assumed: HashSet<(*const Schema, *const Schema)>,
    /// Whether components of one name are taken for equal.
    by_name: bool,
}

/// Whether the older and the newer schema accept the same values for all that their keywords say.
pub(crate) fn same<'a>(walk: &Walk<'a>, old: &'a SchemaRef, new: &'a SchemaRef) -> bool {
    Sameness { walk, assumed: HashSet::new(), by_name: false }.refs(old, new)
}

/// Whether the two are one schema, but for what changed in the components that both name: that is told of the components.
pub(crate) fn one<'a>(walk: &Walk<'a>, old: &'a SchemaRef, new: &'a SchemaRef) -> bool {
    Sameness { walk, assumed: HashSet::new(), by_name: true }.refs(old, new)
}

impl<'a> Sameness<'_, 'a> {
    fn refs(&mut self, old: &'a SchemaRef, new: &'a SchemaRef) -> bool {
        let (old, new) = (lone_ref(old), lone_ref(new));
        if let (SchemaRef::Component { name: old, .. }, SchemaRef::Component { name: new, .. }) = (old, new)
            && self.by_name
            && old == new
        {
            return true;
        }
        match (self.walk.older(old), self.walk.newer(new)) {
            // A pair that is met again within itself adds nothing.
            (Some(old), Some(new)) => !self.assumed.insert((old, new)) || self.schemas(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    fn schemas(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        let (old, new) = (lone(self.walk.old, old), lone(self.walk.new, new));
        keywords(old) == keywords(new)
            && flags(old) == flags(new)
            && as_set(&old.enum_values, &new.enum_values)
            && old.required.len() == new.required.len()
            && old.required.iter().all(|name| new.required.contains(name))
            && discriminators(old, new)
            && self.properties(old, new)
            && self.optional(old.items.as_ref(), new.items.as_ref())
            && self.optional(old.not.as_ref(), new.not.as_ref())
            && self.additional(&old.additional_properties, &new.additional_properties)
            && self.lists(&old.all_of, &new.all_of)
            && self.lists(&old.one_of, &new.one_of)
            && self.lists(&old.any_of, &new.any_of)
    }

    fn optional(&mut self, old: Option<&'a SchemaRef>, new: Option<&'a SchemaRef>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.refs(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    fn properties(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        old.properties.len() == new.properties.len()
            && old.properties.iter().all(|(name, old)| new.properties.get(name).is_some_and(|new| self.refs(old, new)))
    }

    fn additional(&mut self, old: &'a AdditionalProperties, new: &'a AdditionalProperties) -> bool {
        match (old, new) {
            (AdditionalProperties::Schema(old), AdditionalProperties::Schema(new)) => self.refs(old, new),
            (AdditionalProperties::Forbidden, AdditionalProperties::Forbidden) => true,
            (
                AdditionalProperties::Absent | AdditionalProperties::Any,
                AdditionalProperties::Absent | AdditionalProperties::Any,
            ) => true,
            _ => false,
        }
    }

    /// Lists of alternatives, in any order.
    fn lists(&mut self, old: &'a [SchemaRef], new: &'a [SchemaRef]) -> bool {
        if old.len() != new.len() {
            return false;
        }
        let mut left: Vec<&SchemaRef> = new.iter().collect();
        old.iter().enumerate().all(|(index, old)| {
            let before = self.assumed.clone();
            // The one at the same place is the likeliest.
            let likely = index.saturating_sub(new.len() - left.len());
            let order = (likely..left.len()).chain(0..likely.min(left.len()));
            let found = order.into_iter().find(|at| {
                self.assumed.clone_from(&before);
                self.refs(old, left[*at])
            });
            found.map(|at| left.remove(at)).is_some()
        })
    }
}

/// What a schema that says nothing but `allOf: [ONE]` stands for. A chain of these ends: the resolver has cut cycles.
pub(crate) fn lone<'a>(side: Side<'a>, schema: &'a Schema) -> &'a Schema {
    only_part(schema).and_then(|only| resolved(side, lone_ref(only))).map_or(schema, |inner| lone(side, inner))
}

/// The reference that a schema in place stands for where it says nothing but `allOf: [ONE]`, as it does to have a description.
pub(crate) fn lone_ref(schema: &SchemaRef) -> &SchemaRef {
    match schema {
        SchemaRef::Inline(inner) => only_part(inner).map_or(schema, lone_ref),
        SchemaRef::Component { .. } => schema,
    }
}

/// The only thing that a schema says of values, where that is `allOf: [ONE]`.
pub(crate) fn only_part(schema: &Schema) -> Option<&SchemaRef> {
    let [only] = schema.all_of.as_slice() else { return None };
    let said_besides = Schema { all_of: Vec::new(), ..without_prose(schema) };
    (said_besides == Schema::default()).then_some(only)
}

/// What a schema says of values, and where its parts stand.
pub(crate) fn without_prose(schema: &Schema) -> Schema {
    Schema {
        pointer: Pointer::root(),
        derived_from: None,
        title: None,
        description: None,
        example: None,
        source: None,
        ..schema.clone()
    }
}

type Keywords<'a> =
    (Option<document::SchemaType>, [Option<&'a str>; 2], [Option<u64>; 6], [Option<Decimal>; 3], Option<String>);

fn keywords(schema: &Schema) -> Keywords<'_> {
    (
        schema.kind,
        [schema.format.as_deref(), schema.pattern.as_deref()],
        [
            schema.min_length,
            schema.max_length,
            schema.min_items,
            schema.max_items,
            schema.min_properties,
            schema.max_properties,
        ],
        [&schema.minimum, &schema.maximum, &schema.multiple_of].map(|number| number.as_ref().map(Decimal::from)),
        schema.default.as_ref().map(equality::canonical_text),
    )
}

fn flags(schema: &Schema) -> [bool; 7] {
    [
        schema.nullable,
        schema.deprecated,
        schema.read_only,
        schema.write_only,
        schema.exclusive_minimum,
        schema.exclusive_maximum,
        schema.unique_items,
    ]
}

fn as_set(old: &Option<Vec<Value>>, new: &Option<Vec<Value>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => {
            let all_in = |some: &[Value], others: &[Value]| {
                some.iter().all(|value| others.iter().any(|other| equality::is_equal(other, value)))
            };
            all_in(old, new) && all_in(new, old)
        }
        (old, new) => old.is_none() && new.is_none(),
    }
}

fn discriminators(old: &Schema, new: &Schema) -> bool {
    let said = |schema: &Schema| {
        schema
            .discriminator
            .as_ref()
            .map(|said| (said.property_name.clone(), said.mapping.keys().cloned().collect::<HashSet<_>>()))
    };
    said(old) == said(new)
}
