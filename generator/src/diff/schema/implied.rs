//! Constraints that `enum` implies: a bound that all values of the enum meet has no effect.

use serde_json::Value;

use crate::check::value::{Direction, Validator};
use crate::diff::change::Impact;
use crate::diff::rules::ValueRule;
use crate::diff::side::Side;
use crate::diff::walk::Walk;
use crate::resolve::document::Schema;

/// Whether a change of `keyword` under `rule` accepts and rejects the same values, because an `enum` of either document decides alone:
/// all its values meet the narrower constraint, or all met the constraint that was widened.
pub(crate) fn is_implied(walk: &Walk<'_>, rule: &ValueRule, (old, new): (&Schema, &Schema), keyword: &str) -> bool {
    let narrows = rule.sent.impact != Impact::Safe;
    let widens = rule.received.impact != Impact::Safe;
    let enums = [old, new].map(|schema| schema.enum_values.as_deref());
    let is_met = |side, schema| enums.iter().flatten().any(|values| all_meet(side, values, schema, keyword));
    (narrows || widens) && (!narrows || is_met(walk.new, new)) && (!widens || is_met(walk.old, old))
}

/// Whether all values meet a keyword of `schema`.
fn all_meet(side: Side<'_>, values: &[Value], schema: &Schema, keyword: &str) -> bool {
    let alone =
        Schema { enum_values: None, all_of: Vec::new(), one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() };
    let validator = Validator::new(side.document, Direction::Either);
    let violates =
        |value: &Value| validator.violations_of(&alone, value).iter().any(|violation| violation.keyword == keyword);
    !values.iter().any(violates)
}
