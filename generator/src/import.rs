//! What a piece of text has to import: of what it may, the names that its items mention.

use std::collections::{BTreeSet, HashSet};

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ExprMethodCall, Item, Macro, Path};

use crate::emit::{Use, Uses};

/// What `items` import of what they may.
pub fn of(items: &[Item], uses: &Uses) -> BTreeSet<Use> {
    let mut mentioned = Mentioned::default();
    items.iter().for_each(|item| mentioned.visit_item(item));
    let named = uses.where_mentioned.iter().filter(|(_, name)| mentioned.names.contains(name));
    let modules = uses.modules.iter().filter(|(_, name)| mentioned.modules.contains(name));
    let called = uses.where_called.iter().filter(|(_, method)| mentioned.methods.contains(*method));
    let called = called.map(|(name, _)| name);
    uses.always.iter().chain(named).chain(called).chain(modules).cloned().collect()
}

/// The names that stand by themselves, those that begin a path, and those of the methods that are called.
#[derive(Default)]
struct Mentioned {
    names: HashSet<String>,
    modules: HashSet<String>,
    methods: HashSet<String>,
}

impl<'f> Visit<'f> for Mentioned {
    fn visit_path(&mut self, path: &'f Path) {
        if let Some(first) = path.segments.first() {
            self.mention(&first.ident, path.segments.len() > 1);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'f ExprMethodCall) {
        self.methods.insert(call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'f Macro) {
        visit::visit_macro(self, called);
        self.read(called.tokens.clone());
    }

    /// What attributes name is in scope everywhere.
    fn visit_attribute(&mut self, _: &'f Attribute) {}
}

impl Mentioned {
    fn mention(&mut self, name: &Ident, begins_path: bool) {
        let name = name.to_string();
        if begins_path {
            self.modules.insert(name.clone());
        }
        self.names.insert(name);
    }

    /// What is handed to a macro has no structure: what follows `::` is continued, all else stands by itself. No method is called
    /// there.
    fn read(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Ident(name) if !is_continued(&trees[..index]) => {
                    self.mention(name, begins_path(&trees[index + 1..]));
                }
                _ => {}
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn only_names_that_stand_by_themselves_are_imported() {
        let name = |path: &str, name: &str| (path.to_owned(), name.to_owned());
        let uses = Uses {
            always: vec![name("http", "Method")],
            where_mentioned: vec![name("crate::runtime", "Outcome"), name("crate::runtime", "Answer")],
            where_called: vec![(name("crate::runtime", "Validate"), "check")],
            modules: vec![name("crate", "types")],
        };
        let of = |tokens| super::of(&[syn::parse2(tokens).unwrap()], &uses).into_iter().collect::<Vec<_>>();
        let (types, method) = (name("crate", "types"), name("http", "Method"));
        let answer = name("crate::runtime", "Answer");
        let used = of(quote! { fn read(answer: &Answer) -> Vec<types::Outcome> {} });
        assert_eq!(used, [types.clone(), answer.clone(), method.clone()]);
        let variants = of(quote! { enum Country { Answer, Outcome(types::Pet) } });
        assert_eq!(variants, [types.clone(), method.clone()]);
        assert_eq!(
            of(quote! { fn f() { let types = 1; answer.Outcome(Self { Answer: check }) } }),
            std::slice::from_ref(&method)
        );
        assert_eq!(of(quote! { fn f() { at.check() } }), [name("crate::runtime", "Validate"), method.clone()]);
        assert_eq!(of(quote! { table! { Row [types::Outcome, other::types] => [Answer] } }), [types, answer, method]);
    }
}
