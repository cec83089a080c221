//! What follows from a list of values: a bound that all of them keep says nothing beside them.

use serde_json::Value;

use crate::check::value::{Direction, Validator};
use crate::diff::rules::ValueRule;
use crate::diff::walk::Walk;
use crate::diff::{Level, Side};
use crate::resolve::document::Schema;

/// Whether a change of `keyword` under `rule` changes no verdict, because the values that were, or are, listed decide it alone: what
/// narrows leaves all of them in, or what widens lets no others in.
pub(crate) fn is_implied(walk: &Walk<'_>, rule: &ValueRule, (old, new): (&Schema, &Schema), keyword: &str) -> bool {
    let narrows = rule.sent.level != Level::Safe;
    let widens = rule.received.level != Level::Safe;
    let keep =
        |side, schema| [old, new].iter().any(|listing| keep(side, listing.enum_values.as_deref(), schema, keyword));
    (narrows || widens) && (!narrows || keep(walk.new, new)) && (!widens || keep(walk.old, old))
}

/// Whether there are listed values, and all of them keep to a keyword of `schema`.
fn keep(side: Side<'_>, values: Option<&[Value]>, schema: &Schema, keyword: &str) -> bool {
    let Some(values) = values else { return false };
    let alone =
        Schema { enum_values: None, all_of: Vec::new(), one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() };
    let validator = Validator::new(side.document, Direction::Either);
    let breaks = |value: &Value| validator.violations_of(&alone, value).iter().any(|found| found.keyword == keyword);
    !values.iter().any(breaks)
}
