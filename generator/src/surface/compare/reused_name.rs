//! Detects reused names: existing code still compiles, but a name now refers to another value, field, parameter or request.

use crate::surface::arguments::without_serialization;
use crate::surface::compare::difference::Difference;
use crate::surface::compare::index::Index;
use crate::surface::compare::rules::{self, Rule};
use crate::surface::item::{Facet, Item, ItemKind};

/// Returns what the name of an item means in requests or responses: the JSON string of a variant, the JSON name of a field, the
/// parameter of an argument, or the HTTP method and path of a request. Returns `None` for any other item.
fn wire_meaning(item: &Item) -> Option<String> {
    let location = item.facet(Facet::Location);
    match item.kind {
        ItemKind::Variant => item.facet(Facet::WireName).map(str::to_owned),
        // A field without a wire name has the same name in JSON as in Rust. The location of a field in a header struct contains
        // the name of the header.
        ItemKind::Field => {
            let header = location.filter(|location| location.starts_with("header ")).unwrap_or_default();
            let own_name = || format!("{:?}", item.path.rsplit('.').next().unwrap_or_default());
            let wire = item.facet(Facet::WireName).map_or_else(own_name, str::to_owned);
            let wire = if header.is_empty() || item.facet(Facet::WireName).is_some() { wire } else { String::new() };
            Some(format!("{wire}{header}"))
        }
        ItemKind::Argument => location.map(|location| without_serialization(location).to_owned()),
        ItemKind::Request => item.facet(Facet::Request).map(str::to_owned),
        _ => None,
    }
}

/// Returns the sibling of `item` whose name has the meaning `meaning` in requests or responses. A sibling is another item of the
/// same kind in the same owner. All requests are siblings of each other.
fn sibling_with_meaning<'a>(index: &Index<'a>, item: &Item, meaning: &str) -> Option<&'a Item> {
    let is_sibling = |other: &&Item| {
        let has_owner = item.kind == ItemKind::Request || other.owner == item.owner;
        other.kind == item.kind && other.path != item.path && has_owner
    };
    index.items.iter().filter(is_sibling).find(|other| wire_meaning(other).as_deref() == Some(meaning))
}

/// Returns a difference if the name of an item is reused. The caller reports this difference instead of the difference for
/// `rule`. A name is reused if its meaning changed and one of these is true:
/// - Another name in the newer crate has the old meaning.
/// - Another name in the older crate had the new meaning.
pub(super) fn detect(
    (old_index, old): (&Index<'_>, &Item),
    (new_index, new): (&Index<'_>, &Item),
    rule: &Rule,
) -> Option<Difference> {
    let changes_meaning = matches!(rule.id, "wire-name-changed" | "location-changed" | "request-changed");
    let (before, after) = (wire_meaning(old)?, wire_meaning(new)?);
    if !changes_meaning || before == after {
        return None;
    }
    let path = |item: &Item| if item.kind == ItemKind::Request { item.owner.to_string() } else { item.path.clone() };
    let name = path(new);
    let message = match (sibling_with_meaning(new_index, new, &before), sibling_with_meaning(old_index, old, &after)) {
        (Some(other), _) => format!("`{name}` now refers to {after}; {before} is now `{}`", path(other)),
        (None, Some(other)) => {
            format!("`{name}` now refers to {after}, which was `{}`, and no longer to {before}", path(other))
        }
        (None, None) => return None,
    };
    Difference::new(&rules::NAME_REUSED, Some(old), Some(new), message)
}
