//! Emits the snippet in the documentation of an operation: a call with sample values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::sample_call::Sample;
use crate::ir::{Api, Operation, Success};

/// Emits the attribute `#[snippet { … }]`, whose tokens are the code of the snippet. The stage `print` formats the code and replaces
/// the attribute by documentation.
pub fn attribute(api: &Api, index: usize, operation: &Operation) -> TokenStream {
    let Sample { statements, call, parameters, path, krate, modules, runtime } = Sample::new(api, index, operation);
    let print = match &operation.responses.success {
        Success::One(None) => quote! { println!("{}", reply.status); },
        _ => quote! { println!("{:?}", reply.value); },
    };
    let deprecated = operation.deprecated.then(|| quote! { #[allow(deprecated)] });
    let send = match &operation.pagination {
        None => quote! { #deprecated let reply = client #call.send().await?; #print },
        Some(_) => quote! {
            #deprecated
            let mut items = client #call.items();
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
        },
    };
    let function = quote! {
        async fn example(client: &#path::Client, #(#parameters),*)
            -> Result<(), #krate::runtime::Error>
        {
            #statements
            #send
            Ok(())
        }
    };
    let uses = match modules.as_slice() {
        [] => TokenStream::new(),
        [only] => quote! { use #path::#only; },
        several => quote! { use #path::{#(#several),*}; },
    };
    quote! { #[snippet { #uses #runtime #function }] }
}
