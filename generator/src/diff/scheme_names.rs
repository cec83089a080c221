//! Finds the security schemes that have another name in the newer document.

use std::collections::HashMap;

use crate::resolve::document::{Document, SchemeKind};

/// Returns the older name of each renamed security scheme, by its newer name. A scheme is renamed if only the newer document has
/// its name, and a scheme that only the older document has sends its credential in the same way.
pub(super) fn renamed_schemes<'a>(old: &'a Document, new: &'a Document) -> HashMap<&'a str, &'a str> {
    let mut by_kind: HashMap<&SchemeKind, &str> = HashMap::new();
    for (name, scheme) in old.security_schemes.iter().filter(|(name, _)| !new.security_schemes.contains_key(*name)) {
        by_kind.entry(&scheme.kind).or_insert(name);
    }
    let added = new.security_schemes.iter().filter(|(name, _)| !old.security_schemes.contains_key(*name));
    added.filter_map(|(name, scheme)| Some((name.as_str(), *by_kind.get(&scheme.kind)?))).collect()
}
