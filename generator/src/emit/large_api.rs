//! Emits a large API: one module for each group of operations with the types that only the group uses, and a cargo feature for it.
//!
//! Operations, types and examples are emitted as pieces. `print` decides which pieces share a file once it knows their lengths.

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::emit::fragments::{Place, inner_docs, tokens};
use crate::emit::imports::{Import, Importable};
use crate::emit::module::{Items, Module, fixed_items};
use crate::emit::operations::{key_types, responses};
use crate::emit::sections::{Features, Piece, Section};
use crate::emit::types::{codec, dynamic_schemas, patterns};
use crate::emit::{client, examples, operations, security, types};
use crate::ir::{Api, Group, GroupId, Operation, ResponseHeadersId, Type, TypeId, TypeKind, Users, Value};

/// A large API, and the facts that its modules share.
pub struct LargeApi<'a> {
    api: &'a Api,
    /// The folder of the API below `src/`, ending in `/`, or empty.
    folder: String,
    /// Whether each group has a feature.
    features: bool,
    /// The distinct security requirements of the operations.
    securities: Arc<Vec<security::Kind<'a>>>,
    /// For each struct of response headers, the operations that return it.
    readers: Vec<Vec<usize>>,
}

impl<'a> LargeApi<'a> {
    pub fn new(api: &'a Api, folder: &str, features: bool) -> Self {
        let mut readers = vec![Vec::new(); api.response_headers.len()];
        for (index, operation) in api.operations.iter().enumerate() {
            if let Some(ResponseHeadersId(id)) = operation.responses.headers {
                readers[id].push(index);
            }
        }
        Self {
            api,
            folder: folder.to_owned(),
            features: features && api.layout.groups.len() > 1,
            securities: Arc::new(security::distinct(api)),
            readers,
        }
    }

    /// The features of the crate.
    pub fn features(&self) -> Features {
        let groups = self.api.layout.groups.iter().filter(|_| self.features);
        groups.map(|group| group.feature.clone()).collect()
    }

    /// The declarations of the API's modules, and the re-exports of their items.
    pub fn declarations(&self) -> TokenStream {
        let api = self.api;
        let when = |present: bool, tokens: TokenStream| if present { tokens } else { TokenStream::new() };
        let shared = self.types(None).next().is_some();
        let groups = api.layout.groups.iter().map(|group| {
            let (condition, name) = (condition(&self.features_of(group)), format_ident!("{}", group.module));
            quote! { #condition mod #name; }
        });
        let modules = [
            quote! { mod client; },
            when(shared, quote! { mod codec; }),
            when(!self.examples(None).is_empty(), quote! { #[cfg(test)] mod examples; }),
            when(!api.key_types.is_empty(), quote! { pub mod keys; }),
            when(!api.operations.is_empty(), quote! { pub mod operations; }),
            when(!api.emitted_patterns.is_empty(), quote! { mod patterns; }),
            when(dynamic_schemas::has_any(api), quote! { mod schemas; }),
            when(!self.securities.is_empty(), quote! { mod security; }),
            when(!api.emitted_types.is_empty(), quote! { pub mod types; }),
        ];
        let marker = format_ident!("{}", api.marker);
        let servers = when(!api.servers.is_empty(), quote! { , servers });
        let uses = [
            quote! { pub use client::{Builder, Client, #marker #servers}; },
            when(!api.key_types.is_empty(), quote! { pub use keys::*; }),
            when(!api.operations.is_empty(), quote! { pub use operations::*; }),
            when(!api.emitted_types.is_empty(), quote! { pub use types::*; }),
        ];
        quote! { #(#modules)* #(#groups)* #(#uses)* }
    }

    /// The modules that are always one file.
    pub fn modules(&self) -> Vec<Module<'a>> {
        let (api, attributes) = (self.api, !self.features().is_empty());
        let mut modules = vec![self.module("client", Box::new(move || client::emit(api)))];
        if !api.key_types.is_empty() {
            modules.push(self.module("keys", Box::new(move || allowing(attributes, key_types::emit(api)))));
        }
        if !api.emitted_patterns.is_empty() {
            modules.push(self.module("patterns", Box::new(move || allowing(attributes, patterns::emit(api)))));
        }
        if dynamic_schemas::has_any(api) {
            modules.push(self.module("schemas", Box::new(move || allowing(attributes, dynamic_schemas::emit(api)))));
        }
        if !self.securities.is_empty() {
            let securities = self.securities.clone();
            let items = move || allowing(attributes, security::emit(api, &securities));
            modules.push(self.module("security", Box::new(items)));
        }
        modules.extend((0..api.layout.groups.len()).map(|group| self.group_module(GroupId(group))));
        modules
    }

    fn module(&self, name: &str, items: Items<'a>) -> Module<'a> {
        Module { path: format!("{}{name}.rs", self.folder), source: self.api.file.clone(), items }
    }

    fn group_module(&self, group: GroupId) -> Module<'a> {
        let has_types = self.types(Some(group)).next().is_some();
        let codec = has_types.then(|| quote! { mod codec; });
        let types = has_types.then(|| quote! { pub mod types; });
        let examples = (!self.examples(Some(group)).is_empty()).then(|| quote! { #[cfg(test)] mod examples; });
        let Group { title, module, .. } = &self.api.layout.groups[group.0];
        let text = format!("The operations of {title:?}, and the types that only they use.");
        let text = text.replace(['[', ']', '<', '>', '`'], " ");
        let declared = quote! { #codec #examples pub mod operations; #types };
        let items = inner_docs(&[text]);
        self.module(&format!("{module}/mod"), fixed_items(&quote! { #items #declared }))
    }

    /// The modules that are divided if they are too long for one file.
    pub fn sections(&self) -> Vec<Section<'a>> {
        let groups = (0..self.api.layout.groups.len()).map(|group| Some(GroupId(group)));
        let sections = groups.chain([None]).flat_map(|group| {
            let title = |what: &str| match group {
                Some(GroupId(id)) => format!("{what} of {:?}.", self.api.layout.groups[id].title),
                None => format!("{what} of the document."),
            };
            let types = self.types(group).map(|id| self.type_piece(id)).collect();
            let codec = self.types(group).map(|id| self.codec_piece(id)).collect();
            [
                self.section(group, "operations", title("The operations"), self.operations(group)),
                self.section(group, "types", title("The types"), types),
                self.section(group, "codec", title("How the types stand in JSON"), codec),
                self.section(
                    group,
                    "examples",
                    title("What the documentation prints, as tests,"),
                    self.examples(group),
                ),
            ]
        });
        sections.filter(|section| !section.pieces.is_empty() || !section.exports.is_empty()).collect()
    }

    fn section(&self, group: Option<GroupId>, name: &str, title: String, mut pieces: Vec<Piece<'a>>) -> Section<'a> {
        // A module must not have the name of its parent module (clippy::module_inception).
        pieces.iter_mut().filter(|piece| piece.owner == name).for_each(|piece| piece.owner.push('_'));
        let folder = group.map(|group| format!("{}/", self.api.layout.groups[group.0].module)).unwrap_or_default();
        let exported = name == "operations" || name == "types";
        let groups = self.api.layout.groups.iter().enumerate().filter(|_| group.is_none() && exported);
        let has = |id: usize| name == "operations" || self.types(Some(GroupId(id))).next().is_some();
        let exports = groups
            .filter(|(id, _)| has(*id))
            .map(|(_, group)| (format!("super::{}::{name}", group.module), self.features_of(group)))
            .collect();
        Section {
            path: format!("{}{folder}{name}", self.folder),
            source: self.api.file.clone(),
            title,
            exported,
            exports,
            allows_unused: group.is_none() && name == "operations" && !self.features().is_empty(),
            pieces,
        }
    }

    fn features_of(&self, group: &Group) -> Features {
        if self.features { vec![group.feature.clone()] } else { Vec::new() }
    }

    /// The types in the module of `group`, or the types that groups share if there is no `group`.
    fn types(&self, group: Option<GroupId>) -> impl Iterator<Item = TypeId> {
        let is_of_group = move |id: &TypeId| match (&self.api.layout.types[id.0].users, group) {
            (Users::One(only), Some(group)) => *only == group,
            (Users::One(_), None) | (_, Some(_)) => false,
            (_, None) => true,
        };
        self.api.emitted_types.iter().copied().filter(is_of_group)
    }

    /// The features that compile a shared type. A type of one group has the condition of its module.
    fn features_of_type(&self, id: TypeId) -> Features {
        match &self.api.layout.types[id.0].users {
            Users::Several(groups) => {
                groups.iter().flat_map(|group| self.features_of(&self.api.layout.groups[group.0])).collect()
            }
            Users::One(_) | Users::All => Vec::new(),
        }
    }

    fn path(&self, module: &str) -> String {
        let root = self.api.layout.root.join("::");
        if module.is_empty() { root } else { format!("{root}::{module}") }
    }

    fn runtime(names: &[&str]) -> Vec<Import> {
        names.iter().map(|name| Import::new("crate::runtime", name)).collect()
    }

    /// The module `types` of the API.
    fn types_module(&self) -> Import {
        Import::new(&self.path(""), "types")
    }

    /// The structs of the API's overload keys.
    fn keys(&self) -> impl Iterator<Item = Import> {
        self.api.key_types.iter().map(|key| Import::new(&self.path("keys"), &key.name))
    }

    fn type_piece(&self, id: TypeId) -> Piece<'a> {
        let api = self.api;
        let (named, methods) = match api.types[id.0].kind {
            TypeKind::Union(_) => (&["ValidationContext", "ValidateVariant"], &["Validate"][..]),
            _ => (&["ValidationContext", "Validate"], &[][..]),
        };
        let importable = Importable {
            always: Vec::new(),
            if_named: Self::runtime(named),
            if_called: Self::runtime(methods).into_iter().map(|import| (import, "check")).collect(),
            if_path_begins: vec![self.types_module()],
        };
        let place = Place { api, beside_types: false };
        let items = move || types::definition(place, &api.types[id.0]);
        self.piece_of_type(id, importable, Box::new(items))
    }

    fn codec_piece(&self, id: TypeId) -> Piece<'a> {
        let api = self.api;
        // One import of the type itself: a glob of all types in each file costs the compiler more than the tables do.
        let always = vec![Import::new(&self.path("types"), &api.types[id.0].name)];
        // Multipart bodies have no table, and need neither module.
        let if_path_begins = vec![Import::new("crate::runtime", "codec"), self.types_module()];
        let place = Place { api, beside_types: false };
        let items = move || codec::table(place, &api.types[id.0]);
        self.piece_of_type(id, Importable { always, if_path_begins, ..Importable::default() }, Box::new(items))
    }

    fn piece_of_type(&self, id: TypeId, importable: Importable, items: Items<'a>) -> Piece<'a> {
        let place = &self.api.layout.types[id.0];
        let features = self.features_of_type(id);
        Piece {
            owner: place.owner.clone(),
            file: place.file.clone(),
            features,
            importable: Arc::new(importable),
            items,
        }
    }

    /// The operations of `group`, or the items that operations share if there is no `group`.
    fn operations(&self, group: Option<GroupId>) -> Vec<Piece<'a>> {
        let Some(group) = group else { return self.header_pieces() };
        let of_group = self.api.operations.iter().zip(&self.api.layout.operations).enumerate();
        let of_group = of_group.filter(move |(_, (_, of))| **of == group);
        of_group.map(|(index, (operation, _))| self.operation_piece(index, operation)).collect()
    }

    fn operation_piece(&self, index: usize, operation: &'a Operation) -> Piece<'a> {
        let (api, securities) = (self.api, self.securities.clone());
        let own = self.readers.iter().position(|readers| readers.as_slice() == [index]);
        let place = Place { api, beside_types: false };
        let items = move || {
            let (method, setters) = (operations::method(place, operation), operations::setters(place, operation));
            let items = operations::items(place, operation, &securities);
            let headers =
                own.map(|id| responses::headers_struct(place, &api.response_headers[id], &TokenStream::new()));
            quote! { impl<T> Client<T> { #method } #setters #items #headers }
        };
        let name = &api.layout.files[index];
        let importable = Arc::new(self.importable_by_operations());
        Piece { owner: name.clone(), file: name.clone(), features: Vec::new(), importable, items: Box::new(items) }
    }

    fn importable_by_operations(&self) -> Importable {
        let api = self.api;
        let mut if_named = Self::runtime(operations::RUNTIME);
        if_named.push(Import::new("http", "Method"));
        let client = ["Client", &api.marker].map(|name| Import::new(&self.path("client"), name));
        let securities = self.securities.iter().map(|kind| Import::new(&self.path("security"), &kind.constant));
        let headers =
            self.shared_headers().map(|id| Import::new(&self.path("operations"), &api.response_headers[id].name));
        if_named.extend(client.into_iter().chain(self.keys()).chain(securities).chain(headers));
        Importable { if_named, if_path_begins: vec![self.types_module()], ..Importable::default() }
    }

    /// The structs of response headers that several operations return.
    fn shared_headers(&self) -> impl Iterator<Item = usize> {
        (0..self.readers.len()).filter(|id| self.readers[*id].len() > 1)
    }

    fn header_pieces(&self) -> Vec<Piece<'a>> {
        let api = self.api;
        let piece = |id: usize| {
            let name = api.response_headers[id].module.clone();
            let items = move || {
                responses::headers_struct(
                    Place { api, beside_types: false },
                    &api.response_headers[id],
                    &quote! { pub(crate) },
                )
            };
            let importable = Arc::new(Importable { always: Self::runtime(&["RawResponse"]), ..Importable::default() });
            Piece { owner: name.clone(), file: name, features: Vec::new(), importable, items: Box::new(items) }
        };
        self.shared_headers().map(piece).collect()
    }

    /// The tests of `group`, or of the types that groups share if there is no `group`.
    fn examples(&self, group: Option<GroupId>) -> Vec<Piece<'a>> {
        let api = self.api;
        let place = Place { api, beside_types: false };
        let mut pieces = Vec::new();
        let operations = api.operations.iter().zip(&api.layout.operations).zip(&api.layout.files);
        for ((operation, _), file) in operations.filter(|((_, of), _)| Some(**of) == group) {
            for example in &operation.examples {
                let items: Items<'a> = Box::new(move || examples::request(place, operation, example));
                pieces.push(self.example_piece(file, &example.test_name, Vec::new(), items));
            }
        }
        for example in &api.body_examples {
            let items = Box::new(move || examples::body(place, example));
            pieces.extend(self.value_piece(group, &example.value, &example.test_name, items));
        }
        for example in &api.schema_examples {
            let items = Box::new(move || examples::schema(place, example));
            pieces.extend(self.value_piece(group, &example.value, &example.test_name, items));
        }
        pieces
    }

    /// The test of a value, if the type of the value is in the module of `group`.
    fn value_piece(&self, group: Option<GroupId>, value: &Value, test: &str, items: Items<'a>) -> Option<Piece<'a>> {
        let id = named(value);
        let of = match id.map(|id| &self.api.layout.types[id.0].users) {
            Some(Users::One(only)) => Some(*only),
            _ => None,
        };
        let features = id.map(|id| self.features_of_type(id)).unwrap_or_default();
        let owner = id.map_or("bodies", |id| &self.api.layout.types[id.0].owner);
        (of == group).then(|| self.example_piece(owner, test, features, items))
    }

    fn example_piece(&self, owner: &str, file: &str, features: Features, items: Items<'a>) -> Piece<'a> {
        let client = Import::new(&self.path("client"), "Client");
        let if_named = Self::runtime(&["Direction"]).into_iter().chain([client]).chain(self.keys()).collect();
        let always = Self::runtime(&["example"]);
        let importable =
            Importable { always, if_named, if_path_begins: vec![self.types_module()], ..Importable::default() };
        Piece { owner: owner.to_owned(), file: file.to_owned(), features, importable: Arc::new(importable), items }
    }
}

/// The attribute of files with items that only some features use.
pub const ALLOWED: &str = r#"#![allow(dead_code, reason = "the features decide which of these are used")]"#;

/// Prefixes items with [`ALLOWED`] if some may be unused.
fn allowing(unused: bool, items: TokenStream) -> TokenStream {
    let allowed = unused.then(|| tokens(ALLOWED));
    quote! { #allowed #items }
}

/// The named type of a value, or of the items of a list or map.
fn named(value: &Value) -> Option<TypeId> {
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => named(inner),
        Type::Named { id, .. } => Some(*id),
        _ => None,
    }
}

/// The `#[cfg]` of items that one of these features compiles.
fn condition(features: &[String]) -> TokenStream {
    match features {
        [] => TokenStream::new(),
        [only] => quote! { #[cfg(feature = #only)] },
        several => quote! { #[cfg(any(#(feature = #several),*))] },
    }
}
