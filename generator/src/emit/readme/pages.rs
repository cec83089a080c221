//! The code of the section about pages.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::sample_call::{Call, Names, call, crate_path, mentioned_modules};
use crate::ir::Api;

/// The modules of an API that the code imports.
const MODULES: &[&str] = &["keys", "required", "types"];

/// Emits functions that request all items, and one page. Returns `None` if no operation of the APIs has pages.
pub fn code(apis: &[Api]) -> Option<TokenStream> {
    let mut operations = apis
        .iter()
        .flat_map(|api| api.operations.iter().enumerate().map(move |(index, operation)| (api, index, operation)));
    let (api, index, operation) = operations.find(|(_, _, operation)| operation.pagination.is_some())?;
    let samples = api.samples.get(index).map(Vec::as_slice).unwrap_or_default();
    let Call { statements, call, variables } = call(api, operation, samples, &mut Names::default());
    let parameters = variables.iter().map(|(name, kind)| quote! { #name: #kind });
    let parameters: Vec<TokenStream> = parameters.collect();
    let path = crate_path(&api.public_path, MODULES);
    let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), MODULES);
    let used = quote! { #statements #call #(#parameters)* };
    let uses = mentioned_modules(MODULES, &used);
    Some(quote! {
        use #path::{Client, #(#uses),*};
        use #krate::runtime::{Error, PageToken};

        /// Prints at most a thousand items.
        async fn print_items(client: &Client, #(#parameters),*)
            -> Result<(), Error>
        {
            #statements
            let mut items = client #call.items().limit(1000);
            while let Some(item) = items.next().await {
                let item = item?;
                println!("{item:?}");
            }
            Ok(())
        }

        /// Requests a page, and returns the place of the one after it.
        async fn one_page(client: &Client, start: Option<PageToken>, #(#parameters),*)
            -> Result<Option<PageToken>, Error>
        {
            #statements
            let mut pages = client #call.pages();
            if let Some(start) = start {
                pages = pages.starting_at(start);
            }
            if let Some(page) = pages.next().await {
                let page = page?;
                println!("{:?}", page.value);
            }
            Ok(pages.token().cloned())
        }
    })
}
