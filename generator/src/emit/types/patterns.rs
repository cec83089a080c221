//! Emits `patterns.rs`: a constant with a matcher for each pattern of the document.

use std::sync::Arc;

use copperplate_runtime::runtime::Step;
use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{docs, ident, imports_of, inner_docs, names};
use crate::emit::module::Items;
use crate::emit::types::shared_classes::SharedClasses;
use crate::ir::{Api, Matcher, Pattern, RepeatedClass};
use crate::pattern::{Part, Program};

/// The items of the runtime that emitted patterns may use.
pub const RUNTIME: &[&str] =
    &["Expression", "Lookahead", "Term", "Pattern", "Piece", "Program", "Step", "character_ranges"];

/// A static in `patterns.rs`.
#[derive(Clone, Copy)]
pub enum Static<'a> {
    /// The shared class with this index.
    Class(usize),
    /// A pattern.
    Pattern(&'a Pattern),
}

/// Returns the items of `patterns.rs`: first its imports, then each shared class, then each pattern.
pub fn items(api: &Api) -> Vec<Items<'_>> {
    let classes = Arc::new(SharedClasses::of(api, ""));
    let emitter = |item| {
        let classes = classes.clone();
        move || emit(item, &classes, &quote! { pub(super) })
    };
    let emitters: Vec<_> = statics(api, &classes).map(emitter).collect();
    let all = emitters.clone();
    let head = move || {
        let names = names(all.iter().map(|emit| emit()));
        let runtime = imports_of(&names, quote! { crate::runtime }, RUNTIME);
        let engine = imports_of(&names, quote! { crate::ecma }, &["Ecma"]);
        let title = inner_docs(&["The patterns of the document.".to_owned()]);
        quote! { #title #runtime #engine }
    };
    let head: Items<'_> = Box::new(head);
    std::iter::once(head).chain(emitters.into_iter().map(|emit| -> Items<'_> { Box::new(emit) })).collect()
}

/// Returns the statics of an API.
pub fn statics<'a>(api: &'a Api, classes: &SharedClasses<'_>) -> impl Iterator<Item = Static<'a>> {
    let patterns = api.emitted_patterns.iter().map(|id| Static::Pattern(&api.patterns[id.0]));
    (0..classes.len()).map(Static::Class).chain(patterns)
}

/// Emits a static.
pub fn emit(item: Static<'_>, classes: &SharedClasses<'_>, visibility: &TokenStream) -> TokenStream {
    match item {
        Static::Class(index) => classes.emit(index, visibility),
        Static::Pattern(pattern) => constant(pattern, classes, visibility),
    }
}

/// Emits the constant of a pattern.
fn constant(pattern: &Pattern, shared: &SharedClasses<'_>, visibility: &TokenStream) -> TokenStream {
    let (constant, text) = (ident(&pattern.constant), &pattern.text);
    let docs = docs(&pattern.docs);
    match &pattern.matcher {
        Matcher::Backtracking(program) => {
            let program = steps(program, shared);
            quote! { #docs #visibility static #constant: Ecma = Ecma::new(#text, #program); }
        }
        Matcher::Classes { anchored_start, anchored_end, classes } => {
            let classes = classes.iter().map(|class| piece(class, shared));
            quote! {
                #docs
                #visibility static #constant: Pattern =
                    Pattern::new(#text, #anchored_start, #anchored_end, &[#(#classes),*]);
            }
        }
        Matcher::Automaton(structure) => {
            let lookaheads = structure.lookaheads.iter().map(|lookahead| {
                let (kind, inside) = (
                    if lookahead.negated { "Negative" } else { "Positive" },
                    alternatives(&lookahead.alternatives, shared),
                );
                let kind = ident(kind);
                quote! { Lookahead::#kind(#inside) }
            });
            let alternatives = alternatives(&structure.alternatives, shared);
            quote! {
                #docs
                #visibility static #constant: Expression = Expression::new(#text, &[#(#lookaheads),*], #alternatives);
            }
        }
    }
}

fn alternatives(sequences: &[Vec<Part>], shared: &SharedClasses<'_>) -> TokenStream {
    let sequences = sequences.iter().map(|parts| {
        let parts = parts.iter().map(|next| part(next, shared));
        quote! { &[#(#parts),*] }
    });
    quote! { &[#(#sequences),*] }
}

fn part(part: &Part, shared: &SharedClasses<'_>) -> TokenStream {
    match part {
        Part::Class(ranges, times) => {
            let (class, min, max) = (shared.reference(ranges), count(times.min), most(times.max));
            quote! { Term::Class(#class, #min, #max) }
        }
        Part::Group(inside, times) => {
            let (inside, min, max) = (alternatives(inside, shared), count(times.min), most(times.max));
            quote! { Term::Group(#inside, #min, #max) }
        }
        Part::Start => quote! { Term::Start },
        Part::End => quote! { Term::End },
    }
}

fn steps(program: &Program, shared: &SharedClasses<'_>) -> TokenStream {
    let Program { steps, classes, groups, loops } = program;
    let steps = steps.iter().copied().map(step);
    let classes = classes.iter().map(|ranges| shared.reference(ranges));
    let (groups, loops) = (count(*groups), count(*loops));
    quote! { Program { steps: &[#(#steps),*], classes: &[#(#classes),*], groups: #groups, loops: #loops } }
}

fn step(step: Step) -> TokenStream {
    match step {
        Step::Class { class, behind } => {
            let class = count(class);
            quote! { Step::Class { class: #class, behind: #behind } }
        }
        Step::Run { class, min, max, greedy, behind } => {
            let (class, min, max) = (count(class), count(min), maximum(max));
            quote! { Step::Run { class: #class, min: #min, max: #max, greedy: #greedy, behind: #behind } }
        }
        Step::Start => quote! { Step::Start },
        Step::End => quote! { Step::End },
        Step::Boundary(negated) => quote! { Step::Boundary(#negated) },
        Step::Either(step) => numbered("Either", step),
        Step::Goto(step) => numbered("Goto", step),
        Step::Open(group) => numbered("Open", group),
        Step::Close { group, behind } => {
            let group = count(group);
            quote! { Step::Close { group: #group, behind: #behind } }
        }
        Step::Reference { group, behind } => {
            let group = count(group);
            quote! { Step::Reference { group: #group, behind: #behind } }
        }
        Step::Loop(id) => numbered("Loop", id),
        Step::Repeat { id, min, max, greedy, exit, groups: (first, end) } => {
            let (id, min, max, exit) = (count(id), count(min), maximum(max), count(exit));
            let (first, end) = (count(first), count(end));
            quote! {
                Step::Repeat { id: #id, min: #min, max: #max, greedy: #greedy, exit: #exit, groups: (#first, #end) }
            }
        }
        Step::Look { negated, exit } => {
            let exit = count(exit);
            quote! { Step::Look { negated: #negated, exit: #exit } }
        }
        Step::LookEnd => quote! { Step::LookEnd },
        Step::Match => quote! { Step::Match },
    }
}

fn numbered(step: &str, number: usize) -> TokenStream {
    let (step, number) = (ident(step), count(number));
    quote! { Step::#step(#number) }
}

fn maximum(max: usize) -> TokenStream {
    most((max != usize::MAX).then_some(max))
}

fn piece(piece: &RepeatedClass, shared: &SharedClasses<'_>) -> TokenStream {
    let (class, min, max) = (shared.reference(&piece.ranges), count(piece.min), most(piece.max));
    quote! { Piece::new(#class, #min, #max) }
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
