// copperplate runtime: copied into each generated crate that uses it.
//! Decodes unions (`oneOf` and `anyOf`).
//!
//! If the discriminator names a variant, the value is decoded as that variant. Otherwise every variant is tried: the
//! value is decoded as the variant and validated. If several variants match, these rules select one of them:
//!
//! - Variants that keep all digits of all integers have priority.
//! - The variant must keep every member that any of the matching variants keeps.
//! - If several variants remain, the most restrictive one is selected, which is the first in the table.
//!
//! A value that no single variant can hold is kept as JSON (`Unknown`). Validation reports it if it is invalid.
//!
//! The outermost union reads its value once, and all attempts decode from there. An outcome is kept for each nested
//! union, so that its variants are tried only once, however many attempts contain it.

use serde::de::{Deserializer, Error as _};

use crate::runtime::decoding::buffered_part::BufferedPart;
use crate::runtime::decoding::buffered_value::{UnionInput, read};
use crate::runtime::decoding::leniency::{Deviations, Leniency};
use crate::runtime::decoding::memory;
use crate::runtime::decoding::union::attempt::{UnionAttempt, Verdict};
use crate::runtime::decoding::union::attempt_error::AttemptError;
use crate::runtime::decoding::union::budget::Excess;
use crate::runtime::decoding::union::outcome::{Choice, Outcome};
use crate::runtime::decoding::union::session::UnionSession;
use crate::runtime::decoding::union::traits::{Union, is_closed_object, named_variant};
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::report::{Notes, Report, UnionChecks};
use crate::runtime::validation::violation::Direction;

/// The memory that a part takes in a JSON value, in bytes. An object with one member has three parts, and its map has room
/// for eleven members.
const MEMORY_OF_PART: usize = 220;

/// Decodes a union.
///
/// # Errors
/// Returns an error if the value is not JSON, if it is not of the variant that the discriminator names, or if nested
/// unions exceed the budget.
pub fn decode<'de, U: Union, D: Deserializer<'de>>(deserializer: D, leniency: &Leniency) -> Result<U, D::Error> {
    let decoded = match (read(deserializer)?, UnionSession::current()) {
        (UnionInput::Value(value), _) => decode_part(&UnionSession::begin(value), 0, leniency),
        (UnionInput::Part(index), Some(session)) => decode_part(&session, index, leniency),
        (UnionInput::Part(_), None) => Err(AttemptError::custom("a part of a value without its value")),
    };
    decoded.map_err(D::Error::custom)
}

fn decode_part<U: Union>(session: &UnionSession, index: usize, leniency: &Leniency) -> Result<U, AttemptError> {
    let part = session.part(index);
    session.budget().within_union(|| match leniency.attempt() {
        None => decode_completely(session, part, leniency),
        Some(attempt) => decode_in_attempt(session, part, leniency, attempt),
    })?
}

/// Decodes a union without placeholders.
fn decode_completely<U: Union>(
    session: &UnionSession,
    part: BufferedPart<'_>,
    leniency: &Leniency,
) -> Result<U, AttemptError> {
    let known = session.outcome::<U>(part.index()).map(|outcome| outcome.choice);
    let choice = match known.or_else(|| named_variant::<U>(part).map(Choice::Variant)) {
        Some(choice) => choice,
        None => {
            let mut attempts = try_variants::<U>(session, part, leniency, false);
            session.budget().check()?;
            match choose(part, &attempts) {
                Some(index) if !attempts[index].deviations.has_placeholders => {
                    let chosen = attempts.swap_remove(index);
                    leniency.merge(chosen.deviations);
                    return Ok(chosen.decoded);
                }
                Some(index) => Choice::Variant(attempts[index].variant),
                None => Choice::Unknown,
            }
        }
    };
    match choice {
        Choice::Variant(variant) => U::VARIANTS[variant](part, leniency),
        Choice::Unknown => unknown(part),
        Choice::Error => Err(named_variant_error()),
    }
}

/// Decodes a union that is nested in an attempt. Only the first attempt tries its variants.
fn decode_in_attempt<U: Union>(
    session: &UnionSession,
    part: BufferedPart<'_>,
    leniency: &Leniency,
    attempt: &UnionAttempt,
) -> Result<U, AttemptError> {
    let Some(outcome) = session.outcome::<U>(part.index()) else {
        let (outcome, chosen) = resolve::<U>(session, part, leniency)?;
        attempt.note_verdict(outcome.verdict);
        return match (chosen, outcome.choice) {
            (_, Choice::Error) => Err(named_variant_error()),
            (Some(chosen), _) => {
                leniency.merge(chosen.deviations);
                Ok(chosen.decoded)
            }
            (None, _) if !part.is_container() => unknown(part),
            (None, _) => Ok(placeholder(&outcome, leniency)),
        };
    };
    attempt.note_verdict(outcome.verdict);
    match outcome.choice {
        Choice::Error => Err(named_variant_error()),
        // The attempt decodes a variant that is a union itself, and needs to know which members it keeps.
        Choice::Variant(variant) if part.index() == attempt.part() => {
            let nested = leniency.for_variant(part.index());
            let decoded = U::VARIANTS[variant](part, &nested)?;
            leniency.merge(nested.into_deviations());
            Ok(decoded)
        }
        _ => Ok(placeholder(&outcome, leniency)),
    }
}

/// Returns the value of a union of which no variant matches.
///
/// # Errors
/// Returns an error if the value takes more memory than it may.
fn unknown<U: Union>(part: BufferedPart<'_>) -> Result<U, AttemptError> {
    memory::take::<AttemptError>(part.size() * MEMORY_OF_PART)?;
    Ok(U::unknown(part.to_json()))
}

fn named_variant_error() -> AttemptError {
    AttemptError::custom("the value is not of the variant that its discriminator names")
}

fn placeholder<U: Union>(outcome: &Outcome, leniency: &Leniency) -> U {
    outcome.note_placeholder(leniency);
    U::unknown(serde_json::Value::Null)
}

/// Returns the outcome for a union, and keeps it. Also returns the successful attempt, if a variant is chosen.
///
/// # Errors
/// Returns an error if a limit of the budget is exceeded.
fn resolve<U: Union>(
    session: &UnionSession,
    part: BufferedPart<'_>,
    leniency: &Leniency,
) -> Result<(Outcome, Option<Attempt<U>>), Excess> {
    let (choice, match_count, verdict, chosen) = match named_variant::<U>(part) {
        Some(named) => match Attempt::<U>::run(part, named, leniency, true) {
            Ok(attempt) => (Choice::Variant(named), None, attempt.verdict, Some(attempt)),
            Err(_) => (Choice::Error, None, Verdict::INVALID, None),
        },
        None => {
            let mut attempts = try_variants::<U>(session, part, leniency, true);
            let chosen = choose(part, &attempts);
            let is_counted = if chosen.is_some() { is_overlapping::<U>() } else { !is_closed_object::<U>(part) };
            let match_count = is_counted.then(|| count_matches(part, Some(&attempts)));
            let is_satisfied = match (chosen, match_count) {
                (Some(_), count) => count.is_none_or(|count| count <= 1),
                (None, count) => count.is_some_and(is_allowed_count::<U>),
            };
            let chosen = chosen.map(|index| attempts.swap_remove(index));
            let verdict = chosen.as_ref().map_or(Verdict::VALID, |attempt| attempt.verdict);
            let choice = chosen.as_ref().map_or(Choice::Unknown, |attempt| Choice::Variant(attempt.variant));
            (choice, match_count, if is_satisfied { verdict } else { Verdict::INVALID }, chosen)
        }
    };
    session.budget().check()?;
    let null_count = chosen.as_ref().map_or(0, |attempt| attempt.deviations.null_count);
    let is_exact = chosen.as_ref().is_none_or(|attempt| attempt.deviations.is_exact);
    let outcome = Outcome { choice, match_count, verdict, null_count, is_exact };
    if part.is_container() {
        session.keep_outcome::<U>(part.index(), outcome);
    }
    Ok((outcome, chosen))
}

/// The outcome for the union at `index`. Tries its variants if no attempt has tried them yet.
///
/// # Errors
/// Returns an error if a limit of the budget is exceeded.
pub(crate) fn outcome<U: Union>(session: &UnionSession, index: usize) -> Result<Outcome, Excess> {
    session.budget().check()?;
    match session.outcome::<U>(index) {
        Some(outcome) => Ok(outcome),
        None => {
            let part = session.part(index);
            let resolved = session.budget().within_union(|| resolve::<U>(session, part, &Leniency::counting()))?;
            resolved.map(|(outcome, _)| outcome)
        }
    }
}

/// The number of variants that match the value at `index`, although its discriminator may name one of them.
///
/// # Errors
/// Returns an error if a limit of the budget is exceeded.
pub(crate) fn match_count<U: Union>(session: &UnionSession, index: usize) -> Result<usize, Excess> {
    match outcome::<U>(session, index)?.match_count {
        Some(count) => Ok(count),
        None => session.budget().within_union(|| count_matches::<U>(session.part(index), None)),
    }
}

/// Whether a value may match `count` variants.
pub(crate) fn is_allowed_count<U: Union>(count: usize) -> bool {
    if is_overlapping::<U>() { count == 1 } else { count > 0 }
}

/// Whether variants of a `oneOf` overlap, so that a value may match several of them.
pub(crate) fn is_overlapping<U: Union>() -> bool {
    U::TO_JSON_IF_OVERLAPPING.is_some()
}

/// A successful attempt to decode a value as one variant.
struct Attempt<U> {
    variant: usize,
    decoded: U,
    verdict: Verdict,
    deviations: Deviations,
}

impl<U: Union> Attempt<U> {
    /// Decodes a value as the variant at `variant`, and validates it.
    fn run(part: BufferedPart<'_>, variant: usize, outer: &Leniency, needs_both: bool) -> Result<Self, AttemptError> {
        AttemptError::without_messages(|| memory::attempt(|| Self::run_silently(part, variant, outer, needs_both)))
    }

    fn run_silently(
        part: BufferedPart<'_>,
        variant: usize,
        outer: &Leniency,
        needs_both: bool,
    ) -> Result<Self, AttemptError> {
        let leniency = outer.for_variant(part.index());
        let decoded = U::VARIANTS[variant](part, &leniency);
        if leniency.has_inexact_integer() {
            outer.note_inexact_integer();
        }
        let decoded = decoded?;
        let nested = leniency.attempt().map_or(Verdict::VALID, UnionAttempt::nested_verdict);
        let deviations = leniency.into_deviations();
        let validation = Validation { part, variant, decoded: &decoded, has_placeholders: deviations.has_placeholders };
        let verdict = validation.verdict(nested, needs_both)?;
        Ok(Self { variant, decoded, verdict, deviations })
    }

    fn is_match(&self) -> bool {
        self.deviations.null_count == 0 && self.verdict.is_valid()
    }
}

/// The validation of a value that was decoded as a variant. The unions in it are not validated again.
struct Validation<'v, U> {
    part: BufferedPart<'v>,
    variant: usize,
    decoded: &'v U,
    has_placeholders: bool,
}

impl<U: Union> Validation<'_, U> {
    /// The verdict on the value. `nested` is the verdict on the unions in it. Unless `needs_both` is true, a value that
    /// is valid in a response is not validated as part of a request.
    fn verdict(&self, nested: Verdict, needs_both: bool) -> Result<Verdict, AttemptError> {
        let (mut verdict, mut complete) = (Verdict::INVALID, None);
        if nested.response {
            let (is_valid, notes) = self.check(Direction::Response, &mut complete)?;
            verdict.response = is_valid;
            if !notes.depends_on_direction {
                verdict.request = is_valid && nested.request;
                return Ok(verdict);
            }
        }
        if nested.request && (needs_both || !verdict.response) {
            verdict.request = self.check(Direction::Request, &mut complete)?.0;
        }
        Ok(verdict)
    }

    /// Validates the value in one direction. If a rule needs the JSON of the value, the value is decoded again without
    /// placeholders, and set as `complete`.
    fn check(&self, direction: Direction, complete: &mut Option<U>) -> Result<(bool, Notes), AttemptError> {
        let (mut is_valid, mut notes) = match complete {
            Some(complete) => check_variant(complete, direction, false),
            None => check_variant(self.decoded, direction, self.has_placeholders),
        };
        if is_valid && notes.is_incomplete {
            let decoded = complete.insert(U::VARIANTS[self.variant](self.part, &Leniency::counting())?);
            (is_valid, notes) = check_variant(decoded, direction, false);
        }
        if notes.needs_json {
            self.part.take_steps(self.part.size())?;
        }
        Ok((is_valid, notes))
    }
}

/// Validates a variant, without the unions in it.
fn check_variant<U: Union>(decoded: &U, direction: Direction, has_placeholders: bool) -> (bool, Notes) {
    let report = Report::verdict_with(direction, UnionChecks::None { has_placeholders });
    decoded.check_variant(ValidationContext::root(&report));
    (report.is_valid(), report.notes())
}

/// The successful attempts to decode a value as the variants that its discriminator allows.
fn try_variants<U: Union>(
    session: &UnionSession,
    part: BufferedPart<'_>,
    leniency: &Leniency,
    needs_both: bool,
) -> Vec<Attempt<U>> {
    session.budget().allow_variants(U::VARIANTS.len());
    let mut attempts = Vec::new();
    for variant in (0..U::VARIANTS.len()).filter(|variant| is_candidate::<U>(*variant, part)) {
        if let Ok(attempt) = Attempt::run(part, variant, leniency, needs_both) {
            attempts.push(attempt);
        }
    }
    attempts
}

/// The number of variants that match a value. The `attempts` are those of [`try_variants`], unless it has not run.
fn count_matches<U: Union>(part: BufferedPart<'_>, attempts: Option<&[Attempt<U>]>) -> usize {
    let is_tried = |variant: usize| attempts.is_some() && is_candidate::<U>(variant, part);
    let is_match = |variant: &usize| {
        Attempt::<U>::run(part, *variant, &Leniency::counting(), false).is_ok_and(|attempt| attempt.is_match())
    };
    let others = (0..U::VARIANTS.len()).filter(|variant| !is_tried(*variant)).filter(is_match);
    attempts.unwrap_or_default().iter().filter(|attempt| attempt.is_match()).count() + others.count()
}

/// The index of the attempt whose variant a value gets.
fn choose<U: Union>(part: BufferedPart<'_>, attempts: &[Attempt<U>]) -> Option<usize> {
    let mut matches: Vec<usize> = (0..attempts.len()).filter(|index| attempts[*index].is_match()).collect();
    if matches.iter().any(|index| attempts[*index].deviations.is_exact) {
        matches.retain(|index| attempts[*index].deviations.is_exact);
    }
    match matches.as_slice() {
        [] => (!attempts.is_empty()).then_some(0),
        [only] => Some(*only),
        several => keeps_most_members(part, attempts, several),
    }
}

/// Whether a value may be the variant at `index` although its discriminator names no variant.
///
/// A value without the discriminator may be any variant. A value with an unknown name may be any variant for which the
/// document gives no name. If every variant has a name, the value may be any variant, unless the discriminator is
/// closed.
fn is_candidate<U: Union>(index: usize, part: BufferedPart<'_>) -> bool {
    match U::DISCRIMINATOR.filter(|discriminator| part.member(discriminator.property).is_some()) {
        Some(discriminator) => {
            let some_are_unnamed = U::DISCRIMINATOR_VALUES.iter().any(|names| names.is_empty());
            let is_unnamed = U::DISCRIMINATOR_VALUES.get(index).is_none_or(|names| names.is_empty());
            is_unnamed || !(some_are_unnamed || discriminator.closed)
        }
        None => true,
    }
}

/// Returns the first of several matches that keeps every member that any of the matches keeps.
fn keeps_most_members<U: Union>(part: BufferedPart<'_>, attempts: &[Attempt<U>], matches: &[usize]) -> Option<usize> {
    if !part.is_object() {
        return matches.first().copied();
    }
    let keeps = |index: usize, name: &str| attempts[index].decoded.members().is_none_or(|known| known.contains(&name));
    let is_kept = |name: &&str| matches.iter().any(|index| keeps(*index, name));
    let kept: Vec<&str> = part.members().map(|(name, _)| name).filter(is_kept).collect();
    matches.iter().copied().find(|index| kept.iter().all(|name| keeps(*index, name)))
}
