//! Emits the methods `pages` and `items` of an operation whose results are divided into pages.
//!
//! The items of the runtime are named by their whole paths, so that no type of a document needs another name.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{Place, ident};
use crate::ir::{NextPage, Operation, Pagination, Step};

/// Emits the methods, and the implementation of `Paginated`. Emits nothing for other operations.
pub(super) fn emit(place: Place<'_>, operation: &Operation) -> TokenStream {
    let Some(pagination) = &operation.pagination else { return TokenStream::new() };
    let name = ident(&operation.type_name);
    let (next, items) = (next(&pagination.next), tokens(&pagination.items));
    let more = (!pagination.more.is_empty()).then(|| {
        let more = tokens(&pagination.more);
        quote! { const MORE: &'static [&'static str] = #more; }
    });
    let (item, steps) = (place.type_of(&pagination.item), steps(pagination));
    quote! {
        impl<T> #name<'_, T> {
            /// Requests page after page: see [`Pages`](crate::runtime::Pages).
            pub fn pages(self) -> crate::runtime::Pages<Self> {
                crate::runtime::Pages::new(self)
            }
            /// Requests page after page, and returns their items: see [`Items`](crate::runtime::Items).
            pub fn items(self) -> crate::runtime::Items<Self> {
                crate::runtime::Items::new(self)
            }
        }
        impl<T> crate::runtime::Paginated for #name<'_, T> {
            type Item = #item;
            const NEXT: crate::runtime::NextPage = #next;
            const ITEMS: &'static [&'static str] = #items;
            #more
            fn items(page: Self::Success) -> Vec<Self::Item> { #steps }
        }
    }
}

fn tokens(place: &[String]) -> TokenStream {
    quote! { &[#(#place),*] }
}

fn next(next: &NextPage) -> TokenStream {
    match next {
        NextPage::Cursor { parameter, from } => {
            let from = tokens(from);
            quote! { crate::runtime::NextPage::Cursor { parameter: #parameter, at: #from } }
        }
        NextPage::Offset { parameter } => quote! { crate::runtime::NextPage::Offset { parameter: #parameter } },
        NextPage::Number { parameter, first } => {
            quote! { crate::runtime::NextPage::Number { parameter: #parameter, first: #first } }
        }
        NextPage::Link => quote! { crate::runtime::NextPage::Link },
        NextPage::Url(place) => {
            let place = tokens(place);
            quote! { crate::runtime::NextPage::Url { at: #place } }
        }
    }
}

/// Emits the statements that lead from a page to its items.
fn steps(pagination: &Pagination) -> TokenStream {
    let (mut statements, mut value) = (TokenStream::new(), quote! { page });
    for step in &pagination.steps {
        value = match step {
            Step::Field(name) => {
                let name = ident(name);
                quote! { #value.#name }
            }
            Step::Newtype => quote! { #value.0 },
            Step::Unbox => quote! { (*#value) },
            Step::Some => {
                statements.extend(quote! { let Some(page) = #value else { return Vec::new() }; });
                quote! { page }
            }
        };
    }
    quote! { #statements #value }
}
