//! Lists the webhooks: for each webhook, the function that decodes and validates it, and the struct of its headers.

use crate::ir::{PathStyle, WEBHOOKS};
use crate::surface::item::{Facet, ItemKind};
use crate::surface::listing::Listing;
use crate::surface::responses::list_header_struct;

pub(super) fn list(listing: &mut Listing<'_>) {
    let api = listing.api;
    let module = listing.path(WEBHOOKS);
    for webhook in &api.webhooks {
        let body = webhook.body.as_ref().map_or("()".to_owned(), |body| api.type_text(body, PathStyle::Short));
        let item = listing.add(ItemKind::Function, &module, &format!("::{}", webhook.name), &webhook.pointer);
        item.arguments.push(("headers".to_owned(), "&http::HeaderMap".to_owned()));
        if webhook.body.is_some() {
            item.arguments.push(("body".to_owned(), "impl AsRef<[u8]>".to_owned()));
        }
        let headers = webhook.headers.as_ref().map_or("()", |headers| headers.name.as_str());
        item.set(Facet::Success, format!("WebhookResult<{body}, {headers}>")).set_if(
            Facet::Deprecated,
            webhook.deprecated,
            "deprecated",
        );
        if let Some(headers) = &webhook.headers {
            list_header_struct(listing, headers, WEBHOOKS);
        }
    }
}
