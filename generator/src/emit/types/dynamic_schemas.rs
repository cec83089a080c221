//! Emits `schemas.rs`: schemas that no Rust type can express, each stored as a table of its keywords.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{api_path, docs, ident, imports_of, inner_docs, names};
use crate::emit::module::Items;
use crate::emit::types::checks::{double, format_method, integer};
use crate::emit::types::keywords_2020;
use crate::emit::types::table_reference::{additional_properties, reference};
use crate::ir::{Api, Bound, JsonType, Keyword, Limit, SchemaTable, SchemaTableId};

/// Returns whether `api` has any schema that is emitted as a table of keywords.
pub fn has_any(api: &Api) -> bool {
    !api.emitted_schema_tables.is_empty()
}

/// Returns the items of `schemas.rs`: first its imports, then each schema of `api` that no Rust type can express, as a table of its
/// keywords.
pub fn items(api: &Api) -> Vec<Items<'_>> {
    let tables = || api.emitted_schema_tables.iter().map(|id| &api.schema_tables[id.0]);
    let head = move || {
        let names = names(tables().map(|table| self::table(api, table)));
        let title = inner_docs(&["The schema keywords that no Rust type expresses.".to_owned()]);
        let imports = imports_of(
            &names,
            quote! { crate::runtime::schema },
            &["AdditionalProperties", "Keyword", "Keyword2020", "JsonType", "Limit", "Schema"],
        );
        let direction = imports_of(&names, quote! { crate::runtime }, &["Direction"]);
        quote! { #title #direction #imports }
    };
    let head: Items<'_> = Box::new(head);
    let tables = tables().map(|table| -> Items<'_> { Box::new(move || self::table(api, table)) });
    std::iter::once(head).chain(tables).collect()
}

fn table(api: &Api, table: &SchemaTable) -> TokenStream {
    let (constant, docs) = (ident(&table.constant), docs(&table.docs));
    let keywords = table.keywords.iter().map(|keyword| self::keyword(api, keyword));
    quote! { #docs pub(super) static #constant: Schema = Schema(&[#(Keyword::#keywords),*]); }
}

fn keyword(api: &Api, keyword: &Keyword) -> TokenStream {
    let table = |id: &SchemaTableId| reference(api, *id);
    let tables = |ids: &[SchemaTableId]| {
        let ids = ids.iter().map(table);
        quote! { &[#(#ids),*] }
    };
    let count = |count: &u64| proc_macro2::Literal::usize_unsuffixed(usize::try_from(*count).unwrap_or(usize::MAX));
    let counted = |name: &str, limit: &u64| {
        let (name, limit) = (ident(name), count(limit));
        quote! { #name(#limit) }
    };
    match keyword {
        Keyword::Type(kind, nullable) => {
            let (name, kind) = (ident(if *nullable { "TypeOrNull" } else { "Type" }), json_type(*kind));
            quote! { #name(JsonType::#kind) }
        }
        Keyword::Enum(values) => quote! { Enum(&[#(#values),*]) },
        Keyword::MinLength(limit) => counted("MinLength", limit),
        Keyword::MaxLength(limit) => counted("MaxLength", limit),
        Keyword::Pattern(id) => {
            let (root, constant) = (api_path(api), ident(&api.patterns[id.0].constant));
            quote! { Pattern(&#root::patterns::#constant) }
        }
        Keyword::Minimum(bound) => limited("Minimum", bound),
        Keyword::Maximum(bound) => limited("Maximum", bound),
        Keyword::MultipleOf(step) => quote! { MultipleOf(#step) },
        Keyword::Format(format) => {
            let method = ident(format_method(*format));
            quote! { Format(|at, value| at.#method(value)) }
        }
        Keyword::UniqueItems => quote! { UniqueItems },
        Keyword::MinItems(limit) => counted("MinItems", limit),
        Keyword::MaxItems(limit) => counted("MaxItems", limit),
        Keyword::MinProperties(limit) => counted("MinProperties", limit),
        Keyword::MaxProperties(limit) => counted("MaxProperties", limit),
        Keyword::Items(id) => {
            let table = table(id);
            quote! { Items(#table) }
        }
        Keyword::Required(name) => quote! { Required(#name) },
        Keyword::RequiredInRequest(name) => quote! { RequiredIn(Direction::Request, #name) },
        Keyword::RequiredInResponse(name) => quote! { RequiredIn(Direction::Response, #name) },
        Keyword::Properties(properties, additional) => {
            let properties: BTreeMap<&str, _> = properties.iter().map(|(name, id)| (name.as_str(), id)).collect();
            let properties = properties.into_iter().map(|(name, id)| {
                let table = table(id);
                quote! { (#name, #table) }
            });
            let additional = additional_properties(api, *additional);
            quote! { Properties(&[#(#properties),*], AdditionalProperties::#additional) }
        }
        Keyword::AllOf(ids) => {
            let tables = tables(ids);
            quote! { AllOf(#tables) }
        }
        Keyword::OneOf(ids) => {
            let tables = tables(ids);
            quote! { OneOf(#tables) }
        }
        Keyword::AnyOf(ids) => {
            let tables = tables(ids);
            quote! { AnyOf(#tables) }
        }
        Keyword::Not(id) => {
            let table = table(id);
            quote! { Not(#table) }
        }
        Keyword::Newer(keyword) => {
            let keyword = keywords_2020::keyword(api, keyword);
            quote! { Newer(Keyword2020::#keyword) }
        }
        Keyword::Component(place) => quote! { Component(#place) },
        Keyword::Secret => quote! { Secret },
    }
}

fn limited(keyword: &str, bound: &Bound) -> TokenStream {
    let keyword = if bound.exclusive { ident(&format!("Exclusive{keyword}")) } else { ident(keyword) };
    let limit = match bound.limit {
        Limit::Integer(limit) => {
            let limit = integer(limit);
            quote! { Integer(#limit) }
        }
        Limit::Double(limit) => {
            let limit = double(limit);
            quote! { Double(#limit) }
        }
    };
    quote! { #keyword(Limit::#limit) }
}

fn json_type(kind: JsonType) -> TokenStream {
    match kind {
        JsonType::String => quote! { String },
        JsonType::Number => quote! { Number },
        JsonType::Integer => quote! { Integer },
        JsonType::Boolean => quote! { Boolean },
        JsonType::Array => quote! { Array },
        JsonType::Object => quote! { Object },
    }
}
