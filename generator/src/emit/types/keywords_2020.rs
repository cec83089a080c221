//! Emits the keywords of JSON Schema 2020-12 that OpenAPI 3.0 does not have.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::emit::fragments::{api_path, ident};
use crate::emit::types::table_reference::{additional_properties, reference};
use crate::ir::{Api, Keyword2020, SchemaTableId};
use crate::pointer::Pointer;

/// Emits a keyword as a variant of the runtime's `Keyword2020`, without the name of the enum.
pub(super) fn keyword(api: &Api, keyword: &Keyword2020) -> TokenStream {
    let table = |id: &SchemaTableId| reference(api, *id);
    let optional = |id: &Option<SchemaTableId>| match id {
        Some(id) => {
            let table = table(id);
            quote! { Some(#table) }
        }
        None => quote! { None },
    };
    let count = |count: u64| Literal::usize_unsuffixed(usize::try_from(count).unwrap_or(usize::MAX));
    let subschema = |pointer: String, id: &SchemaTableId| {
        let table = table(id);
        quote! { (#pointer, #table) }
    };
    match keyword {
        Keyword2020::Members { properties, patterns, additional } => {
            let patterns = patterns.iter().map(|(pattern, id, schema)| {
                let (root, constant) = (api_path(api), ident(&api.patterns[id.0].constant));
                let pointer = || format!("/patternProperties/{}", Pointer::escape(pattern));
                let schema = match schema.as_ref().map(|id| subschema(pointer(), id)) {
                    Some(subschema) => quote! { Some(#subschema) },
                    None => quote! { None },
                };
                quote! { (&#root::patterns::#constant, #schema) }
            });
            let additional = additional_properties(api, *additional);
            let properties: BTreeSet<&str> = properties.iter().map(String::as_str).collect();
            let properties = properties.iter();
            quote! {
                Members {
                    properties: &[#(#properties),*],
                    patterns: &[#(#patterns),*],
                    additional: AdditionalProperties::#additional
                }
            }
        }
        Keyword2020::PrefixItems(prefix, rest) => {
            let prefix = prefix.iter().enumerate();
            let prefix = prefix.map(|(index, id)| subschema(format!("/prefixItems/{index}"), id));
            let rest = optional(rest);
            quote! { PrefixItems(&[#(#prefix),*], #rest) }
        }
        Keyword2020::Contains(id, least, most) => {
            let (table, least, most) = (table(id), count(*least), most.map(count));
            let most = most.map_or(quote! { usize::MAX }, |most| quote! { #most });
            quote! { Contains(#table, #least, #most) }
        }
        Keyword2020::PropertyNames(id) => {
            let table = table(id);
            quote! { PropertyNames(#table) }
        }
        Keyword2020::DependentRequired(name, required) => quote! { DependentRequired(#name, &[#(#required),*]) },
        Keyword2020::DependentSchema(name, id) => {
            let subschema = subschema(format!("/dependentSchemas/{}", Pointer::escape(name)), id);
            quote! { DependentSchema(#name, #subschema) }
        }
        Keyword2020::Conditional(condition, consequence, alternative) => {
            let (condition, consequence, alternative) =
                (table(condition), optional(consequence), optional(alternative));
            quote! { Conditional(#condition, #consequence, #alternative) }
        }
        Keyword2020::UnevaluatedProperties(whole, id) => {
            let (whole, table) = (table(whole), table(id));
            quote! { UnevaluatedProperties(#whole, #table) }
        }
        Keyword2020::UnevaluatedItems(whole, id) => {
            let (whole, table) = (table(whole), table(id));
            quote! { UnevaluatedItems(#whole, #table) }
        }
    }
}
