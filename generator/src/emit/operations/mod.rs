//! Emits `operations.rs`: the argument struct, the request, the responses and the client method of each operation.

pub(crate) mod arguments;
pub(crate) mod key_types;
pub(crate) mod multipart;
pub(crate) mod request;
pub(crate) mod request_body;
pub(crate) mod responses;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{self, Place, deprecated, docs, ident, imports, inner_docs, many_parameters, mentions};
use crate::emit::operations::arguments::{
    argument_check, field_type, is_secret, lifetime, parameter, wire_description,
};
use crate::emit::types::checks;
use crate::emit::{security, types};
use crate::ir::{Api, Argument, Operation, ResponseHeadersId};

/// The items of the runtime that emitted operations may use.
pub(super) const RUNTIME: &[&str] = &[
    "RawResponse",
    "ValidationContext",
    "Call",
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
    let securities = security::distinct(api);
    let operations = api.operations.iter().map(|operation| items(place, operation, &securities));
    let constants = securities.iter().map(|kind| security::constant(api, kind, &TokenStream::new()));
    let (methods, setters): (Vec<_>, Vec<_>) =
        api.operations.iter().map(|operation| (method(place, operation), setters(place, operation))).unzip();
    let read =
        |id: usize| api.operations.iter().any(|operation| operation.responses.headers == Some(ResponseHeadersId(id)));
    let headers = api
        .response_headers
        .iter()
        .enumerate()
        .filter(|(id, _)| read(*id))
        .map(|(_, headers)| responses::headers_struct(place, headers, &TokenStream::new()));
    let items = quote! {
        impl<T> Client<T> { #(#methods)* }
        #(#setters)*
        #(#operations)*
        #(#headers)*
        #(#constants)*
    };
    let title = inner_docs(&["The operations of the document.".to_owned()]);
    let runtime = imports(&items, quote! { crate::runtime }, RUNTIME);
    let types = mentions(&items, "types").then(|| quote! { use super::types; });
    let keys: Vec<&str> = api.key_types.iter().map(|key| key.name.as_str()).collect();
    let keys = imports(&items, quote! { super::keys }, &keys);
    let schemes: Vec<&str> = api.security_schemes.iter().map(|scheme| scheme.constant.as_str()).collect();
    let client = imports(&items, quote! { super::client }, &[&["Client", &api.marker], schemes.as_slice()].concat());
    quote! { #title use http::Method; #client #keys #types #runtime #items }
}

/// Emits the items of `operation` except the client's method and the setters.
pub(super) fn items(place: Place<'_>, operation: &Operation, securities: &[security::Kind<'_>]) -> TokenStream {
    let (name, generics) = (ident(&operation.type_name), lifetime(operation));
    let title = docs(&[format!("The arguments of [`{0}`](Client::{0}).", operation.method_name)]);
    let fields = operation.arguments.iter().map(|argument| {
        let (docs, name, kind) = (docs(&argument.docs), ident(&argument.name), field_type(place, argument));
        quote! { #docs pub #name: #kind, }
    });
    let anonymous = generics.is_some().then(|| quote! { <'_> });
    let generics = generics.map(|lifetime| quote! { <#lifetime> });
    let names: Vec<_> =
        operation.arguments.iter().map(|argument| (ident(&argument.name), is_secret(argument))).collect();
    let (debug_derive, debug_impl) = fragments::debug(&name, &anonymous.clone().unwrap_or_default(), &names);
    let checks: TokenStream = operation.arguments.iter().map(|argument| argument_check(place.api, argument)).collect();
    let described = schema_location(operation);
    let check = types::check_method(quote! { #described #checks });
    let open = Operation::IS_NON_EXHAUSTIVE.then(|| quote! { #[non_exhaustive] });
    let operation_impl = operation_impl(place, operation, securities, &anonymous);
    let outcomes = responses::emit(place, operation);
    let bodies = request_body::emit(place, operation);
    quote! {
        #title
        #[derive(#debug_derive Clone)]
        #open
        pub struct #name #generics { #(#fields)* }
        #debug_impl
        impl Validate for #name #anonymous { #check }
        #operation_impl
        #bodies
        #outcomes
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

fn operation_impl(
    place: Place<'_>,
    operation: &Operation,
    securities: &[security::Kind<'_>],
    anonymous: &Option<TokenStream>,
) -> TokenStream {
    let (name, marker, id) = (ident(&operation.type_name), ident(&place.api.marker), &operation.id);
    let method = ident(&operation.method);
    let security = match securities.iter().find(|kind| security::same(kind.needed, &operation.security)) {
        Some(kind) => {
            let name = ident(&kind.constant);
            quote! { #name }
        }
        None => quote! { &[] },
    };
    let server = operation.server.as_ref().map(|url| quote! { const SERVER: Option<&'static str> = Some(#url); });
    let (success, headers, failure) = responses::types(place, operation);
    let check = responses::check(place, operation);
    let (write, read) = (request::write(place.api, operation), responses::read(place.api, operation));
    quote! {
        impl Operation for #name #anonymous {
            type Api = #marker;
            type Success = #success;
            type Headers = #headers;
            type Failure = #failure;
            const ID: &'static str = #id;
            const METHOD: Method = Method::#method;
            const SECURITY: Security = #security;
            #server
            fn write_request(&self, request: &mut RequestBuilder<'_>) { #write }
            #check
            fn read_response(response: &RawResponse) -> ReadResult<Self> { #read }
        }
    }
}

/// Emits the method of the client for an operation. The method takes the required arguments.
pub(super) fn method(place: Place<'_>, operation: &Operation) -> TokenStream {
    let (docs, deprecated) = (docs(&method_docs(operation)), deprecated(operation.deprecated));
    let (name, method) = (ident(&operation.type_name), ident(&operation.method_name));
    let required = operation.method_arguments();
    let parameters = required.iter().map(|(_, argument)| {
        let (name, (kind, _)) = (ident(&argument.name), parameter(place, argument));
        quote! { #name: #kind }
    });
    let fields = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.name);
        let value = if argument.required {
            parameter(place, argument).1
        } else {
            quote! { None }
        };
        if value.to_string() == argument.name {
            quote! { #name }
        } else {
            quote! { #name: #value }
        }
    });
    let many = many_parameters(required.len() + 1);
    let (generics, receiver, lifetime) = match lifetime(operation) {
        Some(lifetime) => (quote! { <'a> }, quote! { &'a self }, lifetime),
        None => (TokenStream::new(), quote! { &self }, quote! { '_ }),
    };
    let arguments = if generics.is_empty() {
        TokenStream::new()
    } else {
        quote! { <'a> }
    };
    quote! {
        #docs
        #deprecated
        #many
        pub fn #method #generics(#receiver, #(#parameters),*) -> Call<#lifetime, #name #arguments, T> {
            Call::new(self, #name { #(#fields),* })
        }
    }
}

fn method_docs(operation: &Operation) -> Vec<String> {
    let mut lines = operation.docs.clone();
    let required = operation.method_arguments().into_iter();
    let mut required = required
        .map(|(_, argument)| format!("- `{0}`: see [`{1}::{0}`]", argument.name, operation.type_name))
        .peekable();
    if required.peek().is_some() {
        lines.extend([String::new(), "# Arguments".to_owned()]);
        lines.extend(required);
    }
    if !operation.responses.failures.is_empty() {
        lines.extend([String::new(), "# Failures".to_owned()]);
        lines.push(format!(
            "[`{}`], by [`Error::failure`](crate::runtime::Error::failure).",
            operation.responses.failure_type
        ));
    }
    lines
}

/// Emits the methods of `Call` that set optional arguments.
pub(super) fn setters(place: Place<'_>, operation: &Operation) -> TokenStream {
    let optional: Vec<&Argument> = operation.arguments.iter().filter(|argument| !argument.required).collect();
    if optional.is_empty() {
        return TokenStream::new();
    }
    let setters = optional.iter().map(|argument| {
        let title =
            format!("Sends {}: see [`{}::{}`].", wire_description(argument), operation.type_name, argument.name);
        let (docs, deprecated, name) = (docs(&[title]), deprecated(argument.deprecated), ident(&argument.name));
        let (kind, value) = parameter(place, argument);
        quote! {
            #docs
            #deprecated
            pub fn #name(mut self, #name: #kind) -> Self {
                self.operation.#name = Some(#value);
                self
            }
        }
    });
    let name = ident(&operation.type_name);
    let lends = optional.iter().any(|argument| argument.is_body());
    match (lifetime(operation).is_some(), lends) {
        (true, true) => quote! { impl<'a, T> Call<'_, #name<'a>, T> { #(#setters)* } },
        (true, false) => quote! { impl<T> Call<'_, #name<'_>, T> { #(#setters)* } },
        (false, _) => quote! { impl<T> Call<'_, #name, T> { #(#setters)* } },
    }
}
