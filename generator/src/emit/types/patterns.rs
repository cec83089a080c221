//! Emits `patterns.rs`: a constant for each pattern of the document, with its matcher.

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{docs, ident, imports, inner_docs};
use crate::ir::{Api, Matcher, Pattern, RepeatedClass};
use crate::pattern::Part;

/// The items of the runtime that the constants may use.
pub const RUNTIME: &[&str] = &["Expression", "Lookahead", "Term", "Pattern", "Piece"];

/// Emits the patterns of `api`.
pub fn emit(api: &Api) -> TokenStream {
    let constants = api.emitted_patterns.iter().map(|id| constant(&api.patterns[id.0], &quote! { pub(super) }));
    let items = quote! { #(#constants)* };
    let runtime = imports(&items, quote! { crate::runtime }, RUNTIME);
    let engine = imports(&items, quote! { crate::ecma }, &["Ecma"]);
    let title = inner_docs(&["The patterns of the document.".to_owned()]);
    quote! { #title #runtime #engine #items }
}

/// The constant of a pattern.
pub fn constant(pattern: &Pattern, visibility: &TokenStream) -> TokenStream {
    let (constant, text) = (ident(&pattern.constant), &pattern.text);
    let docs = docs(&pattern.docs);
    match &pattern.matcher {
        Matcher::Engine => quote! { #docs #visibility static #constant: Ecma = Ecma::new(#text); },
        Matcher::Classes { anchored_start, anchored_end, classes } => {
            let classes = classes.iter().map(piece);
            quote! {
                #docs
                #visibility static #constant: Pattern =
                    Pattern::new(#text, #anchored_start, #anchored_end, &[#(#classes),*]);
            }
        }
        Matcher::Automaton(structure) => {
            let lookaheads = structure.lookaheads.iter().map(|lookahead| {
                let (kind, inside) =
                    (if lookahead.negated { "Negative" } else { "Positive" }, alternatives(&lookahead.alternatives));
                let kind = ident(kind);
                quote! { Lookahead::#kind(#inside) }
            });
            let alternatives = alternatives(&structure.alternatives);
            quote! {
                #docs
                #visibility static #constant: Expression = Expression::new(#text, &[#(#lookaheads),*], #alternatives);
            }
        }
    }
}

fn alternatives(sequences: &[Vec<Part>]) -> TokenStream {
    let sequences = sequences.iter().map(|parts| {
        let parts = parts.iter().map(part);
        quote! { &[#(#parts),*] }
    });
    quote! { &[#(#sequences),*] }
}

fn part(part: &Part) -> TokenStream {
    match part {
        Part::Class(ranges, times) => {
            let (ranges, min, max) = (ranges.iter().map(range), count(times.min), most(times.max));
            quote! { Term::Class(&[#(#ranges),*], #min, #max) }
        }
        Part::Group(inside, times) => {
            let (inside, min, max) = (alternatives(inside), count(times.min), most(times.max));
            quote! { Term::Group(#inside, #min, #max) }
        }
        Part::Start => quote! { Term::Start },
        Part::End => quote! { Term::End },
    }
}

fn piece(piece: &RepeatedClass) -> TokenStream {
    let (ranges, min, max) = (piece.ranges.iter().map(range), count(piece.min), most(piece.max));
    quote! { Piece::new(&[#(#ranges),*], #min, #max) }
}

fn range((first, last): &(char, char)) -> TokenStream {
    let (first, last) = (character(*first), character(*last));
    quote! { (#first, #last) }
}

fn count(count: usize) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(count)
}

fn most(max: Option<usize>) -> TokenStream {
    match max.map(count) {
        Some(max) => quote! { #max },
        None => quote! { usize::MAX },
    }
}

fn character(letter: char) -> TokenStream {
    if letter == char::MAX {
        quote! { char::MAX }
    } else {
        quote! { #letter }
    }
}
