//! The keys of overloaded methods.

use crate::ir::{ArgumentLocation, KeyForm, KeyTypeId};
use crate::pointer::Pointer;
use crate::surface::rules::of_value;
use crate::surface::{Facet, Kind, Listing};

pub(super) fn list(listing: &mut Listing<'_>) {
    let api = listing.api;
    let keys = listing.path("keys");
    for (id, key) in api.key_types.iter().enumerate() {
        let takes = |place: &ArgumentLocation| matches!(place, ArgumentLocation::Key(KeyTypeId(known)) if *known == id);
        let mut arguments = api.operations.iter().flat_map(|operation| &operation.arguments);
        let pointer = arguments.find(|argument| takes(&argument.location)).map(|argument| argument.pointer.clone());
        let pointer = pointer.unwrap_or_default();
        let is_struct = key.forms.iter().all(|form| form.variant.is_none());
        let (kind, shape) = if is_struct { (Kind::Struct, "struct") } else { (Kind::Enum, "enum") };
        listing.add(kind, &keys, &format!("::{}", key.name), &pointer).says(Facet::Shape, shape);
        let owner = listing.path(&format!("keys::{}", key.name));
        for form in &key.forms {
            list_form(listing, &owner, form, &pointer);
        }
    }
}

/// The variant of a form, or the fields of the only one, and the function that makes it.
fn list_form(listing: &mut Listing<'_>, owner: &std::sync::Arc<str>, form: &KeyForm, pointer: &Pointer) {
    let api = listing.api;
    let rules = |at: usize| of_value(api, &form.fields[at].value);
    match (&form.variant, form.fields.as_slice()) {
        (None, fields) => {
            for (index, field) in fields.iter().enumerate() {
                let item = listing.add(Kind::Field, owner, &format!(".{}", field.name), pointer);
                item.says(Facet::Type, "String").says(Facet::Place, format!("path {}", field.wire));
                item.says_if_any(Facet::Rules, rules(index));
            }
        }
        (Some(variant), [only]) => {
            let item = listing.add(Kind::Variant, owner, &format!("::{variant}"), pointer);
            item.says(Facet::Holds, "(String)").says(Facet::Place, format!("path {}", only.wire));
            item.says_if_any(Facet::Rules, rules(0));
        }
        (Some(variant), fields) => {
            let item = listing.add(Kind::Variant, owner, &format!("::{variant}"), pointer);
            let held: Vec<String> = fields.iter().map(|field| format!("{}: String", field.name)).collect();
            item.says(Facet::Holds, format!(" {{ {} }}", held.join(", ")));
            let rules =
                (0..fields.len()).map(|at| (&fields[at].name, rules(at))).filter(|(_, rules)| !rules.is_empty());
            let rules: Vec<String> = rules.map(|(name, rules)| format!("{name} ({rules})")).collect();
            item.says_if_any(Facet::Rules, rules.join(", "));
        }
    }
    let made = listing.add(Kind::Function, owner, &format!("::{}", form.constructor), pointer);
    made.arguments = form.fields.iter().map(|field| (field.name.clone(), "impl Into<String>".to_owned())).collect();
    made.says(Facet::Success, "Self");
}
