//! Emits references from one schema table to another.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::ident;
use crate::ir::{AdditionalProperties, Api, SchemaTableId};

/// Emits a reference to a schema table.
pub(super) fn reference(api: &Api, id: SchemaTableId) -> TokenStream {
    let constant = ident(&api.schema_tables[id.0].constant);
    quote! { &#constant }
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
