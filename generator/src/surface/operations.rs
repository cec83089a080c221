//! Lists the operations: for each operation, the method of the client, its request, its arguments and its responses.

use std::sync::Arc;

use crate::ir::{Argument, CallArguments, Operation, Path, PathStyle, TemplateTable};
use crate::pointer::Pointer;
use crate::surface::api::feature_names;
use crate::surface::constraints::rule_texts;
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;
use crate::surface::{arguments, operations_trait, responses};

pub(super) fn list(listing: &mut Listing<'_>, features: bool) {
    let api = listing.api;
    let client = listing.path("Client");
    let has_features = feature_names(api, features).next().is_some();
    for (index, operation) in api.operations.iter().enumerate() {
        let place = api.layout.operations.get(index);
        let group = place.and_then(|place| api.layout.groups.get(place.group.0));
        let feature = group.filter(|_| has_features).map(|group| group.feature.as_str());
        let pointer = operation.pointers.first().and_then(|place| Pointer::parse(place)).unwrap_or_default();
        let method = listing.path(&format!("Client::{}", operation.method_name));
        list_method(listing, &client, operation, feature, &pointer);
        list_request(listing, &method, operation, &pointer);
        list_pagination(listing, &method, operation, &pointer);
        list_arguments(listing, &method, operation, &pointer);
        responses::list(listing, &method, operation, &pointer);
    }
    responses::list_headers(listing);
    operations_trait::list(listing);
}

fn list_method(
    listing: &mut Listing<'_>,
    client: &Arc<str>,
    operation: &Operation,
    feature: Option<&str>,
    pointer: &Pointer,
) {
    let api = listing.api;
    let responses = &operation.responses;
    let argument_type = |argument: &Argument| arguments::setter_type(api, argument);
    let CallArguments { mut named, positional } = operation.call_arguments();
    named.sort_by_key(|(_, argument)| &argument.name);
    let required = named.iter().chain(&positional);
    let required = required.map(|(_, argument)| (argument.name.clone(), argument_type(argument))).collect();
    let success = responses::success_text(api, responses);
    let headers = responses.headers.map(|id| api.response_headers[id.0].name.as_str());
    let failure = (!responses.failures.is_empty()).then_some(responses.failure_type.as_str());
    let item = listing.add(ItemKind::Operation, client, &format!("::{}", operation.method_name), pointer);
    item.arguments = required;
    item.named = named.len();
    item.set(Facet::Success, success)
        .set_optional(Facet::Headers, headers)
        .set_optional(Facet::Failure, failure)
        .set_optional(Facet::Feature, feature)
        .set_if(Facet::Deprecated, operation.deprecated, "deprecated");
}

/// Lists the methods of an operation whose results are divided into pages.
fn list_pagination(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    if operation.pagination.is_none() {
        return;
    }
    let path = listing.path(&format!("operations::{}", operation.type_name));
    for (name, result) in [("items", "runtime::Items<Self>"), ("pages", "runtime::Pages<Self>")] {
        listing.add_at(ItemKind::Function, method, format!("{path}::{name}"), pointer).set(Facet::Success, result);
    }
}

fn list_request(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    let path = match &operation.path {
        Path::Template { template, .. } => template.clone(),
        Path::Overloaded { templates, .. } => {
            let mut templates = all_templates(templates);
            templates.sort_unstable();
            templates.join(" or ")
        }
    };
    let mut headers: Vec<String> =
        operation.fixed_headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    headers.sort_unstable();
    let server = operation.server.iter().map(|url| format!("server {url}"));
    let key = operation.idempotency_key.iter().map(|header| format!("idempotency key {header}"));
    let mark =
        operation.is_idempotent.iter().map(|mark| if *mark { "idempotent" } else { "not idempotent" }.to_owned());
    let fixed: Vec<String> = server.chain(headers).chain(key).chain(mark).collect();
    let credentials = credentials(listing, operation);
    listing
        .add(ItemKind::Request, method, " request", pointer)
        .set(Facet::Request, format!("{} {path}", operation.method))
        .set_optional(Facet::Credentials, credentials)
        .set_nonempty(Facet::FixedHeaders, fixed.join(", "));
}

/// Describes the `security` of an operation, such as `requires key and token or no credential`.
fn credentials(listing: &Listing<'_>, operation: &Operation) -> Option<String> {
    let api = listing.api;
    let alternatives = operation.security.iter().map(|alternative| {
        let credentials = alternative.iter().map(|needed| {
            let name = api.security_schemes[needed.scheme.0].name.clone();
            let rules = rule_texts(api, &needed.rules).join(", ");
            if rules.is_empty() { name } else { format!("{name} ({rules})") }
        });
        let mut credentials: Vec<String> = credentials.collect();
        credentials.sort_unstable();
        if credentials.is_empty() { "no credential".to_owned() } else { credentials.join(" and ") }
    });
    let alternatives: Vec<String> = alternatives.collect();
    (!alternatives.is_empty()).then(|| format!("requires {}", alternatives.join(" or ")))
}

/// Returns all path templates of an overloaded method (`x-overload`).
fn all_templates(table: &TemplateTable) -> Vec<&str> {
    match table {
        TemplateTable::Template(template) => vec![template],
        TemplateTable::Forms(forms) => forms.iter().flat_map(all_templates).collect(),
    }
}

/// Lists the struct of an operation, and its arguments.
fn list_arguments(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    let path = listing.path(&format!("operations::{}", operation.type_name)).to_string();
    listing.add_at(ItemKind::Struct, method, path.clone(), pointer).set(Facet::Declaration, "struct");
    list_streams(listing, method, &path, operation, pointer);
    for argument in &operation.arguments {
        arguments::list(listing, method, argument);
    }
}

/// Lists the methods of an operation whose response or request is a stream.
fn list_streams(listing: &mut Listing<'_>, method: &Arc<str>, path: &str, operation: &Operation, pointer: &Pointer) {
    let api = listing.api;
    let responses = &operation.responses;
    let headers = responses.headers.map_or("()", |id| api.response_headers[id.0].name.as_str());
    let mut list = |name: &str, success: &str, body: Option<&str>| {
        let item = listing.add_at(ItemKind::Function, method, format!("{path}::{name}"), pointer);
        item.arguments.extend(body.map(|kind| ("body".to_owned(), kind.to_owned())));
        item.set(Facet::Success, format!("impl Future<Output = Result<{success}, runtime::Error>>"));
    };
    if let Some(stream) = &responses.stream {
        let item = api.type_text(&stream.item, PathStyle::Short);
        list("stream", &format!("runtime::ItemStream<'a, {item}>"), None);
    }
    if operation.has_download() {
        list("download", &format!("runtime::Reply<runtime::ByteStream, {headers}>"), None);
    }
    if operation.has_upload(&api.security_schemes) {
        let success = responses::success_text(api, responses);
        list("upload", &format!("runtime::Reply<{success}, {headers}>"), Some("runtime::ByteStream"));
    }
}
