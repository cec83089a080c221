// copperplate runtime: copied into each generated crate that uses it.
//! Decides which members and items of a value the keywords of a schema evaluate. `unevaluatedProperties` and
//! `unevaluatedItems` apply to the rest.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::runtime::schema::keyword::{AdditionalProperties, Keyword, Keyword2020, Schema};
use crate::runtime::validation::violation::Direction;

/// The members and items of a value that keywords have evaluated.
#[derive(Debug, Default)]
pub(crate) struct Evaluated<'v> {
    are_all_members: bool,
    members: BTreeSet<&'v str>,
    are_all_items: bool,
    items: BTreeSet<usize>,
    /// The addresses of the subschemas that were applied. Each is applied once, even if several subschemas refer to it.
    applied: BTreeSet<usize>,
}

impl<'v> Evaluated<'v> {
    pub(crate) fn has_member(&self, name: &str) -> bool {
        self.are_all_members || self.members.contains(name)
    }

    pub(crate) fn has_item(&self, index: usize) -> bool {
        self.are_all_items || self.items.contains(&index)
    }
}

impl Schema {
    /// Returns the members and items of `value` that this schema evaluates. A subschema counts only if the value is valid
    /// for it. The keywords `unevaluatedProperties` and `unevaluatedItems` of the schema itself do not count.
    pub(crate) fn evaluated<'v>(&'static self, value: &'v Value, direction: Direction) -> Evaluated<'v> {
        let mut evaluated = Evaluated::default();
        let is_of_rest = |keyword: &&Keyword| {
            let Keyword::Newer(keyword) = keyword else { return false };
            matches!(keyword, Keyword2020::UnevaluatedProperties(..) | Keyword2020::UnevaluatedItems(..))
        };
        let keywords = self.0.iter().filter(|keyword| !is_of_rest(keyword));
        keywords.for_each(|keyword| keyword.add_evaluated(value, direction, &mut evaluated));
        evaluated
    }

    /// Adds what this schema evaluates if `value` is valid for it.
    fn add_if_valid<'v>(&'static self, value: &'v Value, direction: Direction, evaluated: &mut Evaluated<'v>) {
        let is_new = evaluated.applied.insert(std::ptr::from_ref(self).addr());
        if is_new && self.accepts(value, direction) {
            self.0.iter().for_each(|keyword| keyword.add_evaluated(value, direction, evaluated));
        }
    }
}

impl Keyword {
    fn add_evaluated<'v>(&'static self, value: &'v Value, direction: Direction, evaluated: &mut Evaluated<'v>) {
        match (self, value) {
            (Self::AllOf(schemas) | Self::OneOf(schemas) | Self::AnyOf(schemas), value) => {
                schemas.iter().for_each(|schema| schema.add_if_valid(value, direction, evaluated));
            }
            (Self::Newer(keyword), value) => keyword.add_evaluated(value, direction, evaluated),
            (Self::Items(_), Value::Array(_)) => evaluated.are_all_items = true,
            (Self::Properties(properties, additional), Value::Object(members)) => {
                let is_named = |name: &str| properties.binary_search_by_key(&name, |(known, _)| known).is_ok();
                add_members(members, *additional, is_named, evaluated);
            }
            _ => {}
        }
    }
}

impl Keyword2020 {
    fn add_evaluated<'v>(&'static self, value: &'v Value, direction: Direction, evaluated: &mut Evaluated<'v>) {
        match (self, value) {
            (Self::Conditional(condition, consequence, alternative), value) => {
                let is_met = condition.accepts(value, direction);
                let branch = if is_met { consequence } else { alternative };
                for schema in is_met.then_some(condition).into_iter().chain(branch) {
                    schema.add_if_valid(value, direction, evaluated);
                }
            }
            (Self::DependentSchema(name, (_, schema)), Value::Object(members)) if members.contains_key(*name) => {
                schema.add_if_valid(value, direction, evaluated);
            }
            (Self::Members { properties, patterns, additional }, Value::Object(members)) => {
                let is_named = |name: &str| {
                    properties.binary_search(&name).is_ok()
                        || patterns.iter().any(|(pattern, _)| pattern.is_match(name))
                };
                add_members(members, *additional, is_named, evaluated);
            }
            (Self::UnevaluatedProperties(..), Value::Object(_)) => evaluated.are_all_members = true,
            (Self::PrefixItems(prefix, rest), Value::Array(_)) => {
                evaluated.items.extend(0..prefix.len());
                evaluated.are_all_items |= rest.is_some();
            }
            (Self::Contains(schema, ..), Value::Array(items)) => {
                let matching = items.iter().enumerate().filter(|(_, item)| schema.accepts(item, direction));
                evaluated.items.extend(matching.map(|(index, _)| index));
            }
            (Self::UnevaluatedItems(..), Value::Array(_)) => evaluated.are_all_items = true,
            _ => {}
        }
    }
}

/// Adds the members that are named, or all members if `additionalProperties` evaluates the others.
fn add_members<'v>(
    members: &'v Map<String, Value>,
    additional: AdditionalProperties,
    is_named: impl Fn(&str) -> bool,
    evaluated: &mut Evaluated<'v>,
) {
    match additional {
        AdditionalProperties::Any => {
            evaluated.members.extend(members.keys().map(String::as_str).filter(|name| is_named(name)));
        }
        AdditionalProperties::None | AdditionalProperties::Schema(_) => evaluated.are_all_members = true,
    }
}
