//! Security: the credentials that operations ask for, each kind once.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::checks;
use super::parts::{ident, imports, inner_docs};
use crate::ir::{Api, Needed};

/// Emits the credentials as a module of their own.
pub fn emit(api: &Api, securities: &[&[Vec<Needed>]]) -> TokenStream {
    let visibility = quote! { pub(super) };
    let constants = securities.iter().enumerate().map(|(index, security)| constant(api, index, security, &visibility));
    let items = quote! { #(#constants)* };
    let schemes: Vec<&str> = api.schemes.iter().map(|scheme| scheme.constant.as_str()).collect();
    let client = imports(&items, quote! { super::client }, &schemes);
    let runtime = imports(&items, quote! { crate::runtime }, &["Needed", "Security"]);
    let title = inner_docs(&["The credentials that operations ask for.".to_owned()]);
    quote! { #title #client #runtime #items }
}

/// The security of each operation, each kind once.
pub fn distinct(api: &Api) -> Vec<&[Vec<Needed>]> {
    let mut distinct: Vec<&[Vec<Needed>]> = Vec::new();
    for operation in api.operations.iter().filter(|operation| !operation.security.is_empty()) {
        if !distinct.iter().any(|known| same(known, &operation.security)) {
            distinct.push(&operation.security);
        }
    }
    distinct
}

pub fn same(left: &[Vec<Needed>], right: &[Vec<Needed>]) -> bool {
    let same = |left: &Needed, right: &Needed| left.scheme == right.scheme && left.rules == right.rules;
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r)))
}

pub fn name(index: usize) -> Ident {
    if index == 0 { format_ident!("SECURITY") } else { format_ident!("SECURITY_{}", index + 1) }
}

pub fn constant(api: &Api, index: usize, security: &[Vec<Needed>], visibility: &TokenStream) -> TokenStream {
    let name = name(index);
    let alternatives = security.iter().map(|alternative| {
        let needed = alternative.iter().map(|needed| {
            let (scheme, check) =
                (ident(&api.schemes[needed.scheme.0].constant), checks::credential_check(api, &needed.rules));
            quote! { Needed { scheme: &#scheme, check: #check } }
        });
        quote! { &[#(#needed),*] }
    });
    quote! {
        /// The credentials that operations ask for.
        #visibility const #name: Security = &[#(#alternatives),*];
    }
}
