//! Shows that a value satisfies `type`, `enum`, `not`, and the keywords of strings and numbers.

use std::collections::HashSet;

use serde_json::Number;

use crate::diff::schema::inclusion::context::Context;
use crate::diff::schema::inclusion::part::Part;
use crate::diff::schema::inclusion::prover::Prover;
use crate::diff::schema::inclusion::range::{Edge, maximum, minimum};
use crate::diff::schema::inclusion::types::Types;
use crate::diff::schema::keywords::FORMATS;
use crate::json::{equality, number};
use crate::resolve::document::{SchemaType, string_format};

/// The number of values of an `enum` that are compared in one step.
const VALUES_PER_STEP: usize = 64;

impl<'a> Prover<'_, 'a> {
    /// Returns whether a value with this context satisfies `type`, `enum`, and the keywords of strings and numbers in `goal`.
    pub(super) fn satisfies_keywords(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let types = Types::of(context);
        let schema = goal.schema;
        schema.kind.is_none_or(|kind| types.is_within(Types::of_kind(kind)))
            && (schema.enum_values.is_none()
                || (self.take_steps(listing_steps(context, goal)) && is_listed(context, goal)))
            && satisfies_format(context, goal, types)
            && self.satisfies_keywords_2020(context, goal)
            && (!types.meets(Types::NUMBER) || satisfies_number(context, goal, types))
            && (!types.meets(Types::STRING) || satisfies_string(context, goal))
    }

    /// Returns whether the context has the same keywords of JSON Schema 2020-12 as `goal`. Other proofs about them are not attempted.
    fn satisfies_keywords_2020(&self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let equalities = self.known.equalities;
        let is_equal = |part: &Part<'a>| match (self.is_old(*part), self.is_old(goal)) {
            (true, false) => equalities.has_equal_constraints_2020(part.schema, goal.schema),
            (false, true) => equalities.has_equal_constraints_2020(goal.schema, part.schema),
            // In one document, a name means one component.
            _ => part.schema.has_same_constraints_2020(goal.schema),
        };
        !goal.schema.has_constraints_2020() || context.parts.iter().any(is_equal)
    }

    /// Returns whether a value with this context satisfies the `not` of `goal`.
    pub(super) fn satisfies_not(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        let Some(not) = &goal.schema.not else { return true };
        goal.resolve(not).is_some_and(|not| self.is_empty(&context.with(not)))
    }
}

/// Returns the number of steps that [`is_listed`] takes.
fn listing_steps(context: &Context<'_>, goal: Part<'_>) -> usize {
    let parts = context.parts.iter().copied().chain([goal]);
    parts.map(|part| part.schema.enum_values.as_ref().map_or(0, Vec::len) / VALUES_PER_STEP).sum()
}

/// Returns whether an `enum` in the context has no values but those in the `enum` of `goal`.
fn is_listed(context: &Context<'_>, goal: Part<'_>) -> bool {
    let Some(goal) = &goal.schema.enum_values else { return true };
    let listed: HashSet<String> = goal.iter().map(equality::canonical_text).collect();
    context.parts.iter().filter_map(|part| part.schema.enum_values.as_ref()).any(|values| {
        values.len() <= goal.len()
            && values.iter().all(|value| value.is_null() || listed.contains(&equality::canonical_text(value)))
    })
}

fn satisfies_format(context: &Context<'_>, goal: Part<'_>, types: Types) -> bool {
    let Some(name) = goal.schema.validated_format() else { return true };
    let has_same = context
        .parts
        .iter()
        .any(|part| part.schema.format.as_deref() == Some(name) && part.schema.kind == goal.schema.kind);
    let has_no_effect = match (goal.schema.kind, name) {
        // `int32` is checked as a range.
        (Some(SchemaType::Integer), "int32" | "int64") | (Some(SchemaType::Number), "double") => true,
        (None | Some(SchemaType::String), _) if !types.meets(Types::STRING) && !types.meets(Types::NUMBER) => true,
        _ => !FORMATS.contains(&name) && string_format::validator(name).is_none(),
    };
    has_same || has_no_effect
}

fn satisfies_string(context: &Context<'_>, goal: Part<'_>) -> bool {
    let schema = goal.schema;
    let has_pattern = |pattern: &String| context.parts.iter().any(|part| part.schema.pattern.as_ref() == Some(pattern));
    schema.min_length.is_none_or(|least| context.least(|part| part.min_length) >= least)
        && schema.max_length.is_none_or(|most| context.most(|part| part.max_length) <= most)
        && schema.pattern.as_ref().is_none_or(has_pattern)
}

fn satisfies_number(context: &Context<'_>, goal: Part<'_>, types: Types) -> bool {
    let schema = goal.schema;
    let is_integer = !types.meets(Types::FRACTION);
    let parts = || context.parts.iter().copied();
    let is_int32 = schema.kind == Some(SchemaType::Integer) && schema.format.as_deref() == Some("int32");
    let int32 = |end: i32| Edge::whole(i128::from(end)).filter(|_| is_int32);
    let is_above = |goal: Option<Edge>| {
        goal.is_none_or(|goal| minimum(parts(), is_integer).is_some_and(|least| least.is_at_least(&goal)))
    };
    let is_below = |goal: Option<Edge>| {
        goal.is_none_or(|goal| maximum(parts(), is_integer).is_some_and(|most| most.is_at_most(&goal)))
    };
    let goal_alone = || std::iter::once(goal);
    let is_multiple = |step: &Number| {
        let mut steps = parts().filter_map(|part| part.schema.multiple_of.as_ref());
        (is_integer && number::is_multiple(&1.into(), step)) || steps.any(|known| number::is_multiple(known, step))
    };
    is_above(minimum(goal_alone(), is_integer))
        && is_above(int32(i32::MIN))
        && is_below(maximum(goal_alone(), is_integer))
        && is_below(int32(i32::MAX))
        && schema.multiple_of.as_ref().is_none_or(is_multiple)
}
