//! Detects constraints that an `enum` makes redundant: a bound has no effect if every value of the `enum` satisfies the bound.

use serde_json::Value;

use crate::check::value::{Direction, Validator};
use crate::diff::change::Impact;
use crate::diff::compared_document::ComparedDocument;
use crate::diff::rules::ValueRule;
use crate::diff::walk::Walk;
use crate::resolve::document::Schema;

/// Returns whether a change of `keyword` has no effect, because all values of an `enum` satisfy the keyword. The `enum` may be in
/// the older or the newer schema.
///
/// If the change narrows the allowed values, the values of the `enum` must satisfy the keyword of the newer schema. If the change
/// widens the allowed values, the values of the `enum` must satisfy the keyword of the older schema.
pub(crate) fn is_implied(walk: &Walk<'_>, rule: &ValueRule, (old, new): (&Schema, &Schema), keyword: &str) -> bool {
    let narrows = rule.sent.impact != Impact::Safe;
    let widens = rule.received.impact != Impact::Safe;
    let enums = [old, new].map(|schema| schema.enum_values.as_deref());
    let is_met = |side, schema| enums.iter().flatten().any(|values| all_meet(side, values, schema, keyword));
    (narrows || widens) && (!narrows || is_met(walk.new, new)) && (!widens || is_met(walk.old, old))
}

/// Returns whether all of `values` satisfy the keyword `keyword` of `schema`. The other keywords of `schema` are ignored.
fn all_meet(side: ComparedDocument<'_>, values: &[Value], schema: &Schema, keyword: &str) -> bool {
    let alone =
        Schema { enum_values: None, all_of: Vec::new(), one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() };
    let validator = Validator::new(side.document, Direction::Either);
    let violates =
        |value: &Value| validator.violations_of(&alone, value).iter().any(|violation| violation.keyword == keyword);
    !values.iter().any(violates)
}
