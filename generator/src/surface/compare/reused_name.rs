//! Names that another thing has taken over: code compiles as before, and sends or reads something else.

use crate::surface::compare::Difference;
use crate::surface::compare::rules::{self, Rule};
use crate::surface::compare::{Index, difference};
use crate::surface::{Facet, Item, Kind};

/// What an item is outside of the crate, whatever its name in it: a value, a member, a parameter, a request.
fn meaning(item: &Item) -> Option<String> {
    let place = item.facet(Facet::Place);
    match item.kind {
        Kind::Variant => item.facet(Facet::Wire).map(str::to_owned),
        // A member that has its own name there says nothing of it; one of headers says where it comes from.
        Kind::Field => {
            let header = place.filter(|place| place.starts_with("header ")).unwrap_or_default();
            let name = || format!("{:?}", item.path.rsplit('.').next().unwrap_or_default());
            let wire = item.facet(Facet::Wire).map_or_else(name, str::to_owned);
            let wire = if header.is_empty() || item.facet(Facet::Wire).is_some() { wire } else { String::new() };
            Some(format!("{wire}{header}"))
        }
        // How it is written follows its name.
        Kind::Argument => place.map(|place| {
            let end = [" joined", " in "].iter().filter_map(|mark| place.find(mark)).min().unwrap_or(place.len());
            place[..end].to_owned()
        }),
        Kind::Request => item.facet(Facet::Request).map(str::to_owned),
        _ => None,
    }
}

/// The item beside `item` that means what `meaning` says: a member of the same item, or for requests another method's.
fn bearer<'a>(index: &Index<'a>, item: &Item, meaning: &str) -> Option<&'a Item> {
    let is_beside = |other: &&Item| {
        other.kind == item.kind && other.path != item.path && (item.kind == Kind::Request || other.owner == item.owner)
    };
    index.items.iter().filter(is_beside).find(|other| self::meaning(other).as_deref() == Some(meaning))
}

/// What is to be told in place of `rule` where the name of `old` is another thing's now: what it was has another name in the
/// newer crate, or what it is had another one in the older.
pub(super) fn told(
    (old_index, old): (&Index<'_>, &Item),
    (new_index, new): (&Index<'_>, &Item),
    rule: &Rule,
) -> Option<Difference> {
    let is_of = matches!(rule.id, "wire-name-changed" | "place-changed" | "request-changed");
    let (was, is) = (meaning(old)?, meaning(new)?);
    if !is_of || was == is {
        return None;
    }
    let path = |item: &Item| if item.kind == Kind::Request { item.owner.to_string() } else { item.path.clone() };
    let message = match (bearer(new_index, new, &was), bearer(old_index, old, &is)) {
        (Some(now), _) => format!("`{}` is {is} now, and {was}, which it was, is `{}`", path(new), path(now)),
        (None, Some(before)) => {
            format!("`{}` is {is} now, which was `{}`, and no more {was}", path(new), path(before))
        }
        (None, None) => return None,
    };
    difference(&rules::TAKEN_OVER, Some(old), Some(new), message)
}
