// copperplate runtime: copied unchanged into every generated crate.
//! Decodes and validates unions (`oneOf` and `anyOf`).
//!
//! If the discriminator names a variant, the value is decoded as that variant. Otherwise, the value is decoded as each
//! variant, and the result is validated. A variant matches if both succeed. If no variant matches, the first variant
//! that decodes is selected. If two or more variants match, these rules select one of them:
//!
//! - Variants that keep all digits of all integers have priority over variants that round an integer.
//! - A variant is excluded if it drops a member of the JSON object that another matching variant keeps.
//! - Of the remaining variants, the first one in the table is selected. The table has the most restrictive variants
//!   first.
//!
//! If no variant decodes, or if these rules exclude every variant, the value becomes `Unknown`, which holds its JSON.
//! Validation reports the value if it is invalid.

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

/// Validates the value in the variant of a union. Generated code implements this trait for each union.
pub trait ValidateVariant {
    /// The JSON Pointer of the schema of the union, if the schema is a component.
    const SCHEMA: Option<&'static str> = None;

    /// Reports every violation of the value in the variant. Generated code overrides this method if the schema of a
    /// variant has constraints.
    fn check_variant(&self, at: ValidationContext<'_>) {
        _ = at;
    }
}

/// Describes the discriminator of a union. The macro `union!` implements this trait for each union.
pub trait Discriminated {
    /// The discriminator. `None` if the union has none.
    const DISCRIMINATOR: Option<Discriminator>;
    /// For each variant, the values of the discriminator that select the variant.
    const DISCRIMINATOR_VALUES: &'static [&'static [&'static str]];
}

/// The keyword `discriminator` of a union.
#[derive(Debug, Clone, Copy)]
pub struct Discriminator {
    /// The name of the member whose value selects the variant.
    pub property: &'static str,
    /// Whether every variant has a name. If true, a value of the discriminator that names no variant is invalid.
    pub closed: bool,
}

/// A function that decodes a JSON value as one variant of the union `U`.
pub type DecodeVariant<U> = fn(&Value, &Leniency) -> Result<U, serde_json::Error>;

/// A union that can be decoded. The macro `union!` implements this trait for each union that responses contain.
pub trait Union: ValidateVariant + Discriminated + Sized + 'static {
    /// The keyword of the union: `oneOf` or `anyOf`.
    const KEYWORD: &'static str;
    /// Functions that decode the variants. The most restrictive variants come first.
    const VARIANTS: &'static [DecodeVariant<Self>];
    /// Converts a value to JSON, so that validation can count the variants that match. `None` unless the union is a
    /// `oneOf` with two variants that can match the same value.
    const TO_JSON_IF_OVERLAPPING: Option<fn(&Self) -> Option<Value>>;

    /// Creates the variant `Unknown`, which holds the JSON of a value that fits no variant.
    fn unknown(value: Value) -> Self;

    /// Returns the names of the members for which the value in the variant has fields. Returns `None` if the value
    /// keeps members of every name.
    fn members(&self) -> Option<&'static [&'static str]>;

    /// Returns the JSON value of the variant `Unknown`. Returns `None` for any other variant.
    fn as_unknown(&self) -> Option<&Value>;
}

/// The maximal number of attempts to decode a variant, for each JSON value in the outermost value.
const ATTEMPTS_PER_PART: usize = 100;

/// The number of attempts to decode a variant that is allowed for every value, even for a small one.
const MIN_ATTEMPTS: usize = 20_000;

/// The maximal nesting depth of unions in a value.
const MAX_DEPTH: usize = 128;

thread_local! {
    /// Limits the number of attempts to decode variants of unions in one value.
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
/// Returns an error in these cases:
/// - The input is not JSON.
/// - The discriminator names a variant, and the value does not decode as that variant.
/// - The budget is exhausted.
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

/// Returns the index of the variant that the discriminator of `value` names. Returns `None` if it names no variant.
fn named_variant<U: Discriminated>(value: &Value) -> Option<usize> {
    let name = value.get(U::DISCRIMINATOR?.property)?.as_str()?;
    U::DISCRIMINATOR_VALUES.iter().position(|names| names.contains(&name))
}

/// Returns whether to try the variant at `index` for a value whose discriminator is missing or names no variant.
///
/// If the discriminator is missing, every variant is tried. If the discriminator names no variant, these variants are
/// tried:
/// - each variant without a name
/// - every variant, if every variant has a name and the discriminator is not closed
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

/// Returns whether a value is valid in at least one direction: in a response or in a request.
fn is_valid<U: ValidateVariant>(value: &U) -> bool {
    let is_valid_as = |direction| {
        let report = Report::new(direction);
        value.check_variant(ValidationContext::root(&report));
        report.finish().is_ok()
    };
    is_valid_as(Direction::Response) || is_valid_as(Direction::Request)
}

/// Finds the members of `value` that at least one variant in `matches` keeps. Returns the first variant in `matches`
/// that keeps all these members, or `None` if there is none.
fn keeps_most_members<U: Union>(value: &Value, decoded: &[U], matches: &[usize]) -> Option<usize> {
    let Some(members) = value.as_object() else { return matches.first().copied() };
    let keeps = |index: usize, name: &str| decoded[index].members().is_none_or(|known| known.contains(&name));
    let is_kept = |name: &&String| matches.iter().any(|index| keeps(*index, name));
    let kept: Vec<&String> = members.keys().filter(is_kept).collect();
    matches.iter().copied().find(|index| kept.iter().all(|name| keeps(*index, name)))
}

/// Returns the number of variants that match the JSON value. Returns `None` if the budget is exhausted.
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

/// Validates a union that only requests contain. Validates the value in the variant, but does not count the variants
/// that match, because such a union cannot be decoded. `Unknown` is not validated.
pub fn check_sent<U: ValidateVariant>(value: &U, at: ValidationContext<'_>) {
    value.check_variant(with_union_schema::<U>(at));
}

/// Validates the value in the variant of a union. If variants of a `oneOf` overlap, also reports a violation if a
/// second variant matches the value.
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
    /// Reports a violation if the discriminator of `value` is missing, or names no variant.
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

    /// Reports a violation if `value` matches no variant. If variants of a `oneOf` overlap, also reports a violation if
    /// `value` matches two or more variants.
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

    /// Checks the keyword `discriminator` of a value in the variant at `index`. `name` is the value of the
    /// discriminator, and must select this variant. If the discriminator is not closed, `name` may also be a string
    /// that selects no variant.
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

/// Serializes a variant whose schema does not describe the discriminator, and adds the discriminator with the value
/// `name`.
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
