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
            let (wire, values) = (&field.wire, values(api, field));
            quote! { parts.header(#wire, #values); }
        });
        let (method, wire, content_type) = (method(part.encoding), &field.wire, &part.content_type);
        let values = values(api, field);
        Some(quote! { #(#headers)* parts.#method(#wire, #content_type, #values); })
    });
    let written: Vec<TokenStream> = written.collect();
    let rest = match &parts.structure.additional {
        AdditionalMembers::Keep { field, value } => {
            let (field, method) = (ident(field), method(parts.additional));
            let content_type = match parts.additional {
                PartEncoding::File => "application/octet-stream",
                PartEncoding::Json => "application/json",
                PartEncoding::Text => "",
            };
            let value = if list(api, value).is_some() {
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
    })
}

/// Emits an expression for an iterator over the values of a field.
fn values(api: &Api, field: &Field) -> TokenStream {
    let name = ident(&field.name);
    match (list(api, &field.value), field.presence == Presence::Required) {
        (Some(_), true) => quote! { self.#name.iter() },
        (Some(()), false) => quote! { self.#name.iter().flat_map(|items| items.iter()) },
        (None, true) => quote! { Some(&self.#name) },
        (None, false) => quote! { &self.#name },
    }
}

/// Returns `Some` if a value is a list, or a newtype around a list.
fn list(api: &Api, value: &Value) -> Option<()> {
    match &value.kind {
        Type::List(_) => Some(()),
        Type::Named { id, .. } => match &api.types[id.0].kind {
            TypeKind::Newtype(inner) => list(api, inner),
            _ => None,
        },
        _ => None,
    }
}
