// copperplate runtime: copied into each generated crate that uses it.
//! Validates unions (`oneOf` and `anyOf`).
//!
//! If variants of a `oneOf` overlap, a value is valid only if it matches no other variant than the one that it holds.
//! The outermost union of this kind converts its value to JSON once, and counts the matches for itself and for all
//! unions in it.

use serde_json::Value;

use crate::runtime::decoding::buffered_part::scalar_text;
use crate::runtime::decoding::buffered_value::BufferedValue;
use crate::runtime::decoding::json_copy::{self, CopyError};
use crate::runtime::decoding::union::budget::Excess;
use crate::runtime::decoding::union::decode::{is_allowed_count, is_overlapping, match_count, outcome};
use crate::runtime::decoding::union::outcome::Outcome;
use crate::runtime::decoding::union::session::UnionSession;
use crate::runtime::decoding::union::traits::{Discriminated, Discriminator, Union, ValidateVariant, named_variant};
use crate::runtime::printing::{cut_list, cut_text};
use crate::runtime::request::text::Text;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::keywords::matching_variants;
use crate::runtime::validation::report::{Report, UnionChecks};
use crate::runtime::validation::violation::LIMIT_LENGTH;

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
    if at.union_checks() == UnionChecks::All {
        check_completely(value, at);
    } else if at.union_checks() == UnionChecks::HeldVariants {
        check_held_variant(value, at);
    }
}

/// Validates the variant that a union holds, without counting matches.
fn check_held_variant<U: Union>(value: &U, at: ValidationContext<'_>) {
    match value.as_unknown() {
        Some(unknown) => match closed_discriminator::<U>(unknown) {
            Some(discriminator) => at.check_discriminator::<U>(discriminator, unknown),
            None => at.note_incomplete(),
        },
        None => {
            value.check_variant(at);
            if is_overlapping::<U>() {
                at.note_incomplete();
            }
        }
    }
}

fn check_completely<U: Union>(value: &U, at: ValidationContext<'_>) {
    let unknown = value.as_unknown();
    if let Some((unknown, discriminator)) = unknown.and_then(|json| Some((json, closed_discriminator::<U>(json)?))) {
        return at.check_discriminator::<U>(discriminator, unknown);
    }
    let enclosing = UnionSession::current().and_then(|session| Some((session.locate(at)?, session)));
    if let Some((index, session)) = enclosing {
        // The outermost union reports an exceeded budget.
        _ = check_part(value, at, &session, index);
        return;
    }
    let to_json = || Some(U::TO_JSON_IF_OVERLAPPING?(value));
    let json = match unknown.cloned().map(Ok).or_else(to_json) {
        Some(Ok(json)) => json,
        Some(Err(CopyError::Excess)) => {
            at.report_violation_with(U::KEYWORD, || (None, Some(json_copy::EXCESS.to_owned())));
            return value.check_variant(at);
        }
        Some(Err(CopyError::Unrepresentable(_))) | None => return value.check_variant(at),
    };
    let session = UnionSession::begin(BufferedValue::from_json(json));
    let is_valid = unknown.is_none() && is_valid(value, at, &session);
    if !is_valid && let Err(excess) = check_part(value, at, &session, 0).and_then(|()| session.budget().check()) {
        at.report_violation_with(U::KEYWORD, || (None, Some(excess.description().to_owned())));
    }
}

/// Whether a value is certainly valid. This is the fast way for valid values, and reports nothing.
fn is_valid<U: Union>(value: &U, at: ValidationContext<'_>, session: &UnionSession) -> bool {
    let report = Report::verdict_with(at.direction(), UnionChecks::HeldVariants);
    value.check_variant(ValidationContext::root(&report));
    let counts_nothing = !report.notes().is_incomplete && named_variant::<U>(session.part(0)).is_some();
    let matches_no_other = |outcome: Outcome| {
        let nested_is_valid = !report.notes().is_incomplete || outcome.verdict.is_valid_as(at.direction());
        nested_is_valid && outcome.match_count.is_none_or(|count| count <= 1)
    };
    report.is_valid() && (counts_nothing || outcome::<U>(session, 0).is_ok_and(matches_no_other))
}

/// Validates the union at `index`, and all unions in it.
fn check_part<U: Union>(
    value: &U,
    at: ValidationContext<'_>,
    session: &UnionSession,
    index: usize,
) -> Result<(), Excess> {
    if value.as_unknown().is_some() {
        let count = match_count::<U>(session, index)?;
        if !is_allowed_count::<U>(count) {
            at.report_violation_with(U::KEYWORD, || (None, Some(matching_variants(count))));
        }
        return Ok(());
    }
    session.within(index, at, || value.check_variant(at));
    if is_overlapping::<U>()
        && named_variant::<U>(session.part(index)).is_none()
        && let Some(count) = outcome::<U>(session, index)?.match_count.filter(|count| *count > 1)
    {
        at.report_violation_with(U::KEYWORD, || (None, Some(matching_variants(count))));
    }
    Ok(())
}

/// The discriminator, if it is closed and the value is an object.
fn closed_discriminator<U: Discriminated>(value: &Value) -> Option<Discriminator> {
    U::DISCRIMINATOR.filter(|discriminator| discriminator.closed && value.is_object())
}

impl ValidationContext<'_> {
    /// Reports a value whose discriminator is missing, or names no variant.
    fn check_discriminator<U: Union>(self, discriminator: Discriminator, value: &Value) {
        let names = || U::DISCRIMINATOR_VALUES.iter().copied().flatten();
        match value.get(discriminator.property) {
            None => {
                let limit = || Some(cut_text(discriminator.property, LIMIT_LENGTH));
                self.report_violation_with("discriminator", || (limit(), None));
            }
            Some(found) if scalar_text(found).is_some_and(|found| names().any(|name| **name == *found)) => {}
            Some(found) => {
                let at = self.member(discriminator.property);
                let limit = || Some(cut_list(names(), LIMIT_LENGTH));
                at.report_in_parent_schema_with("discriminator", || (limit(), at.actual_json(found)));
            }
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
            let limit = || U::DISCRIMINATOR_VALUES.get(index).map(|names| cut_list(*names, LIMIT_LENGTH));
            self.report_in_parent_schema_with("discriminator", || (limit(), self.actual_text(name)));
        }
    }
}
