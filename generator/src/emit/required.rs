//! Emits `required.rs`: structs with which a caller names the required values of an operation or a type.
//!
//! The fields of such a struct have the names of the values. A field whose value is converted, such as `impl Into<String>`, has a
//! type parameter as its type, so that a caller can write any convertible value.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{Place, docs, ident, imports, inner_docs, mentions, tokens};
use crate::ir::{Api, Argument, Docs, Field, Operation, Struct, TypeDef, TypeId};

/// The number of type arguments from which Clippy calls the type of a parameter complex.
const COMPLEX: usize = 12;

/// A struct of required values.
struct Required {
    name: Ident,
    title: String,
    fields: Vec<RequiredField>,
}

struct RequiredField {
    name: Ident,
    docs: Docs,
    /// The type of the parameter through which a setter takes such a value, such as `impl Into<String>`.
    kind: String,
}

impl RequiredField {
    /// Returns whether the type of the field is a type parameter.
    fn is_generic(&self) -> bool {
        self.kind.starts_with("impl ")
    }
}

/// Emits the structs of required values of a small API.
pub fn emit(api: &Api) -> TokenStream {
    let place = Place { api, in_types_module: false };
    let operations = api.operations.iter().map(|operation| of_operation(place, operation));
    let types = api.emitted_types.iter().map(|id| of_type(place, *id));
    let items: TokenStream = operations.chain(types).flatten().collect();
    let title = inner_docs(&[TITLE.to_owned()]);
    let keys: Vec<&str> = api.key_types.iter().map(|key| key.name.as_str()).collect();
    let keys = imports(&items, quote! { super::keys }, &keys);
    let types = mentions(&items, "types").then(|| quote! { use super::types; });
    quote! { #title #keys #types #items }
}

/// The first line of the module.
pub const TITLE: &str =
    "The required values of operations and types: the fields of struct literals, so that each value has a name.";

/// Returns whether an operation or a type of the API has a struct of required values.
pub fn has_any(api: &Api) -> bool {
    let types = api.emitted_types.iter().any(|id| named_structure(&api.types[id.0]).is_some());
    types || api.operations.iter().any(|operation| !operation.call_arguments().named.is_empty())
}

/// Emits the struct of the required arguments of an operation; `None` if the caller passes them by position.
pub fn of_operation(place: Place<'_>, operation: &Operation) -> Option<TokenStream> {
    Some(definition(&operation_values(place, operation)?))
}

/// Emits the struct of the required members of a type; `None` if the constructor takes at most one value.
pub fn of_type(place: Place<'_>, id: TypeId) -> Option<TokenStream> {
    let definition_of = &place.api.types[id.0];
    Some(definition(&type_values(place, definition_of, named_structure(definition_of)?)))
}

/// Emits the parameter through which the client's method takes the struct of required arguments.
pub fn operation_parameter(place: Place<'_>, operation: &Operation) -> Option<TokenStream> {
    operation_values(place, operation).map(|required| parameter(&required))
}

/// Emits the parameter through which the constructor of a type takes the struct of required members, and the attribute that the
/// constructor needs.
pub fn type_parameter(place: Place<'_>, definition: &TypeDef, structure: &Struct) -> (TokenStream, TokenStream) {
    let required = type_values(place, definition, structure);
    (parameter(&required), complexity(&required))
}

/// Emits the attribute of the client's method.
pub fn operation_attribute(place: Place<'_>, operation: &Operation) -> TokenStream {
    operation_values(place, operation).map(|required| complexity(&required)).unwrap_or_default()
}

/// Returns the struct of a type if its constructor takes the required members by name.
pub fn named_structure(definition: &TypeDef) -> Option<&Struct> {
    definition.constructed_struct().filter(|structure| structure.has_named_values())
}

fn operation_values(place: Place<'_>, operation: &Operation) -> Option<Required> {
    let named = operation.call_arguments().named;
    let field = |argument: &Argument| RequiredField {
        name: ident(&argument.name),
        docs: argument.docs.clone(),
        kind: place.api.argument_setter_parameter(argument, place.naming()).0,
    };
    (!named.is_empty()).then(|| Required {
        name: ident(&operation.type_name),
        title: format!(
            "The required arguments of [`{0}`]({1}::Client::{0}), which takes them as this struct.",
            operation.method_name,
            root(place.api)
        ),
        fields: named.iter().map(|(_, argument)| field(argument)).collect(),
    })
}

fn type_values(place: Place<'_>, definition: &TypeDef, structure: &Struct) -> Required {
    let field = |field: &Field| RequiredField {
        name: ident(&field.name),
        docs: field.docs.clone(),
        kind: place.api.setter_parameter(&field.value, place.naming()).0,
    };
    Required {
        name: ident(&definition.name),
        title: format!(
            "The required members of [`{0}`]({1}::types::{0}), for its function `new`.",
            definition.name,
            root(place.api)
        ),
        fields: structure.constructor_fields().into_iter().map(field).collect(),
    }
}

/// Returns the path of the API's module.
fn root(api: &Api) -> String {
    api.layout.root.join("::")
}

/// Returns the names of the type parameters: `A` to `Z`, and then `A1`.
fn type_parameters() -> impl Iterator<Item = Ident> {
    let letters = move |round: usize| {
        ('A'..='Z').map(move |letter| match round {
            0 => ident(&letter.to_string()),
            _ => ident(&format!("{letter}{round}")),
        })
    };
    (0..).flat_map(letters)
}

fn definition(required: &Required) -> TokenStream {
    let (name, title) = (&required.name, docs(std::slice::from_ref(&required.title)));
    let mut unused = type_parameters();
    let mut generics = Vec::new();
    let fields = required.fields.iter().map(|field| {
        let (mut lines, name) = (field.docs.clone(), &field.name);
        let kind = match field.is_generic().then(|| unused.next()).flatten() {
            Some(parameter) => {
                lines.extend([String::new(), format!("Type: `{}`.", field.kind)]);
                generics.push(quote! { #parameter });
                quote! { #parameter }
            }
            None => tokens(&field.kind),
        };
        let docs = docs(&lines);
        quote! { #docs pub #name: #kind, }
    });
    let fields: Vec<TokenStream> = fields.collect();
    let lifetime = lifetime(required);
    let parameters: Vec<TokenStream> = lifetime.into_iter().chain(generics).collect();
    let parameters = (!parameters.is_empty()).then(|| quote! { <#(#parameters),*> });
    quote! {
        #title
        pub struct #name #parameters { #(#fields)* }
    }
}

/// Returns the lifetime parameter, if a field borrows.
fn lifetime(required: &Required) -> Option<TokenStream> {
    let borrows = required.fields.iter().any(|field| !field.is_generic() && field.kind.contains("&'a "));
    borrows.then(|| quote! { 'a })
}

fn parameter(required: &Required) -> TokenStream {
    let name = &required.name;
    let generics = required.fields.iter().filter(|field| field.is_generic()).map(|field| tokens(&field.kind));
    let parameters: Vec<TokenStream> = lifetime(required).into_iter().chain(generics).collect();
    let parameters = (!parameters.is_empty()).then(|| quote! { <#(#parameters),*> });
    quote! { required: required::#name #parameters }
}

fn complexity(required: &Required) -> TokenStream {
    match required.fields.iter().filter(|field| field.is_generic()).count() {
        0..COMPLEX => TokenStream::new(),
        _ => quote! { #[allow(clippy::type_complexity, reason = "each value may have a type of its own")] },
    }
}
