//! Emits the security requirements of operations as constants, one for each distinct requirement.

use std::collections::HashSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{ident, imports, inner_docs};
use crate::emit::types::checks;
use crate::ir::{Api, SecurityRequirement};

/// Emits the module `security`. It contains a constant for each security requirement in `securities`.
pub fn emit(api: &Api, securities: &[Kind<'_>]) -> TokenStream {
    let visibility = quote! { pub(super) };
    let constants = securities.iter().map(|security| constant(api, security, &visibility));
    let items = quote! { #(#constants)* };
    let schemes: Vec<&str> = api.security_schemes.iter().map(|scheme| scheme.constant.as_str()).collect();
    let client = imports(&items, quote! { super::client }, &schemes);
    let runtime = imports(&items, quote! { crate::runtime }, &["SecurityRequirement", "Security"]);
    let title = inner_docs(&["The credentials that operations ask for.".to_owned()]);
    quote! { #title #client #runtime #items }
}

/// A security requirement, and the name of the constant that is emitted for this requirement.
pub struct Kind<'a> {
    pub constant: String,
    pub needed: &'a [Vec<SecurityRequirement>],
}

/// Returns the distinct security requirements of the operations.
pub fn distinct(api: &Api) -> Vec<Kind<'_>> {
    let mut distinct: Vec<&[Vec<SecurityRequirement>]> = Vec::new();
    for operation in api.operations.iter().filter(|operation| !operation.security.is_empty()) {
        if !distinct.iter().any(|known| same(known, &operation.security)) {
            distinct.push(&operation.security);
        }
    }
    let mut names = HashSet::new();
    let kind = |(index, needed): (usize, _)| {
        // In a large API, the names of the constants contain no index. With an index, a new first requirement would rename
        // constants that many files use.
        let name = if api.layout.split { schemes(api, needed) } else { numbered("SECURITY", index + 1) };
        let mut free = (1..).map(|number| numbered(&name, number)).filter(|name| names.insert(name.clone()));
        Kind { constant: free.next().unwrap_or(name), needed }
    };
    distinct.into_iter().enumerate().map(kind).collect()
}

fn numbered(name: &str, number: usize) -> String {
    if number == 1 { name.to_owned() } else { format!("{name}_{number}") }
}

/// Returns a constant name that contains the names of the security schemes, such as `NEEDS_KEY_AND_TOKEN`.
fn schemes(api: &Api, needed: &[Vec<SecurityRequirement>]) -> String {
    let alternatives = needed.iter().map(|alternative| {
        let schemes: Vec<&str> =
            alternative.iter().map(|needed| api.security_schemes[needed.scheme.0].constant.as_str()).collect();
        if schemes.is_empty() { "NOTHING".to_owned() } else { schemes.join("_AND_") }
    });
    format!("NEEDS_{}", alternatives.collect::<Vec<_>>().join("_OR_"))
}

pub fn same(left: &[Vec<SecurityRequirement>], right: &[Vec<SecurityRequirement>]) -> bool {
    let same = |left: &SecurityRequirement, right: &SecurityRequirement| {
        left.scheme == right.scheme && left.rules == right.rules && left.schema_location == right.schema_location
    };
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(left, right)| left.len() == right.len() && left.iter().zip(right).all(|(l, r)| same(l, r)))
}

pub fn constant(api: &Api, kind: &Kind<'_>, visibility: &TokenStream) -> TokenStream {
    let name = ident(&kind.constant);
    let alternatives = kind.needed.iter().map(|alternative| {
        let needed = alternative.iter().map(|needed| {
            let (scheme, check) =
                (ident(&api.security_schemes[needed.scheme.0].constant), checks::credential_check(api, needed));
            quote! { SecurityRequirement { scheme: &#scheme, check: #check } }
        });
        quote! { &[#(#needed),*] }
    });
    quote! {
        /// The credentials that operations require.
        #visibility const #name: Security = &[#(#alternatives),*];
    }
}
