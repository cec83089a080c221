//! Emits the implementations of the runtime's trait `Multipart`, which writes multipart bodies.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::ident;
use crate::ir::{AdditionalMembers, Api, Field, Multipart, PartEncoding, Presence, Type, TypeDef, TypeKind, Value};

/// Emits the implementation of `Multipart` for a type.
pub fn table(api: &Api, definition: &TypeDef, parts: &Multipart) -> TokenStream {
    let name = ident(&definition.name);
    let fields = &parts.structure.fields;
    let written = parts.parts.iter().filter_map(|part| {
        let field = fields.get(part.field)?;
        let headers = part.headers.iter().filter_map(|index| fields.get(*index)).map(|field| {
            let (wire, values) = (&field.wire, values(api, field, PartEncoding::Text));
            quote! { parts.header(#wire, #values); }
        });
        let (method, wire, content_type) = (method(part.encoding), &field.wire, &part.content_type);
        let values = values(api, field, part.encoding);
        Some(quote! { #(#headers)* parts.#method(#wire, #content_type, #values); })
    });
    let written: Vec<TokenStream> = written.collect();
    let rest = match &parts.structure.additional {
        AdditionalMembers::Keep { field, value } => {
            let (field, method) = (ident(field), method(parts.additional));
            let content_type = match parts.additional {
                PartEncoding::File => "application/octet-stream",
                PartEncoding::Json => "application/json",
                PartEncoding::Text | PartEncoding::ScalarOrJson => "",
            };
            let value = if is_split(api, value, parts.additional) {
                quote! { value.iter() }
            } else {
                quote! { Some(value) }
            };
            quote! { for (name, value) in &self.#field { parts.#method(name, #content_type, #value); } }
        }
        AdditionalMembers::Ignore | AdditionalMembers::Reject => TokenStream::new(),
    };
    let parts = if written.is_empty() && rest.is_empty() {
        quote! { _parts }
    } else {
        quote! { parts }
    };
    quote! {
        impl Eq for #name {}
        impl crate::runtime::Multipart for #name {
            fn write_parts(&self, #parts: &mut crate::runtime::MultipartBuilder<'_>) { #(#written)* #rest }
        }
    }
}

fn method(coding: PartEncoding) -> proc_macro2::Ident {
    ident(match coding {
        PartEncoding::File => "file",
        PartEncoding::Text => "text",
        PartEncoding::Json => "json",
        PartEncoding::ScalarOrJson => "scalar_or_json",
    })
}

/// Emits an expression for an iterator over the values of a field.
fn values(api: &Api, field: &Field, encoding: PartEncoding) -> TokenStream {
    let name = ident(&field.name);
    match (is_split(api, &field.value, encoding), field.presence == Presence::Required) {
        (true, true) => quote! { self.#name.iter() },
        (true, false) => quote! { self.#name.iter().flat_map(|items| items.iter()) },
        (false, true) => quote! { Some(&self.#name) },
        (false, false) => quote! { &self.#name },
    }
}

/// Returns whether the emitted code writes a part for each item of a value. The runtime itself splits an array that is encoded as
/// `ScalarOrJson`.
fn is_split(api: &Api, value: &Value, encoding: PartEncoding) -> bool {
    encoding != PartEncoding::ScalarOrJson && is_list(api, value)
}

/// Returns whether a value is a list, or a newtype around a list.
fn is_list(api: &Api, value: &Value) -> bool {
    match &value.kind {
        Type::List(_) => true,
        Type::Named { id, .. } => match &api.types[id.0].kind {
            TypeKind::Newtype(inner) => is_list(api, inner),
            _ => false,
        },
        _ => false,
    }
}
