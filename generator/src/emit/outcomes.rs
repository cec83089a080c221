//! What an operation's answers turn out to be: its success type, its headers, its failures, and the match that reads them.

use proc_macro2::TokenStream;
use quote::quote;

use super::parts::{Place, docs, ident};
use crate::ir::{
    AnswerArm, Answers, Api, Condition, FailureVariant, Headers, HeadersId, Meaning, Operation, StatusMatch, Success,
    SuccessVariant, Type, Value,
};

/// The associated types: success, headers, failure.
pub fn types(place: Place<'_>, operation: &Operation) -> (TokenStream, TokenStream, TokenStream) {
    let answers = &operation.answers;
    let success = match &answers.success {
        Success::One(None) => quote! { () },
        Success::One(Some(value)) => place.type_of(value),
        Success::Several { name, .. } => {
            let name = ident(name);
            quote! { #name }
        }
    };
    let headers = match &answers.headers {
        Some(HeadersId(id)) => {
            let name = ident(&place.api.headers[*id].name);
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

/// The types that the answers need beyond those of the document.
pub fn emit(place: Place<'_>, operation: &Operation) -> TokenStream {
    let answers = &operation.answers;
    let successes = match &answers.success {
        Success::Several { name, variants } => success_enum(place, operation, name, variants),
        Success::One(_) => TokenStream::new(),
    };
    let failures = (!answers.failures.is_empty()).then(|| failure_enum(place, operation, answers));
    quote! { #successes #failures }
}

/// A struct of documented headers; `visibility` is that of the function that reads them.
pub fn headers_struct(headers: &Headers, visibility: &TokenStream) -> TokenStream {
    let name = ident(&headers.name);
    let fields = headers.fields.iter().map(|field| {
        let (docs, name) = (docs(&field.docs), ident(&field.name));
        quote! { #docs pub #name: Option<String>, }
    });
    let reads = headers.fields.iter().map(|field| {
        let (name, wire) = (ident(&field.name), &field.wire);
        quote! { #name: answer.header(#wire) }
    });
    quote! {
        /// The headers of a success that the document describes.
        #[derive(Debug, Clone, PartialEq, Eq, Default)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* }
        impl #name {
            #visibility fn read(answer: &Answer) -> Self {
                Self { #(#reads),* }
            }
        }
    }
}

fn success_enum(place: Place<'_>, operation: &Operation, name: &str, variants: &[SuccessVariant]) -> TokenStream {
    let (name, title) =
        (ident(name), docs(&[format!("The successes of [`{0}`](Client::{0}).", operation.method_name)]));
    let declared = variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs), ident(&variant.name));
        match &variant.body {
            Some(value) => {
                let kind = place.type_of(value);
                quote! { #docs #name(#kind), }
            }
            None => quote! { #docs #name, },
        }
    });
    let arms = variants.iter().map(|variant| {
        let name = ident(&variant.name);
        match &variant.body {
            Some(_) => quote! { Self::#name(body) => body.check(at), },
            None => quote! { Self::#name => {} },
        }
    });
    let check = match variants.iter().any(|variant| variant.body.is_some()) {
        true => super::types::check_method(quote! { match self { #(#arms)* } }),
        false => super::types::check_method(TokenStream::new()),
    };
    quote! {
        #title
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name { #(#declared)* }
        impl Validate for #name { #check }
    }
}

fn failure_enum(place: Place<'_>, operation: &Operation, answers: &Answers) -> TokenStream {
    let (name, title) = (
        ident(&answers.failure_type),
        docs(&[format!("The failures of [`{0}`](Client::{0}) that the document describes.", operation.method_name)]),
    );
    let variants = answers.failures.iter().map(|FailureVariant { name, docs: lines, body }| {
        let (docs, name) = (docs(lines), ident(name));
        match body {
            Some(value) => {
                let kind = place.type_of(value);
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

/// The match over the status.
pub fn read(api: &Api, operation: &Operation) -> TokenStream {
    let answers = &operation.answers;
    let arms = answers.arms.iter().map(|arm| self::arm(api, answers, arm));
    let rest = (!answers.arms.iter().any(|arm| arm.status == StatusMatch::Rest))
        .then(|| quote! { _ => Ok(Outcome::Undocumented), });
    if answers.arms.is_empty() {
        return quote! { _ = answer; Ok(Outcome::Undocumented) };
    }
    quote! { match answer.status() { #(#arms)* #rest } }
}

fn arm(api: &Api, answers: &Answers, arm: &AnswerArm) -> TokenStream {
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
        StatusMatch::Rest => quote! { _ },
    };
    let guard = arm.condition.as_ref().map(|Condition { pointer, equals }| match equals {
        None => quote! { if answer.fails(#pointer, When::NonEmpty) },
        Some(value) => quote! { if answer.fails(#pointer, When::Equals(#value)) },
    });
    let outcome = match arm.meaning {
        Meaning::Success(index) => success(api, answers, index),
        Meaning::Failure(index) => failure(answers, index),
    };
    quote! { #status #guard => #outcome, }
}

fn success(api: &Api, answers: &Answers, index: usize) -> TokenStream {
    let headers = match &answers.headers {
        Some(HeadersId(id)) => {
            let name = ident(&api.headers[*id].name);
            quote! { #name::read(answer) }
        }
        None => quote! { () },
    };
    match &answers.success {
        Success::One(None) => quote! { Ok(Outcome::Success((), #headers)) },
        Success::One(Some(value)) if is_raw(value) => quote! { Ok(Outcome::Success(answer.bytes(), #headers)) },
        Success::One(Some(_)) => quote! { answer.success(#headers) },
        Success::Several { name, variants } => {
            let (name, variant) = (ident(name), &variants[index]);
            let variant_name = ident(&variant.name);
            match &variant.body {
                Some(value) if is_raw(value) => {
                    quote! { Ok(Outcome::Success(#name::#variant_name(answer.bytes()), #headers)) }
                }
                Some(_) => quote! { answer.success_as(#name::#variant_name, #headers) },
                None => quote! { Ok(Outcome::Success(#name::#variant_name, #headers)) },
            }
        }
    }
}

fn failure(answers: &Answers, index: usize) -> TokenStream {
    let (name, variant) = (ident(&answers.failure_type), &answers.failures[index]);
    let variant_name = ident(&variant.name);
    match &variant.body {
        Some(value) if is_raw(value) => {
            quote! { Ok(Outcome::Failure(Some(#name::#variant_name(answer.bytes())))) }
        }
        Some(_) => quote! { answer.failure(#name::#variant_name) },
        None => quote! { Ok(Outcome::Failure(Some(#name::#variant_name))) },
    }
}

/// Whether a body is taken as it is.
fn is_raw(value: &Value) -> bool {
    matches!(value.kind, Type::Bytes)
}
