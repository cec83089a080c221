//! The meaning of a name in requests and responses.

use crate::surface::arguments::without_serialization;
use crate::surface::item::{Facet, Item, ItemKind};

/// Returns what the name of an item means in requests or responses: the JSON string of a variant, the JSON value of a
/// constant, the JSON name of a field, the parameter of an argument, or the HTTP method and path of a request. Returns `None`
/// for any other item.
pub(super) fn wire_meaning(item: &Item) -> Option<String> {
    let location = item.facet(Facet::Location);
    match item.kind {
        ItemKind::Variant | ItemKind::Constant => item.facet(Facet::WireName).map(str::to_owned),
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
