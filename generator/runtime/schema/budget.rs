// copperplate runtime: copied into each generated crate that uses it.
//! Limits the work that schema tables cause for one value, and remembers verdicts. Without the verdicts, a recursive
//! schema could double the work at every level of the value, and without the limit, a hostile one still could.

use std::cell::RefCell;
use std::collections::HashMap;

use serde_json::Value;

use crate::runtime::schema::keyword::Schema;
use crate::runtime::validation::deadline;

/// The maximal nesting depth of schemas. `serde_json` parses at most 128 levels of values. At each level, a schema can
/// contain further schemas, such as an `allOf` in an `allOf`.
const MAX_DEPTH: usize = 500;

/// The number of schemas that may be applied to each part of a value, on average. `[7, 8]` has three parts, so 3,000
/// schemas may be applied to it.
const STEPS_PER_PART: usize = 1_000;

/// The number of further schemas that may be applied to each part, on average, each time that a table is applied to a
/// value that contains the part. If a value has a generated type, its parts can have tables too.
const STEPS_PER_PART_OF_A_TABLE: usize = 50;

/// The number of schemas that are applied to each part, on average, before verdicts are remembered. Most values need
/// fewer, and are checked faster without.
const STEPS_WITHOUT_VERDICTS: usize = 10;

/// The length of a string, in bytes, from which verdicts on it are remembered. Shorter ones are checked as fast.
const LONG_STRING: usize = 64;

/// The maximal number of verdicts that are remembered.
const MAX_VERDICTS: usize = 1_000_000;

/// The number of items or members from which each keyword takes further steps, because it may read all of them.
const MANY_ITEMS: usize = 64;

/// The number of items or members that a keyword reads in one step.
const ITEMS_PER_STEP: usize = 8;

/// The length of a string, in bytes, from which each keyword takes further steps.
const LONG_TEXT: usize = 1_024;

/// The number of bytes of a string that a keyword reads in one step.
const TEXT_PER_STEP: usize = 64;

/// The address of a schema and the address of a part of the value.
type Pair = (usize, usize);

/// The work for one value.
#[derive(Debug, Default)]
struct Work {
    /// The number of nested calls of [`share`].
    shares: usize,
    /// The current nesting depth of schemas.
    depth: usize,
    /// The number of parts of the largest value that a table was applied to.
    parts: usize,
    /// The sum of the numbers of parts of all values that a table was applied to.
    all_parts: usize,
    /// The number of schemas that were applied, and the further steps of keywords that read long arrays, objects and strings.
    steps: usize,
    /// Whether the name of a member is being checked, and not a part of the value.
    is_name: bool,
    /// Whether a limit was reached.
    is_exhausted: bool,
    /// Whether a part is valid for a schema, as far as it is remembered. The addresses of schemas stay valid, and the
    /// addresses of parts stay valid until the outermost schema is finished.
    verdicts: HashMap<Pair, bool>,
}

impl Work {
    fn allowed_steps(&self) -> usize {
        let further = self.all_parts.saturating_mul(STEPS_PER_PART_OF_A_TABLE);
        self.parts.saturating_mul(STEPS_PER_PART).saturating_add(further)
    }
}

thread_local! {
    static WORK: RefCell<Work> = RefCell::default();
}

/// Runs `work`, which validates a value. All tables that apply to the value and to its parts share one budget. A nested
/// call shares the budget of the outermost call.
pub(crate) fn share<T>(work: impl FnOnce() -> T) -> T {
    /// Ends the share, also after a panic.
    struct End;

    impl Drop for End {
        fn drop(&mut self) {
            WORK.with_borrow_mut(|work| {
                work.shares -= 1;
                if work.shares == 0 {
                    *work = Work::default();
                }
            });
        }
    }

    WORK.with_borrow_mut(|work| work.shares += 1);
    let _end = End;
    work()
}

// part: schema_2020
/// Runs `work`, which checks the name of a member.
pub(crate) fn with_name<T>(work: impl FnOnce() -> T) -> T {
    WORK.with_borrow_mut(|work| work.is_name = true);
    let result = work();
    WORK.with_borrow_mut(|work| work.is_name = false);
    result
}
// end of part

/// What [`begin`] decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// The schema has to be applied, and then [`end`] called.
    Apply,
    /// The verdict is known.
    Known {
        /// Whether the part is valid.
        is_valid: bool,
    },
    /// The budget is exhausted. If `is_outermost` is true, this has to be reported. Otherwise, the outermost schema
    /// reports it.
    Exhausted {
        /// Whether no other schema is being applied.
        is_outermost: bool,
    },
}

/// Decides whether `schema` is applied to `value`, and takes one step. A known violation is applied again, unless
/// `verdict_only` says that nobody asks for its description.
pub(crate) fn begin(schema: &'static Schema, value: &Value, verdict_only: bool) -> Start {
    WORK.with_borrow_mut(|work| {
        let is_outermost = work.depth == 0;
        if is_outermost {
            if work.shares == 0 {
                *work = Work::default();
            }
            let parts = part_count(value);
            work.parts = work.parts.max(parts);
            work.all_parts = work.all_parts.saturating_add(parts);
        }
        match work.verdicts.get(&pair(schema, value)) {
            Some(is_valid) if *is_valid || verdict_only => return Start::Known { is_valid: *is_valid },
            _ => {}
        }
        work.is_exhausted |= work.depth == MAX_DEPTH
            || work.steps >= work.allowed_steps()
            || deadline::has_passed(deadline::WORK_OF_A_STEP);
        if work.is_exhausted {
            return Start::Exhausted { is_outermost };
        }
        (work.depth, work.steps) = (work.depth + 1, work.steps + 1);
        Start::Apply
    })
}

/// Returns the number of steps that a keyword takes to read all items or members of `value`, or all of its text. 0 if they are
/// few.
#[inline]
pub(crate) fn steps_of_a_keyword(value: &Value) -> usize {
    let of_items = |count: usize| if count < MANY_ITEMS { 0 } else { count / ITEMS_PER_STEP };
    match value {
        Value::Array(items) => of_items(items.len()),
        Value::Object(members) => of_items(members.len()),
        Value::String(text) if text.len() >= LONG_TEXT => text.len() / TEXT_PER_STEP,
        _ => 0,
    }
}

/// Takes the steps of a keyword. Returns whether the budget is exhausted.
pub(crate) fn is_exhausted_after(steps: usize) -> bool {
    WORK.with_borrow_mut(|work| {
        work.steps = work.steps.saturating_add(steps);
        work.is_exhausted |=
            work.steps > work.allowed_steps() || deadline::has_passed(steps.saturating_mul(deadline::WORK_OF_A_STEP));
        work.is_exhausted
    })
}

/// Ends the schema that the latest [`begin`] has started. Remembers the verdict, if the work is worth it. Returns whether
/// this was the outermost schema and the budget is exhausted.
pub(crate) fn end(schema: &'static Schema, value: &Value, is_valid: bool) -> bool {
    WORK.with_borrow_mut(|work| {
        work.depth -= 1;
        if work.depth == 0 {
            work.verdicts.clear();
            return work.is_exhausted;
        }
        // The name of a member is checked as a string that is dropped before the outermost schema is finished, so that its
        // address says nothing.
        let is_large = match value {
            Value::Array(_) | Value::Object(_) => true,
            Value::String(text) => text.len() >= LONG_STRING && !work.is_name,
            _ => false,
        };
        let is_costly = work.steps >= work.all_parts.saturating_mul(STEPS_WITHOUT_VERDICTS);
        if is_large && is_costly && !work.is_exhausted && work.verdicts.len() < MAX_VERDICTS {
            work.verdicts.insert(pair(schema, value), is_valid);
        }
        false
    })
}

fn pair(schema: &'static Schema, value: &Value) -> Pair {
    (std::ptr::from_ref(schema).addr(), std::ptr::from_ref(value).addr())
}

/// Returns the number of JSON values in `value`, including `value` itself. A long text counts as several.
fn part_count(value: &Value) -> usize {
    1 + match value {
        Value::Array(items) => items.iter().map(part_count).sum(),
        Value::Object(members) => {
            members.iter().map(|(name, member)| name.len() / TEXT_PER_STEP + part_count(member)).sum()
        }
        Value::String(text) => text.len() / TEXT_PER_STEP,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;
    use crate::runtime::schema::keyword::{AdditionalProperties, Keyword};
    use crate::runtime::validation::context::ValidationContext;
    use crate::runtime::validation::report::Report;
    use crate::runtime::validation::violation::Direction;

    static UNIQUE: Schema = Schema(&[Keyword::UniqueItems; 300]);
    static LENGTHS: Schema = Schema(&[Keyword::MinLength(1); 300]);
    static MEMBERS: Schema = Schema(&[Keyword::Properties(&[], AdditionalProperties::Any); 300]);
    static MANY: Schema = Schema(&[Keyword::MinLength(1); 2_000]);

    /// Applies a schema. Returns whether the value is valid, and the number of steps.
    fn apply(schema: &'static Schema, value: &Value) -> (bool, usize) {
        share(|| {
            let report = Report::new(Direction::Response);
            schema.check(value, ValidationContext::root(&report));
            (report.finish().is_ok(), WORK.with_borrow(|work| work.steps))
        })
    }

    #[test]
    fn keywords_that_read_a_large_value_take_steps_and_end_after_the_deadline() {
        let object = Value::Object((0..8_000).map(|index| (index.to_string(), json!(index))).collect());
        let cases =
            [(&UNIQUE, json!(Vec::from_iter(0..8_000))), (&LENGTHS, json!("a".repeat(64_000))), (&MEMBERS, object)];
        for (schema, value) in cases {
            assert_eq!(apply(schema, &value), (true, 1 + 300 * 1_000));
            deadline::within(Duration::ZERO, || {
                let (is_valid, steps) = apply(schema, &value);
                assert!(!is_valid && steps <= 1_001, "{steps}");
            });
        }
        for small in [json!([1, 2]), json!("a"), json!({"a": 1})] {
            assert!([&UNIQUE, &LENGTHS, &MEMBERS].into_iter().all(|schema| apply(schema, &small) == (true, 1)));
        }
        assert!(!apply(&MANY, &json!("a".repeat(64_000))).0);
    }
}
