//! The API as a whole: its modules, features, credentials and servers.

use std::sync::Arc;

use crate::ir::{Api, CredentialLocation, ErrorFields, UrlPart};
use crate::pointer::Pointer;
use crate::surface::rules::one_line;
use crate::surface::{Facet, Kind, Listing};

pub(super) fn list(listing: &mut Listing<'_>, features: bool) {
    let (api, document) = (listing.api, Pointer::root());
    let nothing: Arc<str> = "".into();
    let module = match listing.prefix.as_str() {
        "" => nothing.clone(),
        _ => {
            listing.add(Kind::Module, &nothing, &api.module, &document).says(Facet::Shape, "module");
            api.module.as_str().into()
        }
    };
    for feature in features_of(api, features) {
        listing.add(Kind::Feature, &nothing, &format!("feature {feature}"), &document);
    }
    let modules = [
        ("keys", !api.key_types.is_empty()),
        ("operations", !api.operations.is_empty()),
        ("servers", !api.servers.is_empty()),
        ("types", !api.emitted_types.is_empty()),
    ];
    for (name, _) in modules.iter().filter(|(_, present)| *present) {
        let path = listing.path(name).to_string();
        listing.add_of(Kind::Module, &module, path, &document).says(Facet::Shape, "module");
    }
    let marker = listing.path(&api.marker).to_string();
    let item = listing.add_of(Kind::Fixed, &module, marker, &document);
    item.says(Facet::Shape, "API").says_if_any(Facet::Rules, error_fields(&api.error_fields));
    for alias in ["Builder", "Client"] {
        let path = listing.path(alias).to_string();
        let item = listing.add_of(Kind::Fixed, &module, path, &document);
        item.says(Facet::Shape, format!("= runtime::{alias}<{}>", api.marker));
    }
    credentials(listing);
    servers(listing);
}

/// The features of a crate of this API.
pub(super) fn features_of(api: &Api, features: bool) -> impl Iterator<Item = &str> {
    let has_features = features && api.layout.split && api.layout.groups.len() > 1;
    api.layout.groups.iter().filter(move |_| has_features).map(|group| group.feature.as_str())
}

fn error_fields(error: &ErrorFields) -> String {
    let said = |what: &str, places: &[String]| {
        (!places.is_empty()).then(|| format!("{what} at {}", one_line(&places.join(" or "))))
    };
    let header = error.request_id_header.as_ref().map(|name| format!("request id in header {name}"));
    let words = [
        said("error code", &error.code),
        said("message", &error.message),
        header,
        said("request id", &error.request_id),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn credentials(listing: &mut Listing<'_>) {
    let builder = listing.path("Builder");
    for scheme in &listing.api.security_schemes {
        let pointer = Pointer::root().join("components").join("securitySchemes").join(&scheme.name);
        let item = listing.add(Kind::Function, &builder, &format!("::{}", scheme.setter), &pointer);
        item.arguments.push(("credential".to_owned(), "impl Into<Secret>".to_owned()));
        item.says(
            Facet::Place,
            match &scheme.location {
                CredentialLocation::Header(name) => format!("header {name}"),
                CredentialLocation::Query(name) => format!("query {name}"),
                CredentialLocation::Cookie(name) => format!("cookie {name}"),
                CredentialLocation::Bearer => "header Authorization: Bearer".to_owned(),
                CredentialLocation::Basic => "header Authorization: Basic".to_owned(),
                CredentialLocation::Authorization => "header Authorization".to_owned(),
            },
        );
    }
}

fn servers(listing: &mut Listing<'_>) {
    let servers = listing.path("servers");
    for server in &listing.api.servers {
        let url = server.url.iter().map(|part| match part {
            UrlPart::Literal(text) => one_line(text),
            UrlPart::Variable(index) => format!("{{{}}}", server.variables[*index]),
        });
        let item = listing.add(Kind::Function, &servers, &format!("::{}", server.name), &server.pointer);
        item.arguments = server.variables.iter().map(|variable| (variable.clone(), "&str".to_owned())).collect();
        item.says(Facet::Success, "String").says(Facet::Place, url.collect::<String>());
    }
}
