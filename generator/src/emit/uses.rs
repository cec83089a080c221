//! What a piece of text has to import, wherever it ends up.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::parts::ident;

/// An imported name: the path of its module, and the name.
pub type Use = (String, String);

/// What pieces of one kind may import.
#[derive(Debug, Clone, Default)]
pub struct Uses {
    /// What each of them imports.
    pub always: Vec<Use>,
    /// What is imported where it is mentioned by itself.
    pub where_mentioned: Vec<Use>,
    /// Traits that are imported where their method is called.
    pub where_called: Vec<(Use, &'static str)>,
    /// Modules that are imported where a path begins with them.
    pub modules: Vec<Use>,
}

impl Uses {
    /// What `tokens` import.
    pub fn of(&self, tokens: &TokenStream) -> BTreeSet<Use> {
        let mut mentioned = Mentioned::default();
        mentioned.read(tokens);
        let named = self.where_mentioned.iter().filter(|(_, name)| mentioned.names.contains(name));
        let modules = self.modules.iter().filter(|(_, name)| mentioned.modules.contains(name));
        let called = self.where_called.iter().filter(|(_, method)| mentioned.names.contains(*method));
        let called = called.map(|(name, _)| name);
        self.always.iter().chain(named).chain(called).chain(modules).cloned().collect()
    }
}

/// Names that stand by themselves, and those that begin a path. What follows `::` is neither.
#[derive(Default)]
struct Mentioned {
    names: HashSet<String>,
    modules: HashSet<String>,
}

impl Mentioned {
    fn read(&mut self, tokens: &TokenStream) {
        let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                // The variants of an enum mention nothing; what they hold may.
                TokenTree::Group(group) if is_enum(&trees[..index]) => {
                    let held = group.stream().into_iter().filter(|tree| matches!(tree, TokenTree::Group(_)));
                    self.read(&held.collect());
                }
                TokenTree::Group(group) => self.read(&group.stream()),
                TokenTree::Ident(name) if !is_continued(&trees[..index]) => {
                    if begins_path(&trees[index + 1..]) {
                        self.modules.insert(name.to_string());
                    }
                    self.names.insert(name.to_string());
                }
                _ => {}
            }
        }
    }
}

/// Whether what follows is the body of an enum.
fn is_enum(before: &[TokenTree]) -> bool {
    matches!(before, [.., TokenTree::Ident(keyword), TokenTree::Ident(_)] if keyword == "enum")
}

fn is_colon(tree: &TokenTree, joint: bool) -> bool {
    matches!(tree, TokenTree::Punct(colon) if colon.as_char() == ':' && (!joint || colon.spacing() == Spacing::Joint))
}

fn begins_path(following: &[TokenTree]) -> bool {
    matches!(following, [first, second, ..] if is_colon(first, true) && is_colon(second, false))
}

fn is_continued(before: &[TokenTree]) -> bool {
    matches!(before, [.., first, second] if is_colon(first, true) && is_colon(second, false))
}

/// The text of a file beside the API's root, as it has to be anywhere below: `super::patterns` from there is a path from `root`.
pub fn rebased(tokens: TokenStream, root: &[String]) -> TokenStream {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let mut out = TokenStream::new();
    for (index, tree) in trees.iter().enumerate() {
        match tree {
            TokenTree::Ident(name) if name == "super" && begins_path(&trees[index + 1..]) => {
                out.extend(path(root));
            }
            TokenTree::Group(group) => {
                let mut inner = proc_macro2::Group::new(group.delimiter(), rebased(group.stream(), root));
                inner.set_span(group.span());
                out.extend(inner.to_token_stream());
            }
            other => out.extend([other.clone()]),
        }
    }
    out
}

fn path(segments: &[String]) -> TokenStream {
    let segments = segments.iter().map(|segment| ident(segment));
    quote! { #(#segments)::* }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_stand_by_themselves_are_imported() {
        let name = |path: &str, name: &str| (path.to_owned(), name.to_owned());
        let uses = Uses {
            always: vec![name("http", "Method")],
            where_mentioned: vec![name("crate::runtime", "Outcome"), name("crate::runtime", "Answer")],
            modules: vec![name("crate", "types")],
            ..Uses::default()
        };
        let used = uses.of(&quote! { fn read(answer: &Answer) -> Vec<types::Outcome> {} });
        let wanted = [name("crate", "types"), name("crate::runtime", "Answer"), name("http", "Method")];
        assert_eq!(used.into_iter().collect::<Vec<_>>(), wanted);
        let variants = uses.of(&quote! { enum Country { Answer, Outcome(types::Pet) } });
        assert_eq!(variants.into_iter().collect::<Vec<_>>(), [name("crate", "types"), name("http", "Method")]);
        assert!(uses.of(&quote! { let types = 1; }).iter().all(|(path, _)| path != "crate"));
    }

    #[test]
    fn paths_from_beside_the_root_are_rebased() {
        let root = ["crate", "pets"].map(str::to_owned);
        let text = rebased(quote! { pub(super) fn f() { at.pattern(&super::patterns::ID) } }, &root).to_string();
        assert_eq!(text, quote! { pub(super) fn f() { at.pattern(&crate::pets::patterns::ID) } }.to_string());
    }
}
