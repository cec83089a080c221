//! The pieces of code of a large API: one for each operation, type, pattern and example.

use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use super::{LargeApi, OPERATION_EXPORTS, TYPE_EXPORTS, condition};
use crate::emit::fragments::Place;
use crate::emit::imports::{Import, Importable};
use crate::emit::module::Items;
use crate::emit::operations::{self, responses};
use crate::emit::sections::{Features, Piece};
use crate::emit::types::patterns::Static;
use crate::emit::types::shared_classes::SharedClasses;
use crate::emit::types::{self, codec, patterns};
use crate::emit::{commands, examples, fragments, operations_trait, required};
use crate::ir::{Group, GroupId, Operation, TypeId, TypeKind, Users, Value, kebab};

impl<'a> LargeApi<'a> {
    fn place(&self) -> Place<'a> {
        Place { api: self.api, in_types_module: false }
    }

    /// Returns the path of a module of the API, such as `crate::types` for `types`. For an empty name, returns the path of the
    /// API itself.
    fn path(&self, module: &str) -> String {
        self.api.layout.path(module)
    }

    /// Returns the import of the API's module `types`.
    fn types_module(&self) -> Import {
        Import::new(&self.path(""), "types")
    }

    /// Returns the import of the API's module `required`.
    fn required_module(&self) -> Import {
        Import::new(&self.path(""), "required")
    }

    /// Returns the imports of the key types, which are the argument types of overloaded methods.
    fn keys(&self) -> impl Iterator<Item = Import> {
        self.api.key_types.iter().map(|key| Import::new(&self.path("keys"), &key.name))
    }

    /// Returns the piece of code for a type. The piece contains the declaration of the type, and the table of its JSON names.
    pub(super) fn type_piece(&self, id: TypeId) -> Piece<'a> {
        let (place, definition) = (self.place(), &self.api.types[id.0]);
        let (named, methods) = match definition.kind {
            TypeKind::Union(_) => (&["ValidationContext", "ValidateVariant"], &["Validate"][..]),
            _ => (&["ValidationContext", "Validate"], &[][..]),
        };
        let importable = Importable {
            if_named: runtime(named),
            if_called: calls_check(methods),
            if_path_begins: vec![Import::new("crate::runtime", "codec"), self.types_module(), self.required_module()],
            ..Importable::default()
        };
        let is_of_group = matches!(self.api.layout.types[id.0].users, Users::One(_));
        let items = move || {
            let (definition, table) = (types::definition(place, definition), codec::table(place, definition));
            quote! { #definition #table }
        };
        Piece {
            key: self.api.layout.types[id.0].key.clone(),
            is_alone: is_of_group
                && self.operation_imports.if_named.iter().any(|import| import.name == definition.name),
            inline: is_of_group.then_some(TYPE_EXPORTS),
            features: self.features_of_type(id),
            importable: Arc::new(importable),
            items: Box::new(items),
        }
    }

    /// Returns the cargo features of a type. The type is compiled if one of them is enabled. The list is empty for a type that is
    /// always compiled, and for a type in the module of a group of operations: the `#[cfg]` attribute of the module also applies
    /// to this type.
    fn features_of_type(&self, id: TypeId) -> Features {
        match &self.api.layout.types[id.0].users {
            Users::Several(groups) => {
                groups.iter().flat_map(|group| self.features_of(&self.api.layout.groups[group.0])).collect()
            }
            Users::One(_) | Users::All => Vec::new(),
        }
    }

    pub(super) fn operations(&self, group: GroupId) -> impl Iterator<Item = Piece<'a>> {
        let operations = self.api.operations.iter().enumerate();
        let of_group = operations.filter(move |(index, _)| self.api.layout.operations[*index].group == group);
        of_group.map(|(index, operation)| self.operation_piece(index, operation))
    }

    fn operation_piece(&self, index: usize, operation: &'a Operation) -> Piece<'a> {
        let (api, place, securities) = (self.api, self.place(), self.securities.clone());
        let own = self.readers.iter().position(|readers| readers.as_slice() == [index]);
        let items = move || {
            let method = operations::method(place, operation);
            let items = operations::items(place, index, &securities);
            let headers = own.map(|id| {
                responses::headers_struct(place, &api.response_headers[id], responses::HEADERS, &TokenStream::new())
            });
            quote! { impl<T> Client<T> { #method } #items #headers }
        };
        let (key, importable) = (api.layout.operations[index].key.clone(), self.operation_imports.clone());
        Piece { inline: Some(OPERATION_EXPORTS), ..piece(key, Vec::new(), importable, Box::new(items)) }
    }

    pub(super) fn importable_by_operations(&self) -> Importable {
        let api = self.api;
        let mut if_named = runtime(operations::RUNTIME);
        if_named.push(Import::new("http", "Method"));
        let client = ["Client", &api.marker].map(|name| Import::new(&self.path("client"), name));
        let securities = self.securities.kinds.iter().map(|kind| Import::new(&self.path("security"), &kind.constant));
        let headers =
            self.shared_headers().map(|id| Import::new(&self.path("operations"), &api.response_headers[id].name));
        if_named.extend(client.into_iter().chain(self.keys()).chain(securities).chain(headers));
        Importable {
            if_named,
            if_called: calls_check(&["Validate"]),
            if_path_begins: vec![self.types_module(), self.required_module()],
            ..Importable::default()
        }
    }

    /// Returns the structs of required values: one for each operation or type with several of them.
    pub(super) fn required_values(&self) -> Vec<Piece<'a>> {
        let (api, place) = (self.api, self.place());
        let importable = Arc::new(Importable {
            if_named: self.keys().collect(),
            if_path_begins: vec![self.types_module()],
            ..Importable::default()
        });
        let operations = api.operations.iter().zip(&api.layout.operations);
        let operations = operations.filter(|(operation, _)| !operation.call_arguments().named.is_empty());
        let operations = operations.map(|(operation, layout)| {
            let items = move || required::of_operation(place, operation).unwrap_or_default();
            let features = self.features_of(&api.layout.groups[layout.group.0]);
            piece(layout.key.clone(), features, importable.clone(), Box::new(items))
        });
        let types = api.emitted_types.iter().copied();
        let types = types.filter(|id| required::named_structure(&api.types[id.0]).is_some()).map(|id| {
            let items = move || required::of_type(place, id).unwrap_or_default();
            let features = match api.layout.types[id.0].users {
                Users::One(group) => self.features_of(&api.layout.groups[group.0]),
                _ => self.features_of_type(id),
            };
            piece(api.layout.types[id.0].key.clone(), features, importable.clone(), Box::new(items))
        });
        operations.chain(types).collect()
    }

    /// Returns the structs of arguments, for the trait over the operations.
    pub(super) fn arguments(&self) -> Vec<Piece<'a>> {
        let (api, place) = (self.api, self.place());
        if api.operations_trait.is_none() {
            return Vec::new();
        }
        let bodies = operations_trait::body_enums(api).map(|name| Import::new(&self.path("operations"), name));
        let importable = Arc::new(Importable {
            if_named: self.keys().chain(bodies).collect(),
            if_path_begins: vec![self.types_module(), self.required_module()],
            ..Importable::default()
        });
        let operations = api.operations.iter().zip(&api.layout.operations);
        let pieces = operations.map(|(operation, layout)| {
            let items = move || operations_trait::arguments_of(place, operation);
            let features = self.features_of(&api.layout.groups[layout.group.0]);
            piece(layout.key.clone(), features, importable.clone(), Box::new(items))
        });
        pieces.collect()
    }

    /// Returns the index of each struct of response headers that several operations share.
    fn shared_headers(&self) -> impl Iterator<Item = usize> {
        (0..self.readers.len()).filter(|id| self.readers[*id].len() > 1)
    }

    pub(super) fn headers(&self) -> Vec<Piece<'a>> {
        let (place, importable) =
            (self.place(), Arc::new(Importable { always: runtime(&["RawResponse"]), ..Importable::default() }));
        let piece = |id: usize| {
            let headers = &self.api.response_headers[id];
            let items = move || responses::headers_struct(place, headers, responses::HEADERS, &quote! { pub(crate) });
            piece(headers.module.clone(), Vec::new(), importable.clone(), Box::new(items))
        };
        self.shared_headers().map(piece).collect()
    }

    pub(super) fn patterns(&self) -> Vec<Piece<'a>> {
        let mut if_named = runtime(patterns::RUNTIME);
        if_named.push(Import::new("crate::ecma", "Ecma"));
        let module = "patterns";
        let if_path_begins = vec![Import::new(&self.path(""), module)];
        let importable = Arc::new(Importable { if_named, if_path_begins, ..Importable::default() });
        let classes = Arc::new(SharedClasses::of(self.api, module));
        let piece = |item: Static<'a>| {
            let name = match item {
                Static::Class(index) => classes.name(index),
                Static::Pattern(pattern) => &pattern.constant,
            };
            let (key, classes) = (name.to_ascii_lowercase(), classes.clone());
            let items = move || patterns::emit(item, &classes, &quote! { pub(crate) });
            piece(key, Vec::new(), importable.clone(), Box::new(items))
        };
        patterns::statics(self.api, &classes).map(piece).collect()
    }

    /// Returns the commands of the program for shells.
    pub(super) fn commands(&self) -> Vec<Piece<'a>> {
        let (api, place) = (self.api, self.place());
        let Some(line) = &api.command_line else { return Vec::new() };
        let marker = Import::new(&self.path("client"), &api.marker);
        let importable = Arc::new(Importable {
            if_named: self.keys().chain([marker]).collect(),
            if_path_begins: vec![Import::new("crate::runtime", "cli"), self.types_module(), self.required_module()],
            ..Importable::default()
        });
        let operations = api.operations.iter().zip(&line.commands).zip(&api.layout.operations);
        let pieces = operations.map(|((operation, command), layout)| {
            let group = &api.layout.groups[layout.group.0];
            let key = format!("{}{}", key_of_group(group), layout.key);
            let items = move || commands::command(place, operation, command);
            piece(key, self.features_of(group), importable.clone(), Box::new(items))
        });
        pieces.collect()
    }

    /// Emits the groups of commands, each with the condition of its cargo feature.
    pub(super) fn command_groups(&self) -> TokenStream {
        let (api, root) = (self.api, fragments::api_path(self.api));
        let groups = api.layout.groups.iter().enumerate().map(|(id, group)| {
            let (condition, name, title) = (condition(&self.features_of(group)), kebab(&group.module), &group.title);
            let commands = api.command_line.iter().flat_map(|line| line.commands.iter().zip(&api.layout.operations));
            let commands = commands.filter(|(_, place)| place.group.0 == id);
            let commands = commands.map(|(command, _)| fragments::ident(&command.constant));
            quote! {
                #condition
                cli::Group { name: #name, title: #title, commands: &[#(&#root::commands::#commands),*] }
            }
        });
        quote! { #(#groups),* }
    }

    pub(super) fn examples(&self) -> Vec<Piece<'a>> {
        let (api, place) = (self.api, self.place());
        let mut examples = Vec::new();
        for (operation, layout) in api.operations.iter().zip(&api.layout.operations) {
            let features = self.features_of(&api.layout.groups[layout.group.0]);
            for example in &operation.examples {
                let items = move || examples::request(place, operation, example);
                examples.push(self.example(Some(layout.group), &layout.key, features.clone(), Box::new(items)));
            }
        }
        for example in &api.body_examples {
            examples.push(self.value_example(&example.value, Box::new(move || examples::body(place, example))));
        }
        for example in &api.schema_examples {
            examples.push(self.value_example(&example.value, Box::new(move || examples::schema(place, example))));
        }
        examples
    }

    /// Returns the piece of code that tests an example of a body or a schema.
    fn value_example(&self, value: &Value, items: Items<'a>) -> Piece<'a> {
        let Some(id) = value.named_type() else { return self.example(None, "bodies", Vec::new(), items) };
        let layout = &self.api.layout.types[id.0];
        match layout.users {
            Users::One(group) => {
                let features = self.features_of(&self.api.layout.groups[group.0]);
                self.example(Some(group), &layout.key, features, items)
            }
            _ => self.example(None, &layout.key, self.features_of_type(id), items),
        }
    }

    fn example(&self, group: Option<GroupId>, key: &str, features: Features, items: Items<'a>) -> Piece<'a> {
        let module = group.map(|group| key_of_group(&self.api.layout.groups[group.0])).unwrap_or_default();
        let client = Import::new(&self.path("client"), "Client");
        let importable = Importable {
            always: runtime(&["example"]),
            if_named: runtime(&["Direction"]).into_iter().chain([client]).chain(self.keys()).collect(),
            if_path_begins: vec![self.types_module(), self.required_module()],
            ..Importable::default()
        };
        piece(format!("{module}{key}"), features, Arc::new(importable), items)
    }
}

/// Returns the beginning of the keys of a group's pieces, such as `pets_`. The module `type_` has the beginning `type_`, because
/// a file name with `__` is not in snake case.
fn key_of_group(group: &Group) -> String {
    format!("{}_", group.module.trim_end_matches('_'))
}

/// Creates a piece of code that can share a file with other pieces.
fn piece(key: String, features: Features, importable: Arc<Importable>, items: Items<'_>) -> Piece<'_> {
    Piece { key, is_alone: false, inline: None, features, importable, items }
}

fn runtime(names: &[&str]) -> Vec<Import> {
    names.iter().map(|name| Import::new("crate::runtime", name)).collect()
}

/// Returns the imports of traits of the runtime, for code that calls their method `check`.
fn calls_check(traits: &[&str]) -> Vec<(Import, &'static str)> {
    runtime(traits).into_iter().map(|import| (import, "check")).collect()
}
