//! Emits references from one schema table to another.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{api_path, ident};
use crate::ir::{AdditionalMembers, AdditionalProperties, Api, SchemaTableId, Struct, Type, TypeKind, Value};

/// Emits a reference to a schema table.
pub(super) fn reference(api: &Api, id: SchemaTableId) -> TokenStream {
    let constant = ident(&api.schema_tables[id.0].constant);
    quote! { &#constant }
}

/// Emits the call that checks `value`, an expression for a value with the description `described`, against a schema table. A
/// table can apply to the secrets of the value without marking them as secrets.
pub(super) fn check_value(api: &Api, id: SchemaTableId, described: Option<&Value>, value: &TokenStream) -> TokenStream {
    // The context of a secret hides all parts of it.
    let described = described.filter(|described| !described.secret);
    if let Some(Value { kind: Type::Named { id: named, .. }, .. }) = described
        && let TypeKind::Struct(structure) = &api.types[named.0].kind
    {
        return check_struct(api, id, structure, value);
    }
    call(api, id, value, described.is_some_and(|described| contains_secret(api, described)), &[])
}

/// Emits the call that checks `value`, an expression for a struct, against a schema table.
pub(super) fn check_struct(api: &Api, id: SchemaTableId, structure: &Struct, value: &TokenStream) -> TokenStream {
    let is_rest_secret = match &structure.additional {
        AdditionalMembers::Keep { value, .. } => contains_secret(api, value),
        AdditionalMembers::Ignore | AdditionalMembers::Reject => false,
    };
    let fields = structure.fields.iter().filter(|field| contains_secret(api, &field.value));
    let names: Vec<&str> = fields.map(|field| field.wire.as_str()).collect();
    call(api, id, value, is_rest_secret, &names)
}

/// `names` are the members that can contain a secret. If `is_secret` is true, any part of the value can contain one.
fn call(api: &Api, id: SchemaTableId, value: &TokenStream, is_secret: bool, names: &[&str]) -> TokenStream {
    let (root, constant) = (api_path(api), ident(&api.schema_tables[id.0].constant));
    let table = quote! { &#root::schemas::#constant };
    match (is_secret, names) {
        (true, _) => quote! { check_schema_of_secret(#value, #table) },
        (false, []) => quote! { check_schema(#value, #table) },
        (false, names) => quote! { check_schema_with_secrets(#value, #table, &[#(#names),*]) },
    }
}

fn contains_secret(api: &Api, value: &Value) -> bool {
    let is_inner_secret = match &value.kind {
        Type::List(inner) | Type::Map { members: inner, .. } => contains_secret(api, inner),
        Type::Named { id, .. } => api.types[id.0].contains_secret,
        _ => false,
    };
    value.secret || is_inner_secret
}

/// Emits the variant of the runtime's `AdditionalProperties`, without the name of the enum.
pub(super) fn additional_properties(api: &Api, additional: AdditionalProperties) -> TokenStream {
    match additional {
        AdditionalProperties::Any => quote! { Any },
        AdditionalProperties::None => quote! { None },
        AdditionalProperties::Schema(id) => {
            let table = reference(api, id);
            quote! { Schema(#table) }
        }
    }
}
