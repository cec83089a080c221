//! Emits the signatures of the methods of a trait over operations.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, ident};
use crate::emit::operations::responses;
use crate::ir::{Argument, Operation, Success};

/// Emits the signature of the method of an operation. `sending` is the path of the type `Sending`.
pub fn signature(place: Place<'_>, operation: &Operation, sending: &TokenStream) -> TokenStream {
    let (method, name) = (ident(&operation.method_name), ident(&operation.type_name));
    let (success, headers, _) = responses::types(place, operation);
    let success = match operation.responses.success {
        Success::Several { .. } => quote! { operations::#success },
        Success::One(_) => success,
    };
    let headers = operation.responses.headers.map(|_| quote! { , operations::#headers });
    let parameters = lifetime(operation).map(|lifetime| quote! { <#lifetime> });
    quote! {
        fn #method<'a>(&'a self, arguments: arguments::#name #parameters) -> #sending<'a, #success #headers>
    }
}

/// Returns the lifetime of the request body, which the struct of arguments borrows.
pub fn lifetime(operation: &Operation) -> Option<TokenStream> {
    operation.arguments.iter().any(Argument::is_body).then(|| quote! { 'a })
}
