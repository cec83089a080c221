//! A large API: a module for each group of operations, with the types that only it uses, and features that compile them.
//!
//! What is emitted are pieces; how many stand in one file is decided when their lengths are known.

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::parts::{Place, inner_docs, tokens};
use super::uses::{Use, Uses};
use super::{
    Items, Module, client, codec, examples, operations, outcomes, overloads, patterns, security, settled, tables, types,
};
use crate::ir::{Api, Group, GroupId, HeadersId, Operation, Type, TypeId, TypeKind, Users, Value};

/// A file, or a folder of files where it would be too long.
pub struct Section<'a> {
    /// The path below `src/`, without an ending.
    pub path: String,
    /// What it is made from, for the header.
    pub source: String,
    /// What it is, for its `//!` line.
    pub title: String,
    /// Whether its items can be named without the modules they stand in.
    pub exported: bool,
    /// Modules whose items can be named as if they stood here, and the features that have them.
    pub exports: Vec<(String, Features)>,
    /// Whether the features decide which of its items are used.
    pub allows_unused: bool,
    /// What stands in it, in the order of the document.
    pub pieces: Vec<Piece<'a>>,
}

/// Items that stay together.
pub struct Piece<'a> {
    /// The module of the operation or component they belong to.
    pub owner: String,
    /// The module of their own, where their owner has too many for one file.
    pub file: String,
    /// The features that have them; the same for all of one owner.
    pub features: Features,
    /// What they may import.
    pub uses: Arc<Uses>,
    /// The items.
    pub items: Items<'a>,
}

/// Features of which one at least has to be on; none: always.
pub type Features = Vec<String>;

/// What the emission of one API shares.
pub struct Division<'a> {
    api: &'a Api,
    /// The folder of the API, with `/`, or nothing.
    folder: String,
    /// Whether the groups are features.
    features: bool,
    /// The credentials that operations ask for.
    securities: Arc<Vec<security::Kind<'a>>>,
    /// For each struct of headers the operations that read it.
    readers: Vec<Vec<usize>>,
}

impl<'a> Division<'a> {
    pub fn new(api: &'a Api, folder: &str, features: bool) -> Self {
        let mut readers = vec![Vec::new(); api.headers.len()];
        for (index, operation) in api.operations.iter().enumerate() {
            if let Some(HeadersId(id)) = operation.answers.headers {
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

    /// The modules of the API, and what of them can be named without them.
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
            when(!api.keys.is_empty(), quote! { pub mod keys; }),
            when(!api.operations.is_empty(), quote! { pub mod operations; }),
            when(!api.used_patterns.is_empty(), quote! { mod patterns; }),
            when(tables::has_any(api), quote! { mod schemas; }),
            when(!self.securities.is_empty(), quote! { mod security; }),
            when(!api.order.is_empty(), quote! { pub mod types; }),
        ];
        let marker = format_ident!("{}", api.marker);
        let servers = when(!api.servers.is_empty(), quote! { , servers });
        let uses = [
            quote! { pub use client::{Builder, Client, #marker #servers}; },
            when(!api.keys.is_empty(), quote! { pub use keys::*; }),
            when(!api.operations.is_empty(), quote! { pub use operations::*; }),
            when(!api.order.is_empty(), quote! { pub use types::*; }),
        ];
        quote! { #(#modules)* #(#groups)* #(#uses)* }
    }

    /// The modules that are never divided.
    pub fn modules(&self) -> Vec<Module<'a>> {
        let (api, attributes) = (self.api, !self.features().is_empty());
        let mut modules = vec![self.module("client", Box::new(move || client::emit(api)))];
        if !api.keys.is_empty() {
            modules.push(self.module("keys", Box::new(move || allowing(attributes, overloads::emit(api)))));
        }
        if !api.used_patterns.is_empty() {
            modules.push(self.module("patterns", Box::new(move || allowing(attributes, patterns::emit(api)))));
        }
        if tables::has_any(api) {
            modules.push(self.module("schemas", Box::new(move || allowing(attributes, tables::emit(api)))));
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
        self.module(&format!("{module}/mod"), settled(&quote! { #items #declared }))
    }

    /// The files that are divided where they would be too long.
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
        // A module is not to be called like the one it stands in.
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

    /// The types in the module of `group`, or the shared ones.
    fn types(&self, group: Option<GroupId>) -> impl Iterator<Item = TypeId> {
        let stands = move |id: &TypeId| match (&self.api.layout.types[id.0].users, group) {
            (Users::One(only), Some(group)) => *only == group,
            (Users::One(_), None) | (_, Some(_)) => false,
            (_, None) => true,
        };
        self.api.order.iter().copied().filter(stands)
    }

    /// The features that have a shared type; the others stand in modules that have them as a whole.
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

    fn runtime(names: &[&str]) -> Vec<Use> {
        names.iter().map(|name| ("crate::runtime".to_owned(), (*name).to_owned())).collect()
    }

    fn type_piece(&self, id: TypeId) -> Piece<'a> {
        let api = self.api;
        let (named, methods) = match api.types[id.0].kind {
            TypeKind::Union(_) => (&["At", "Choice"], &["Validate"][..]),
            _ => (&["At", "Validate"], &[][..]),
        };
        let uses = Uses {
            always: Vec::new(),
            where_mentioned: Self::runtime(named),
            where_called: Self::runtime(methods).into_iter().map(|name| (name, "check")).collect(),
            modules: vec![(self.path(""), "types".to_owned())],
        };
        let place = Place { api, beside_types: false };
        let items = move || types::definition(place, &api.types[id.0]);
        self.piece_of_type(id, uses, Box::new(items))
    }

    fn codec_piece(&self, id: TypeId) -> Piece<'a> {
        let api = self.api;
        // Importing all types into a thousand files would cost the compiler more than reading the tables.
        let always = vec![(self.path("types"), api.types[id.0].name.clone())];
        // The parts of a body are written without a table.
        let modules = vec![("crate::runtime".to_owned(), "codec".to_owned()), (self.path(""), "types".to_owned())];
        let place = Place { api, beside_types: false };
        let items = move || codec::table(place, &api.types[id.0]);
        self.piece_of_type(id, Uses { always, modules, ..Uses::default() }, Box::new(items))
    }

    fn piece_of_type(&self, id: TypeId, uses: Uses, items: Items<'a>) -> Piece<'a> {
        let place = &self.api.layout.types[id.0];
        let features = self.features_of_type(id);
        Piece { owner: place.owner.clone(), file: place.file.clone(), features, uses: Arc::new(uses), items }
    }

    /// The operations of `group`, or what several of them share.
    fn operations(&self, group: Option<GroupId>) -> Vec<Piece<'a>> {
        let Some(group) = group else { return self.shared_headers() };
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
            let headers = own.map(|id| outcomes::headers_struct(place, &api.headers[id], &TokenStream::new()));
            quote! { impl<T> Client<T> { #method } #setters #items #headers }
        };
        let name = &api.layout.files[index];
        let uses = Arc::new(self.operation_uses());
        Piece { owner: name.clone(), file: name.clone(), features: Vec::new(), uses, items: Box::new(items) }
    }

    fn operation_uses(&self) -> Uses {
        let api = self.api;
        let mut where_mentioned = Self::runtime(operations::RUNTIME);
        where_mentioned.push(("http".to_owned(), "Method".to_owned()));
        let client = ["Client", &api.marker].map(|name| (self.path("client"), name.to_owned()));
        let keys = api.keys.iter().map(|key| (self.path("keys"), key.name.clone()));
        let securities = self.securities.iter().map(|kind| (self.path("security"), kind.constant.clone()));
        let shared = self.shared().map(|id| (self.path("operations"), api.headers[id].name.clone()));
        where_mentioned.extend(client.into_iter().chain(keys).chain(securities).chain(shared));
        Uses { where_mentioned, modules: vec![(self.path(""), "types".to_owned())], ..Uses::default() }
    }

    /// The headers that several operations read.
    fn shared(&self) -> impl Iterator<Item = usize> {
        (0..self.readers.len()).filter(|id| self.readers[*id].len() > 1)
    }

    fn shared_headers(&self) -> Vec<Piece<'a>> {
        let api = self.api;
        let piece = |id: usize| {
            let name = api.headers[id].module.clone();
            let items = move || {
                outcomes::headers_struct(Place { api, beside_types: false }, &api.headers[id], &quote! { pub(crate) })
            };
            let uses = Arc::new(Uses { always: Self::runtime(&["Answer"]), ..Uses::default() });
            Piece { owner: name.clone(), file: name, features: Vec::new(), uses, items: Box::new(items) }
        };
        self.shared().map(piece).collect()
    }

    /// The tests of `group`, or those of shared types.
    fn examples(&self, group: Option<GroupId>) -> Vec<Piece<'a>> {
        let api = self.api;
        let place = Place { api, beside_types: false };
        let mut pieces = Vec::new();
        let operations = api.operations.iter().zip(&api.layout.operations).zip(&api.layout.files);
        for ((operation, _), file) in operations.filter(|((_, of), _)| Some(**of) == group) {
            for example in &operation.examples {
                let items: Items<'a> = Box::new(move || examples::request(place, operation, example));
                pieces.push(self.example_piece(file, &example.test, Vec::new(), items));
            }
        }
        for example in &api.examples {
            let items = Box::new(move || examples::body(place, example));
            pieces.extend(self.value_piece(group, &example.value, &example.test, items));
        }
        for example in &api.schema_examples {
            let items = Box::new(move || examples::schema(place, example));
            pieces.extend(self.value_piece(group, &example.value, &example.test, items));
        }
        pieces
    }

    /// The test of a value, where the type of the value stands in `group`.
    fn value_piece(&self, group: Option<GroupId>, value: &Value, test: &str, items: Items<'a>) -> Option<Piece<'a>> {
        let id = named(value);
        let stands = match id.map(|id| &self.api.layout.types[id.0].users) {
            Some(Users::One(only)) => Some(*only),
            _ => None,
        };
        let features = id.map(|id| self.features_of_type(id)).unwrap_or_default();
        let owner = id.map_or("bodies", |id| &self.api.layout.types[id.0].owner);
        (stands == group).then(|| self.example_piece(owner, test, features, items))
    }

    fn example_piece(&self, owner: &str, file: &str, features: Features, items: Items<'a>) -> Piece<'a> {
        let keys = self.api.keys.iter().map(|key| (self.path("keys"), key.name.clone()));
        let mut where_mentioned = Self::runtime(&["Direction"]);
        where_mentioned.push((self.path("client"), "Client".to_owned()));
        where_mentioned.extend(keys);
        let modules = vec![(self.path(""), "types".to_owned())];
        let uses = Uses { always: Self::runtime(&["example"]), where_mentioned, modules, ..Uses::default() };
        Piece { owner: owner.to_owned(), file: file.to_owned(), features, uses: Arc::new(uses), items }
    }
}

/// What a file says that has items which only some features use.
pub const ALLOWED: &str = r#"#![allow(dead_code, reason = "the features decide which of these are used")]"#;

/// Which of these items are used depends on the features.
fn allowing(unused: bool, items: TokenStream) -> TokenStream {
    let allowed = unused.then(|| tokens(ALLOWED));
    quote! { #allowed #items }
}

/// The named type in a value, if there is one.
fn named(value: &Value) -> Option<TypeId> {
    match &value.kind {
        Type::List(inner) | Type::Map(inner) => named(inner),
        Type::Named { id, .. } => Some(*id),
        _ => None,
    }
}

/// `#[cfg]` for one of these features.
fn condition(features: &[String]) -> TokenStream {
    match features {
        [] => TokenStream::new(),
        [only] => quote! { #[cfg(feature = #only)] },
        several => quote! { #[cfg(any(#(feature = #several),*))] },
    }
}
