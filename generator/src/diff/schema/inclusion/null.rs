//! Decides whether a schema accepts null. Published documents use `nullable` with a wider meaning than in the specification, so the
//! answer may be that it is unclear.

use std::collections::HashMap;

use serde_json::Value;

use crate::diff::schema::inclusion::part::Part;
use crate::resolve::document::{Schema, SchemaRef};

/// Whether a schema accepts null.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NullAcceptance {
    Rejected,
    Unclear,
    Accepted,
}

/// How many variants of a `oneOf` may accept null. Published documents list several nullable variants and mean that null is allowed,
/// but by the specification exactly one variant must accept a value. A change is safe if it is safe in both readings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NullReading {
    ExactlyOneVariant,
    AnyVariant,
}

/// Returns whether null is possible for a value that matches all of `narrow`, and not certainly accepted by `wide`.
pub(crate) fn may_exclude_null(narrow: &[Part<'_>], wide: Part<'_>) -> bool {
    [NullReading::ExactlyOneVariant, NullReading::AnyVariant].into_iter().any(|reading| {
        narrow.iter().all(|part| acceptance(*part, reading) != NullAcceptance::Rejected)
            && acceptance(wide, reading) != NullAcceptance::Accepted
    })
}

/// Returns whether null may match all of `parts`.
pub(crate) fn may_be_null(parts: &[Part<'_>]) -> bool {
    parts.iter().all(|part| acceptance(*part, NullReading::AnyVariant) != NullAcceptance::Rejected)
}

fn acceptance(part: Part<'_>, reading: NullReading) -> NullAcceptance {
    remembered_acceptance(part, reading, &mut HashMap::new())
}

/// Returns whether a schema accepts null. `known` has the results of the schemas that were visited before, so that each schema is
/// visited once.
fn remembered_acceptance(
    part: Part<'_>,
    reading: NullReading,
    known: &mut HashMap<*const Schema, NullAcceptance>,
) -> NullAcceptance {
    let address = std::ptr::from_ref(part.schema);
    if let Some(result) = known.get(&address) {
        return *result;
    }
    let result = computed_acceptance(part, reading, known);
    known.insert(address, result);
    result
}

fn computed_acceptance(
    part: Part<'_>,
    reading: NullReading,
    known: &mut HashMap<*const Schema, NullAcceptance>,
) -> NullAcceptance {
    let schema = part.schema;
    let is_listed = schema.enum_values.as_ref().is_none_or(|values| values.iter().any(Value::is_null));
    if schema.nullable {
        return if is_listed || schema.kind.is_some() { NullAcceptance::Accepted } else { NullAcceptance::Unclear };
    }
    if schema.kind.is_some() || !is_listed {
        return NullAcceptance::Rejected;
    }
    let mut of_reference = |inner: &SchemaRef| match part.side.resolve(inner) {
        Some(schema) => remembered_acceptance(Part::new(part.side, schema), reading, known),
        None => NullAcceptance::Unclear,
    };
    let all_of = schema.all_of.iter().map(&mut of_reference).min();
    let excluded = schema.not.as_ref().map(|not| of_reference(not).opposite());
    let any_of = schema.any_of.iter().map(&mut of_reference).max();
    let one_of = one_of_acceptance(schema.one_of.iter().map(&mut of_reference), reading);
    [all_of, excluded, any_of, one_of].into_iter().flatten().min().unwrap_or(NullAcceptance::Accepted)
}

/// Returns whether a `oneOf` accepts null, or `None` if it has no variants.
fn one_of_acceptance(variants: impl Iterator<Item = NullAcceptance>, reading: NullReading) -> Option<NullAcceptance> {
    let variants: Vec<NullAcceptance> = variants.collect();
    let count = |acceptance| variants.iter().filter(|variant| **variant == acceptance).count();
    match (count(NullAcceptance::Accepted), count(NullAcceptance::Unclear)) {
        _ if reading == NullReading::AnyVariant => variants.iter().max().copied(),
        (2.., _) => Some(NullAcceptance::Rejected),
        (_, 1..) => Some(NullAcceptance::Unclear),
        _ => variants.iter().max().copied(),
    }
}

impl NullAcceptance {
    fn opposite(self) -> Self {
        match self {
            Self::Rejected => Self::Accepted,
            Self::Unclear => Self::Unclear,
            Self::Accepted => Self::Rejected,
        }
    }
}
