//! Lists the responses of operations: the type for each status, the enums of success and failure responses, and the structs of
//! response headers. Also lists the enums of request bodies.

use std::sync::Arc;

use crate::ir::{
    Api, ArgumentLocation, Content, Operation, PathStyle, ResponseArm, ResponseHeaders, ResponseKind, Responses,
    StatusMatch, Success,
};
use crate::pointer::Pointer;
use crate::surface::arguments::media_type;
use crate::surface::constraints::value_constraints;
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;

pub(super) fn list(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    for arm in &operation.responses.arms {
        list_response(listing, method, operation, arm, pointer);
    }
    list_body_enums(listing, method, operation);
    list_outcome_enums(listing, method, operation, pointer);
}

/// Lists one response of an operation, and the type or variant that the response is decoded into. If decoding depends on the
/// media type or on an `x-failure` condition, the path of the item includes the media type or the condition.
fn list_response(
    listing: &mut Listing<'_>,
    method: &Arc<str>,
    operation: &Operation,
    arm: &ResponseArm,
    pointer: &Pointer,
) {
    let api = listing.api;
    let responses = &operation.responses;
    let status = match arm.status {
        StatusMatch::Code(code) => code.to_string(),
        StatusMatch::Range(hundred) => format!("{hundred}XX"),
        StatusMatch::Other => "default".to_owned(),
    };
    let condition = arm.condition.as_ref().map(|condition| match &condition.equals {
        None => format!(" if {} is not empty", condition.pointer),
        Some(value) => format!(" if {} is {value}", condition.pointer),
    });
    let media =
        arm.media_type.as_ref().and_then(|media| media.offered.get(media.index)).map(|types| types.join(" or "));
    let suffix = [Some(format!(" response {status}")), media.map(|media| format!(" as {media}")), condition];
    let suffix: String = suffix.into_iter().flatten().collect();
    let (outcome, constraints) = match (arm.kind, &responses.success) {
        (ResponseKind::Failure(index), _) => {
            (format!("failure {}::{}", responses.failure_type, responses.failures[index].name), String::new())
        }
        (ResponseKind::Success(_), Success::One(None)) => ("()".to_owned(), String::new()),
        (ResponseKind::Success(_), Success::One(Some(content))) => {
            (api.type_text(&content.value, PathStyle::Short), value_constraints(api, &content.value))
        }
        (ResponseKind::Success(index), Success::Several { name, variants }) => {
            (format!("{name}::{}", variants[index].name), String::new())
        }
    };
    let responses = pointer.join("responses");
    // If the document declares `default` but no success response, the arm for `2XX` is generated from `default`. The document
    // then has no `2XX`, so the item gets the pointer of `responses`.
    let pointer = if arm.status == StatusMatch::Range(2) { responses } else { responses.join(status) };
    let item = listing.add(ItemKind::Response, method, &suffix, &pointer);
    item.set(Facet::Outcome, outcome).set_nonempty(Facet::Constraints, constraints);
}

/// A variant of an enum of request bodies, successes or failures.
struct Variant<'a> {
    name: &'a str,
    payload: Option<String>,
    location: String,
    constraints: String,
}

/// Lists the enum of the request body if the operation accepts several media types.
fn list_body_enums(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation) {
    for argument in &operation.arguments {
        let ArgumentLocation::Bodies { name, variants } = &argument.location else { continue };
        let api = listing.api;
        let variants = variants.iter().map(|variant| Variant {
            name: &variant.name,
            payload: Some(format!("(&{})", api.borrowed_text(&variant.content.value, PathStyle::Short))),
            location: format!("as {}", media_type(&variant.content)),
            constraints: value_constraints(api, &variant.content.value),
        });
        let variants: Vec<Variant<'_>> = variants.collect();
        let preferred = variants.first().and_then(|variant| variant.payload.as_deref());
        let conversion = preferred.map(|payload| format!("Copy + From<{}>", payload.trim_matches(['(', ')'])));
        let path = listing.path(&format!("operations::{name}"));
        listing
            .add_at(ItemKind::Enum, method, path.to_string(), &argument.pointer)
            .set(Facet::Declaration, "enum")
            .set_optional(Facet::Traits, conversion)
            .set(Facet::NonExhaustive, "non_exhaustive");
        list_variants(listing, &path, variants, &argument.pointer);
    }
}

/// Lists the enums of an operation's success and failure responses.
fn list_outcome_enums(listing: &mut Listing<'_>, method: &Arc<str>, operation: &Operation, pointer: &Pointer) {
    let api = listing.api;
    let responses = &operation.responses;
    let payload = |body: &Option<Content>| {
        body.as_ref().map(|body| format!("({})", api.type_text(&body.value, PathStyle::Short)))
    };
    let constraints =
        |body: &Option<Content>| body.as_ref().map(|body| value_constraints(api, &body.value)).unwrap_or_default();
    let mut enums: Vec<(&str, Vec<Variant<'_>>)> = Vec::new();
    if let Success::Several { name, variants } = &responses.success {
        let variants = variants.iter().map(|variant| Variant {
            name: &variant.name,
            payload: payload(&variant.body),
            location: String::new(),
            constraints: constraints(&variant.body),
        });
        enums.push((name, variants.collect()));
    }
    if !responses.failures.is_empty() {
        let variants = responses.failures.iter().map(|failure| Variant {
            name: &failure.name,
            payload: payload(&failure.body),
            location: String::new(),
            constraints: String::new(),
        });
        enums.push((&responses.failure_type, variants.collect()));
    }
    let pointer = pointer.join("responses");
    for (name, variants) in enums {
        let path = listing.path(&format!("operations::{name}"));
        let item = listing.add_at(ItemKind::Enum, method, path.to_string(), &pointer);
        item.set(Facet::Declaration, "enum").set(Facet::NonExhaustive, "non_exhaustive");
        list_variants(listing, &path, variants, &pointer);
    }
}

fn list_variants(listing: &mut Listing<'_>, owner: &Arc<str>, variants: Vec<Variant<'_>>, pointer: &Pointer) {
    for Variant { name, payload, location, constraints } in variants {
        listing
            .add(ItemKind::Variant, owner, &format!("::{name}"), pointer)
            .set_optional(Facet::Payload, payload)
            .set_nonempty(Facet::Location, location)
            .set_nonempty(Facet::Constraints, constraints);
    }
}

/// Lists the structs of documented response headers. Leaves out a struct that no operation returns.
pub(super) fn list_headers(listing: &mut Listing<'_>) {
    let api = listing.api;
    let is_returned =
        |id: usize| api.operations.iter().any(|operation| operation.responses.headers.is_some_and(|used| used.0 == id));
    for (_, headers) in api.response_headers.iter().enumerate().filter(|(id, _)| is_returned(*id)) {
        list_header_struct(listing, headers, "operations");
    }
}

/// Lists a struct of headers in the module `module`.
pub(super) fn list_header_struct(listing: &mut Listing<'_>, headers: &ResponseHeaders, module: &str) {
    let api = listing.api;
    let (module, path) = (listing.path(module), listing.path(&format!("{module}::{}", headers.name)));
    let item = listing.add_at(ItemKind::Struct, &module, path.to_string(), &headers.pointer);
    item.set(Facet::Declaration, "struct").set(Facet::Traits, "Default").set(Facet::NonExhaustive, "non_exhaustive");
    for field in &headers.fields {
        let value_type =
            field.value.as_ref().map_or("String".to_owned(), |value| api.type_text(value, PathStyle::Short));
        let item = listing.add(ItemKind::Field, &path, &format!(".{}", field.name), &field.pointer);
        item.set(Facet::Type, format!("Option<{value_type}>")).set(Facet::Location, format!("header {}", field.wire));
    }
}

/// Returns the success type of an operation.
pub(super) fn success_text(api: &Api, responses: &Responses) -> String {
    match &responses.success {
        Success::One(None) => "()".to_owned(),
        Success::One(Some(content)) => api.type_text(&content.value, PathStyle::Short),
        Success::Several { name, .. } => name.clone(),
    }
}
