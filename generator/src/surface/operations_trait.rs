//! Lists the trait over the operations of an API, and the structs of arguments that its methods take.

use std::sync::Arc;

use crate::ir::{Argument, CallArguments, Operation, PathStyle};
use crate::pointer::Pointer;
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;
use crate::surface::{arguments, responses};

/// Lists nothing if the API has no trait.
pub(super) fn list(listing: &mut Listing<'_>) {
    let api = listing.api;
    let Some(name) = &api.operations_trait else { return };
    let (module, path) = (listing.path("traits"), listing.path(&format!("traits::{name}")));
    listing.add_at(ItemKind::Struct, &module, path.to_string(), &Pointer::root()).set(Facet::Declaration, "trait");
    for operation in &api.operations {
        let pointer = operation.pointers.first().and_then(|place| Pointer::parse(place)).unwrap_or_default();
        let method = listing.path(&format!("Client::{}", operation.method_name));
        list_method(listing, &method, &path, operation, &pointer);
        list_arguments(listing, &method, operation, &pointer);
    }
}

/// Lists the method of the trait. Its implementations in tests have the same types.
fn list_method(listing: &mut Listing<'_>, method: &Arc<str>, of_trait: &str, operation: &Operation, pointer: &Pointer) {
    let api = listing.api;
    let success = responses::success_text(api, &operation.responses);
    let headers = operation.responses.headers.map(|id| format!(", {}", api.response_headers[id.0].name));
    let path = format!("{of_trait}::{}", operation.method_name);
    let item = listing.add_at(ItemKind::Function, method, path, pointer);
    item.arguments = vec![("arguments".to_owned(), format!("arguments::{}", operation.type_name))];
    item.set(Facet::Success, format!("runtime::Sending<'a, {success}{}>", headers.unwrap_or_default())).set_if(
        Facet::Deprecated,
        operation.deprecated,
        "deprecated",
    );
}

/// Lists the struct of arguments, with its function `new`, fields and setters.
fn list_arguments(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    let api = listing.api;
    let path = listing.path(&format!("arguments::{}", operation.type_name));
    listing
        .add_at(ItemKind::Struct, method, path.to_string(), pointer)
        .set(Facet::Declaration, "struct")
        .set(Facet::NonExhaustive, "non_exhaustive");
    let CallArguments { mut named, positional } = operation.call_arguments();
    named.sort_by_key(|(_, argument)| &argument.name);
    let required = named.iter().chain(&positional);
    let required =
        required.map(|(_, argument)| (argument.name.clone(), arguments::setter_type(api, argument))).collect();
    let item = listing.add_at(ItemKind::Function, method, format!("{path}::new"), pointer);
    (item.arguments, item.named) = (required, named.len());
    item.set(Facet::Success, "Self");
    for argument in &operation.arguments {
        list_field(listing, method, &path, argument);
    }
    let options = format!("{path}.options");
    listing
        .add_at(ItemKind::Field, method, options, pointer)
        .set(Facet::Setter, "runtime::CallOptions")
        .set(Facet::Type, "runtime::CallOptions");
}

fn list_field(listing: &mut Listing<'_>, method: &Arc<str>, of_struct: &str, argument: &Argument) {
    let api = listing.api;
    let setter = (!argument.required && argument.name != "new").then(|| arguments::setter_type(api, argument));
    let kind = arguments::without_lifetime(&api.argument_text(argument, PathStyle::Short));
    listing
        .add_at(ItemKind::Field, method, format!("{of_struct}.{}", argument.name), &argument.pointer)
        .set_optional(Facet::Setter, setter)
        .set(Facet::Type, kind)
        .set_if(Facet::Deprecated, argument.deprecated, "deprecated");
}
