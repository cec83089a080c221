//! Shows that a value satisfies the keywords of arrays and objects.

use std::collections::HashSet;

use crate::diff::schema::inclusion::context::Context;
use crate::diff::schema::inclusion::part::Part;
use crate::diff::schema::inclusion::prover::Prover;
use crate::diff::schema::inclusion::types::Types;
use crate::resolve::document::AdditionalProperties;

impl<'a> Prover<'_, 'a> {
    /// Returns whether a value with this context satisfies the keywords of arrays in `goal`.
    pub(super) fn satisfies_array(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let schema = goal.schema;
        if !Types::of(context).meets(Types::ARRAY) {
            return true;
        }
        let most = context.most(|part| part.max_items);
        let is_unique = most <= 1 || context.parts.iter().any(|part| part.schema.unique_items);
        schema.min_items.is_none_or(|least| context.least(|part| part.min_items) >= least)
            && schema.max_items.is_none_or(|goal| most <= goal)
            && (!schema.unique_items || is_unique)
            && (most == 0 || schema.items.is_none() || self.satisfies_items(context, goal))
    }

    fn satisfies_items(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let parts: Vec<Part<'a>> = context.parts.iter().filter_map(|part| part.items()).collect();
        goal.items().is_some_and(|items| self.inner_matches(&parts, context.description.items(), items))
    }

    /// Returns whether a value with this context satisfies the keywords of objects in `goal`.
    pub(super) fn satisfies_object(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let schema = goal.schema;
        if !Types::of(context).meets(Types::OBJECT) {
            return true;
        }
        let (direction, schema_requires) = (self.direction, |name: &String| goal.requires(name, self.direction));
        schema.required.iter().filter(|name| schema_requires(name)).all(|name| context.requires(name, direction))
            && self.has_count(context, goal)
            && schema.properties.keys().all(|name| self.satisfies_property(context, goal, name))
            && self.satisfies_additional(context, goal)
    }

    /// Returns whether an object with this context satisfies `minProperties` and `maxProperties` of `goal`.
    fn has_count(&self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let required = self.required_names(context).len();
        let least = context.least(|part| part.min_properties).max(required as u64);
        let closed = context.parts.iter().filter(|part| part.is_closed());
        let described = closed.map(|part| part.schema.properties.len() as u64).min().unwrap_or(u64::MAX);
        let most = context.most(|part| part.max_properties).min(described);
        goal.schema.min_properties.is_none_or(|goal| least >= goal)
            && goal.schema.max_properties.is_none_or(|goal| most <= goal)
    }

    /// Returns the names of the members that every object with this context has.
    pub(super) fn required_names(&self, context: &Context<'a>) -> HashSet<&'a str> {
        let required = |part: &Part<'a>| {
            let part = *part;
            part.schema.required.iter().map(String::as_str).filter(move |name| part.requires(name, self.direction))
        };
        context.parts.iter().flat_map(required).collect()
    }

    fn satisfies_property(&mut self, context: &Context<'a>, goal: Part<'a>, name: &str) -> bool {
        context.lacks(name, self.direction)
            || goal.member(name).is_some_and(|member| {
                self.inner_matches(&context.member(name), context.description.member(name), member)
            })
    }

    fn satisfies_additional(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let described = &goal.schema.properties;
        match &goal.schema.additional_properties {
            AdditionalProperties::Absent | AdditionalProperties::Any => true,
            AdditionalProperties::Forbidden => {
                let is_within = |part: &Part<'a>| {
                    part.is_closed()
                        && part
                            .schema
                            .properties
                            .keys()
                            .all(|name| described.contains_key(name) || context.lacks(name, self.direction))
                };
                context.parts.iter().any(is_within)
            }
            AdditionalProperties::Schema(_) => {
                let Some(inner) = goal.additional() else { return false };
                let names: HashSet<&String> =
                    context.parts.iter().flat_map(|part| part.schema.properties.keys()).collect();
                let mut rest = names.into_iter().filter(|name| !described.contains_key(*name));
                let parts: Vec<Part<'a>> = context.parts.iter().filter_map(|part| part.additional()).collect();
                let is_closed = context.parts.iter().any(|part| part.is_closed());
                rest.all(|name| {
                    context.lacks(name, self.direction)
                        || self.inner_matches(&context.member(name), context.description.member(name), inner)
                }) && (is_closed || self.inner_matches(&parts, context.description.additional(), inner))
            }
        }
    }
}
