//! Finds the names that printed items have to import, and writes the `use` declarations.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, ExprMethodCall, Item, Macro, Path};

use super::formatting;
use crate::emit::{Import, Importable};

/// The maximum width of a `use` declaration on one line.
const WIDTH: usize = 90;

/// Returns the imports that `items` need.
pub fn required(items: &[Item], importable: &Importable) -> BTreeSet<Import> {
    let mut mentioned = Mentioned {
        importable,
        named: BTreeSet::new(),
        modules: Candidates::new(importable.if_path_begins.iter().map(|import| import.name.as_str())),
        methods: Candidates::new(importable.if_called.iter().map(|(_, method)| *method)),
    };
    items.iter().for_each(|item| mentioned.visit_item(item));
    let modules = importable.if_path_begins.iter().filter(|import| mentioned.modules.is_found(&import.name));
    let called = importable.if_called.iter().filter(|(_, method)| mentioned.methods.is_found(method));
    let called = called.map(|(import, _)| import);
    importable.always.iter().chain(mentioned.named).chain(called).chain(modules).cloned().collect()
}

/// Returns the `use` declarations for `imports`, one for each module.
pub fn declarations(imports: &BTreeSet<Import>) -> String {
    let mut modules: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for Import { module, name } in imports {
        modules.entry(module).or_default().push(name);
    }
    let declarations = modules.into_iter().map(|(module, names)| match names.as_slice() {
        [only] => format!("use {module}::{only};\n"),
        several => formatting::wrapped(format!("use {module}::{{{}}};\n", several.join(", ")), WIDTH),
    });
    declarations.collect()
}

/// The importable names that items mention. `named` are the imports of the first segments of all paths. `modules` are the first
/// segments of paths with several segments. `methods` are the names of called methods.
struct Mentioned<'i> {
    importable: &'i Importable,
    named: BTreeSet<&'i Import>,
    modules: Candidates<'i>,
    methods: Candidates<'i>,
}

/// Names that items may mention, in alphabetical order, each with whether an item mentions it.
struct Candidates<'i>(Vec<(&'i str, bool)>);

impl<'i> Candidates<'i> {
    /// The largest number of candidates with which an identifier is compared one by one. The comparison needs no text of the
    /// identifier, which would be allocated.
    const FEW: usize = 48;

    fn new(names: impl Iterator<Item = &'i str>) -> Self {
        let mut candidates: Vec<(&str, bool)> = names.map(|name| (name, false)).collect();
        candidates.sort_unstable();
        candidates.dedup();
        Self(candidates)
    }

    fn mention(&mut self, name: &Ident) {
        let mentioned = if self.0.len() <= Self::FEW {
            self.0.iter_mut().find(|(candidate, _)| name == candidate)
        } else {
            let name = name.to_string();
            let index = self.0.binary_search_by(|(candidate, _)| (*candidate).cmp(&name));
            index.ok().and_then(|index| self.0.get_mut(index))
        };
        if let Some((_, is_found)) = mentioned {
            *is_found = true;
        }
    }

    fn is_found(&self, name: &str) -> bool {
        let index = self.0.binary_search_by(|(candidate, _)| (*candidate).cmp(name));
        index.is_ok_and(|index| self.0[index].1)
    }
}

impl<'f> Visit<'f> for Mentioned<'_> {
    fn visit_path(&mut self, path: &'f Path) {
        if let Some(first) = path.segments.first() {
            self.mention(&first.ident, path.segments.len() > 1);
        }
        visit::visit_path(self, path);
    }

    fn visit_expr_method_call(&mut self, call: &'f ExprMethodCall) {
        self.methods.mention(&call.method);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_macro(&mut self, called: &'f Macro) {
        visit::visit_macro(self, called);
        self.read(called.tokens.clone());
    }

    /// Does nothing, because the names in attributes need no import.
    fn visit_attribute(&mut self, _: &'f Attribute) {}
}

impl Mentioned<'_> {
    fn mention(&mut self, name: &Ident, begins_path: bool) {
        if begins_path {
            self.modules.mention(name);
        }
        let if_named = &self.importable.if_named;
        if if_named.len() <= Candidates::FEW {
            self.named.extend(if_named.iter().filter(|import| name == &import.name));
        } else {
            self.named.extend(self.importable.named(&name.to_string()));
        }
    }

    /// Finds the names in the arguments of a macro. The arguments are unstructured tokens, so each identifier counts as the first
    /// segment of a path unless it follows `::`. The arguments of emitted macros contain no method calls.
    fn read(&mut self, tokens: TokenStream) {
        let trees: Vec<TokenTree> = tokens.into_iter().collect();
        for (index, tree) in trees.iter().enumerate() {
            match tree {
                TokenTree::Group(group) => self.read(group.stream()),
                TokenTree::Ident(name) if !continues_path(&trees[..index]) => {
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

fn continues_path(before: &[TokenTree]) -> bool {
    matches!(before, [.., first, second] if is_colon(first, true) && is_colon(second, false))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn only_names_that_begin_a_path_are_imported() {
        let name = Import::new;
        let importable = Importable {
            always: vec![name("http", "Method")],
            if_named: vec![name("crate::runtime", "Outcome"), name("crate::runtime", "RawResponse")],
            if_called: vec![(name("crate::runtime", "Validate"), "check")],
            if_path_begins: vec![name("crate", "types")],
            ..Importable::default()
        };
        let required =
            |tokens| super::required(&[syn::parse2(tokens).unwrap()], &importable).into_iter().collect::<Vec<_>>();
        let (types, method) = (name("crate", "types"), name("http", "Method"));
        let answer = name("crate::runtime", "RawResponse");
        let used = required(quote! { fn read(answer: &RawResponse) -> Vec<types::Outcome> {} });
        assert_eq!(used, [types.clone(), answer.clone(), method.clone()]);
        let variants = required(quote! { enum Country { RawResponse, Outcome(types::Pet) } });
        assert_eq!(variants, [types.clone(), method.clone()]);
        assert_eq!(
            required(quote! { fn f() { let types = 1; answer.Outcome(Self { RawResponse: check }) } }),
            std::slice::from_ref(&method)
        );
        assert_eq!(required(quote! { fn f() { at.check() } }), [name("crate::runtime", "Validate"), method.clone()]);
        assert_eq!(
            required(quote! { table! { Row [types::Outcome, other::types] => [RawResponse] } }),
            [types, answer, method]
        );
    }

    #[test]
    fn names_are_found_among_many() {
        let constants = |module: &str| (0..100).map(|n| Import::new(module, &format!("C{n}"))).collect::<Vec<_>>();
        let if_named = [constants("crate::a"), vec![Import::new("crate::b", "C7")]].concat();
        let importable = Importable { if_named, ..Importable::default() };
        let items = [syn::parse2(quote! { const A: u8 = C7 + C42 + C100; }).unwrap()];
        let names = [("crate::a", "C42"), ("crate::a", "C7"), ("crate::b", "C7")];
        assert_eq!(required(&items, &importable), names.map(|(module, name)| Import::new(module, name)).into());
    }
}
