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
struct Required<'a> {
    name: Ident,
    title: String,
    fields: Vec<RequiredField<'a>>,
}

struct RequiredField<'a> {
    name: Ident,
    docs: &'a Docs,
    /// The type of the parameter through which a setter takes such a value, such as `impl Into<String>`.
    kind: String,
}

impl RequiredField<'_> {
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

/// Emits the parameter through which the client's method takes the struct of required arguments, and the attribute that the method
/// needs; `None` if the caller passes them by position.
pub fn operation_parameter(place: Place<'_>, operation: &Operation) -> Option<(TokenStream, TokenStream)> {
    operation_values(place, operation).map(|required| parameter(&required))
}

/// Emits the parameter through which the constructor of a type takes the struct of required members, and the attribute that the
/// constructor needs.
pub fn type_parameter(place: Place<'_>, definition: &TypeDef, structure: &Struct) -> (TokenStream, TokenStream) {
    parameter(&type_values(place, definition, structure))
}

/// Returns the struct of a type if its constructor takes the required members by name.
pub fn named_structure(definition: &TypeDef) -> Option<&Struct> {
    definition.constructed_struct().filter(|structure| structure.has_named_values())
}

fn operation_values<'a>(place: Place<'_>, operation: &'a Operation) -> Option<Required<'a>> {
    let named = operation.call_arguments().named;
    let field = |argument: &'a Argument| RequiredField {
        name: ident(&argument.name),
        docs: &argument.docs,
        kind: place.api.argument_setter_parameter(argument, place.naming()).0,
    };
    (!named.is_empty()).then(|| Required {
        name: ident(&operation.type_name),
        title: format!(
            "The required arguments of [`{}`]({}), which takes them as this struct.",
            operation.method_name,
            place.api.layout.path(&format!("Client::{}", operation.method_name))
        ),
        fields: named.iter().map(|(_, argument)| field(argument)).collect(),
    })
}

fn type_values<'a>(place: Place<'_>, definition: &TypeDef, structure: &'a Struct) -> Required<'a> {
    let field = |field: &'a Field| RequiredField {
        name: ident(&field.name),
        docs: &field.docs,
        kind: place.api.setter_parameter(&field.value, place.naming()).0,
    };
    Required {
        name: ident(&definition.name),
        title: format!(
            "The required members of [`{}`]({}), for its function `new`.",
            definition.name,
            place.api.layout.path(&format!("types::{}", definition.name))
        ),
        fields: structure.constructor_fields().into_iter().map(field).collect(),
    }
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

fn definition(required: &Required<'_>) -> TokenStream {
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
    let parameters = in_brackets(lifetime(required), generics);
    quote! {
        #title
        pub struct #name #parameters { #(#fields)* }
    }
}

/// Returns the lifetime parameter, if a field borrows.
fn lifetime(required: &Required<'_>) -> Option<TokenStream> {
    let borrows = required.fields.iter().any(|field| !field.is_generic() && field.kind.contains("&'a "));
    borrows.then(|| quote! { 'a })
}

/// Emits the parameter that takes the struct, and the attribute that a function with this parameter needs.
fn parameter(required: &Required<'_>) -> (TokenStream, TokenStream) {
    let name = &required.name;
    let generics = required.fields.iter().filter(|field| field.is_generic()).map(|field| tokens(&field.kind));
    let generics: Vec<TokenStream> = generics.collect();
    let attribute = match generics.len() {
        0..COMPLEX => TokenStream::new(),
        _ => quote! { #[allow(clippy::type_complexity, reason = "each value may have a type of its own")] },
    };
    let arguments = in_brackets(lifetime(required), generics);
    (quote! { required: required::#name #arguments }, attribute)
}

/// Emits the parameters or arguments of a type. Emits nothing if there are none.
fn in_brackets(lifetime: Option<TokenStream>, generics: Vec<TokenStream>) -> Option<TokenStream> {
    let parameters: Vec<TokenStream> = lifetime.into_iter().chain(generics).collect();
    (!parameters.is_empty()).then(|| quote! { <#(#parameters),*> })
}
