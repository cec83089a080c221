//! Emits a large API. Each group of operations has a module, and may have a cargo feature. The module also contains the types
//! that only this group uses.
//!
//! Each operation, type and example is emitted as a separate piece of code. The stage `print` knows how long the pieces are, and
//! decides which of them share a file.

mod pieces;

use std::collections::BTreeSet;
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::fragments::tokens;
use crate::emit::imports::Importable;
use crate::emit::module::{Items, Module, fixed_items};
use crate::emit::operations::key_types;
use crate::emit::sections::{Features, Piece, Section};
use crate::emit::security::{self, Securities};
use crate::emit::types::dynamic_schemas;
use crate::emit::{client, commands, fragments, operations_trait, required, webhooks};
use crate::ir::{Api, Group, GroupId, ResponseHeadersId, TypeId, Users};

/// Each group of operations has an inline module of this name, which re-exports the items of the operations. The API also has a
/// module called `operations`, which re-exports the items of all these inline modules.
const OPERATION_EXPORTS: &str = "operation_exports";

/// Each group of operations has an inline module of this name, which re-exports the types that only this group uses. The inline
/// module is not called `types`, because the code of the group already imports the module `types` of the API.
const TYPE_EXPORTS: &str = "type_exports";

/// A large API, and the data that its modules share.
pub struct LargeApi<'a> {
    api: &'a Api,
    /// The path of the API's folder, relative to `src/`. The path ends in `/`. It is empty if the API is the root of the crate.
    folder: String,
    /// Whether each group has a cargo feature.
    has_features: bool,
    /// The distinct security requirements of the operations.
    securities: Arc<Securities<'a>>,
    /// For each struct of response headers: the indices of the operations that return the struct.
    readers: Vec<Vec<usize>>,
    /// The names that the code of an operation can import.
    operation_imports: Arc<Importable>,
}

impl<'a> LargeApi<'a> {
    pub fn new(api: &'a Api, folder: &str, features: bool) -> Self {
        let mut readers = vec![Vec::new(); api.response_headers.len()];
        for (index, operation) in api.operations.iter().enumerate() {
            if let Some(ResponseHeadersId(id)) = operation.responses.headers {
                readers[id].push(index);
            }
        }
        let mut large = Self {
            api,
            folder: folder.to_owned(),
            has_features: features && api.layout.groups.len() > 1,
            securities: Arc::new(Securities::of(api)),
            readers,
            operation_imports: Arc::default(),
        };
        large.operation_imports = Arc::new(large.importable_by_operations());
        large
    }

    /// Returns the names of the cargo features: one for each group of operations, or none if groups have no features.
    pub fn features(&self) -> Features {
        let groups = self.api.layout.groups.iter().filter(|_| self.has_features);
        groups.map(|group| group.feature.clone()).collect()
    }

    /// Emits the declarations of the API's modules, and the re-exports of their items. `modules` and `sections` are all that is
    /// emitted for the API: a module without a file is not declared.
    pub fn declarations(&self, modules: &[Module<'_>], sections: &[Section<'_>]) -> TokenStream {
        let api = self.api;
        let paths = modules.iter().filter_map(|module| module.path.strip_suffix(".rs"));
        let paths = paths.chain(sections.iter().map(|section| section.path.as_str()));
        // A group may have the name of a module that the API lacks, such as `webhooks`.
        let is_group =
            |name: &&str| api.layout.groups.iter().any(|group| group.folder.is_none() && group.module == *name);
        let names = paths.filter_map(|path| path.strip_prefix(&self.folder)).filter(|name| !is_group(name));
        let names: BTreeSet<&str> = names.collect();
        let has = |name: &str| names.contains(name);
        let when = |present: bool, tokens: TokenStream| if present { tokens } else { TokenStream::new() };
        let groups = api.layout.groups.iter().filter(|group| group.folder.is_none());
        let groups = groups.map(|group| self.group_declaration(group, &TokenStream::new()));
        let folders = self.folders().into_iter().map(|folder| format_ident!("{folder}"));
        let modules = [
            ("arguments", quote! { #[cfg(feature = "traits")] pub mod arguments; }),
            ("cli", quote! { #[cfg(feature = "cli")] #[doc(hidden)] pub mod cli; }),
            ("commands", quote! { #[cfg(feature = "cli")] mod commands; }),
            ("client", quote! { mod client; }),
            ("examples", quote! { #[cfg(test)] mod examples; }),
            ("keys", quote! { pub mod keys; }),
            ("operations", quote! { pub mod operations; }),
            ("patterns", quote! { mod patterns; }),
            ("required", quote! { pub mod required; }),
            ("schemas", quote! { mod schemas; }),
            ("security", quote! { mod security; }),
            ("traits", quote! { #[cfg(feature = "traits")] pub mod traits; }),
            ("types", quote! { pub mod types; }),
            ("webhooks", quote! { pub mod webhooks; }),
        ];
        let modules = modules.into_iter().map(|(name, declaration)| when(has(name), declaration));
        let marker = format_ident!("{}", api.marker);
        let servers = when(!api.servers.is_empty(), quote! { , servers });
        let allowed = quote! { #[allow(unused_imports, reason = "the features decide which of these exist")] };
        let unused = when(self.has_features, allowed);
        let uses = [
            quote! { pub use client::{Builder, Client, #marker #servers}; },
            fragments::runtime_reexports(),
            when(has("keys"), quote! { pub use keys::*; }),
            when(has("operations"), quote! { #unused pub use operations::*; }),
            when(has("types"), quote! { #unused pub use types::*; }),
        ];
        quote! { #(#modules)* #(#groups)* #(mod #folders;)* #(#uses)* }
    }

    /// Returns the names of the subfolders that contain the modules of the groups. Returns no names if these modules are directly
    /// in the folder of the API.
    fn folders(&self) -> BTreeSet<&'a str> {
        self.api.layout.groups.iter().filter_map(|group| group.folder.as_deref()).collect()
    }

    fn group_declaration(&self, group: &Group, visibility: &TokenStream) -> TokenStream {
        let (condition, name) = (condition(&self.features_of(group)), format_ident!("{}", group.module));
        quote! { #condition #visibility mod #name; }
    }

    /// Returns the modules that are never divided into several files.
    pub fn modules(&self) -> Vec<Module<'a>> {
        let (api, unused) = (self.api, self.has_features);
        let mut modules = vec![self.module("client", Box::new(move || client::emit(api)))];
        if let Some(line) = &api.command_line {
            let groups = fixed_items(&self.command_groups());
            let items = move || commands::module(api, line, &[groups()], &TokenStream::new());
            modules.push(self.module("cli", Box::new(items)));
        }
        if api.operations_trait.is_some() {
            let features: Vec<Features> = self.features_of_operations().collect();
            let items = operations_trait::items(api, move |index| condition(&features[index]));
            modules.push(Module { items, ..self.module("traits", Box::new(TokenStream::new)) });
        }
        if !api.key_types.is_empty() {
            modules.push(self.module("keys", Box::new(move || allowing(unused, key_types::emit(api)))));
        }
        if dynamic_schemas::has_any(api) {
            let mut items = dynamic_schemas::items(api);
            items.insert(0, Box::new(move || allowing(unused, TokenStream::new())));
            modules.push(Module { items, ..self.module("schemas", Box::new(TokenStream::new)) });
        }
        if !self.securities.kinds.is_empty() {
            let securities = self.securities.clone();
            let items = move || allowing(unused, security::emit(api, &securities.kinds));
            modules.push(self.module("security", Box::new(items)));
        }
        if webhooks::has_any(api) {
            modules.push(self.module("webhooks", Box::new(move || webhooks::emit(api))));
        }
        for folder in self.folders() {
            let groups = api.layout.groups.iter().filter(|group| group.folder.as_deref() == Some(folder));
            let groups = groups.map(|group| self.group_declaration(group, &quote! { pub(super) }));
            modules.push(self.module(&format!("{folder}/mod"), fixed_items(&quote! { #(#groups)* })));
        }
        modules
    }

    fn module(&self, name: &str, items: Items<'a>) -> Module<'a> {
        Module { path: format!("{}{name}.rs", self.folder), source: self.api.file.clone(), items: vec![items] }
    }

    /// Returns the modules that are divided into several files if they are too long for one.
    pub fn sections(&self) -> Vec<Section<'a>> {
        let mut sections: Vec<Section<'a>> =
            (0..self.api.layout.groups.len()).map(|id| self.group(GroupId(id))).collect();
        let types = self.types(None).map(|id| self.type_piece(id)).collect();
        let patterns = self.section("patterns", "The patterns of the document.", self.patterns());
        sections.extend([
            Section {
                globs: self.globs(OPERATION_EXPORTS),
                allows_unused: self.has_features,
                ..self.section("operations", "The operations of the document.", self.headers())
            },
            Section { globs: self.globs(TYPE_EXPORTS), ..self.section("types", "The types of the document.", types) },
            Section { allows_unused: self.has_features, ..patterns },
            self.section("required", required::TITLE, self.required_values()),
            self.section("arguments", operations_trait::ARGUMENTS, self.arguments()),
            self.section("commands", "The commands of the operations, for a shell.", self.commands()),
            Section {
                is_exported: false,
                ..self.section("examples", "The examples of the document, as tests.", self.examples())
            },
        ]);
        sections.retain(|section| !section.pieces.is_empty() || !section.globs.is_empty());
        sections
    }

    fn section(&self, path: &str, title: &str, pieces: Vec<Piece<'a>>) -> Section<'a> {
        Section {
            path: format!("{}{path}", self.folder),
            source: self.api.file.clone(),
            title: title.to_owned(),
            is_exported: true,
            globs: Vec::new(),
            allows_unused: false,
            pieces,
        }
    }

    /// Returns the module of a group. It contains the operations of the group, and the types that only these operations use.
    fn group(&self, id: GroupId) -> Section<'a> {
        let group = &self.api.layout.groups[id.0];
        let title = format!("The operations of {:?}, and the types that only they use.", group.title);
        let path = group.folder.iter().chain([&group.module]).map(String::as_str).collect::<Vec<_>>().join("/");
        let types = self.types(Some(id)).map(|id| self.type_piece(id));
        self.section(&path, &title, self.operations(id).chain(types).collect())
    }

    /// For each group of operations that has an inline module `name`, returns the path of this module, and the cargo features
    /// that enable it. `name` is [`OPERATION_EXPORTS`] or [`TYPE_EXPORTS`].
    fn globs(&self, name: &str) -> Vec<(String, Features)> {
        let groups = self.api.layout.groups.iter().enumerate();
        let groups =
            groups.filter(|(id, _)| name == OPERATION_EXPORTS || self.types(Some(GroupId(*id))).next().is_some());
        let module = |group: &Group| {
            let steps = ["super"].into_iter().chain(group.folder.as_deref()).chain([group.module.as_str(), name]);
            steps.collect::<Vec<_>>().join("::")
        };
        groups.map(|(_, group)| (module(group), self.features_of(group))).collect()
    }

    fn features_of(&self, group: &Group) -> Features {
        if self.has_features { vec![group.feature.clone()] } else { Vec::new() }
    }

    /// Returns the cargo features of each operation.
    fn features_of_operations(&self) -> impl Iterator<Item = Features> {
        let groups = self.api.layout.operations.iter().map(|place| &self.api.layout.groups[place.group.0]);
        groups.map(|group| self.features_of(group))
    }

    /// Returns the types in the module of `group`. If `group` is `None`, returns the types in the module `types`, which is for
    /// all groups.
    fn types(&self, group: Option<GroupId>) -> impl Iterator<Item = TypeId> {
        let is_of_group = move |id: &TypeId| match (&self.api.layout.types[id.0].users, group) {
            (Users::One(only), Some(group)) => *only == group,
            (Users::One(_), None) | (_, Some(_)) => false,
            (_, None) => true,
        };
        self.api.emitted_types.iter().copied().filter(is_of_group)
    }
}

/// Returns `items`. If `unused` is true, an attribute before the items allows unused items, because the enabled cargo features
/// decide which items are used.
fn allowing(unused: bool, items: TokenStream) -> TokenStream {
    let allowed = r#"#![allow(dead_code, reason = "the features decide which of these are used")]"#;
    let allowed = unused.then(|| tokens(allowed));
    quote! { #allowed #items }
}

/// Emits a `#[cfg]` attribute. An item with this attribute is compiled if at least one of the cargo features in `features` is
/// enabled. Emits nothing if `features` is empty.
fn condition(features: &[String]) -> TokenStream {
    match features {
        [] => TokenStream::new(),
        [only] => quote! { #[cfg(feature = #only)] },
        several => quote! { #[cfg(any(#(feature = #several),*))] },
    }
}
