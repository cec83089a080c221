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
use crate::runtime::decoding::leniency::Leniency;
use crate::runtime::decoding::memory;
use crate::runtime::decoding::union::attempt::{UnionAttempt, Verdict};
use crate::runtime::decoding::union::attempt_error::AttemptError;
use crate::runtime::decoding::union::budget::Excess;
use crate::runtime::decoding::union::outcome::{Choice, Outcome};
use crate::runtime::decoding::union::session::UnionSession;
use crate::runtime::decoding::union::traits::{Union, is_closed_object, named_variant};
use crate::runtime::decoding::union::variants::{
    Attempt, choose, count_all_matches, count_matches_of_others, try_variants,
};

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
            let attempts = try_variants::<U>(session, part, leniency, false);
            session.budget().check()?;
            match choose(part, attempts) {
                Some(Attempt { decoded: Some(decoded), deviations, .. }) if !deviations.has_placeholders => {
                    leniency.merge(deviations);
                    return Ok(decoded);
                }
                Some(mut attempt) => {
                    attempt.drop_value();
                    Choice::Variant(attempt.variant)
                }
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
    let (outcome, chosen) = match session.outcome::<U>(part.index()) {
        Some(outcome) => (outcome, None),
        None => resolve::<U>(session, part, leniency)?,
    };
    attempt.note_verdict(outcome.verdict);
    if let Some(Attempt { decoded: Some(decoded), deviations, .. }) = chosen {
        leniency.merge(deviations);
        return Ok(decoded);
    }
    match outcome.choice {
        Choice::Error => Err(named_variant_error()),
        // A scalar is decoded without a placeholder. The attempt decodes a variant that is a union itself, and needs to know
        // which members it keeps.
        Choice::Variant(variant) if part.index() == attempt.part() || !part.is_container() => {
            let nested = leniency.for_variant(part.index());
            let decoded = U::VARIANTS[variant](part, &nested)?;
            leniency.merge(nested.into_deviations());
            Ok(decoded)
        }
        Choice::Unknown if !part.is_container() => unknown(part),
        Choice::Variant(_) | Choice::Unknown => Ok(placeholder(&outcome, leniency)),
    }
}

/// Returns the value of a union of which no variant matches.
///
/// # Errors
/// Returns an error if the value takes more memory than it may.
fn unknown<U: Union>(part: BufferedPart<'_>) -> Result<U, AttemptError> {
    memory::take::<AttemptError>(part.memory_of_json())?;
    Ok(U::unknown(part.to_json()))
}

fn named_variant_error() -> AttemptError {
    AttemptError::custom("the value is not of the variant that its discriminator names")
}

fn placeholder<U: Union>(outcome: &Outcome, leniency: &Leniency) -> U {
    outcome.note_placeholder(leniency);
    U::unknown(serde_json::Value::Null)
}

/// Returns the outcome for a union, and keeps it. Also returns the successful attempt, if a variant is chosen. Its
/// value may have been dropped.
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
            let attempts = try_variants::<U>(session, part, leniency, true);
            let tried_matches = attempts.iter().filter(|attempt| attempt.is_match()).count();
            let chosen = choose(part, attempts);
            let is_counted = if chosen.is_some() { is_overlapping::<U>() } else { !is_closed_object::<U>(part) };
            let match_count = is_counted.then(|| tried_matches + count_matches_of_others::<U>(part));
            let is_satisfied = match (&chosen, match_count) {
                (Some(_), count) => count.is_none_or(|count| count <= 1),
                (None, count) => count.is_some_and(is_allowed_count::<U>),
            };
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
        None => session.budget().within_union(|| count_all_matches::<U>(session.part(index))),
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
