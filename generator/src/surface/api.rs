//! Lists the items of an API that do not belong to an operation or a type: modules, features, the client, credentials and
//! servers.

use std::sync::Arc;

use crate::ir::{Api, CredentialLocation, ErrorFields, UrlPart, WEBHOOKS};
use crate::pointer::Pointer;
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;

pub(super) fn list(listing: &mut Listing<'_>, features: bool) {
    let (api, document) = (listing.api, Pointer::root());
    let root: Arc<str> = "".into();
    let module = match listing.prefix.as_str() {
        "" => root.clone(),
        _ => {
            listing.add(ItemKind::Module, &root, &api.module, &document).set(Facet::Declaration, "module");
            api.module.as_str().into()
        }
    };
    for feature in feature_names(api, features) {
        listing.add(ItemKind::Feature, &root, &format!("feature {feature}"), &document);
    }
    let modules = [
        ("arguments", api.operations_trait.is_some()),
        ("keys", !api.key_types.is_empty()),
        ("operations", !api.operations.is_empty()),
        ("servers", !api.servers.is_empty()),
        ("traits", api.operations_trait.is_some()),
        ("types", !api.emitted_types.is_empty()),
        (WEBHOOKS, !api.webhooks.is_empty()),
    ];
    for (name, _) in modules.iter().filter(|(_, present)| *present) {
        let path = listing.path(name).to_string();
        listing.add_at(ItemKind::Module, &module, path, &document).set(Facet::Declaration, "module");
    }
    let marker = listing.path(&api.marker).to_string();
    let item = listing.add_at(ItemKind::ApiType, &module, marker, &document);
    item.set(Facet::Declaration, "API").set_nonempty(Facet::Constraints, error_fields(&api.error_fields));
    for alias in ["Builder", "Client"] {
        let path = listing.path(alias).to_string();
        let item = listing.add_at(ItemKind::ApiType, &module, path, &document);
        item.set(Facet::Declaration, format!("= runtime::{alias}<{}>", api.marker));
    }
    list_credentials(listing);
    list_servers(listing);
}

/// Returns the names of the cargo features for the API's groups of operations. Returns no names if `features` is false, or if
/// the code is not split into several groups.
pub(super) fn feature_names(api: &Api, features: bool) -> impl Iterator<Item = &str> {
    let has_features = features && api.layout.split && api.layout.groups.len() > 1;
    api.layout.groups.iter().filter(move |_| has_features).map(|group| group.feature.as_str())
}

/// Describes where the generated error type reads the error code, the message and the request id in a response. An example is
/// `error code at /code, message at /message`.
fn error_fields(error: &ErrorFields) -> String {
    let at = |part: &str, places: &[String]| (!places.is_empty()).then(|| format!("{part} at {}", places.join(" or ")));
    let header = error.request_id_header.as_ref().map(|name| format!("request id in header {name}"));
    let parts =
        [at("error code", &error.code), at("message", &error.message), header, at("request id", &error.request_id)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Lists the client builder's methods that set credentials. `runtime::Credentials` has the same methods. They are not listed, so that
/// `diff` reports each change once.
fn list_credentials(listing: &mut Listing<'_>) {
    let builder = listing.path("Builder");
    for scheme in &listing.api.security_schemes {
        let pointer = Pointer::root().join("components").join("securitySchemes").join(&scheme.name);
        if let Some(from_env) = &scheme.from_env {
            let item = listing.add(ItemKind::Function, &builder, &format!("::{}", from_env.name), &pointer);
            item.set(Facet::Success, "Result<runtime::SigningKey, runtime::Error>");
            item.set(Facet::Location, format!("environment {} and {}", from_env.access_key, from_env.secret_key));
        }
        let item = listing.add(ItemKind::Function, &builder, &format!("::{}", scheme.setter), &pointer);
        item.arguments.push(("credential".to_owned(), format!("impl Into<{}>", scheme.credential_type())));
        item.set(
            Facet::Location,
            match &scheme.location {
                CredentialLocation::Header(name) => format!("header {name}"),
                CredentialLocation::Query(name) => format!("query {name}"),
                CredentialLocation::Cookie(name) => format!("cookie {name}"),
                CredentialLocation::Bearer => "header Authorization: Bearer".to_owned(),
                CredentialLocation::Basic => "header Authorization: Basic".to_owned(),
                CredentialLocation::Authorization => "header Authorization".to_owned(),
                CredentialLocation::SdkHmacSha256 => "header Authorization: SDK-HMAC-SHA256".to_owned(),
            },
        );
    }
}

/// Lists the functions that return the base URL of a server.
fn list_servers(listing: &mut Listing<'_>) {
    let servers = listing.path("servers");
    for server in &listing.api.servers {
        let url = |parts: &[UrlPart]| {
            let url = parts.iter().map(|part| match part {
                UrlPart::Literal(text) => text.clone(),
                UrlPart::Variable { index, .. } => format!("{{{}}}", server.variables[*index].name),
            });
            url.collect::<String>()
        };
        let mut location = url(&server.url);
        let kinds = server.variables.iter().filter_map(|variable| variable.kind.as_ref());
        let variants: Vec<&str> = kinds.flat_map(|kind| &kind.variants).map(|variant| variant.wire.as_str()).collect();
        for (values, parts) in &server.exceptions {
            let mut values: Vec<&str> = values.iter().map(|value| variants[*value]).collect();
            // The order of `enum` has no meaning.
            values.sort_unstable();
            location += &format!(", {} for {}", url(parts), values.join(" and "));
        }
        let item = listing.add(ItemKind::Function, &servers, &format!("::{}", server.name), &server.pointer);
        item.arguments =
            server.variables.iter().map(|variable| (variable.name.clone(), variable.type_text().to_owned())).collect();
        item.named = if server.has_named_values() { item.arguments.len() } else { 0 };
        item.set(Facet::Success, "String").set(Facet::Location, location);
    }
    list_server_enums(listing, &servers);
}

/// Lists the enums of the values that server variables can have.
fn list_server_enums(listing: &mut Listing<'_>, servers: &Arc<str>) {
    for (server, kind) in listing.api.server_enums() {
        let pointer = server.pointer.join("variables").join(&kind.variable);
        let path: Arc<str> = format!("{servers}::{}", kind.name).into();
        let item = listing.add_at(ItemKind::Enum, servers, path.to_string(), &pointer);
        item.set(Facet::Declaration, "server variable")
            .set(Facet::Traits, "Copy + Eq + Hash")
            .set(Facet::NonExhaustive, "non_exhaustive");
        for variant in &kind.variants {
            let item = listing.add(ItemKind::Variant, &path, &format!("::{}", variant.name), &pointer);
            item.set(Facet::WireName, format!("{:?}", variant.wire));
        }
    }
}
