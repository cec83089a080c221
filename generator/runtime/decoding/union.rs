// copperplate runtime: copied unchanged into every generated crate.
//! Decodes and validates unions (`oneOf` and `anyOf`).
//!
//! If the discriminator names a variant, the value is decoded as that variant. Otherwise every variant is tried: the
//! value is decoded as the variant and validated. If several variants match, these rules select one of them:
//!
//! - Variants that keep all digits of all integers have priority.
//! - The variant must keep every member that any of the matching variants keeps.
//! - If several variants remain, the most restrictive one is selected, which is the first in the table.
//!
//! A value that no single variant can hold is kept as JSON (`Unknown`). Validation reports it if it is invalid.

use serde::de::{Deserializer, Error as _};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::runtime::decoding::decode::DecodeOwned;
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::request::text::Text;
use crate::runtime::schema::budget::Budget;
use crate::runtime::validation::context::{Report, ValidationContext};
use crate::runtime::validation::keywords::matching_variants;
use crate::runtime::validation::violation::Direction;

/// Validates the variant that a union holds. Generated code implements this trait for each union.
pub trait ValidateVariant {
    /// The pointer of the union's schema, if it is a component.
    const SCHEMA: Option<&'static str> = None;

    /// Reports every violation of the variant that the value holds. Generated code overrides this method if there are
    /// rules.
    fn check_variant(&self, at: ValidationContext<'_>) {
        _ = at;
    }
}

/// The discriminator of a union, if it has one. The macro `union!` implements this trait.
pub trait Discriminated {
    /// The discriminator.
    const DISCRIMINATOR: Option<Discriminator>;
    /// For each variant, the values of the discriminator that name it.
    const DISCRIMINATOR_VALUES: &'static [&'static [&'static str]];
}

/// A discriminator.
#[derive(Debug, Clone, Copy)]
pub struct Discriminator {
    /// The member that names the variant.
    pub property: &'static str,
    /// Whether the document names every variant, so that any other value is invalid.
    pub closed: bool,
}

/// Decodes a value as one variant.
pub type DecodeVariant<U> = fn(&Value, &Leniency) -> Result<U, serde_json::Error>;

/// A union that is decoded. The macro `union!` implements this trait.
pub trait Union: ValidateVariant + Discriminated + Sized + 'static {
    /// The keyword: `oneOf` or `anyOf`.
    const KEYWORD: &'static str;
    /// The variants, the most restrictive ones first.
    const VARIANTS: &'static [DecodeVariant<Self>];
    /// Converts a value back to JSON, so that the other variants can be tried. `None` unless this is a `oneOf` with
    /// variants that overlap.
    const TO_JSON_IF_OVERLAPPING: Option<fn(&Self) -> Option<Value>>;

    /// Keeps a value that no single variant can hold.
    fn unknown(value: Value) -> Self;

    /// Returns the names of the members that the variant has fields for. Returns `None` if the variant keeps all
    /// members.
    fn members(&self) -> Option<&'static [&'static str]>;

    /// Returns the value, if no single variant can hold it.
    fn as_unknown(&self) -> Option<&Value>;
}

/// The maximal number of attempts to decode a variant, for each part of a value.
const ATTEMPTS_PER_PART: usize = 100;

/// The number of attempts that is always allowed, even for a small value.
const MIN_ATTEMPTS: usize = 20_000;

/// The maximal nesting of unions.
const MAX_DEPTH: usize = 128;

thread_local! {
    /// The budget for the attempts on one value.
    static BUDGET: Budget = const { Budget::new(MAX_DEPTH, ATTEMPTS_PER_PART, MIN_ATTEMPTS) };
}

/// Decodes a value as the variant that `constructor` creates.
///
/// # Errors
/// Returns an error if the value is not of the type `T`.
pub fn decode_variant<T: DecodeOwned, U>(
    value: &Value,
    leniency: &Leniency,
    constructor: fn(T) -> U,
) -> Result<U, serde_json::Error> {
    T::decode(value, leniency).map(constructor)
}

/// Decodes a union.
///
/// # Errors
/// Returns an error if the value is not JSON, or is not of the variant that the discriminator names.
pub fn decode<'de, U: Union, D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<U, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let named = named_variant::<U>(&value);
    let attempts = if named.is_some() { 1 } else { U::VARIANTS.len() };
    if !BUDGET.with(|budget| budget.begin(attempts, &value)) {
        return Err(D::Error::custom("its unions refer to one another too often"));
    }
    let decoded = decode_value(value, named, leniency);
    BUDGET.with(Budget::end);
    decoded.map_err(D::Error::custom)
}

fn decode_value<U: Union>(value: Value, named: Option<usize>, leniency: &Leniency) -> Result<U, serde_json::Error> {
    if let Some(decode) = named.and_then(|index| U::VARIANTS.get(index)) {
        return decode(&value, leniency);
    }
    let candidates = U::VARIANTS.iter().enumerate().filter(|(index, _)| is_candidate::<U>(*index, &value));
    let attempt = |decode: &DecodeVariant<U>| {
        let attempt = leniency.for_attempt();
        let decoded = decode(&value, &attempt);
        if attempt.has_inexact_integer() {
            leniency.note_inexact_integer();
        }
        decoded.ok().map(|decoded| (decoded, attempt))
    };
    let (mut decoded, attempts): (Vec<U>, Vec<Leniency>) = candidates.filter_map(|(_, decode)| attempt(decode)).unzip();
    let is_match = |index: &usize| attempts[*index].null_count() == 0 && is_valid(&decoded[*index]);
    let mut matches: Vec<usize> = (0..decoded.len()).filter(is_match).collect();
    if matches.iter().any(|index| attempts[*index].is_exact()) {
        matches.retain(|index| attempts[*index].is_exact());
    }
    let chosen = match matches.as_slice() {
        [] => (!decoded.is_empty()).then_some(0),
        [only] => Some(*only),
        several => keeps_most_members(&value, &decoded, several),
    };
    Ok(match chosen {
        Some(index) => {
            leniency.merge(&attempts[index]);
            decoded.swap_remove(index)
        }
        None => U::unknown(value),
    })
}

/// Returns the index of the variant that the discriminator names.
fn named_variant<U: Discriminated>(value: &Value) -> Option<usize> {
    let name = value.get(U::DISCRIMINATOR?.property)?.as_str()?;
    U::DISCRIMINATOR_VALUES.iter().position(|names| names.contains(&name))
}

/// Returns whether a value may be the variant at `index` although its discriminator names no variant.
///
/// A value without the discriminator may be any variant. A value with an unknown name may be any variant for which the
/// document gives no name. If every variant has a name, the value may be any variant, unless the discriminator is
/// closed.
fn is_candidate<U: Union>(index: usize, value: &Value) -> bool {
    match U::DISCRIMINATOR.filter(|discriminator| value.get(discriminator.property).is_some()) {
        Some(discriminator) => {
            let some_are_unnamed = U::DISCRIMINATOR_VALUES.iter().any(|names| names.is_empty());
            let is_unnamed = U::DISCRIMINATOR_VALUES.get(index).is_none_or(|names| names.is_empty());
            is_unnamed || !(some_are_unnamed || discriminator.closed)
        }
        None => true,
    }
}

/// Returns whether a value is valid in a response or in a request.
fn is_valid<U: ValidateVariant>(value: &U) -> bool {
    let is_valid_as = |direction| {
        let report = Report::new(direction);
        value.check_variant(ValidationContext::root(&report));
        report.finish().is_ok()
    };
    is_valid_as(Direction::Response) || is_valid_as(Direction::Request)
}

/// Returns the first of several matches that keeps every member that any of the matches keeps.
fn keeps_most_members<U: Union>(value: &Value, decoded: &[U], matches: &[usize]) -> Option<usize> {
    let Some(members) = value.as_object() else { return matches.first().copied() };
    let keeps = |index: usize, name: &str| decoded[index].members().is_none_or(|known| known.contains(&name));
    let is_kept = |name: &&String| matches.iter().any(|index| keeps(*index, name));
    let kept: Vec<&String> = members.keys().filter(is_kept).collect();
    matches.iter().copied().find(|index| kept.iter().all(|name| keeps(*index, name)))
}

/// Returns the number of variants that match a value. Returns `None` if the budget is exhausted.
fn match_count<U: Union>(value: &Value) -> Option<usize> {
    let is_match = |decode: &&DecodeVariant<U>| {
        let leniency = Leniency::counting();
        decode(value, &leniency).is_ok_and(|decoded| leniency.null_count() == 0 && is_valid(&decoded))
    };
    let allowed = BUDGET.with(|budget| budget.begin(U::VARIANTS.len(), value));
    allowed.then(|| {
        let count = U::VARIANTS.iter().filter(is_match).count();
        BUDGET.with(Budget::end);
        count
    })
}

fn with_union_schema<U: ValidateVariant>(at: ValidationContext<'_>) -> ValidationContext<'_> {
    U::SCHEMA.map_or(at, |schema| at.with_schema(schema))
}

/// Validates a union that is only sent. Only the variant that it holds is validated, because the variants of such a
/// union cannot be decoded. `Unknown` holds JSON that the caller provides.
pub fn check_sent<U: ValidateVariant>(value: &U, at: ValidationContext<'_>) {
    value.check_variant(with_union_schema::<U>(at));
}

/// Validates a union. Validates the variant that it holds and, if variants of a `oneOf` overlap, checks that no other
/// variant matches the value.
pub fn check<U: Union>(value: &U, at: ValidationContext<'_>) {
    let at = with_union_schema::<U>(at);
    if let Some(value) = value.as_unknown() {
        return match U::DISCRIMINATOR.filter(|discriminator| discriminator.closed && value.is_object()) {
            Some(discriminator) => at.check_discriminator::<U>(discriminator, value),
            None => at.check_match_count::<U>(value),
        };
    }
    value.check_variant(at);
    let json = U::TO_JSON_IF_OVERLAPPING.and_then(|to_json| to_json(value));
    if let Some(json) = json.filter(|json| named_variant::<U>(json).is_none())
        && let Some(count) = match_count::<U>(&json).filter(|count| *count > 1)
    {
        at.report_violation(U::KEYWORD, None, Some(matching_variants(count)));
    }
}

impl ValidationContext<'_> {
    /// Reports a value whose discriminator is missing, or names no variant.
    fn check_discriminator<U: Union>(self, discriminator: Discriminator, value: &Value) {
        let names: Vec<&str> = U::DISCRIMINATOR_VALUES.iter().copied().flatten().copied().collect();
        match value.get(discriminator.property) {
            None => self.report_violation("discriminator", Some(discriminator.property.to_owned()), None),
            Some(found) if found.as_str().is_some_and(|found| names.contains(&found)) => {}
            Some(found) => {
                let at = self.member(discriminator.property);
                at.report_in_parent_schema("discriminator", Some(names.join(", ")), at.actual_json(found));
            }
        }
    }

    /// Reports a value that matches no variant or, if variants of a `oneOf` overlap, several variants.
    fn check_match_count<U: Union>(self, value: &Value) {
        let count = match_count::<U>(value);
        let is_satisfied = match U::TO_JSON_IF_OVERLAPPING {
            Some(_) => count == Some(1),
            None => count.is_some_and(|count| count > 0),
        };
        if !is_satisfied {
            self.report_violation(U::KEYWORD, None, count.map(matching_variants));
        }
    }

    /// Checks the keyword `discriminator`. The value is the variant at `index`, so `name` must be a name of this
    /// variant. If the discriminator is not closed, `name` may also be a name of no variant.
    pub fn discriminator<U: Discriminated>(self, name: &impl Text, index: usize) {
        let name = &*name.text();
        let is_wrong = match U::DISCRIMINATOR_VALUES.iter().position(|names| names.contains(&name)) {
            Some(named) => named != index,
            None => U::DISCRIMINATOR.is_some_and(|discriminator| discriminator.closed),
        };
        if is_wrong {
            let limit = U::DISCRIMINATOR_VALUES.get(index).map(|names| names.join(", "));
            self.report_in_parent_schema("discriminator", limit, self.actual_text(name));
        }
    }
}

/// Serializes a variant, and adds the discriminator, which the schema of the variant does not describe.
///
/// # Errors
/// Returns an error if the value does not serialize.
pub fn serialize_with_discriminator<U: Discriminated, T: Serialize, S: serde::Serializer>(
    value: &T,
    name: &str,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut json = serde_json::to_value(value).map_err(serde::ser::Error::custom)?;
    if let (Value::Object(members), Some(Discriminator { property, .. })) = (&mut json, U::DISCRIMINATOR) {
        members.entry(property).or_insert_with(|| Value::String(name.to_owned()));
    }
    json.serialize(serializer)
}
