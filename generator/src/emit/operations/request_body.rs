//! Emits the code that writes request bodies, and the enum of request bodies for an operation with several media types.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, docs, ident};
use crate::emit::types;
use crate::emit::types::checks;
use crate::ir::{ArgumentLocation, BodyEncoding, Content, FormEncoding, FormStyle, Operation};

/// Emits the statement that writes a body. `body` is an expression for a reference to the body.
pub fn write(content: &Content, body: TokenStream) -> TokenStream {
    let content_type = &content.content_type;
    let method = ident(match &content.encoding {
        BodyEncoding::Json => "json",
        BodyEncoding::Text => "text",
        BodyEncoding::Bytes => "bytes",
        BodyEncoding::File => "file",
        BodyEncoding::Multipart => "multipart",
        BodyEncoding::Form(encodings) => {
            let encodings = encodings.iter().map(encoding);
            return quote! { request.form(#content_type, &[#(#encodings),*], #body); };
        }
    });
    quote! { request.#method(#content_type, #body); }
}

fn encoding(encoding: &FormEncoding) -> TokenStream {
    let wire = &encoding.wire;
    let function = ident(match encoding.style {
        FormStyle::Json => "json",
        FormStyle::Exploded => "exploded",
        FormStyle::Joined => "comma_delimited",
        FormStyle::SpaceJoined => "space_delimited",
        FormStyle::PipeJoined => "pipe_delimited",
        FormStyle::Deep => "deep_object",
    });
    let reserved = encoding.allow_reserved.then(|| quote! { .allow_reserved() });
    quote! { Encoding::#function(#wire) #reserved }
}

/// Emits the enum of request bodies if the request body of the operation has several media types. The enum has a variant for each
/// media type, and implements `From` for the body type of the first variant.
pub fn emit(place: Place<'_>, operation: &Operation) -> TokenStream {
    let several = operation.arguments.iter().find_map(|argument| match &argument.location {
        ArgumentLocation::Bodies { name, variants } => Some((name, variants)),
        _ => None,
    });
    let Some((name, variants)) = several else { return TokenStream::new() };
    let name = ident(name);
    let title = docs(&[format!("The body of [`{0}`](Client::{0}), in one of its media types.", operation.method_name)]);
    let declared = variants.iter().map(|variant| {
        let (docs, name, borrowed) =
            (docs(&variant.docs), ident(&variant.name), place.borrowed(&variant.content.value));
        quote! { #docs #name(&'a #borrowed), }
    });
    let checks = variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), &variant.content.value);
        let statements = checks::check(place.api, value, &quote! { body }, true, &quote! { at }, &ident("at_body"));
        match statements.is_empty() {
            true => quote! { Self::#name(_) => {} },
            false => quote! { Self::#name(body) => { #statements } },
        }
    });
    let check = match variants.iter().any(|variant| checks::needs_check(&variant.content.value)) {
        true => types::check_method(quote! { match *self { #(#checks)* } }),
        false => types::check_method(TokenStream::new()),
    };
    let writes = variants.iter().map(|variant| {
        let (name, write) = (ident(&variant.name), write(&variant.content, quote! { body }));
        quote! { Self::#name(body) => { #write } }
    });
    let preferred = variants.first().map(|variant| {
        let (variant_name, borrowed) = (ident(&variant.name), place.borrowed(&variant.content.value));
        quote! {
            impl<'a> From<&'a #borrowed> for #name<'a> {
                fn from(body: &'a #borrowed) -> Self {
                    Self::#variant_name(body)
                }
            }
        }
    });
    quote! {
        #title
        #[derive(Debug, Clone, Copy, PartialEq)]
        #[non_exhaustive]
        pub enum #name<'a> { #(#declared)* }
        #preferred
        impl #name<'_> {
            fn write(self, request: &mut RequestBuilder<'_>) { match self { #(#writes)* } }
        }
        impl Validate for #name<'_> { #check }
    }
}
