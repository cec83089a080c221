//! Emits `lib.rs`, and the documentation of the generated crate and of its modules.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::fragments::{inner_docs, tokens};
use crate::emit::lints;
use crate::emit::manifest::Manifest;
use crate::emit::readme::{self, quick_start};
use crate::emit::recursion_limit::recursion_limit;
use crate::format_type::FormatType;
use crate::ir::Api;

/// Emits the items of `lib.rs` for a crate with one API at its root.
pub fn single_api(
    api: &Api,
    has_backtracking: bool,
    declarations: &TokenStream,
    external: &TokenStream,
    manifest: &Manifest,
) -> TokenStream {
    let limit = recursion_limit(std::slice::from_ref(api));
    let rest = [argument_rule(), readme::features::documentation(manifest), limit_lines(limit)];
    let (start, rest) = (quick_start(api, "Quick start"), inner_docs(&rest.concat()));
    let docs = inner_docs(&api_lines(api));
    let docs = quote! { #docs #start #rest };
    let (allowed, limit) = (lints::allowed(std::slice::from_ref(api)), limit_attribute(limit));
    let ecma = ecma(has_backtracking);
    quote! { #docs #limit #allowed #declarations #ecma #[rustfmt::skip] pub mod runtime; #external }
}

/// Emits the items of `lib.rs` for a crate with a module for each API.
///
/// `manifest` has the cargo features of the APIs. An API whose feature is not among them is always compiled.
pub fn several_apis(apis: &[Api], has_backtracking: bool, external: &TokenStream, manifest: &Manifest) -> TokenStream {
    let features = &manifest.features;
    let mut lines = vec!["Typed clients with validators, one module for each API.".to_owned(), String::new()];
    let link = |api: &Api| module_link(&api.module, features.contains(&api.feature()));
    lines.extend(apis.iter().map(|api| format!("- {} for {}", link(api), api.title)));
    lines.extend([argument_rule(), readme::features::documentation(manifest)].concat());
    let limit = recursion_limit(apis);
    lines.extend(limit_lines(limit));
    let (docs, allowed, ecma) = (inner_docs(&lines), lints::allowed(apis), ecma(has_backtracking));
    let starts = apis.iter().map(|api| quick_start(api, &format!("Quick start of {}", link(api))));
    let docs = quote! { #docs #(#starts)* };
    let limit = limit_attribute(limit);
    let modules = apis.iter().map(|api| {
        let feature = Some(api.feature()).filter(|feature| features.contains(feature));
        let condition = feature.map(|feature| quote! { #[cfg(feature = #feature)] });
        let module = format_ident!("{}", api.module);
        quote! { #condition #[rustfmt::skip] pub mod #module; }
    });
    // The features decide which parts of the runtime are used.
    let unused = (!features.is_empty()).then(|| quote! { #[allow(dead_code, unused_imports, unused_macros)] });
    quote! {
        #docs
        #limit
        #allowed
        #(#modules)*
        #ecma
        #unused
        #[rustfmt::skip]
        pub mod runtime;
        #external
    }
}

/// Emits the documentation section with the quick start of an API. The stage `print` formats the code.
fn quick_start(api: &Api, title: &str) -> Option<TokenStream> {
    let code = quick_start::code(api)?;
    let title = inner_docs(&[String::new(), format!("# {title}")]);
    Some(quote! { #title #![snippet { #code }] })
}

/// Emits the documentation of the module of an API.
pub fn api_docs(api: &Api) -> TokenStream {
    inner_docs(&api_lines(api))
}

fn api_lines(api: &Api) -> Vec<String> {
    let mut lines = vec![api.title.clone()];
    if !api.docs.is_empty() {
        lines.push(String::new());
        lines.extend(api.docs.iter().cloned());
    }
    lines
}

/// Emits the traits of the runtime for the types of other crates.
pub fn external_types(types: &[FormatType]) -> TokenStream {
    let mut sources: Vec<&str> = types.iter().map(|external| external.source.as_str()).collect();
    sources.sort_unstable();
    sources.dedup();
    if sources.is_empty() {
        return TokenStream::new();
    }
    let types = sources.into_iter().map(tokens);
    quote! { runtime::codec::external! { types { #(#types,)* } } }
}

fn ecma(has_backtracking: bool) -> Option<TokenStream> {
    has_backtracking.then(|| quote! { #[rustfmt::skip] pub mod ecma; })
}

/// Returns the documentation section about arguments. Each crate has this section once, because the rule is the same for all
/// methods and constructors.
fn argument_rule() -> Vec<String> {
    let lines = [
        "",
        "# Arguments",
        "",
        "One required value is an argument. Two or more are the fields of a struct literal, from the module `required`. A body is an",
        "argument of its own, after the others. Optional values have setters, and are not sent unless set. So no two values can be",
        "swapped, and a missing one does not compile.",
    ];
    lines.map(str::to_owned).to_vec()
}

/// Emits the attribute that raises the recursion limit of rustc.
fn limit_attribute(limit: Option<usize>) -> Option<TokenStream> {
    limit.map(|limit| {
        let limit = limit.to_string();
        quote! { #![recursion_limit = #limit] }
    })
}

/// Returns the documentation section about a raised recursion limit. The limit of a crate does not apply to the crates that use
/// it.
fn limit_lines(limit: Option<usize>) -> Vec<String> {
    let Some(limit) = limit else { return Vec::new() };
    vec![
        String::new(),
        "# Deep types".to_owned(),
        String::new(),
        "The schemas of this API are deeply nested. If a crate that uses this one does not compile because a requirement".to_owned(),
        "overflows (E0275), add this line to the root of that crate:".to_owned(),
        String::new(),
        "```text".to_owned(),
        format!("#![recursion_limit = \"{limit}\"]"),
        "```".to_owned(),
    ]
}

/// Module names that a documentation link must mark with `mod@`, because a macro or a primitive type has the same name.
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

/// Returns a documentation link to a module of the crate. If the module has a cargo feature, the link names a file, because rustdoc
/// cannot resolve the name of a module that is not compiled.
fn module_link(module: &str, has_feature: bool) -> String {
    match (has_feature, AMBIGUOUS.contains(&module)) {
        (true, _) => format!("[`{module}`]({module}/index.html)"),
        (false, true) => format!("[`{module}`](mod@{module})"),
        (false, false) => format!("[`{module}`]"),
    }
}
