//! Emits `examples.rs`: a test for each example of the document.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments;
use crate::emit::fragments::{Place, docs, ident, inner_docs, mentions};
use crate::emit::operations::key_types;
use crate::emit::sample_call;
use crate::ir::{
    Api, Argument, ArgumentLocation, BodyExample, ExampleArgument, KeyTypeId, Operation, RequestExample, SchemaExample,
    Type,
};

/// Returns whether `api` has any example that becomes a test.
pub fn has_any(api: &Api) -> bool {
    !api.body_examples.is_empty()
        || !api.schema_examples.is_empty()
        || api.operations.iter().any(|operation| !operation.examples.is_empty())
}

/// Emits a test for each example of `api`.
pub fn emit(api: &Api) -> TokenStream {
    let place = Place { api, in_types_module: false };
    let requests = api
        .operations
        .iter()
        .flat_map(|operation| operation.examples.iter().map(move |example| request(place, operation, example)));
    let bodies = api.body_examples.iter().map(|example| body(place, example));
    let schemas = api.schema_examples.iter().map(|example| schema(place, example));
    let items = quote! { #(#requests)* #(#bodies)* #(#schemas)* };
    let title = inner_docs(&["The examples of the document, as tests.".to_owned()]);
    let keys: Vec<&str> = api.key_types.iter().map(|key| key.name.as_str()).collect();
    let keys = fragments::imports(&items, quote! { super::keys }, &keys);
    let types = mentions(&items, "types").then(|| quote! { use super::types; });
    let required = mentions(&items, "required").then(|| quote! { use super::required; });
    let client = fragments::imports(&items, quote! { super::client }, &["Client"]);
    let direction = fragments::imports(&items, quote! { crate::runtime }, &["Direction"]);
    quote! { #title #client #keys #required #types use crate::runtime::example; #direction #items }
}

pub(super) fn request(place: Place<'_>, operation: &Operation, example: &RequestExample) -> TokenStream {
    let (docs, test) = (docs(&example.docs), ident(&example.test_name));
    let credentials = example.credentials.iter().map(|(scheme, value)| {
        let setter = ident(&place.api.security_schemes[scheme.0].setter);
        quote! { .#setter(#value) }
    });
    let given = operation.arguments.iter().zip(&example.arguments);
    let given: Vec<_> = given.filter_map(|(argument, value)| value.as_ref().map(|value| (argument, value))).collect();
    let call = sample_call::method_call(operation, |index, argument| {
        let value = example.arguments.get(index)?.as_ref()?;
        Some(self::argument(place, argument, value))
    });
    let allow = operation.deprecated.then(|| quote! { #[allow(deprecated, reason = "the page still prints it")] });
    let lent = given.iter().find_map(|(argument, value)| match (argument.location.preferred_body(), value) {
        (Some(content), ExampleArgument::Json(json)) => {
            let kind = place.type_of(&content.value);
            Some(quote! { let body: #kind = example::value(#json); })
        }
        (Some(_), ExampleArgument::Text(text)) => Some(quote! { let body = #text.to_owned(); }),
        _ => None,
    });
    let (line, body) = (&example.request_line, option(example.body.as_deref()));
    let headers = example.headers.iter().map(|(name, value)| quote! { (#name, #value) });
    quote! {
        #docs
        #[test]
        #allow
        fn #test() {
            let client = example::client(Client::builder(example::BASE_URL) #(#credentials)*);
            #lent
            let operation = client #call;
            example::assert_request(&operation, #line, &[#(#headers),*], #body);
        }
    }
}

fn option(text: Option<&str>) -> TokenStream {
    text.map_or_else(|| quote! { None }, |text| quote! { Some(#text) })
}

/// Emits the expression for the value that the test passes for an argument.
fn argument(place: Place<'_>, argument: &Argument, value: &ExampleArgument) -> TokenStream {
    match (&argument.location, value) {
        (ArgumentLocation::Key(KeyTypeId(id)), ExampleArgument::Key { form, fields }) => {
            let key = &place.api.key_types[*id];
            let (name, values) = (ident(&key.name), fields.iter().map(|text| quote! { #text }));
            key_types::expression(&quote! { #name }, &key.forms[*form], &values.collect::<Vec<_>>())
        }
        // The parameter of the client's method is `impl Into` of an enum with a variant for each media type. The enum implements
        // `From` for a slice, such as `&[T]` or `&str`. The test must pass a slice, because `&Vec<T>` does not coerce to `&[T]`
        // for an `impl Into` parameter.
        (ArgumentLocation::Bodies { .. }, _) => {
            match argument.location.preferred_body().map(|content| &content.value.kind) {
                Some(Type::List(_)) => quote! { body.as_slice() },
                Some(Type::String) => quote! { body.as_str() },
                _ => quote! { &body },
            }
        }
        (ArgumentLocation::Body(_), _) => quote! { &body },
        (
            ArgumentLocation::Path { value, .. }
            | ArgumentLocation::Query { value, .. }
            | ArgumentLocation::WholeQuery { value, .. }
            | ArgumentLocation::Header { value, .. }
            | ArgumentLocation::Cookie { value, .. },
            ExampleArgument::Json(json),
        ) => {
            let kind = place.type_of(value);
            quote! { example::value::<#kind>(#json) }
        }
        (_, ExampleArgument::Text(text)) => quote! { #text },
        (_, ExampleArgument::Json(json)) => quote! { example::value(#json) },
        (_, ExampleArgument::Key { fields, .. }) => quote! { #(#fields),* },
    }
}

pub(super) fn body(place: Place<'_>, example: &BodyExample) -> TokenStream {
    let (docs, test, kind, json) =
        (docs(&example.docs), ident(&example.test_name), place.type_of(&example.value), &example.json);
    let function = ident(if example.rejected { "assert_invalid" } else { "assert_body" });
    let direction = ident(if example.direction.sent { "Request" } else { "Response" });
    quote! {
        #docs
        #[test]
        fn #test() {
            const JSON: &str = #json;
            example::#function::<#kind>(JSON, Direction::#direction);
        }
    }
}

pub(super) fn schema(place: Place<'_>, example: &SchemaExample) -> TokenStream {
    let (test, kind, json) = (ident(&example.test_name), place.type_of(&example.value), &example.json);
    quote! {
        #[test]
        fn #test() {
            const JSON: &str = #json;
            example::assert_schema::<#kind>(JSON);
        }
    }
}
