//! Shows that all values that match some schemas also match another schema, the goal.

use std::collections::HashSet;

use crate::check::value;
use crate::diff::change::Direction;
use crate::diff::compared_document::ComparedDocument;
use crate::diff::schema::equality::Equalities;
use crate::diff::schema::inclusion::context::{Context, Description};
use crate::diff::schema::inclusion::null::{may_be_null, may_exclude_null};
use crate::diff::schema::inclusion::part::Part;
use crate::resolve::document::{Schema, SchemaRef};

/// A schema of the older document, and the schema of the newer document that it is compared with.
pub(crate) type Pair = (*const Schema, *const Schema);

/// The maximum number of steps of one proof.
const STEPS: usize = 4_000;

/// The number of schemas that are compared with a goal in one step.
const PARTS_PER_STEP: usize = 64;

/// The maximum depth of properties and items in a proof.
const DEPTH: usize = 24;

/// What a proof may use: the comparisons of other pairs of schemas, and the components that did not change.
pub(crate) struct Known<'w, 'a> {
    /// The pairs of schemas that are compared elsewhere, each with the direction. If the values of such a pair do not include each
    /// other, the comparison of that pair reports it, so that a proof may assume that they do.
    pub compared: &'w HashSet<(Pair, Direction)>,
    /// The verdicts about schemas that may be equal in both documents.
    pub equalities: &'w Equalities<'a>,
    /// Whether a document has a discriminator.
    pub has_discriminators: bool,
}

/// A proof, or the search for one.
pub(crate) struct Prover<'w, 'a> {
    pub(super) direction: Direction,
    old: ComparedDocument<'a>,
    pub(super) known: Known<'w, 'a>,
    /// Further pairs that the proof may assume, for the value itself and not for its members.
    variants: &'w [Pair],
    /// The pair that is to be proven. It must not be assumed for the value itself.
    proven: Option<Pair>,
    /// Whether the discriminator of a union alone decides which variant a value must match. Validators differ in this, so there is
    /// a proof for each of the two readings.
    pub(super) selects: bool,
    /// The number of steps that are left.
    remaining: usize,
    pub(super) depth: usize,
    /// The proofs about members whose search has started and not ended. A recursive schema leads back to them.
    started: Vec<Inner>,
    /// The proofs about members that failed.
    failed: HashSet<Inner>,
    /// The proofs about members that succeeded, if those in `started` do.
    succeeded: Vec<Inner>,
    validators: [value::Validator<'a>; 2],
    /// Two variants of a `oneOf` that the value itself may match at the same time. If the proof fails, this is a likely reason.
    pub overlap: Option<(&'a SchemaRef, &'a SchemaRef, &'a Schema)>,
}

/// The addresses of the schemas in a proof about a member: the known schemas, those that describe the member, and the goal.
type Inner = (Vec<*const Schema>, Vec<*const Schema>, *const Schema);

impl<'w, 'a> Prover<'w, 'a> {
    pub(crate) fn new(
        old: ComparedDocument<'a>,
        new: ComparedDocument<'a>,
        direction: Direction,
        known: Known<'w, 'a>,
        variants: &'w [Pair],
    ) -> Self {
        let checked = match direction {
            Direction::Response => value::Direction::Response,
            _ => value::Direction::Request,
        };
        Self {
            direction,
            old,
            known,
            variants,
            proven: None,
            selects: false,
            remaining: STEPS,
            depth: 0,
            started: Vec::new(),
            failed: HashSet::new(),
            succeeded: Vec::new(),
            validators: [old, new].map(|side| value::Validator::new(side.document, checked)),
            overlap: None,
        }
    }

    /// Returns the number of steps that the proof took.
    pub(crate) fn steps(&self) -> usize {
        STEPS - self.remaining
    }

    /// Returns whether it is proven that every value of `narrow` is a value of `wide`. If `with_null` is false, null is ignored.
    pub(crate) fn includes(&mut self, wide: Part<'a>, narrow: Part<'a>, with_null: bool) -> bool {
        if with_null && may_exclude_null(&[narrow], wide) && !self.is_equal(narrow, wide) {
            return false;
        }
        self.proven = Some(self.pair(narrow, wide));
        let readings: &[bool] = if self.known.has_discriminators { &[false, true] } else { &[false] };
        readings.iter().all(|selects| {
            self.selects = *selects;
            self.failed.clear();
            self.succeeded.clear();
            self.proves(&Context::new(&[narrow], vec![narrow], *selects), wide)
        })
    }

    /// Takes `count` steps. Returns false if no steps are left.
    pub(super) fn take_steps(&mut self, count: usize) -> bool {
        let left = self.remaining.checked_sub(count);
        self.remaining = left.unwrap_or(0);
        left.is_some()
    }

    /// Returns whether a value with this context matches `goal`, possibly after the variants of unions are distinguished.
    pub(super) fn proves(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        if self.matches(context, goal) || self.is_contradictory(context) {
            return true;
        }
        let Some(mut branches) = context.split() else { return false };
        self.take_steps(branches.len()) && branches.all(|branch| self.proves(&branch, goal))
    }

    /// Returns whether no value has this context.
    pub(super) fn is_empty(&mut self, context: &Context<'a>) -> bool {
        if self.is_contradictory(context) {
            return true;
        }
        let Some(mut branches) = context.split() else { return false };
        self.take_steps(branches.len()) && branches.all(|branch| self.is_empty(&branch))
    }

    /// Returns whether a value with this context matches `goal`, without distinguishing the variants of unions in the context.
    pub(super) fn matches(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        if !self.take_steps(1 + context.parts.len() / PARTS_PER_STEP) {
            return false;
        }
        if context.parts.iter().any(|part| self.is_known(*part, goal, &context.description)) {
            return true;
        }
        if let Some(values) = self.listed_values(context) {
            let is_exact = !self.counts_variants(goal);
            return is_exact && self.take_steps(values.len()) && values.iter().all(|value| self.accepts(goal, value));
        }
        self.satisfies_keywords(context, goal)
            && self.satisfies_array(context, goal)
            && self.satisfies_object(context, goal)
            && goal.schema.all_of.iter().all(|member| {
                let member = goal.resolve(member);
                member.is_some_and(|member| self.matches(context, member))
            })
            && self.satisfies_unions(context, goal)
            && self.satisfies_not(context, goal)
    }

    /// Returns whether a value that matches `parts` matches `goal`. The value is a member or an item of another value.
    /// `description` are the schemas by which the sender of the value describes it.
    pub(super) fn inner_matches(&mut self, parts: &[Part<'a>], description: Vec<Part<'a>>, goal: Part<'a>) -> bool {
        let outer = self.proven.take();
        self.depth += 1;
        let known = Description::new(description.clone());
        let is_known = parts.iter().any(|part| self.is_known(*part, goal, &known));
        let is_proven = is_known || self.inner_is_proven(parts, description, goal);
        self.depth -= 1;
        self.proven = outer;
        is_proven
    }

    fn inner_is_proven(&mut self, parts: &[Part<'a>], description: Vec<Part<'a>>, goal: Part<'a>) -> bool {
        if self.depth >= DEPTH || may_exclude_null(parts, goal) {
            return false;
        }
        let context = Context::new(parts, description, self.selects);
        let mut addresses: Vec<*const Schema> = parts.iter().map(|part| std::ptr::from_ref(part.schema)).collect();
        addresses.sort_unstable();
        let key = (addresses, context.description.addresses(), std::ptr::from_ref(goal.schema));
        if self.started.contains(&key) || self.succeeded.contains(&key) {
            return true;
        }
        if self.failed.contains(&key) {
            return false;
        }
        let before = self.succeeded.len();
        self.started.push(key.clone());
        let is_proven = self.proves(&context, goal);
        self.started.pop();
        if is_proven {
            self.succeeded.push(key);
        } else {
            // The proofs inside may have assumed this one.
            self.succeeded.truncate(before);
            self.failed.insert(key);
        }
        is_proven
    }

    /// Returns whether no value matches all of `parts`. The value is a member or an item of another value.
    pub(super) fn inner_is_empty(&mut self, parts: &[Part<'a>], description: Vec<Part<'a>>) -> bool {
        if self.depth >= DEPTH || parts.len() < 2 || may_be_null(parts) {
            return false;
        }
        let outer = self.proven.take();
        self.depth += 1;
        let is_empty = self.is_empty(&Context::new(parts, description, self.selects));
        self.depth -= 1;
        self.proven = outer;
        is_empty
    }

    /// Returns whether every value of `part` is known to be a value of `goal`, without looking at keywords.
    fn is_known(&mut self, part: Part<'a>, goal: Part<'a>, description: &Description<'a>) -> bool {
        if part.is_same(goal) {
            return true;
        }
        let (is_old_part, is_old_goal) = (self.is_old(part), self.is_old(goal));
        if is_old_part == is_old_goal {
            return false;
        }
        let pair = self.pair(part, goal);
        let is_forward = is_old_part == (self.direction != Direction::Response);
        if is_forward && self.proven != Some(pair) {
            let is_variant = self.depth == 0 && self.variants.contains(&pair);
            let is_compared = is_variant || self.known.compared.contains(&(pair, self.direction));
            if is_compared && !description.adds_to(part, goal) {
                return true;
            }
        }
        self.is_equal(part, goal)
    }

    /// Returns whether two schemas of different documents are equal.
    pub(super) fn is_equal(&mut self, left: Part<'a>, right: Part<'a>) -> bool {
        if self.is_old(left) == self.is_old(right) {
            return left.is_same(right);
        }
        let (old, new) = if self.is_old(left) { (left, right) } else { (right, left) };
        self.known.equalities.is_equal_schema(old.schema, new.schema)
    }

    pub(super) fn is_old(&self, part: Part<'a>) -> bool {
        std::ptr::eq(part.side.document, self.old.document)
    }

    /// Returns the addresses of two schemas of different documents, first that of the older document.
    fn pair(&self, left: Part<'a>, right: Part<'a>) -> Pair {
        let (old, new) = if self.is_old(left) { (left, right) } else { (right, left) };
        (old.schema, new.schema)
    }

    /// Returns the validator for values of the document that contains `part`.
    pub(super) fn validator(&self, part: Part<'a>) -> &value::Validator<'a> {
        &self.validators[usize::from(!self.is_old(part))]
    }
}
