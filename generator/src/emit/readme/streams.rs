//! The code of the section about streams.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::mentions;
use crate::emit::sample_call::{Call, Names, call, crate_path, mentioned_modules};
use crate::ir::{Api, Operation};

/// The modules of an API that the code imports.
const MODULES: &[&str] = &["keys", "required", "types"];

/// Emits a function that reads the items of the first operation whose response is a series of items, and a function that downloads
/// the first response that is bytes. Each function has the API that its operation belongs to. Returns an empty list if there are no
/// such operations.
pub fn code(apis: &[Api]) -> Vec<TokenStream> {
    let operations =
        || apis.iter().flat_map(|api| api.operations.iter().enumerate().map(move |(at, own)| (api, at, own)));
    let items = operations().find(|(_, _, operation)| operation.responses.stream.is_some());
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
    let download = operations().find(|(_, _, operation)| operation.has_download());
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
    let samples = api.samples.get(index).map(Vec::as_slice).unwrap_or_default();
    let Call { statements, call, variables } = call(api, operation, samples, &mut Names::default());
    let path = crate_path(&api.public_path, MODULES);
    let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), MODULES);
    let parameters: Vec<TokenStream> = variables.iter().map(|(name, kind)| quote! { #name: #kind }).collect();
    let used = quote! { #statements #call #(#parameters)* };
    let uses = mentioned_modules(MODULES, &used);
    let uses = uses.iter().map(|module| quote! { use #path::#module; });
    let runtime = mentions(&used, "runtime").then(|| quote! { use #krate::runtime; });
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
