//! Emits the security requirements of operations as constants, one for each distinct requirement.

use std::collections::{HashMap, HashSet};

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

/// The distinct security requirements of the operations.
pub struct Securities<'a> {
    pub kinds: Vec<Kind<'a>>,
    /// For each operation, the index of its requirement in `kinds`.
    of_operations: Vec<Option<usize>>,
}

impl<'a> Securities<'a> {
    pub fn of(api: &'a Api) -> Self {
        let (mut distinct, mut indices, mut of_operations) = (Vec::new(), HashMap::new(), Vec::new());
        for operation in &api.operations {
            let needed = operation.security.as_slice();
            let index = (!needed.is_empty()).then(|| {
                *indices.entry(identity(needed)).or_insert_with(|| {
                    distinct.push(needed);
                    distinct.len() - 1
                })
            });
            of_operations.push(index);
        }
        Self { kinds: named(api, distinct), of_operations }
    }

    /// Returns the security requirement of the operation with this index. Returns `None` if the operation requires nothing.
    pub fn of_operation(&self, index: usize) -> Option<&Kind<'a>> {
        self.kinds.get((*self.of_operations.get(index)?)?)
    }
}

/// Returns a text that is the same for equal security requirements.
fn identity(needed: &[Vec<SecurityRequirement>]) -> String {
    format!("{needed:?}")
}

/// Gives each of the requirements, which are distinct, the name of its constant.
fn named<'a>(api: &Api, distinct: Vec<&'a [Vec<SecurityRequirement>]>) -> Vec<Kind<'a>> {
    let mut taken = HashSet::new();
    // For each name, the last number that it got. All smaller numbers are in use.
    let mut last_numbers: HashMap<String, usize> = HashMap::new();
    let kind = |(index, needed): (usize, _)| {
        // In a large API, the names of the constants contain no index. With an index, a new first requirement would rename
        // constants that many files use.
        let name = if api.layout.split { schemes(api, needed) } else { numbered("SECURITY", index + 1) };
        let last = last_numbers.entry(name.clone()).or_default();
        let constant = loop {
            *last += 1;
            let constant = numbered(&name, *last);
            if taken.insert(constant.clone()) {
                break constant;
            }
        };
        Kind { constant, needed }
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

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::options::Options;

    #[test]
    fn equal_requirements_share_a_constant() {
        let mut text = "openapi: 3.0.3\ninfo: { title: t, version: '1' }\ncomponents:\n  securitySchemes:\n".to_owned();
        for name in ["a", "b"] {
            writeln!(text, "    {name}: {{ type: apiKey, in: header, name: {name} }}").unwrap();
        }
        text.push_str("paths:\n");
        let securities = ["[{ a: [] }]", "[]", "[{ b: [] }, {}]", "[{ a: [] }]", "[{ a: [] }]"];
        for (index, security) in securities.iter().enumerate() {
            let parameter = "{ name: a, in: header, schema: { type: string, maxLength: 9 } }";
            let parameters = if index == 4 { parameter } else { "" };
            writeln!(
                text,
                "  /p{index}: {{ get: {{ security: {security}, parameters: [{parameters}], responses: {{ '204': {{ description: d }} }} }} }}"
            )
            .unwrap();
        }
        let mut api = crate::pipeline::lowered(&text, &Options::default());
        for (split, wanted) in [
            (false, ["SECURITY", "", "SECURITY_2", "SECURITY", "SECURITY_3"]),
            (true, ["NEEDS_A", "", "NEEDS_B_OR_NOTHING", "NEEDS_A", "NEEDS_A_2"]),
        ] {
            api.layout.split = split;
            let securities = Securities::of(&api);
            let constants = (0..5).map(|index| securities.of_operation(index).map_or("", |kind| &kind.constant));
            assert_eq!(constants.collect::<Vec<_>>(), wanted);
            assert_eq!(securities.kinds.len(), 3);
        }
    }
}
