//! From the intermediate representation to tokens. Nothing can fail here: what could is a finding of an earlier stage.
//!
//! Emitted code is data and short calls; whatever is the same for every API is hand-written in `generator/runtime`.

mod client;
mod examples;
mod fragments;
mod imports;
mod large_api;
mod lints;
mod manifest;
mod module;
mod operations;
mod sections;
mod security;
mod types;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::operations::key_types;
use crate::emit::types::codec;
use crate::emit::types::dynamic_schemas;
use crate::emit::types::patterns;
use crate::ir::{Api, Matcher};
use crate::options::Options;
pub use imports::{Import, Importable};
pub use large_api::ALLOWED;
use large_api::LargeApi;
pub use manifest::{ENGINE, Manifest};
use module::fixed_items;
pub use module::{Items, Module};
pub use sections::{Features, Piece, Section};

/// A crate to be.
pub struct Crate<'a> {
    /// Its `Cargo.toml`, where it is to have one of ours.
    pub manifest: Manifest,
    /// Its emitted sources. The runtime comes with every crate and is no part of them.
    pub modules: Vec<Module<'a>>,
    /// The parts of large APIs, of which files are made when their lengths are known.
    pub sections: Vec<Section<'a>>,
}

/// Emits a crate: one API at its root, several in a module each.
pub fn emit<'a>(apis: &'a [Api], options: &Options) -> Crate<'a> {
    let sources: Vec<&str> = apis.iter().map(|api| api.file.as_str()).collect();
    let source = sources.join(", ");
    let needs_engine =
        apis.iter().any(|api| api.emitted_patterns.iter().any(|id| api.patterns[id.0].matcher == Matcher::Engine));
    let manifest = Manifest { name: options.crate_name.clone(), needs_engine, features: Vec::new() };
    let mut emitted = Crate { manifest, modules: Vec::new(), sections: Vec::new() };
    match apis {
        [api] if options.at_root => {
            let declarations = emitted.add(api, "", options.features);
            let engine = needs_engine.then(|| quote! { #[rustfmt::skip] pub mod ecma; });
            let docs = fragments::inner_docs(&[api_docs(api), positions()].concat());
            let allowed = lints::allowed(apis);
            let items = quote! { #docs #allowed #declarations #engine #[rustfmt::skip] pub mod runtime; };
            emitted.modules.insert(0, Module { path: "lib.rs".to_owned(), source, items: fixed_items(&items) });
        }
        _ => {
            let items = root(apis, needs_engine);
            emitted.modules.push(Module { path: "lib.rs".to_owned(), source, items: fixed_items(&items) });
            for api in apis {
                let declarations = emitted.add(api, &format!("{}/", api.module), false);
                let docs = fragments::inner_docs(&api_docs(api));
                let items = fixed_items(&quote! { #docs #declarations });
                emitted.modules.push(Module {
                    path: format!("{}/mod.rs", api.module),
                    source: api.file.clone(),
                    items,
                });
            }
        }
    }
    emitted
}

impl<'a> Crate<'a> {
    /// Adds the modules of an API, and answers their declarations.
    fn add(&mut self, api: &'a Api, folder: &str, features: bool) -> TokenStream {
        if !api.layout.split {
            self.modules.extend(api_modules(api, folder));
            return declarations(api);
        }
        let large = LargeApi::new(api, folder, features);
        self.manifest.features.extend(large.features());
        self.modules.extend(large.modules());
        self.sections.extend(large.sections());
        large.declarations()
    }
}

/// The root of a crate with several APIs.
fn root(apis: &[Api], needs_engine: bool) -> TokenStream {
    let engine = needs_engine.then(|| quote! { #[rustfmt::skip] pub mod ecma; });
    let mut lines = vec!["Typed clients with validators, one module an API.".to_owned(), String::new()];
    lines.extend(apis.iter().map(|api| format!("- {} for {}", module_link(&api.module), api.title)));
    lines.extend(positions());
    let (docs, allowed) = (fragments::inner_docs(&lines), lints::allowed(apis));
    let modules = apis.iter().map(|api| format_ident!("{}", api.module));
    quote! {
        #docs
        #allowed
        #(#[rustfmt::skip] pub mod #modules;)*
        #engine
        #[rustfmt::skip]
        pub mod runtime;
    }
}

/// What callers have to know of the arguments that they write by position: told once, for all items.
fn positions() -> Vec<String> {
    let lines = [
        "",
        "`new` takes what is required in the order of the names. An operation takes what fills its path in the order of the path, then",
        "what else is required by place (query, header, cookie) and name, then the body. The order of the document enters neither.",
    ];
    lines.map(str::to_owned).to_vec()
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
    let (keys, operations, types) =
        (!api.key_types.is_empty(), !api.operations.is_empty(), !api.emitted_types.is_empty());
    let modules = [
        quote! { mod client; },
        when(types, quote! { mod codec; }),
        when(examples::has_any(api), quote! { #[cfg(test)] mod examples; }),
        when(keys, quote! { pub mod keys; }),
        when(operations, quote! { pub mod operations; }),
        when(!api.emitted_patterns.is_empty(), quote! { mod patterns; }),
        when(dynamic_schemas::has_any(api), quote! { mod schemas; }),
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

fn api_modules<'a>(api: &'a Api, folder: &str) -> Vec<Module<'a>> {
    let module = |name: &str, emit: fn(&Api) -> TokenStream| Module {
        path: format!("{folder}{name}.rs"),
        source: api.file.clone(),
        items: Box::new(move || emit(api)),
    };
    let mut modules = vec![module("client", client::emit)];
    if examples::has_any(api) {
        modules.push(module("examples", examples::emit));
    }
    if !api.key_types.is_empty() {
        modules.push(module("keys", key_types::emit));
    }
    if !api.operations.is_empty() {
        modules.push(module("operations", operations::emit));
    }
    if !api.emitted_patterns.is_empty() {
        modules.push(module("patterns", patterns::emit));
    }
    if dynamic_schemas::has_any(api) {
        modules.push(module("schemas", dynamic_schemas::emit));
    }
    if !api.emitted_types.is_empty() {
        modules.push(module("codec", codec::emit));
        modules.push(module("types", types::emit));
    }
    modules
}

/// Names of macros and primitive types, which rustdoc would find beside the module.
const AMBIGUOUS: &[&str] = &[
    "array",
    "assert",
    "bench",
    "bool",
    "char",
    "column",
    "concat",
    "dbg",
    "env",
    "f32",
    "f64",
    "file",
    "format",
    "i128",
    "i16",
    "i32",
    "i64",
    "i8",
    "include",
    "isize",
    "line",
    "matches",
    "panic",
    "pointer",
    "print",
    "reference",
    "slice",
    "str",
    "stringify",
    "test",
    "todo",
    "tuple",
    "u128",
    "u16",
    "u32",
    "u64",
    "u8",
    "unit",
    "unreachable",
    "usize",
    "vec",
    "write",
];

/// A link to a module of the crate.
fn module_link(module: &str) -> String {
    match AMBIGUOUS.contains(&module) {
        true => format!("[`{module}`](mod@{module})"),
        false => format!("[`{module}`]"),
    }
}
