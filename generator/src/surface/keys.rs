//! Lists the key types. A key is an argument of a Rust method that combines several operations (`x-overload`), and contains
//! values of path parameters. The form of a key is the set of these parameters, and selects the operation.

use std::sync::Arc;

use crate::ir::{ArgumentLocation, KeyForm, KeyTypeId};
use crate::pointer::Pointer;
use crate::surface::constraints::value_constraints;
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;

pub(super) fn list(listing: &mut Listing<'_>) {
    let api = listing.api;
    let keys = listing.path("keys");
    for (id, key) in api.key_types.iter().enumerate() {
        let takes_key =
            |location: &ArgumentLocation| matches!(location, ArgumentLocation::Key(KeyTypeId(known)) if *known == id);
        let mut arguments = api.operations.iter().flat_map(|operation| &operation.arguments);
        let pointer = arguments.find(|argument| takes_key(&argument.location)).map(|argument| argument.pointer.clone());
        let pointer = pointer.unwrap_or_default();
        let is_struct = key.forms.iter().all(|form| form.variant.is_none());
        let (kind, keyword) = if is_struct { (ItemKind::Struct, "struct") } else { (ItemKind::Enum, "enum") };
        listing.add(kind, &keys, &format!("::{}", key.name), &pointer).set(Facet::Declaration, keyword).set_if(
            Facet::NonExhaustive,
            !is_struct,
            "non_exhaustive",
        );
        let owner = listing.path(&format!("keys::{}", key.name));
        for form in &key.forms {
            list_form(listing, &owner, form, &pointer);
        }
    }
}

/// Lists one form of a key type (`x-overload`). A form is one of the sets of path parameters that a key can contain. It has an
/// enum variant, and a constructor if it has one field. A key type with only one form is a struct, so its fields are listed instead of a variant.
fn list_form(listing: &mut Listing<'_>, owner: &Arc<str>, form: &KeyForm, pointer: &Pointer) {
    let api = listing.api;
    let constraints = |index: usize| value_constraints(api, &form.fields[index].value);
    match (&form.variant, form.fields.as_slice()) {
        (None, fields) => {
            for (index, field) in fields.iter().enumerate() {
                let item = listing.add(ItemKind::Field, owner, &format!(".{}", field.name), pointer);
                item.set(Facet::Type, "String").set(Facet::Location, format!("path {}", field.wire));
                item.set_nonempty(Facet::Constraints, constraints(index));
            }
        }
        (Some(variant), [only]) => {
            let item = listing.add(ItemKind::Variant, owner, &format!("::{variant}"), pointer);
            item.set(Facet::Payload, "(String)").set(Facet::Location, format!("path {}", only.wire));
            item.set_nonempty(Facet::Constraints, constraints(0));
        }
        (Some(variant), fields) => {
            let item = listing.add(ItemKind::Variant, owner, &format!("::{variant}"), pointer);
            let declared: Vec<String> = fields.iter().map(|field| format!("{}: String", field.name)).collect();
            item.set(Facet::Payload, format!(" {{ {} }}", declared.join(", ")));
            let named = fields.iter().enumerate().map(|(index, field)| (&field.name, constraints(index)));
            let named = named.filter(|(_, constraints)| !constraints.is_empty());
            let named: Vec<String> = named.map(|(name, constraints)| format!("{name} ({constraints})")).collect();
            item.set_nonempty(Facet::Constraints, named.join(", "));
        }
    }
    if let [only] = form.fields.as_slice() {
        let name = if form.variant.is_some() { &form.constructor } else { "new" };
        let constructor = listing.add(ItemKind::Function, owner, &format!("::{name}"), pointer);
        constructor.arguments = vec![(only.name.clone(), "impl Into<String>".to_owned())];
        constructor.set(Facet::Success, "Self");
    }
}
