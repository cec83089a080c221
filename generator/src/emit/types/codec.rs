//! Emits `codec.rs`: the JSON encoding of the types. For most types, this is the call of a runtime macro with a table of JSON
//! names. The macro implements the traits of serde.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, ident, inner_docs, mentions};
use crate::emit::operations::multipart;
use crate::emit::types::unions;
use crate::ir::{
    AdditionalMembers, Api, Direction, EnumVariant, Field, OptionalNull, Presence, Struct, Type, TypeDef, TypeKind,
    Value,
};

/// Emits the JSON encoding of each type of `api`, such as `codec::object! { … }`.
pub fn emit(api: &Api) -> TokenStream {
    let place = Place { api, in_types_module: true };
    let tables = api.emitted_types.iter().map(|id| table(place, &api.types[id.0]));
    let title = inner_docs(&["The JSON encoding of the types.".to_owned()]);
    let items = quote! { #(#tables)* };
    let codec = mentions(&items, "codec").then(|| quote! { use crate::runtime::codec; });
    quote! {
        #title
        use super::types::*;
        #codec
        #items
    }
}

pub(crate) fn table(place: Place<'_>, definition: &TypeDef) -> TokenStream {
    let name = ident(&definition.name);
    let direction = direction(definition.direction);
    match &definition.kind {
        TypeKind::Struct(structure) => {
            let rows = rows(place.api, structure);
            quote! { codec::object! { #direction #name { #rows } } }
        }
        TypeKind::Multipart(parts) => multipart::table(place.api, definition, parts),
        TypeKind::StringEnum(variants) => {
            let rows = variants.iter().map(|EnumVariant { name, wire, .. }| {
                let name = ident(name);
                quote! { #wire => #name, }
            });
            quote! { codec::string_enum! { #direction #name { #(#rows)* } } }
        }
        TypeKind::Union(union) => {
            let (keyword, compared) = unions::keywords(union);
            let rows = unions::rows(place, union);
            quote! { codec::union! { #direction #keyword #compared #name { #rows } } }
        }
        TypeKind::Tuple(items) => {
            let positions = (0..items.len()).map(proc_macro2::Literal::usize_unsuffixed);
            quote! { codec::tuple! { #direction #name { #(#positions),* } } }
        }
        TypeKind::Newtype(value) => {
            let (inner, traits) = (place.type_of(value), newtype_traits(place.api, value));
            quote! { codec::newtype! { #direction #traits #name { #inner } } }
        }
    }
}

fn direction(direction: Direction) -> TokenStream {
    match (direction.sent, direction.received) {
        (true, false) => quote! { sent },
        (false, true) => quote! { received },
        _ => quote! { both },
    }
}

fn rows(api: &Api, structure: &Struct) -> TokenStream {
    let fields = structure.fields.iter().map(|field| {
        let (name, wire, presence) = (ident(&field.name), &field.wire, presence(api, field));
        quote! { #wire => #name #presence, }
    });
    let rest = match &structure.additional {
        AdditionalMembers::Ignore => quote! { skip },
        AdditionalMembers::Reject => quote! { reject },
        AdditionalMembers::Keep { field, .. } => {
            let field = ident(field);
            quote! { keep #field }
        }
    };
    let secrets = structure.fields.iter().filter(|field| is_secret_with_names(api, &field.value));
    let secrets: Vec<&String> = secrets.map(|field| &field.wire).collect();
    let secrets = (!secrets.is_empty()).then(|| quote! { secret #(#secrets)*, });
    quote! { #(#fields)* _ => #rest, #secrets }
}

/// Returns whether the value is a secret, or contains one in lists and maps, and its parts can have names that are part of the
/// value. Errors do not show these names.
fn is_secret_with_names(api: &Api, value: &Value) -> bool {
    let is_inner_secret = match &value.kind {
        Type::List(inner) | Type::Map { members: inner, .. } => is_secret_with_names(api, inner),
        _ => false,
    };
    is_inner_secret || value.secret && has_names(api, value)
}

fn has_names(api: &Api, value: &Value) -> bool {
    match &value.kind {
        Type::Any | Type::Map { .. } => true,
        Type::List(inner) => has_names(api, inner),
        Type::Named { id, .. } => match &api.types[id.0].kind {
            TypeKind::Newtype(inner) => {
                matches!(inner.kind, Type::Any | Type::Map { .. } | Type::List(_) | Type::Named { .. })
            }
            TypeKind::StringEnum(_) => false,
            TypeKind::Struct(_) | TypeKind::Tuple(_) | TypeKind::Union(_) | TypeKind::Multipart(_) => true,
        },
        Type::String
        | Type::External(_)
        | Type::Boolean
        | Type::Int32
        | Type::Int64
        | Type::UInt64
        | Type::Int128
        | Type::Double
        | Type::Bytes
        | Type::File => false,
    }
}

fn presence(api: &Api, field: &Field) -> TokenStream {
    match (field.presence, api.accepts_null(&field.value)) {
        (Presence::Required, _) => quote! { required },
        _ if field.null == OptionalNull::IsAbsent => quote! { null_or_absent },
        (_, false) => quote! { optional },
        (_, true) => quote! { nullable },
    }
}

/// Emits the word that selects the traits of a newtype.
fn newtype_traits(api: &Api, value: &Value) -> TokenStream {
    match (&value.kind, value.secret) {
        _ if !api.is_scalar(value) => quote! { other },
        (Type::String, false) => quote! { string },
        (Type::String, true) => quote! { secret_string },
        (_, false) if api.is_text(value) => quote! { text },
        (_, true) if api.is_text(value) => quote! { secret_text },
        _ if api.is_ordered(value) => quote! { scalar },
        _ => quote! { unordered },
    }
}
