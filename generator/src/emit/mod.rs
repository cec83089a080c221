//! From the intermediate representation to tokens. Nothing can fail here: what could is a finding of an earlier stage.
//!
//! Emitted code is data and short calls; whatever is the same for every API is hand-written in `generator/runtime`.

mod arguments;
mod checks;
mod client;
mod codec;
mod examples;
mod manifest;
mod operations;
mod outcomes;
mod overloads;
mod parts;
mod security;
mod tables;
mod types;
mod unions;
mod writing;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::Options;
use crate::ir::{Api, Matcher};
pub use manifest::{ENGINE, Manifest};

/// A source file to be: its path below `src/`, and its items.
#[derive(Debug)]
pub struct Module {
    /// The path, with `/`.
    pub path: String,
    /// What it is made from, for the header.
    pub source: String,
    /// Its items, inner attributes first.
    pub items: TokenStream,
}

/// A crate to be.
#[derive(Debug)]
pub struct Crate {
    /// Its `Cargo.toml`, where it is to have one of ours.
    pub manifest: Manifest,
    /// Its emitted sources. The runtime comes with every crate and is no part of them.
    pub modules: Vec<Module>,
}

/// Emits a crate: one API at its root, several in a module each.
pub fn emit(apis: &[Api], options: &Options) -> Crate {
    let sources: Vec<&str> = apis.iter().map(|api| api.file.as_str()).collect();
    let source = sources.join(", ");
    let needs_engine = apis
        .iter()
        .any(|api| checks::used_patterns(api).into_iter().any(|id| api.patterns[id].matcher == Matcher::Engine));
    let engine = if needs_engine {
        quote! { #[rustfmt::skip] pub mod ecma; }
    } else {
        TokenStream::new()
    };
    let mut modules = Vec::new();
    match apis {
        [api] if options.at_root => {
            let docs = parts::inner_docs(&api_docs(api));
            let declarations = declarations(api);
            let items = quote! { #docs #declarations #engine #[rustfmt::skip] pub mod runtime; };
            modules.push(Module { path: "lib.rs".to_owned(), source, items });
            modules.extend(api_modules(api, ""));
        }
        _ => {
            modules.push(Module { path: "lib.rs".to_owned(), source, items: root(apis, &engine) });
            for api in apis {
                let docs = parts::inner_docs(&api_docs(api));
                let declarations = declarations(api);
                let items = quote! { #docs #declarations };
                modules.push(Module { path: format!("{}/mod.rs", api.module), source: api.file.clone(), items });
                modules.extend(api_modules(api, &format!("{}/", api.module)));
            }
        }
    }
    Crate { manifest: Manifest { name: options.crate_name.clone(), needs_engine }, modules }
}

/// The root of a crate with several APIs.
fn root(apis: &[Api], engine: &TokenStream) -> TokenStream {
    let mut lines = vec!["Typed clients with validators, one module an API.".to_owned(), String::new()];
    lines.extend(apis.iter().map(|api| format!("- [`{}`] for {}", api.module, api.title)));
    let docs = parts::inner_docs(&lines);
    let modules = apis.iter().map(|api| format_ident!("{}", api.module));
    quote! {
        #docs
        #(#[rustfmt::skip] pub mod #modules;)*
        #engine
        #[rustfmt::skip]
        pub mod runtime;
    }
}

fn api_docs(api: &Api) -> Vec<String> {
    let mut lines = vec![api.title.clone()];
    if !api.docs.is_empty() {
        lines.push(String::new());
        lines.extend(api.docs.iter().cloned());
    }
    lines
}

/// The modules of an API, and what of them can be named without them.
fn declarations(api: &Api) -> TokenStream {
    let when = |present: bool, tokens: TokenStream| if present { tokens } else { TokenStream::new() };
    let (keys, operations, types) = (!api.keys.is_empty(), !api.operations.is_empty(), !api.order.is_empty());
    let modules = [
        quote! { mod client; },
        when(types, quote! { mod codec; }),
        when(examples::has_any(api), quote! { #[cfg(test)] mod examples; }),
        when(keys, quote! { pub mod keys; }),
        when(operations, quote! { pub mod operations; }),
        when(!checks::used_patterns(api).is_empty(), quote! { mod patterns; }),
        when(tables::has_any(api), quote! { mod schemas; }),
        when(types, quote! { pub mod types; }),
    ];
    let marker = format_ident!("{}", api.marker);
    let servers = when(!api.servers.is_empty(), quote! { , servers });
    let uses = [
        quote! { pub use client::{Builder, Client, #marker #servers}; },
        when(keys, quote! { pub use keys::*; }),
        when(operations, quote! { pub use operations::*; }),
        when(types, quote! { pub use types::*; }),
    ];
    quote! { #(#modules)* #(#uses)* }
}

fn api_modules(api: &Api, folder: &str) -> Vec<Module> {
    let module =
        |name: &str, items: TokenStream| Module { path: format!("{folder}{name}.rs"), source: api.file.clone(), items };
    let mut modules = vec![module("client", client::emit(api))];
    if examples::has_any(api) {
        modules.push(module("examples", examples::emit(api)));
    }
    if !api.keys.is_empty() {
        modules.push(module("keys", overloads::emit(api)));
    }
    if !api.operations.is_empty() {
        modules.push(module("operations", operations::emit(api)));
    }
    if !checks::used_patterns(api).is_empty() {
        modules.push(module("patterns", checks::patterns(api)));
    }
    if tables::has_any(api) {
        modules.push(module("schemas", tables::emit(api)));
    }
    if !api.order.is_empty() {
        modules.push(module("codec", codec::emit(api)));
        modules.push(module("types", types::emit(api)));
    }
    modules
}
