//! Emits `keys.rs`: the key types, which are the argument types of overloaded methods. A key type has one or more forms. Each
//! form is a set of path parameters.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments;
use crate::emit::fragments::{docs, ident, imports, inner_docs};
use crate::emit::types::check_method;
use crate::emit::types::checks;
use crate::ir::{Api, KeyField, KeyForm, KeyType};

/// Emits the key types of `api`.
pub fn emit(api: &Api) -> TokenStream {
    let keys = api.key_types.iter().map(|key| match key.forms.as_slice() {
        [only] if only.variant.is_none() => structure(api, key, only),
        forms => enumeration(api, key, forms),
    });
    let items = quote! { #(#keys)* };
    let imports = imports(&items, quote! { crate::runtime }, &["ValidationContext", "PathValue", "Validate"]);
    let title = inner_docs(&["The keys in paths that have several forms or several parts.".to_owned()]);
    quote! { #title #imports #items }
}

/// Emits the struct for a key type with a single form. The struct has a field for each path parameter of the form.
fn structure(api: &Api, key: &KeyType, form: &KeyForm) -> TokenStream {
    let (head, name) = (docs(&[key.docs.clone(), vec![String::new()], form.docs.clone()].concat()), ident(&key.name));
    let fields = form.fields.iter().map(|field| {
        let (docs, name) = (docs(&field.docs), ident(&field.name));
        quote! { #docs pub #name: String, }
    });
    let constructor = match form.fields.as_slice() {
        [only] => {
            let name = ident(&only.name);
            quote! {
                /// Creates a key from its part.
                pub fn new(#name: impl Into<String>) -> Self {
                    Self { #name: #name.into() }
                }
            }
        }
        _ => TokenStream::new(),
    };
    let checks = form.fields.iter().map(|field| field_check(api, field, false));
    let check = check_method(quote! { #(#checks)* });
    let printed: Vec<_> = form.fields.iter().map(|field| (ident(&field.name), field.value.secret)).collect();
    let (debug_derive, debug_impl) = fragments::debug(&name, &TokenStream::new(), &printed);
    let values = form.fields.iter().map(|field| path_value(field, false));
    quote! {
        #head
        #[derive(#debug_derive Clone, PartialEq, Eq)]
        pub struct #name { #(#fields)* }
        #debug_impl
        impl #name {
            #constructor
            pub(crate) fn values(&self) -> Vec<PathValue<'_>> {
                Vec::from([#(#values),*])
            }
        }
        impl Validate for #name { #check }
    }
}

/// Emits the enum for a key type with several forms. The enum has a variant for each form.
fn enumeration(api: &Api, key: &KeyType, forms: &[KeyForm]) -> TokenStream {
    let (head, name) = (docs(&key.docs), ident(&key.name));
    let variants = forms.iter().map(variant);
    let constructors = forms.iter().map(constructor);
    let indices = forms.iter().enumerate().map(|(index, form)| {
        let (variant, index) = (variant_name(form), proc_macro2::Literal::usize_unsuffixed(index));
        match form.fields.len() {
            1 => quote! { Self::#variant(_) => #index, },
            _ => quote! { Self::#variant { .. } => #index, },
        }
    });
    let values = forms.iter().map(|form| {
        let (pattern, values) = (pattern(form), form.fields.iter().map(|field| path_value(field, true)));
        quote! { #pattern => Vec::from([#(#values),*]), }
    });
    let checked: Vec<TokenStream> = forms.iter().map(|form| form_check(api, form)).collect();
    let check = match checked.iter().all(TokenStream::is_empty) {
        true => check_method(TokenStream::new()),
        false => {
            let arms = forms.iter().zip(&checked).map(|(form, statements)| match statements.is_empty() {
                true => {
                    let variant = variant_name(form);
                    if form.fields.len() == 1 {
                        quote! { Self::#variant(_) => {} }
                    } else {
                        quote! { Self::#variant { .. } => {} }
                    }
                }
                false => {
                    let pattern = checked_pattern(form);
                    quote! { #pattern => { #statements } }
                }
            });
            check_method(quote! { match self { #(#arms)* } })
        }
    };
    let is_secret = forms.iter().flat_map(|form| &form.fields).any(|field| field.value.secret);
    let (debug_derive, debug_impl) = fragments::opaque_debug(&name, is_secret);
    quote! {
        #head
        #[derive(#debug_derive Clone, PartialEq, Eq)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
        #debug_impl
        impl #name {
            #(#constructors)*
            pub(crate) fn form(&self) -> usize {
                match self { #(#indices)* }
            }
            pub(crate) fn values(&self) -> Vec<PathValue<'_>> {
                match self { #(#values)* }
            }
        }
        impl Validate for #name { #check }
    }
}

fn variant_name(form: &KeyForm) -> proc_macro2::Ident {
    ident(form.variant.as_deref().unwrap_or("Only"))
}

fn variant(form: &KeyForm) -> TokenStream {
    let (docs, name) = (docs(&form.docs), variant_name(form));
    if form.fields.len() == 1 {
        return quote! { #docs #name(String), };
    }
    let fields = form.fields.iter().map(|field| {
        let (docs, name) = (fragments::docs(&field.docs), ident(&field.name));
        quote! { #docs #name: String, }
    });
    quote! { #docs #name { #(#fields)* }, }
}

/// Emits the constructor of a form with one field. A caller creates a form with several fields by its variant, whose fields have
/// names.
fn constructor(form: &KeyForm) -> TokenStream {
    let [only] = form.fields.as_slice() else { return TokenStream::new() };
    let (docs, variant) = (docs(&form.docs), variant_name(form));
    let (function, name) = (ident(&form.constructor), ident(&only.name));
    quote! {
        #docs
        pub fn #function(#name: impl Into<String>) -> Self { Self::#variant(#name.into()) }
    }
}

fn pattern(form: &KeyForm) -> TokenStream {
    let variant = variant_name(form);
    let names: Vec<_> = form.fields.iter().map(|field| ident(&field.name)).collect();
    match names.as_slice() {
        [only] => quote! { Self::#variant(#only) },
        several => quote! { Self::#variant { #(#several),* } },
    }
}

/// Emits the `match` pattern for a form of a key type. The pattern binds only the fields that need validation.
fn checked_pattern(form: &KeyForm) -> TokenStream {
    let checked: Vec<_> = form.fields.iter().filter(|field| checks::needs_check(&field.value)).collect();
    if form.fields.len() == 1 || checked.len() == form.fields.len() {
        return pattern(form);
    }
    let (variant, names) = (variant_name(form), checked.iter().map(|field| ident(&field.name)));
    quote! { Self::#variant { #(#names,)* .. } }
}

/// Emits the `PathValue` expression that writes a field of a key into the URL path. `bound` is true if a `match` pattern has
/// bound the field to a variable.
fn path_value(field: &KeyField, bound: bool) -> TokenStream {
    let name = ident(&field.name);
    let function = ident(if field.odata_literal { "odata_literal" } else { "simple" });
    if bound {
        quote! { PathValue::#function(#name) }
    } else {
        quote! { PathValue::#function(&self.#name) }
    }
}

fn field_check(api: &Api, field: &KeyField, bound: bool) -> TokenStream {
    let name = ident(&field.name);
    let place = if bound {
        quote! { #name }
    } else {
        quote! { self.#name }
    };
    checks::check(api, &field.value, &place, bound, &checks::parameter_at("path", &field.wire), &ident("at_field"))
}

fn form_check(api: &Api, form: &KeyForm) -> TokenStream {
    form.fields.iter().map(|field| field_check(api, field, true)).collect()
}

/// Emits an expression for a key of the given form. `values` are the expressions for its fields.
pub fn expression(path: &TokenStream, form: &KeyForm, values: &[TokenStream]) -> TokenStream {
    if let [only] = values {
        let function = ident(&form.constructor);
        return quote! { #path::#function(#only) };
    }
    let fields = form.fields.iter().zip(values).map(|(field, value)| {
        let name = ident(&field.name);
        quote! { #name: #value.into() }
    });
    let variant = form.variant.as_deref().map(|variant| {
        let variant = ident(variant);
        quote! { ::#variant }
    });
    quote! { #path #variant { #(#fields),* } }
}
