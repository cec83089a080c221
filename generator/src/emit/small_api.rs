//! Emits a small API. Each of its modules is one file: one for all operations, one for all types, one for all patterns, and so
//! on.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::module::Module;
use crate::emit::operations::key_types;
use crate::emit::types::{codec, dynamic_schemas, patterns};
use crate::emit::{client, commands, examples, fragments, operations, operations_trait, required, types, webhooks};
use crate::ir::Api;

/// Emits the declarations of the API's modules, and the re-exports of their items.
pub fn declarations(api: &Api) -> TokenStream {
    let when = |present: bool, tokens: TokenStream| if present { tokens } else { TokenStream::new() };
    let (keys, operations, types) =
        (!api.key_types.is_empty(), !api.operations.is_empty(), !api.emitted_types.is_empty());
    let traits = api.operations_trait.is_some();
    let modules = [
        when(traits, quote! { #[cfg(feature = "traits")] pub mod arguments; }),
        when(api.command_line.is_some(), quote! { #[cfg(feature = "cli")] #[doc(hidden)] pub mod cli; }),
        quote! { mod client; },
        when(types, quote! { mod codec; }),
        when(examples::has_any(api), quote! { #[cfg(test)] mod examples; }),
        when(keys, quote! { pub mod keys; }),
        when(operations, quote! { pub mod operations; }),
        when(!api.emitted_patterns.is_empty(), quote! { mod patterns; }),
        when(required::has_any(api), quote! { pub mod required; }),
        when(dynamic_schemas::has_any(api), quote! { mod schemas; }),
        when(traits, quote! { #[cfg(feature = "traits")] pub mod traits; }),
        when(types, quote! { pub mod types; }),
        when(webhooks::has_any(api), quote! { pub mod webhooks; }),
    ];
    let marker = format_ident!("{}", api.marker);
    let servers = when(!api.servers.is_empty(), quote! { , servers });
    let reexports = [
        quote! { pub use client::{Builder, Client, #marker #servers}; },
        fragments::runtime_reexports(),
        when(keys, quote! { pub use keys::*; }),
        when(operations, quote! { pub use operations::*; }),
        when(types, quote! { pub use types::*; }),
    ];
    quote! { #(#modules)* #(#reexports)* }
}

/// Returns the modules of the API. `folder` is the path of the API's folder, relative to `src/`. The path ends in `/`. It is
/// empty if the API is the root of the crate.
pub fn modules<'a>(api: &'a Api, folder: &str) -> Vec<Module<'a>> {
    let file = |name: &str, items| Module { path: format!("{folder}{name}.rs"), source: api.file.clone(), items };
    let module = |name: &str, emit: fn(&Api) -> TokenStream| file(name, vec![Box::new(move || emit(api))]);
    let mut modules = vec![module("client", client::emit)];
    if let Some(line) = &api.command_line {
        modules.push(file("cli", vec![Box::new(move || commands::small(api, line))]));
    }
    if api.operations_trait.is_some() {
        modules.push(module("arguments", operations_trait::arguments));
        modules.push(file("traits", operations_trait::items(api, |_| TokenStream::new())));
    }
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
        modules.push(file("patterns", patterns::items(api)));
    }
    if required::has_any(api) {
        modules.push(module("required", required::emit));
    }
    if dynamic_schemas::has_any(api) {
        modules.push(file("schemas", dynamic_schemas::items(api)));
    }
    if !api.emitted_types.is_empty() {
        modules.push(module("codec", codec::emit));
        modules.push(module("types", types::emit));
    }
    if webhooks::has_any(api) {
        modules.push(module("webhooks", webhooks::emit));
    }
    modules
}
