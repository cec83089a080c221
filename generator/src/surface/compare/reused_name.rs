//! Detects reused names: existing code still compiles, but a name now refers to another value, field, parameter or request.

use crate::surface::compare::difference::Difference;
use crate::surface::compare::index::Index;
use crate::surface::compare::rules::{self, Rule};
use crate::surface::compare::wire_meaning::wire_meaning;
use crate::surface::item::{Item, ItemKind};

/// Returns a difference if the name of an item is reused. The caller reports this difference instead of the difference for
/// `rule`. A name is reused if its meaning changed and one of these is true:
/// - Another name in the newer crate has the old meaning.
/// - Another name in the older crate had the new meaning.
pub(super) fn detect<'a>(
    (old_index, old): (&Index<'a>, &'a Item),
    (new_index, new): (&Index<'a>, &'a Item),
    rule: &Rule,
) -> Option<Difference> {
    let changes_meaning = matches!(rule.id, "wire-name-changed" | "location-changed" | "request-changed");
    let (before, after) = (wire_meaning(old)?, wire_meaning(new)?);
    if !changes_meaning || before == after {
        return None;
    }
    let path = |item: &Item| if item.kind == ItemKind::Request { item.owner.to_string() } else { item.path.clone() };
    let name = path(new);
    let sibling_after = new_index.sibling_with_meaning(new, before.clone());
    let sibling_before = old_index.sibling_with_meaning(old, after.clone());
    let message = match (sibling_after, sibling_before) {
        (Some(other), _) => format!("`{name}` now refers to {after}; {before} is now `{}`", path(other)),
        (None, Some(other)) => {
            format!("`{name}` now refers to {after}, which was `{}`, and no longer to {before}", path(other))
        }
        (None, None) => return None,
    };
    Difference::new(&rules::NAME_REUSED, Some(old), Some(new), message)
}
