//! The code of the section about pages.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::sample_call::{Sample, operations};
use crate::ir::Api;

/// Emits functions that request all items, and one page. Returns `None` if no operation of the APIs has pages.
pub fn code(apis: &[Api]) -> Option<TokenStream> {
    let (api, index, operation) = operations(apis).find(|(_, _, operation)| operation.pagination.is_some())?;
    let Sample { statements, call, parameters, path, krate, modules, runtime } = Sample::new(api, index, operation);
    Some(quote! {
        use #path::{Client, #(#modules),*};
        use #krate::runtime::{Error, PageToken};
        #runtime

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
