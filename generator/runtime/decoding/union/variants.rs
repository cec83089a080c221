// copperplate runtime: copied into each generated crate that uses it.
//! Tries the variants of a union, and chooses one of those that match.
//!
//! The values of a few attempts are kept. A union can have hundreds of variants that match, and a long text would otherwise
//! be copied for each of them.

use crate::runtime::decoding::buffered_part::BufferedPart;
use crate::runtime::decoding::leniency::{Deviations, Leniency};
use crate::runtime::decoding::memory;
use crate::runtime::decoding::union::attempt::{UnionAttempt, Verdict};
use crate::runtime::decoding::union::attempt_error::AttemptError;
use crate::runtime::decoding::union::session::UnionSession;
use crate::runtime::decoding::union::traits::Union;
use crate::runtime::validation::context::ValidationContext;
use crate::runtime::validation::deadline;
use crate::runtime::validation::report::{Notes, Report, UnionChecks};
use crate::runtime::validation::violation::Direction;

/// The number of attempts whose values are kept until a variant is chosen. If another attempt is chosen, its value is decoded
/// again.
const KEPT_VALUES: usize = 4;

/// A successful attempt to decode a value as one variant.
pub(crate) struct Attempt<U> {
    pub variant: usize,
    pub verdict: Verdict,
    pub deviations: Deviations,
    /// The members for which the value has fields.
    members: Option<&'static [&'static str]>,
    /// The value. `None` if it was dropped.
    pub decoded: Option<U>,
    /// The memory that decoding and validating the value has taken, in bytes.
    memory: usize,
}

impl<U: Union> Attempt<U> {
    /// Decodes a value as the variant at `variant`, and validates it.
    pub(crate) fn run(
        part: BufferedPart<'_>,
        variant: usize,
        outer: &Leniency,
        needs_both: bool,
    ) -> Result<Self, AttemptError> {
        let run = || AttemptError::without_messages(|| Self::run_silently(part, variant, outer, needs_both));
        let (mut result, memory) = memory::measured(run);
        match &mut result {
            Ok(attempt) => attempt.memory = memory,
            Err(_) => memory::free(memory),
        }
        result
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
        Ok(Self { variant, verdict, deviations, members: decoded.members(), decoded: Some(decoded), memory: 0 })
    }

    pub(crate) fn is_match(&self) -> bool {
        self.deviations.null_count == 0 && self.verdict.is_valid()
    }

    /// Drops the value, and frees its memory.
    pub(crate) fn drop_value(&mut self) {
        if self.decoded.take().is_some() {
            memory::free(self.memory);
        }
    }

    fn keeps(&self, name: &str) -> bool {
        self.members.is_none_or(|known| known.contains(&name))
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
            self.part.take_steps(self.part.steps())?;
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

/// The attempts to decode a value as the variants that its discriminator allows: all that match. If the first successful
/// attempt does not match, it comes first.
pub(crate) fn try_variants<U: Union>(
    session: &UnionSession,
    part: BufferedPart<'_>,
    leniency: &Leniency,
    needs_both: bool,
) -> Vec<Attempt<U>> {
    session.budget().allow_variants(U::VARIANTS.len());
    let mut attempts: Vec<Attempt<U>> = Vec::new();
    for variant in candidates::<U>(part, true) {
        let Ok(mut attempt) = Attempt::run(part, variant, leniency, needs_both) else { continue };
        let can_be_chosen = attempts.is_empty() || attempt.is_match();
        if !can_be_chosen || attempts.len() >= KEPT_VALUES {
            attempt.drop_value();
        }
        if can_be_chosen {
            attempts.push(attempt);
        }
    }
    attempts
}

/// The number of variants that match a value, although its discriminator may exclude some of them.
pub(crate) fn count_all_matches<U: Union>(part: BufferedPart<'_>) -> usize {
    (0..U::VARIANTS.len()).filter(|variant| is_match::<U>(part, *variant)).count()
}

/// The number of variants that match a value, of those that [`try_variants`] does not try.
pub(crate) fn count_matches_of_others<U: Union>(part: BufferedPart<'_>) -> usize {
    candidates::<U>(part, false).filter(|variant| is_match::<U>(part, *variant)).count()
}

fn is_match<U: Union>(part: BufferedPart<'_>, variant: usize) -> bool {
    memory::temporary(|| {
        Attempt::<U>::run(part, variant, &Leniency::counting(), false).is_ok_and(|attempt| attempt.is_match())
    })
}

/// Returns the attempt whose variant a value gets. Drops all other attempts.
pub(crate) fn choose<U: Union>(part: BufferedPart<'_>, mut attempts: Vec<Attempt<U>>) -> Option<Attempt<U>> {
    let index = index_of_choice(part, &attempts);
    let chosen = index.map(|index| attempts.swap_remove(index));
    attempts.iter_mut().for_each(Attempt::drop_value);
    chosen
}

fn index_of_choice<U: Union>(part: BufferedPart<'_>, attempts: &[Attempt<U>]) -> Option<usize> {
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

/// The variants that a value may be although its discriminator names none of them. If `allowed` is false, all other
/// variants.
///
/// A value without the discriminator may be any variant. A value with an unknown name may be any variant for which the
/// document gives no name. If every variant has a name, the value may be any variant, unless the discriminator is
/// closed.
fn candidates<U: Union>(part: BufferedPart<'_>, allowed: bool) -> impl Iterator<Item = usize> {
    let discriminator = U::DISCRIMINATOR.filter(|discriminator| part.member(discriminator.property).is_some());
    let are_named_excluded = discriminator.is_some_and(|discriminator| {
        discriminator.closed || U::DISCRIMINATOR_VALUES.iter().any(|names| names.is_empty())
    });
    let is_unnamed = |index: usize| U::DISCRIMINATOR_VALUES.get(index).is_none_or(|names| names.is_empty());
    (0..U::VARIANTS.len()).filter(move |index| allowed == (!are_named_excluded || is_unnamed(*index)))
}

/// Returns the first of several matches that keeps every member that any of the matches keeps.
fn keeps_most_members<U: Union>(part: BufferedPart<'_>, attempts: &[Attempt<U>], matches: &[usize]) -> Option<usize> {
    if !part.is_object() {
        return matches.first().copied();
    }
    let is_kept =
        |name: &&str| !deadline::has_passed(matches.len()) && matches.iter().any(|index| attempts[*index].keeps(name));
    let kept: Vec<&str> = part.members().map(|(name, _)| name).filter(is_kept).collect();
    matches.iter().copied().find(|index| kept.iter().all(|name| attempts[*index].keeps(name)))
}
