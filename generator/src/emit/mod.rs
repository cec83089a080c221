//! Stage `emit`: turns the intermediate representation into the modules of the crate, as tokens.
//!
//! Emission cannot fail, because earlier stages have reported every problem. Emitted code consists of data and short calls. Code
//! that is the same for every API is written by hand in `generator/runtime`.

mod client;
mod commands;
mod crate_root;
mod examples;
mod fragments;
mod imports;
mod large_api;
mod lints;
mod manifest;
mod module;
mod operations;
mod operations_trait;
mod readme;
mod recursion_limit;
mod required;
mod sample_call;
mod sample_value;
mod sections;
mod security;
mod small_api;
mod trait_method;
mod trait_sample;
mod types;
mod webhooks;

use proc_macro2::TokenStream;
use quote::quote;

use crate::format_type::FormatType;
use crate::ir::{Api, CredentialLocation, Matcher};
use crate::options::Options;
pub use imports::{Import, Importable};
use large_api::LargeApi;
pub use manifest::Manifest;
use module::fixed_items;
pub use module::{Items, Module};
pub use readme::{Block, Readme};
pub use sections::{Features, Piece, Section};

/// An emitted crate, without the files of the runtime.
pub struct Crate<'a> {
    /// `Cargo.toml`.
    pub manifest: Manifest,
    /// Whether a pattern in the crate needs backtracking.
    pub has_backtracking: bool,
    /// `README.md`.
    pub readme: Readme,
    /// The modules that are one file each.
    pub modules: Vec<Module<'a>>,
    /// The modules of large APIs. The stage `print` divides each of them into several files if one file would be too long.
    pub sections: Vec<Section<'a>>,
}

/// Emits a crate. With `options.at_root`, a single API is the root of the crate; otherwise each API is a module.
pub fn emit<'a>(apis: &'a [Api], options: &Options) -> Crate<'a> {
    let file_names: Vec<&str> = apis.iter().map(|api| api.file.as_str()).collect();
    let source = file_names.join(", ");
    let mut matchers = apis.iter().flat_map(|api| api.emitted_patterns.iter().map(|id| &api.patterns[id.0].matcher));
    let has_backtracking = matchers.any(|matcher| matches!(matcher, Matcher::Backtracking(_)));
    // A caller of the library may leave the name empty.
    let name = options.crate_name().to_owned();
    let mut schemes = apis.iter().flat_map(|api| &api.security_schemes);
    let has_signing = schemes.any(|scheme| scheme.location == CredentialLocation::SdkHmacSha256);
    let has_pages = apis.iter().flat_map(|api| &api.operations).any(|operation| operation.pagination.is_some());
    let has_streams =
        apis.iter().any(|api| api.operations.iter().any(|operation| operations::streams::has_stream(api, operation)));
    let external_types = external_types(apis);
    let (features, has_cli, has_traits) = (Vec::new(), options.cli, options.traits);
    let mut manifest =
        Manifest { name, features, external_types, has_signing, has_pages, has_streams, has_cli, has_traits };
    let external = crate_root::external_types(&manifest.external_types);
    let mut modules = Vec::new();
    let mut sections = Vec::new();
    let mut add = |api: &'a Api, folder: &str, features: bool| {
        let emitted = emit_api(api, folder, features);
        manifest.features.extend(emitted.features);
        modules.extend(emitted.modules);
        sections.extend(emitted.sections);
        emitted.declarations
    };
    let root = match apis {
        [api] if options.at_root => {
            let declarations = add(api, "", options.features);
            crate_root::single_api(api, has_backtracking, &declarations, &external, &manifest)
        }
        _ => {
            let features = apis.iter().map(Api::feature).filter(|feature| options.declares_feature(feature));
            let features: Vec<String> = features.collect();
            let api_roots = apis.iter().map(|api| {
                let declarations = add(api, &format!("{}/", api.module), false);
                let docs = crate_root::api_docs(api);
                let path = format!("{}/mod.rs", api.module);
                Module { path, source: api.file.clone(), items: vec![fixed_items(&quote! { #docs #declarations })] }
            });
            let api_roots: Vec<Module<'_>> = api_roots.collect();
            modules.extend(api_roots);
            manifest.features.clone_from(&features);
            crate_root::several_apis(apis, has_backtracking, &external, &manifest)
        }
    };
    modules.insert(0, Module { path: "lib.rs".to_owned(), source: source.clone(), items: vec![fixed_items(&root)] });
    if options.cli {
        let items = fixed_items(&program(apis, options, &manifest));
        modules.push(Module { path: "main.rs".to_owned(), source: source.clone(), items: vec![items] });
    }
    let readme = readme::readme(apis, &source, &manifest, options);
    Crate { manifest, has_backtracking, readme, modules, sections }
}

/// Emits the program for shells.
fn program(apis: &[Api], options: &Options, manifest: &Manifest) -> TokenStream {
    let is_single = options.at_root && apis.len() == 1;
    let about = match apis {
        [api] if is_single => api.title.clone(),
        _ => "Calls the operations of several APIs.".to_owned(),
    };
    let path = |api: &Api| format!("::{}", api.public_path.join("::"));
    let feature = |api: &Api| Some(api.feature()).filter(|feature| !is_single && manifest.features.contains(feature));
    let apis: Vec<_> = apis.iter().map(|api| (feature(api), path(api))).collect();
    commands::program(&manifest.name, &about, is_single, &apis)
}

/// Returns the types of other crates that the APIs use, each once.
fn external_types(apis: &[Api]) -> Vec<FormatType> {
    let mut types: Vec<FormatType> = apis.iter().flat_map(Api::external_types).cloned().collect();
    types.sort();
    types.dedup();
    types
}

/// The code of one API.
struct EmittedApi<'a> {
    /// The cargo features of the API's groups of operations.
    features: Features,
    modules: Vec<Module<'a>>,
    sections: Vec<Section<'a>>,
    /// The declarations of the API's modules, and the re-exports of their items.
    declarations: TokenStream,
}

/// Emits an API into `folder`, which ends in `/` or is empty.
fn emit_api<'a>(api: &'a Api, folder: &str, features: bool) -> EmittedApi<'a> {
    if !api.layout.split {
        return EmittedApi {
            features: Vec::new(),
            modules: small_api::modules(api, folder),
            sections: Vec::new(),
            declarations: small_api::declarations(api),
        };
    }
    let large = LargeApi::new(api, folder, features);
    let (modules, sections) = (large.modules(), large.sections());
    let declarations = large.declarations(&modules, &sections);
    EmittedApi { features: large.features(), modules, sections, declarations }
}
