//! Emits `webhooks.rs`: for each webhook, a function that decodes and validates a request of the service.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, calls_method, deprecated, docs, ident, imports, inner_docs, mentions};
use crate::emit::operations::responses::headers_struct;
use crate::emit::types::checks;
use crate::ir::{Api, Webhook};

/// The items of the runtime that the functions may use.
const RUNTIME: &[&str] = &["RawResponse", "Validate", "WebhookResult"];

/// Returns whether `api` has any webhooks.
pub fn has_any(api: &Api) -> bool {
    !api.webhooks.is_empty()
}

/// Emits the functions of the webhooks, and the structs of their headers.
pub fn emit(api: &Api) -> TokenStream {
    let place = Place { api, in_types_module: false };
    let functions = api.webhooks.iter().map(|webhook| function(place, webhook));
    let headers = api.webhooks.iter().filter_map(|webhook| webhook.headers.as_ref());
    let headers = headers
        .map(|headers| headers_struct(place, headers, "The documented headers of a webhook.", &TokenStream::new()));
    let items = quote! { #(#functions)* #(#headers)* };
    let title = inner_docs(&["The webhooks of the document: functions that decode and validate them.".to_owned()]);
    // The emitted code calls a method of the trait `Validate`, but does not name this trait.
    let called = calls_method(&items, "check").then(|| quote! { Validate });
    let runtime = imports(&quote! { #items #called }, quote! { crate::runtime }, RUNTIME);
    let types = mentions(&items, "types").then(|| quote! { use super::types; });
    quote! { #title #types #runtime #items }
}

fn function(place: Place<'_>, webhook: &Webhook) -> TokenStream {
    let (name, deprecated) = (ident(&webhook.name), deprecated(webhook.deprecated));
    let mut lines = webhook.docs.clone();
    lines.extend(["".to_owned(), "# Errors".to_owned()]);
    lines.push(
        "Returns an error if the payload does not decode, if the payload violates its schema, or if a required header is \
         missing or has the wrong type."
            .to_owned(),
    );
    let docs = docs(&lines);
    let (headers, read) = match &webhook.headers {
        Some(headers) => {
            let name = ident(&headers.name);
            (quote! { #name }, quote! { #name::read })
        }
        None => (quote! { () }, quote! { |_| () }),
    };
    let required = &webhook.required_headers;
    let required = quote! { &[#(#required),*] };
    let Some(value) = &webhook.body else {
        return quote! {
            #docs
            #deprecated
            pub fn #name(headers: &http::HeaderMap) -> WebhookResult<(), #headers> {
                crate::runtime::webhook_without_body(headers, #required, #read)
            }
        };
    };
    let body = place.type_of(value);
    let check = checks::check(place.api, value, &quote! { body }, true, &quote! { at }, &ident("at_body"));
    let check = if check.is_empty() {
        quote! { |_, _| {} }
    } else {
        quote! { |body, at| { #check } }
    };
    quote! {
        #docs
        #deprecated
        pub fn #name(
            headers: &http::HeaderMap,
            body: impl AsRef<[u8]>,
        ) -> WebhookResult<#body, #headers> {
            crate::runtime::webhook(headers, body.as_ref(), #required, #read, #check)
        }
    }
}
