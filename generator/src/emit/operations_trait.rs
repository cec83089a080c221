//! Emits the trait over the operations of an API, which a test can implement in place of a client, and the structs of arguments that
//! its methods take.
//!
//! Each method of the trait has a default implementation, so a new operation of the document breaks no implementation. The items
//! of the runtime are named by their whole paths, so that no operation needs another name.

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, api_path, debug, deprecated, docs, ident, imports, inner_docs, mentions};
use crate::emit::module::Items;
use crate::emit::operations::arguments::{field_type, is_secret};
use crate::emit::operations::construction::{Construction, setter};
use crate::emit::operations::page;
use crate::emit::trait_method::{lifetime, signature};
use crate::emit::trait_sample;
use crate::ir::{Api, ArgumentLocation, Operation};

/// The first line of the module with the structs of arguments.
pub const ARGUMENTS: &str = "The arguments of operations, for the methods of the trait over them.";

/// Emits the structs of arguments of a small API.
pub fn arguments(api: &Api) -> TokenStream {
    let place = Place { api, in_types_module: false };
    let items: TokenStream = api.operations.iter().map(|operation| arguments_of(place, operation)).collect();
    let title = inner_docs(&[ARGUMENTS.to_owned()]);
    let keys: Vec<&str> = api.key_types.iter().map(|key| key.name.as_str()).collect();
    let keys = imports(&items, quote! { super::keys }, &keys);
    let bodies: Vec<&str> = body_enums(api).collect();
    let bodies = imports(&items, quote! { super::operations }, &bodies);
    let required = mentions(&items, "required").then(|| quote! { use super::required; });
    let types = mentions(&items, "types").then(|| quote! { use super::types; });
    quote! { #title #keys #bodies #required #types #items }
}

/// Returns the names of the enums of request bodies.
pub fn body_enums(api: &Api) -> impl Iterator<Item = &str> {
    let arguments = api.operations.iter().flat_map(|operation| &operation.arguments);
    arguments.filter_map(|argument| match &argument.location {
        ArgumentLocation::Bodies { name, .. } => Some(name.as_str()),
        _ => None,
    })
}

/// Emits the struct of the arguments of an operation.
pub fn arguments_of(place: Place<'_>, operation: &Operation) -> TokenStream {
    let (name, lifetime) = (ident(&operation.type_name), lifetime(operation));
    let trait_name = place.api.operations_trait.as_deref().unwrap_or_default();
    let method = place.api.layout.path(&format!("traits::{trait_name}::{}", operation.method_name));
    let title = docs(&[format!("The arguments of [`{}`]({method}).", operation.method_name)]);
    let fields = operation.arguments.iter().map(|argument| {
        let (docs, name) = (docs(&page::setter_lines(argument)), ident(&argument.name));
        let kind = field_type(place, argument);
        quote! { #docs pub #name: #kind, }
    });
    let mut printed: Vec<_> =
        operation.arguments.iter().map(|argument| (ident(&argument.name), is_secret(argument))).collect();
    printed.push((ident("options"), false));
    let anonymous = lifetime.is_some().then(|| quote! { <'_> });
    let (debug_derive, debug_impl) = debug(&name, &anonymous.unwrap_or_default(), &printed);
    let (constructor, setters) = (constructor(place, operation), setters(place, operation));
    let parameters = lifetime.map(|lifetime| quote! { <#lifetime> });
    quote! {
        #title
        #[derive(#debug_derive Clone)]
        #[non_exhaustive]
        pub struct #name #parameters {
            #(#fields)*
            /// The options of the call.
            pub options: crate::runtime::CallOptions,
        }
        #debug_impl
        impl #parameters #name #parameters { #constructor #setters }
    }
}

/// Emits the function that creates a struct of arguments from the required ones.
fn constructor(place: Place<'_>, operation: &Operation) -> TokenStream {
    let Construction { parameters, attribute, fields } = Construction::of(place, operation);
    let without_default = parameters.is_empty().then(|| {
        quote! { #[allow(clippy::new_without_default, reason = "a required argument would remove the implementation")] }
    });
    let separator = (!fields.is_empty()).then(|| quote! { , });
    quote! {
        /// Creates the arguments of a call.
        #without_default
        #attribute
        pub fn new(#(#parameters),*) -> Self {
            Self { #(#fields),* #separator options: crate::runtime::CallOptions::new() }
        }
    }
}

/// Emits the methods that set the optional arguments and the options of the call. An argument with the name of the constructor has
/// no method; its field is public.
fn setters(place: Place<'_>, operation: &Operation) -> TokenStream {
    let optional = operation.arguments.iter().filter(|argument| !argument.required && argument.name != "new");
    let setters = optional.map(|argument| setter(place, argument));
    quote! {
        #(#setters)*
        /// Sets the options of the call, such as its timeout.
        pub fn options(mut self, options: crate::runtime::CallOptions) -> Self {
            self.options = options;
            self
        }
    }
}

/// Returns the items of `traits.rs`: the imports, the trait of an API, and its implementation by clients. `condition` returns the
/// attribute of the methods of the operation with this index.
pub fn items<'a>(api: &'a Api, condition: impl Fn(usize) -> TokenStream + Send + Sync + 'a) -> Vec<Items<'a>> {
    let Some(name) = api.operations_trait.as_deref() else { return Vec::new() };
    let condition = Arc::new(condition);
    let head: Items<'a> = Box::new(move || {
        let (title, root) = (inner_docs(&[format!("The operations of {} as a trait.", api.title)]), api_path(api));
        let types = mentions_types(api).then(|| quote! { use #root::types; });
        quote! { #title use #root::{arguments, operations}; use #root::client::Client; #types }
    });
    let of_declaration = condition.clone();
    let declaration: Items<'a> = Box::new(move || declaration(api, name, &*of_declaration));
    let implementation: Items<'a> = Box::new(move || implementation(api, name, &*condition));
    vec![head, declaration, implementation]
}

/// Returns whether the trait or its implementation names a type of the document. Only signatures can.
fn mentions_types(api: &Api) -> bool {
    let (place, sending) = (Place { api, in_types_module: false }, quote! { crate::runtime::Sending });
    let mut signatures = api.operations.iter().map(|operation| signature(place, operation, &sending));
    signatures.any(|signature| mentions(&signature, "types"))
}

/// Emits the trait of an API.
fn declaration(api: &Api, name: &str, condition: &dyn Fn(usize) -> TokenStream) -> TokenStream {
    let (place, sending) = (Place { api, in_types_module: false }, quote! { crate::runtime::Sending });
    let methods = api.operations.iter().enumerate().map(|(index, operation)| {
        let (signature, condition) = (signature(place, operation, &sending), condition(index));
        let (docs, deprecated) = (docs(&method_lines(api, operation)), deprecated(operation.deprecated));
        let operation = ident(&operation.type_name);
        quote! {
            #docs
            #deprecated
            #condition
            #signature {
                _ = arguments;
                crate::runtime::not_implemented::<operations::#operation<'a, crate::runtime::Detached>>()
            }
        }
    });
    let lines = docs(&TRAIT.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
    let snippet = trait_sample::code(api).map(|code| quote! { #[snippet { #code }] });
    let name = ident(name);
    quote! {
        #lines
        #snippet
        pub trait #name: Send + Sync { #(#methods)* }
    }
}

/// Emits the implementation of the trait of an API by clients.
fn implementation(api: &Api, name: &str, condition: &dyn Fn(usize) -> TokenStream) -> TokenStream {
    let (place, sending) = (Place { api, in_types_module: false }, quote! { crate::runtime::Sending });
    let methods = api.operations.iter().enumerate().map(|(index, operation)| {
        let (signature, condition) = (signature(place, operation, &sending), condition(index));
        let operation = ident(&operation.type_name);
        quote! {
            #condition
            #signature { crate::runtime::send_boxed(operations::#operation::from((self, arguments))) }
        }
    });
    let name = ident(name);
    quote! { impl<T: crate::runtime::Transport + Send + Sync> #name for Client<T> { #(#methods)* } }
}

/// The documentation of the trait. An example follows.
const TRAIT: &[&str] = &[
    "The operations of the document as a trait, for code that is tested without a client.",
    "",
    "A [`Client`] implements it. A test implements the methods that the tested code calls; each of the others",
    "returns an error, so that a further operation breaks no implementation. Take it as `&impl` or `&dyn`.",
    "",
    "Each method sends a request, and returns the whole response. Pages and streams need a client: in tests, one",
    "with the transport `runtime::Mock`.",
    "",
    "# Example",
    "",
    "`FakeResponse` needs the feature `mock`.",
    "",
];

fn method_lines(api: &Api, operation: &Operation) -> Vec<String> {
    let path = api.layout.path(&format!("operations::{}", operation.type_name));
    let first = operation.docs.split(String::is_empty).next().unwrap_or_default();
    let link = format!("See [`{}`]({path}) for arguments, result and failures.", operation.type_name);
    first.iter().cloned().chain([String::new(), link]).collect()
}
