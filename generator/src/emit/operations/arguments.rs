//! Emits the arguments of an operation: the struct fields that hold the arguments, the parameters of the Rust methods that set
//! the fields, and the validation of the fields.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, converted, ident, tokens};
use crate::emit::types::checks;
use crate::ir::{Api, Argument, ArgumentLocation, Value};
use crate::text::code_span::code_span;

pub fn field_type(place: Place<'_>, argument: &Argument) -> TokenStream {
    tokens(&place.api.argument_text(argument, place.naming()))
}

pub fn argument_check(api: &Api, argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let (member, wire) = (quote! { self.#name }, &argument.wire);
    let binding = ident(&format!("at_{}", argument.name));
    let check = |value: &Value, location: &str, lent: bool| {
        let at = match location {
            "body" if value.schema_location.as_ref().is_some_and(|place| place.starts_with('/')) => {
                quote! { at.same_value() }
            }
            "body" => quote! { at },
            location => checks::parameter_at(location, wire),
        };
        match (argument.required, lent) {
            (true, lent) => checks::check(api, value, &member, lent, &at, &binding),
            (false, true) => {
                let inner = Value { nullable: false, ..value.clone() };
                let pattern = if value.nullable {
                    quote! { Some(Some(body)) }
                } else {
                    quote! { Some(body) }
                };
                let statements = checks::check(api, &inner, &quote! { body }, true, &at, &binding);
                if statements.is_empty() {
                    statements
                } else {
                    quote! { if let #pattern = #member { #statements } }
                }
            }
            (false, false) => checks::check_optional(api, value, &member, &at, &binding),
        }
    };
    match &argument.location {
        ArgumentLocation::Path { value, .. } => check(value, "path", false),
        ArgumentLocation::Query { value, .. } | ArgumentLocation::WholeQuery { value, .. } => {
            check(value, "query", false)
        }
        ArgumentLocation::Header { value, .. } => check(value, "header", false),
        ArgumentLocation::Cookie { value, .. } => check(value, "cookie", false),
        ArgumentLocation::Body(content) => check(&content.value, "body", true),
        ArgumentLocation::Bodies { .. } => quote! { #member.check(at); },
        ArgumentLocation::Key(_) => quote! { #member.check(at); },
    }
}

/// Emits the type of the method parameter that sets an argument.
pub fn parameter_type(place: Place<'_>, argument: &Argument) -> TokenStream {
    tokens(&place.api.argument_setter_parameter(argument, place.naming()).0)
}

/// Emits the expression that converts `given`, which a method takes, to the value of the field.
pub fn converted_argument(place: Place<'_>, argument: &Argument, given: &TokenStream) -> TokenStream {
    let (_, conversion) = place.api.argument_setter_parameter(argument, place.naming());
    converted(conversion, given)
}

/// Describes where the request contains an argument, such as "the query parameter `limit`".
pub fn wire_description(argument: &Argument) -> String {
    match &argument.location {
        ArgumentLocation::Query { .. } => format!("the query parameter {}", code_span(&argument.wire)),
        ArgumentLocation::WholeQuery { .. } => "the query".to_owned(),
        ArgumentLocation::Header { .. } => format!("the header {}", code_span(&argument.wire)),
        ArgumentLocation::Cookie { .. } => format!("the cookie {}", code_span(&argument.wire)),
        ArgumentLocation::Path { .. } | ArgumentLocation::Key(_) => {
            format!("{} in the path", code_span(&argument.wire))
        }
        ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => "a body".to_owned(),
    }
}

/// Returns whether the argument is a secret, which is never printed.
pub fn is_secret(argument: &Argument) -> bool {
    match &argument.location {
        ArgumentLocation::Path { value, .. }
        | ArgumentLocation::Query { value, .. }
        | ArgumentLocation::WholeQuery { value, .. }
        | ArgumentLocation::Header { value, .. } => value.secret,
        // A cookie can identify a session.
        ArgumentLocation::Cookie { .. } => true,
        // The `Debug` implementation of a body hides the secrets in the body.
        ArgumentLocation::Key(_) | ArgumentLocation::Body(_) | ArgumentLocation::Bodies { .. } => false,
    }
}
