//! The code of the section about streams.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::sample_call::{Sample, operations};
use crate::ir::{Api, Operation};

/// Emits a function that reads the items of the first operation whose response is a series of items, and a function that downloads
/// the first response that is bytes. Each function has the API that its operation belongs to. Returns an empty list if there are no
/// such operations.
pub fn code(apis: &[Api]) -> Vec<TokenStream> {
    let items = operations(apis).find(|(_, _, operation)| operation.responses.stream.is_some());
    let items = items.map(|(api, index, operation)| {
        let body = quote! {
            let mut items = call.stream().await?;
            while let Some(item) = items.next().await {
                match item {
                    Ok(item) => println!("{:?}", item.data),
                    Err(error) => eprintln!("skipped: {error}"),
                }
            }
            Ok(())
        };
        function(api, index, operation, &quote! { print_items }, &body)
    });
    let download = operations(apis).find(|(_, _, operation)| operation.has_download());
    let download = download.map(|(api, index, operation)| {
        let body = quote! {
            let mut body = call.download().await?.value;
            let mut file = std::fs::File::create("download")?;
            while let Some(piece) = body.piece().await {
                std::io::Write::write_all(&mut file, &piece?)?;
                println!("{} of {:?} bytes", body.received(), body.length());
            }
            Ok(())
        };
        function(api, index, operation, &quote! { save }, &body)
    });
    items.into_iter().chain(download).collect()
}

/// Emits a function that calls an operation with sample values, and passes the call to `body`.
fn function(api: &Api, index: usize, operation: &Operation, name: &TokenStream, body: &TokenStream) -> TokenStream {
    let Sample { statements, call, parameters, path, modules, runtime, .. } = Sample::new(api, index, operation);
    let uses = modules.iter().map(|module| quote! { use #path::#module; });
    quote! {
        use #path::Client;
        #(#uses)*
        #runtime

        async fn #name(client: &Client, #(#parameters),*)
            -> Result<(), Box<dyn std::error::Error>>
        {
            #statements
            let call = client #call;
            #body
        }
    }
}
