//! Emits `patterns.rs`: a constant with a matcher for each pattern of the document.

use copperplate_runtime::runtime::Step;
use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::{docs, ident, imports_of, inner_docs, names};
use crate::emit::module::Items;
use crate::ir::{Api, Matcher, Pattern, RepeatedClass};
use crate::pattern::{Part, Program};

/// The items of the runtime that emitted patterns may use.
pub const RUNTIME: &[&str] = &["Expression", "Lookahead", "Term", "Pattern", "Piece", "Program", "Step"];

/// Returns the items of `patterns.rs`: first its imports, then each pattern.
pub fn items(api: &Api) -> Vec<Items<'_>> {
    let patterns = || api.emitted_patterns.iter().map(|id| &api.patterns[id.0]);
    let visible = |pattern: &Pattern| constant(pattern, &quote! { pub(super) });
    let head = move || {
        let names = names(patterns().map(visible));
        let runtime = imports_of(&names, quote! { crate::runtime }, RUNTIME);
        let engine = imports_of(&names, quote! { crate::ecma }, &["Ecma"]);
        let title = inner_docs(&["The patterns of the document.".to_owned()]);
        quote! { #title #runtime #engine }
    };
    let head: Items<'_> = Box::new(head);
    let patterns = patterns().map(|pattern| -> Items<'_> { Box::new(move || visible(pattern)) });
    std::iter::once(head).chain(patterns).collect()
}

/// Emits the constant of a pattern.
pub fn constant(pattern: &Pattern, visibility: &TokenStream) -> TokenStream {
    let (constant, text) = (ident(&pattern.constant), &pattern.text);
    let docs = docs(&pattern.docs);
    match &pattern.matcher {
        Matcher::Backtracking(program) => {
            let program = steps(program);
            quote! { #docs #visibility static #constant: Ecma = Ecma::new(#text, #program); }
        }
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

fn steps(program: &Program) -> TokenStream {
    let Program { steps, classes, groups, loops } = program;
    let steps = steps.iter().copied().map(step);
    let classes = classes.iter().map(|ranges| {
        let ranges = ranges.iter().map(range);
        quote! { &[#(#ranges),*] }
    });
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
