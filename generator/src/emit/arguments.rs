//! Arguments: what an operation holds of each, how a caller hands it over, and how it is checked.

use proc_macro2::TokenStream;
use quote::quote;

use super::checks;
use super::parts::{Place, ident};
use crate::ir::{Api, Argument, KeyId, Operation, Place as ArgumentPlace, Value};

/// `'a`, where the operation borrows its body.
pub fn lifetime(operation: &Operation) -> Option<TokenStream> {
    let borrows = operation.arguments.iter().any(is_body);
    borrows.then(|| quote! { 'a })
}

/// Whether the argument is lent: a body is, and nothing else.
pub fn is_body(argument: &Argument) -> bool {
    matches!(argument.place, ArgumentPlace::Body(_) | ArgumentPlace::Bodies { .. })
}

pub fn field_type(place: Place<'_>, argument: &Argument) -> TokenStream {
    let kind = match &argument.place {
        ArgumentPlace::Body(content) => {
            let lent = place.lent(&content.value);
            quote! { &'a #lent }
        }
        ArgumentPlace::Bodies { name, .. } => {
            let name = ident(name);
            quote! { #name<'a> }
        }
        ArgumentPlace::Key(KeyId(id)) => {
            let name = ident(&place.api.keys[*id].name);
            quote! { #name }
        }
        ArgumentPlace::Path { value, .. }
        | ArgumentPlace::Query { value, .. }
        | ArgumentPlace::Header { value, .. }
        | ArgumentPlace::Cookie { value, .. } => place.type_of(value),
    };
    if argument.required {
        kind
    } else {
        quote! { Option<#kind> }
    }
}

pub fn argument_check(api: &Api, argument: &Argument) -> TokenStream {
    let name = ident(&argument.name);
    let (member, wire) = (quote! { self.#name }, &argument.wire);
    let binding = ident(&format!("at_{}", argument.name));
    let check = |value: &Value, location: &str, lent: bool| {
        let at = match location {
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
    match &argument.place {
        ArgumentPlace::Path { value, .. } => check(value, "path", false),
        ArgumentPlace::Query { value, .. } => check(value, "query", false),
        ArgumentPlace::Header { value, .. } => check(value, "header", false),
        ArgumentPlace::Cookie { value, .. } => check(value, "cookie", false),
        ArgumentPlace::Body(content) => check(&content.value, "body", true),
        ArgumentPlace::Bodies { .. } => quote! { #member.check(at); },
        ArgumentPlace::Key(_) => quote! { #member.check(at); },
    }
}

/// How a caller hands an argument over: the type of the parameter, and the expression for the field.
pub fn handed_over(place: Place<'_>, argument: &Argument) -> (TokenStream, TokenStream) {
    let name = ident(&argument.name);
    match &argument.place {
        ArgumentPlace::Body(content) => {
            let lent = place.lent(&content.value);
            (quote! { &'a #lent }, quote! { #name })
        }
        ArgumentPlace::Bodies { name: kind, .. } => {
            let kind = ident(kind);
            (quote! { impl Into<#kind<'a>> }, quote! { #name.into() })
        }
        ArgumentPlace::Key(KeyId(id)) => {
            let kind = ident(&place.api.keys[*id].name);
            (quote! { #kind }, quote! { #name })
        }
        ArgumentPlace::Path { value, .. }
        | ArgumentPlace::Query { value, .. }
        | ArgumentPlace::Header { value, .. }
        | ArgumentPlace::Cookie { value, .. } => place.handed_over(value, &name),
    }
}

/// What an argument is on the wire, in words.
pub fn sent_as(argument: &Argument) -> String {
    match &argument.place {
        ArgumentPlace::Query { .. } => format!("the query parameter `{}`", argument.wire),
        ArgumentPlace::Header { .. } => format!("the header `{}`", argument.wire),
        ArgumentPlace::Cookie { .. } => format!("the cookie `{}`", argument.wire),
        ArgumentPlace::Path { .. } | ArgumentPlace::Key(_) => format!("`{}` in the path", argument.wire),
        ArgumentPlace::Body(_) | ArgumentPlace::Bodies { .. } => "a body".to_owned(),
    }
}

/// Whether the argument is never to be shown.
pub fn is_secret(argument: &Argument) -> bool {
    match &argument.place {
        ArgumentPlace::Path { value, .. }
        | ArgumentPlace::Query { value, .. }
        | ArgumentPlace::Header { value, .. }
        | ArgumentPlace::Cookie { value, .. } => value.secret,
        // A body shows itself, without its secrets.
        ArgumentPlace::Key(_) | ArgumentPlace::Body(_) | ArgumentPlace::Bodies { .. } => false,
    }
}
