//! Compares two schemas as sets of values, after their keywords have been compared.

use crate::diff::change::{Direction, Impact};
use crate::diff::compared_value::ComparedValue;
use crate::diff::frame::Frame;
use crate::diff::rules;
use crate::diff::schema::inclusion::part::Part;
use crate::diff::schema::inclusion::prover::{Known, Pair, Prover};
use crate::diff::schema::variants::variant_name;
use crate::diff::walk::{FoundChange, Walk};
use crate::resolve::document::{Schema, SchemaRef};

/// The result of the search for a proof that one schema includes another.
struct Inclusion<'a> {
    is_proven: bool,
    overlap: Option<(&'a SchemaRef, &'a SchemaRef, &'a Schema)>,
}

impl<'a> Walk<'a> {
    /// Removes the reported changes that have no effect on the values: for example, a keyword moved into an `allOf`. Reports a
    /// change if no change was reported that may affect callers, and it cannot be shown that callers are not affected.
    ///
    /// `frame` is the comparison of the keywords of the two schemas.
    pub(super) fn check_inclusion(
        &mut self,
        frame: &Option<Frame>,
        old: &'a Schema,
        new: &'a Schema,
        site: &ComparedValue,
    ) {
        let Some(frame) = frame else { return };
        if self.changes.len() == frame.first_change && self.equalities.is_equal_schema(old, new) {
            return;
        }
        let (before, after) = (Part::new(self.old, old), Part::new(self.new, new));
        let (wide, narrow) = if site.direction == Direction::Response { (before, after) } else { (after, before) };
        if self.inclusion(wide, narrow, &[], site).is_proven {
            let is_unsafe = |change: &FoundChange| change.rule.impact != Impact::Safe;
            if self.remove_changes(frame, is_unsafe) && self.inclusion(narrow, wide, &[], site).is_proven {
                self.remove_changes(frame, |_| true);
            }
            return;
        }
        let mut own = self.changes.iter().skip(frame.first_change).filter(|change| change.frame == Some(frame.index));
        if own.any(|change| change.rule.impact != Impact::Safe) {
            return;
        }
        let Inclusion { is_proven, overlap } = self.inclusion(wide, narrow, &frame.pairs, site);
        if !is_proven {
            self.report_unproven(overlap, old, new, site);
            if let Some(change) = self.changes.last_mut() {
                change.frame = Some(frame.index);
            }
        }
    }

    /// Searches for a proof that `wide` includes `narrow`. The proof may assume that the values of each pair in `variants` include
    /// each other.
    fn inclusion(
        &mut self,
        wide: Part<'a>,
        narrow: Part<'a>,
        variants: &[Pair],
        site: &ComparedValue,
    ) -> Inclusion<'a> {
        if self.remaining_steps == 0 {
            return Inclusion { is_proven: false, overlap: None };
        }
        let known = Known {
            compared: &self.frames.compared,
            equalities: &self.equalities,
            has_discriminators: self.has_discriminators,
        };
        let mut prover = Prover::new(self.old, self.new, site.direction, known, variants);
        let is_proven = prover.includes(wide, narrow, !site.nullable_reported);
        let inclusion = Inclusion { is_proven, overlap: prover.overlap };
        self.remaining_steps = self.remaining_steps.saturating_sub(prover.steps());
        inclusion
    }

    /// Removes the changes of a comparison that concern only the set of values, and for which `is_removed` returns true. Returns
    /// whether a change was removed.
    fn remove_changes(&mut self, frame: &Frame, is_removed: impl Fn(&FoundChange) -> bool) -> bool {
        let count = self.changes.len();
        let mut index = 0;
        self.changes.retain(|change| {
            let is_part = index >= frame.first_change && change.frame.is_some_and(|index| frame.parts.contains(&index));
            index += 1;
            !(is_part && rules::concerns_values(change.rule) && is_removed(change))
        });
        self.changes.len() < count
    }

    fn report_unproven(
        &mut self,
        overlap: Option<(&'a SchemaRef, &'a SchemaRef, &'a Schema)>,
        old: &Schema,
        new: &Schema,
        site: &ComparedValue,
    ) {
        let is_response = site.direction == Direction::Response;
        let (rule, message) = match overlap {
            Some((left, right, union)) => {
                let (left, right) = (variant_name(left, union), variant_name(right, union));
                let document = if is_response { "older" } else { "newer" };
                let message = format!(
                    "a value can match the variants `{left}` and `{right}` of `oneOf` in the {document} document"
                );
                (&rules::ONE_OF_OVERLAP, message)
            }
            None => (&rules::VALUES_UNCLEAR, "the schemas could not be compared as sets of values".to_owned()),
        };
        self.report_value(rule, site, message, &old.pointer, &new.pointer);
    }
}
