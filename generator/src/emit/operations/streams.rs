//! Emits the methods of operations whose response or request is a stream.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, ident};
use crate::emit::operations::responses;
use crate::ir::{Api, ItemStream, Operation};

/// Emits the methods `stream`, `download` and `upload` of an operation, as far as it has them.
pub fn emit(place: Place<'_>, operation: &Operation) -> TokenStream {
    let name = ident(&operation.type_name);
    let (success, headers, _) = responses::types(place, operation);
    let stream = operation.responses.stream.as_ref().map(|stream| item_stream(place, operation, stream));
    let download = operation.has_download().then(|| {
        quote! {
            /// Sends the request, and returns the body of the response as a stream of any length.
            ///
            /// # Errors
            /// Returns an error if the request is invalid, if no response was received, or if the response is not a success.
            pub fn download(self)
                -> impl Future<Output = Result<crate::runtime::Reply<crate::runtime::ByteStream, #headers>, crate::runtime::Error>>
            {
                crate::runtime::streaming::open::download(self)
            }
        }
    });
    let upload = operation.has_upload(&place.api.security_schemes).then(|| {
        quote! {
            /// Sends the request with `body` in place of its body, once, because a stream cannot be read twice.
            ///
            /// # Errors
            /// Returns an error if the request is invalid, if no response was received, or if the response is not a success.
            pub fn upload(self, body: crate::runtime::ByteStream)
                -> impl Future<Output = Result<crate::runtime::Reply<#success, #headers>, crate::runtime::Error>>
            {
                crate::runtime::streaming::open::upload(self, body)
            }
        }
    });
    let bytes = (download.is_some() || upload.is_some()).then(|| {
        quote! { impl<T: crate::runtime::StreamingTransport> #name<'_, T> { #download #upload } }
    });
    quote! { #stream #bytes }
}

fn item_stream(place: Place<'_>, operation: &Operation, stream: &ItemStream) -> TokenStream {
    let ItemStream { has_events, media_type, item, is_text } = stream;
    let (name, kind) = (ident(&operation.type_name), place.type_of(item));
    let format = ident(if *has_events { "Events" } else { "Lines" });
    let decode = ident(if *is_text { "text_item" } else { "json_item" });
    let statements = responses::body_check(place, item);
    let check = match statements.is_empty() {
        true => quote! { |_, _| {} },
        false => quote! { |body: &#kind, at: ValidationContext<'_>| { #statements } },
    };
    quote! {
        impl<'a, T: crate::runtime::StreamingTransport + Send + Sync> #name<'a, T> {
            /// Sends the request, and returns the items of the response as they are received.
            ///
            /// # Errors
            /// Returns an error if the request is invalid, if no response was received, or if the response is not a success.
            pub fn stream(self)
                -> impl Future<Output = Result<crate::runtime::ItemStream<'a, #kind>, crate::runtime::Error>>
            {
                let kind = crate::runtime::ItemKind {
                    format: crate::runtime::ItemFormat::#format,
                    media_type: #media_type,
                    decode: crate::runtime::streaming::item_stream::#decode,
                    check: #check,
                };
                crate::runtime::streaming::item_stream::items(self, kind)
            }
        }
    }
}

/// Returns whether an operation has one of these methods.
pub fn has_stream(api: &Api, operation: &Operation) -> bool {
    operation.responses.stream.is_some() || operation.has_download() || operation.has_upload(&api.security_schemes)
}
