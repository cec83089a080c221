//! Emits the snippet in the documentation of an operation: a call with sample values.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::mentions;
use crate::emit::sample_call::{Call, Names, call, crate_path, mentioned_modules};
use crate::ir::{Api, Operation, Success};

/// The modules of an API that a snippet imports.
const MODULES: &[&str] = &["keys", "required", "types"];

/// Emits the attribute `#[snippet]`, whose text is the code of the snippet. The stage `print` formats the code and replaces the
/// attribute by documentation. The code is a string, because the names in it need no imports in the emitted file.
pub fn attribute(api: &Api, index: usize, operation: &Operation) -> TokenStream {
    let samples = api.samples.get(index).map(Vec::as_slice).unwrap_or_default();
    let Call { statements, call, variables } = call(api, operation, samples, &mut Names::default());
    let path = crate_path(&api.public_path, MODULES);
    let parameters = variables.iter().map(|(name, kind)| quote! { #name: #kind });
    let parameters: Vec<TokenStream> = parameters.collect();
    let used = quote! { #statements #call #(#parameters)* };
    let print = match &operation.responses.success {
        Success::One(None) => quote! { println!("{}", reply.status); },
        _ => quote! { println!("{:?}", reply.value); },
    };
    let deprecated = operation.deprecated.then(|| quote! { #[allow(deprecated)] });
    let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), MODULES);
    let function = quote! {
        async fn example(client: &#path::Client, #(#parameters),*)
            -> Result<(), #krate::runtime::Error>
        {
            #statements
            #deprecated
            let reply = client #call.send().await?;
            #print
            Ok(())
        }
    };
    let uses = match mentioned_modules(MODULES, &used).as_slice() {
        [] => TokenStream::new(),
        [only] => quote! { use #path::#only; },
        several => quote! { use #path::{#(#several),*}; },
    };
    let runtime = mentions(&used, "runtime").then(|| quote! { use #krate::runtime; });
    let code = quote! { #uses #runtime #function }.to_string();
    quote! { #[snippet = #code] }
}
