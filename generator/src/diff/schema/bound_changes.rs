//! Compares bounds of numbers, lengths and counts.

use std::cmp::Ordering;

use crate::diff::compared_value::ComparedValue;
use crate::diff::schema::bounds::{BOUNDS, Bound, Limit, are_equal};
use crate::diff::schema::implied::is_implied;
use crate::diff::schema::place::keyword_place;
use crate::diff::walk::Walk;
use crate::resolve::document::Schema;

/// Reports the bounds, such as `maxLength`, that differ between two schemas.
pub(crate) fn compare(walk: &mut Walk<'_>, old: &Schema, new: &Schema, site: &ComparedValue) {
    for (index, bound) in BOUNDS.iter().enumerate() {
        let (before, after) = ((bound.get)(old), (bound.get)(new));
        let name = bound.keyword;
        let has_effect = |limit: &Option<Limit>| limit.as_ref().is_some_and(|limit| !is_zero_minimum(name, limit));
        let has_no_effect = !has_effect(&before) && !has_effect(&after);
        if has_no_effect || is_same_when_merged(bound, index, (&before, &after), site) {
            continue;
        }
        let (rule, message) = match (&before, &after) {
            (None, None) => continue,
            (None, Some(after)) => (bound.set, format!("`{name}` {} was added", after.text())),
            (Some(before), None) => (bound.unset, format!("`{name}` {} was removed", before.text())),
            (Some(before), Some(after)) => {
                let rule = match after.compare(before) {
                    Ordering::Equal => continue,
                    Ordering::Greater => bound.increased,
                    Ordering::Less => bound.decreased,
                };
                let message = match (before.differs_in_exclusion(after), after.is_exclusive) {
                    (true, true) => format!("`{name}` {} became exclusive", after.stated),
                    (true, false) => format!("`{name}` {} is no longer exclusive", after.stated),
                    (false, _) => format!("`{name}` changed from {} to {}", before.text(), after.text()),
                };
                (rule, message)
            }
        };
        if is_implied(walk, rule, (old, new), name) {
            continue;
        }
        // If only the exclusion of a bound changed, and not its number, the change points to `exclusiveMinimum` or
        // `exclusiveMaximum`.
        let in_exclusion =
            before.as_ref().zip(after.as_ref()).is_some_and(|(before, after)| before.differs_in_exclusion(after));
        let place = |schema: &Schema, limit: &Option<Limit>| match (in_exclusion, limit, exclusive_keyword(name)) {
            (true, Some(Limit { is_exclusive: true, .. }), Some(keyword)) => keyword_place(schema, true, keyword),
            _ => keyword_place(schema, limit.is_some(), name),
        };
        walk.report_value(rule, site, message, &place(old, &before), &place(new, &after));
    }
}

/// Returns whether a limit is `minLength: 0`, `minItems: 0` or `minProperties: 0`, which every value satisfies.
fn is_zero_minimum(keyword: &str, limit: &Limit) -> bool {
    ["minLength", "minItems", "minProperties"].contains(&keyword) && limit.value.as_u64() == Some(0)
}

/// Returns whether a bound is the same in both documents after the bounds of all `allOf` members are merged. `index` is the index
/// of the bound in [`BOUNDS`].
fn is_same_when_merged(
    bound: &Bound,
    index: usize,
    (before, after): (&Option<Limit>, &Option<Limit>),
    site: &ComparedValue,
) -> bool {
    let Some(merged) = &site.merged else { return false };
    let tightest = |own: &Option<Limit>, all: &[Option<Limit>]| {
        own.iter()
            .chain(all.get(index).into_iter().flatten())
            .cloned()
            .reduce(|left, right| bound.tightest(left, right))
    };
    let (old, new) = merged.limits();
    are_equal(tightest(before, old).as_ref(), tightest(after, new).as_ref())
}

/// Returns the keyword that makes `minimum` or `maximum` exclusive; `None` for other bounds.
fn exclusive_keyword(bound: &str) -> Option<&'static str> {
    match bound {
        "minimum" => Some("exclusiveMinimum"),
        "maximum" => Some("exclusiveMaximum"),
        _ => None,
    }
}
