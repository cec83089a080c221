//! Emits `operations.rs`: for each operation, the struct with its arguments and setters, the request, the responses, and the
//! method of the client.

pub(crate) mod arguments;
pub(crate) mod construction;
pub(crate) mod key_types;
pub(crate) mod multipart;
pub(crate) mod page;
pub(crate) mod pagination;
pub(crate) mod request;
pub(crate) mod request_body;
pub(crate) mod responses;
pub(crate) mod snippet;
pub(crate) mod streams;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, api_path, calls_method, deprecated, docs, ident, imports, inner_docs, mentions};
use crate::emit::operations::arguments::{argument_check, field_type};
use crate::emit::operations::construction::{Construction, setter};
use crate::emit::security::{self, Securities};
use crate::emit::types::checks;
use crate::ir::{Api, Argument, Operation, ResponseHeadersId};

/// The items of the runtime that emitted operations may use.
pub(super) const RUNTIME: &[&str] = &[
    "RawResponse",
    "ValidationContext",
    "Call",
    "DefaultTransport",
    "RequestBuilder",
    "Encoding",
    "SecurityRequirement",
    "Operation",
    "Outcome",
    "PathValue",
    "ReadResult",
    "Security",
    "Style",
    "Validate",
    "FailureCondition",
];

/// Emits the operations of `api`.
pub fn emit(api: &Api) -> TokenStream {
    let place = Place { api, in_types_module: false };
    let securities = Securities::of(api);
    let operations = (0..api.operations.len()).map(|index| items(place, index, &securities));
    let constants = securities.kinds.iter().map(|kind| security::constant(api, kind, &TokenStream::new()));
    let methods = api.operations.iter().map(|operation| method(place, operation));
    let read =
        |id: usize| api.operations.iter().any(|operation| operation.responses.headers == Some(ResponseHeadersId(id)));
    let headers = api
        .response_headers
        .iter()
        .enumerate()
        .filter(|(id, _)| read(*id))
        .map(|(_, headers)| responses::headers_struct(place, headers, responses::HEADERS, &TokenStream::new()));
    let items = quote! {
        impl<T> Client<T> { #(#methods)* }
        #(#operations)*
        #(#headers)*
        #(#constants)*
    };
    let title = inner_docs(&["The operations of the document.".to_owned()]);
    // The emitted code of an operation calls a method of the trait `Validate`, but does not name this trait.
    let called = calls_method(&items, "check").then(|| quote! { Validate });
    let runtime = imports(&quote! { #items #called }, quote! { crate::runtime }, RUNTIME);
    let types = mentions(&items, "types").then(|| quote! { use super::types; });
    let keys: Vec<&str> = api.key_types.iter().map(|key| key.name.as_str()).collect();
    let keys = imports(&items, quote! { super::keys }, &keys);
    let schemes: Vec<&str> = api.security_schemes.iter().map(|scheme| scheme.constant.as_str()).collect();
    let client = imports(&items, quote! { super::client }, &[&["Client", &api.marker], schemes.as_slice()].concat());
    let required = mentions(&items, "required").then(|| quote! { use super::required; });
    quote! { #title use http::Method; #client #keys #required #types #runtime #items }
}

/// Emits the items of the operation with this index, except the client's method.
pub(super) fn items(place: Place<'_>, index: usize, securities: &Securities<'_>) -> TokenStream {
    let operation = &place.api.operations[index];
    let snippet = snippet::attribute(place.api, index, operation);
    let (name, marker) = (ident(&operation.type_name), ident(&place.api.marker));
    let page = docs(&page::lines(place.api, operation));
    let fields = operation.arguments.iter().map(|argument| {
        let (name, kind) = (ident(&argument.name), field_type(place, argument));
        quote! { #name: #kind, }
    });
    let cloned = operation.arguments.iter().map(|argument| ident(&argument.name));
    let (success, headers, _) = responses::types(place, operation);
    let setters = setters(place, operation);
    let operation_impl = operation_impl(place, operation, securities.of_operation(index));
    let outcomes = responses::emit(place, operation);
    let bodies = request_body::emit(place, operation);
    let pagination = pagination::emit(place, operation);
    let streams = streams::emit(place, operation);
    let conversion = conversion(place, operation);
    quote! {
        #page
        #snippet
        #[must_use = "an operation does nothing until it is sent"]
        pub struct #name<'a, T = DefaultTransport> { call: Call<'a, #marker, T>, #(#fields)* }
        #setters
        crate::runtime::operation! { #name of #marker { #(#cloned,)* => (#success, #headers), } }
        #streams
        #operation_impl
        #pagination
        #bodies
        #outcomes
        #conversion
    }
}

/// Emits the conversion of a client and the arguments of a trait's method to an operation. Emits nothing if the API has no trait.
fn conversion(place: Place<'_>, operation: &Operation) -> TokenStream {
    if place.api.operations_trait.is_none() {
        return TokenStream::new();
    }
    let (name, root) = (ident(&operation.type_name), api_path(place.api));
    let parameters = operation.arguments.iter().any(Argument::is_body).then(|| quote! { <'a> });
    let fields = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        quote! { #name: arguments.#name }
    });
    quote! {
        #[cfg(feature = "traits")]
        impl<'a, T> From<(&'a Client<T>, #root::arguments::#name #parameters)> for #name<'a, T> {
            fn from((client, arguments): (&'a Client<T>, #root::arguments::#name #parameters)) -> Self {
                Self { call: Call::with_options(client, arguments.options), #(#fields),* }
            }
        }
    }
}

/// Emits the statement that stores the JSON pointer of the operation in the validation context, as the schema location. Returns
/// `None` if no argument has an inline schema with validation rules.
fn schema_location(operation: &Operation) -> Option<TokenStream> {
    let values = operation.arguments.iter().flat_map(|argument| argument.location.values());
    let ruled = values.filter(|value| checks::needs_check(value)).filter_map(|value| value.schema_location.as_deref());
    let stands_inside = ruled.into_iter().any(|place| place.starts_with('/'));
    let place = operation.pointers.first().filter(|_| stands_inside).map(|place| format!("#{place}"));
    place.map(|place| quote! { let at = at.with_schema(#place); })
}

/// The HTTP methods that have a constant in the crate `http`.
const CONSTANT_METHODS: &[&str] = &["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "QUERY"];

fn operation_impl(place: Place<'_>, operation: &Operation, security: Option<&security::Kind<'_>>) -> TokenStream {
    let (name, id) = (ident(&operation.type_name), &operation.id);
    let method = http_method(&operation.method);
    let security = security.map(|kind| {
        let name = ident(&kind.constant);
        quote! { const SECURITY: Security = #name; }
    });
    let server = operation.server.as_ref().map(|url| quote! { const SERVER: Option<&'static str> = Some(#url); });
    let is_idempotent = operation.is_idempotent.map(|mark| quote! { const IS_IDEMPOTENT: Option<bool> = Some(#mark); });
    let key = operation.idempotency_key.as_ref();
    let key = key.map(|header| quote! { const IDEMPOTENCY_KEY: Option<&'static str> = Some(#header); });
    let accept = Some(&operation.accept).filter(|accept| !accept.is_empty());
    let accept = accept.map(|accept| quote! { const ACCEPT: &'static str = #accept; });
    let (success, headers, failure) = responses::types(place, operation);
    let (arguments, success_check) = (check_arguments(place.api, operation), responses::check(place, operation));
    let (write, read) = (request::write(place.api, operation), responses::read(place, operation));
    quote! {
        impl<T> Operation for #name<'_, T> {
            type Success = #success;
            type Headers = #headers;
            type Failure = #failure;
            const ID: &'static str = #id;
            #method
            #security
            #server
            #is_idempotent
            #key
            #accept
            #arguments
            fn write_request(&self, request: &mut RequestBuilder<'_>) { #write }
            #success_check
            fn read_response(response: &RawResponse) -> ReadResult<Self> { #read }
        }
    }
}

/// Emits the constant for an HTTP method. The constants of `http` cannot have any other method, which is a text.
fn http_method(method: &str) -> TokenStream {
    if !CONSTANT_METHODS.contains(&method) {
        return quote! {
            const METHOD: Method = Method::POST;
            const OTHER_METHOD: Option<&'static str> = Some(#method);
        };
    }
    let method = ident(method);
    quote! { const METHOD: Method = Method::#method; }
}

/// Emits the Rust method that validates the arguments. Returns `None` if no argument has validation rules.
fn check_arguments(api: &Api, operation: &Operation) -> Option<TokenStream> {
    let checks: TokenStream = operation.arguments.iter().map(|argument| argument_check(api, argument)).collect();
    let described = schema_location(operation);
    (!checks.is_empty()).then(|| quote! { fn check_arguments(&self, at: ValidationContext<'_>) { #described #checks } })
}

/// Emits the method of the client for an operation. The method takes the required arguments.
pub(super) fn method(place: Place<'_>, operation: &Operation) -> TokenStream {
    let (docs, deprecated) = (docs(&page::method_lines(operation)), deprecated(operation.deprecated));
    let (name, method) = (ident(&operation.type_name), ident(&operation.method_name));
    let Construction { parameters, attribute, fields } = Construction::of(place, operation);
    let borrows = operation.arguments.iter().any(|argument| argument.required && argument.is_body());
    let (generics, receiver, lifetime) = match borrows {
        true => (quote! { <'a> }, quote! { &'a self }, quote! { 'a }),
        false => (TokenStream::new(), quote! { &self }, quote! { '_ }),
    };
    quote! {
        #docs
        #deprecated
        #attribute
        pub fn #method #generics(#receiver, #(#parameters),*) -> #name<#lifetime, T> {
            #name { call: Call::new(self), #(#fields),* }
        }
    }
}

/// Emits the methods that set optional arguments.
fn setters(place: Place<'_>, operation: &Operation) -> TokenStream {
    let optional: Vec<&Argument> = operation.arguments.iter().filter(|argument| !argument.required).collect();
    if optional.is_empty() {
        return TokenStream::new();
    }
    let setters = optional.iter().map(|argument| setter(place, argument));
    let name = ident(&operation.type_name);
    match optional.iter().any(|argument| argument.is_body()) {
        true => quote! { impl<'a, T> #name<'a, T> { #(#setters)* } },
        false => quote! { impl<T> #name<'_, T> { #(#setters)* } },
    }
}
