//! Emits the responses of an operation: the success type, the headers, the failures, and the `match` that decodes a response.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, format_ident, quote};

use crate::emit::fragments::{Place, debug, docs, ident};
use crate::emit::types;
use crate::emit::types::checks;
use crate::ir::{
    Api, BodyEncoding, FailureCondition, FailureVariant, MediaTypeMatch, Operation, ResponseArm, ResponseHeaders,
    ResponseHeadersId, ResponseKind, Responses, StatusMatch, Success, SuccessVariant, Type, Value,
};

/// Emits the Rust types for `Operation::Success`, `Operation::Headers` and `Operation::Failure`, in this order.
pub fn types(place: Place<'_>, operation: &Operation) -> (TokenStream, TokenStream, TokenStream) {
    let answers = &operation.responses;
    let success = match &answers.success {
        Success::One(None) => quote! { () },
        Success::One(Some(content)) => place.type_of(&content.value),
        Success::Several { name, .. } => {
            let name = ident(name);
            quote! { #name }
        }
    };
    let headers = match &answers.headers {
        Some(ResponseHeadersId(id)) => {
            let name = ident(&place.api.response_headers[*id].name);
            quote! { #name }
        }
        None => quote! { () },
    };
    let failure = match answers.failures.is_empty() {
        true => quote! { std::convert::Infallible },
        false => {
            let name = ident(&answers.failure_type);
            quote! { #name }
        }
    };
    (success, headers, failure)
}

/// Emits an enum of the successful responses if their bodies differ, and an enum of the failures if the document describes
/// failures.
pub fn emit(place: Place<'_>, operation: &Operation) -> TokenStream {
    let answers = &operation.responses;
    let successes = match &answers.success {
        Success::Several { name, variants } => success_enum(place, operation, name, variants),
        Success::One(_) => TokenStream::new(),
    };
    let failures = (!answers.failures.is_empty()).then(|| failure_enum(place, operation, answers));
    quote! { #successes #failures }
}

/// The documentation of the structs of response headers.
pub const HEADERS: &str = "The documented headers of a successful response.";

/// Emits the struct of documented headers, with the documentation `title`. The struct has a function `read` with the given
/// `visibility`.
pub fn headers_struct(
    place: Place<'_>,
    headers: &ResponseHeaders,
    title: &str,
    visibility: &TokenStream,
) -> TokenStream {
    let title = docs(&[title.to_owned()]);
    let name = ident(&headers.name);
    let fields = headers.fields.iter().map(|field| {
        let (docs, name) = (docs(&field.docs), ident(&field.name));
        let kind = field.value.as_ref().map_or_else(|| quote! { String }, |value| place.type_of(value));
        quote! { #docs pub #name: Option<#kind>, }
    });
    let reads = headers.fields.iter().map(|field| {
        let (name, wire) = (ident(&field.name), &field.wire);
        let read = ident(match (field.value.as_ref().map(|value| &value.kind), field.secret) {
            (None, _) => "header",
            (Some(Type::List(_)), false) => "header_list",
            (Some(Type::List(_)), true) => "secret_header_list",
            (Some(_), false) => "header_as",
            (Some(_), true) => "secret_header_as",
        });
        quote! { #name: response.#read(#wire) }
    });
    let printed: Vec<_> = headers.fields.iter().map(|field| (ident(&field.name), field.secret)).collect();
    let (debug_derive, debug_impl) = debug(&name, &TokenStream::new(), &printed);
    quote! {
        #title
        #[derive(#debug_derive Clone, PartialEq, Default)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
        #debug_impl
        impl Eq for #name {}
        impl #name {
            #visibility fn read(response: &RawResponse) -> Self {
                Self { #(#reads),* }
            }
        }
    }
}

/// Emits the statements that validate a body.
pub(super) fn body_check(place: Place<'_>, value: &Value) -> TokenStream {
    checks::check(place.api, value, &quote! { body }, true, &quote! { at }, &ident("at_body"))
}

/// Emits the function that validates the body of a successful response against an inline schema. Emits nothing for a body of a
/// named type, because the named type validates itself.
pub fn check(place: Place<'_>, operation: &Operation) -> TokenStream {
    match &operation.responses.success {
        Success::One(Some(content)) if checks::has_rules(&content.value) => {
            let statements = body_check(place, &content.value);
            quote! { fn check_success(body: &Self::Success, at: ValidationContext<'_>) { #statements } }
        }
        _ => TokenStream::new(),
    }
}

fn success_enum(place: Place<'_>, operation: &Operation, name: &str, variants: &[SuccessVariant]) -> TokenStream {
    let (name, title) =
        (ident(name), docs(&[format!("The successes of [`{0}`](Client::{0}).", operation.method_name)]));
    let declared = variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs), ident(&variant.name));
        match &variant.body {
            Some(content) => {
                let kind = place.type_of(&content.value);
                quote! { #docs #name(#kind), }
            }
            None => quote! { #docs #name, },
        }
    });
    let arms = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        match variant.body.as_ref().map(|content| body_check(place, &content.value)) {
            Some(statements) if statements.is_empty() => quote! { Self::#name(_) => {} },
            Some(statements) => quote! { Self::#name(body) => { #statements } },
            None => quote! { Self::#name => {} },
        }
    });
    let is_checked =
        |variant: &SuccessVariant| variant.body.as_ref().is_some_and(|content| checks::needs_check(&content.value));
    let check = match variants.iter().any(is_checked) {
        true => types::check_method(quote! { match self { #(#arms)* } }),
        false => types::check_method(TokenStream::new()),
    };
    quote! {
        #title
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#declared)* }
        impl Validate for #name { #check }
    }
}

fn failure_enum(place: Place<'_>, operation: &Operation, answers: &Responses) -> TokenStream {
    let (name, title) = (
        ident(&answers.failure_type),
        docs(&[format!("The failures of [`{0}`](Client::{0}) that the document describes.", operation.method_name)]),
    );
    let variants = answers.failures.iter().map(|FailureVariant { name, docs: lines, body }| {
        let (docs, name) = (docs(lines), ident(name));
        match body {
            Some(content) => {
                let kind = place.type_of(&content.value);
                quote! { #docs #name(#kind), }
            }
            None => quote! { #docs #name, },
        }
    });
    quote! {
        #title
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#variants)* }
    }
}

/// Emits the `match` expression that decodes a response by its status.
pub fn read(place: Place<'_>, operation: &Operation) -> TokenStream {
    let answers = &operation.responses;
    let arms = answers.arms.iter().map(|arm| self::arm(place, answers, arm));
    let rest = (!answers.arms.iter().any(|arm| arm.status == StatusMatch::Other))
        .then(|| quote! { _ => Ok(Outcome::Undocumented), });
    if answers.arms.is_empty() {
        return quote! { _ = response; Ok(Outcome::Undocumented) };
    }
    let media_types = media_types(&answers.arms);
    quote! { #media_types match response.status() { #(#arms)* #rest } }
}

/// The number of bodies of a response from which on its media types are a constant. Fewer are written where they are used.
const MANY_BODIES: usize = 5;

/// Emits the constants with the media types of responses with many bodies.
fn media_types(arms: &[ResponseArm]) -> TokenStream {
    let unconditional = arms.iter().filter(|arm| arm.condition.is_none());
    let many = unconditional.filter_map(|arm| Some((arm.status, arm.media_type.as_ref()?)));
    // The first arm of each response.
    let firsts = many.filter(|(_, media_type)| media_type.index == 1 && media_type.offered.len() >= MANY_BODIES);
    let constants = firsts.map(|(status, media_type)| {
        let (name, lists) = (media_types_name(status), lists(&media_type.offered));
        quote! { const #name: &[&[&str]] = &[#(#lists),*]; }
    });
    quote! { #(#constants)* }
}

fn media_types_name(status: StatusMatch) -> Ident {
    match status {
        StatusMatch::Code(code) => format_ident!("MEDIA_TYPES_{code}"),
        StatusMatch::Range(hundred) => format_ident!("MEDIA_TYPES_{hundred}XX"),
        StatusMatch::Other => format_ident!("OTHER_MEDIA_TYPES"),
    }
}

fn lists(offered: &[Vec<String>]) -> impl Iterator<Item = TokenStream> {
    offered.iter().map(|types| quote! { &[#(#types),*] })
}

fn arm(place: Place<'_>, answers: &Responses, arm: &ResponseArm) -> TokenStream {
    let status = match arm.status {
        StatusMatch::Code(code) => {
            let code = proc_macro2::Literal::u16_unsuffixed(code);
            quote! { #code }
        }
        StatusMatch::Range(hundred) => {
            let (first, last) = (u16::from(hundred) * 100, u16::from(hundred) * 100 + 99);
            let (first, last) =
                (proc_macro2::Literal::u16_unsuffixed(first), proc_macro2::Literal::u16_unsuffixed(last));
            quote! { #first..=#last }
        }
        StatusMatch::Other => quote! { _ },
    };
    let fails = arm.condition.as_ref().map(|FailureCondition { pointer, equals }| match equals {
        None => quote! { if response.is_failure(#pointer, FailureCondition::NonEmpty) },
        Some(value) => quote! { if response.is_failure(#pointer, FailureCondition::Equals(#value)) },
    });
    // An arm of the `match` has at most one guard. An arm with a failure condition never needs a guard for the media type,
    // because it accepts the preferred media type.
    let guard = fails.or_else(|| {
        arm.media_type.as_ref().map(|MediaTypeMatch { offered, index }| {
            let index = proc_macro2::Literal::usize_unsuffixed(*index);
            let offered = match offered.len() {
                MANY_BODIES.. => media_types_name(arm.status).to_token_stream(),
                _ => {
                    let lists = lists(offered);
                    quote! { &[#(#lists),*] }
                }
            };
            quote! { if response.media_type_index(#offered) == #index }
        })
    });
    let outcome = match arm.kind {
        ResponseKind::Success(index) => success(place.api, answers, index, may_be_empty(answers, arm)),
        ResponseKind::Failure(index) => failure(place, answers, index),
    };
    quote! { #status #guard => #outcome, }
}

/// Returns whether the body of a success may be empty: it would have an error code if the response were a failure.
fn may_be_empty(answers: &Responses, arm: &ResponseArm) -> bool {
    let condition = |other: &ResponseArm| other.condition.as_ref().filter(|_| other.status == arm.status).cloned();
    answers.arms.iter().find_map(condition).is_some_and(|condition| condition.equals.is_none())
}

fn success(api: &Api, answers: &Responses, index: usize, may_be_empty: bool) -> TokenStream {
    let headers = match &answers.headers {
        Some(ResponseHeadersId(id)) => {
            let name = ident(&api.response_headers[*id].name);
            quote! { #name::read(response) }
        }
        None => quote! { () },
    };
    match &answers.success {
        Success::One(None) => quote! { Ok(Outcome::Success((), #headers)) },
        Success::One(Some(content)) => match content.encoding {
            BodyEncoding::Json if may_be_empty => {
                quote! { response.success_or_empty(std::convert::identity, #headers) }
            }
            BodyEncoding::Json => quote! { response.success(#headers) },
            BodyEncoding::Text => quote! { response.success_text(std::convert::identity, #headers) },
            _ => quote! { Ok(Outcome::Success(response.bytes(), #headers)) },
        },
        Success::Several { name, variants } => {
            let (name, variant) = (ident(name), &variants[index]);
            let variant_name = ident(&variant.name);
            match variant.body.as_ref().map(|content| &content.encoding) {
                Some(BodyEncoding::Json) if may_be_empty => {
                    quote! { response.success_or_empty(#name::#variant_name, #headers) }
                }
                Some(BodyEncoding::Json) => quote! { response.success_as(#name::#variant_name, #headers) },
                Some(BodyEncoding::Text) => quote! { response.success_text(#name::#variant_name, #headers) },
                Some(_) => quote! { Ok(Outcome::Success(#name::#variant_name(response.bytes()), #headers)) },
                None => quote! { Ok(Outcome::Success(#name::#variant_name, #headers)) },
            }
        }
    }
}

fn failure(place: Place<'_>, answers: &Responses, index: usize) -> TokenStream {
    let (name, variant) = (ident(&answers.failure_type), &answers.failures[index]);
    let variant_name = ident(&variant.name);
    // A named type validates itself.
    let inline = variant.body.as_ref().map(|content| &content.value).filter(|value| checks::has_rules(value));
    let check = inline.map(|value| body_check(place, value)).map(|statements| quote! { |body, at| { #statements } });
    match (variant.body.as_ref().map(|content| &content.encoding), check) {
        (Some(BodyEncoding::Json), None) => quote! { response.failure(#name::#variant_name) },
        (Some(BodyEncoding::Json), Some(check)) => quote! { response.failure_with(#name::#variant_name, #check) },
        (Some(BodyEncoding::Text), None) => quote! { response.failure_text(#name::#variant_name) },
        (Some(BodyEncoding::Text), Some(check)) => {
            quote! { response.failure_text_with(#name::#variant_name, #check) }
        }
        (Some(_), _) => quote! { Ok(Outcome::Failure(Some(#name::#variant_name(response.bytes())))) },
        (None, _) => quote! { Ok(Outcome::Failure(Some(#name::#variant_name))) },
    }
}
