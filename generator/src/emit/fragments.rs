//! Functions that all modules of the stage `emit` share. They emit identifiers, doc comments, types and imports.

use std::collections::HashSet;

use proc_macro2::{Delimiter, Ident, Literal, Spacing, TokenStream, TokenTree};
use quote::{format_ident, quote};

use crate::ir::{Api, Conversion, PathStyle, RUNTIME_ITEMS, TypeDef, Value};

/// Turns a name into an identifier token. The stage `lower` has chosen only names that are valid identifiers.
pub fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

/// Emits the path to the module of an API, for use in the code of the same API. The path is `super` or begins with `crate`.
pub fn api_path(api: &Api) -> TokenStream {
    let steps = api.layout.root.iter().map(|step| ident(step));
    quote! { #(#steps)::* }
}

/// Emits doc comments. Each line becomes a `#[doc]` attribute, which is printed as a `///` comment.
pub fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#[doc = #lines])* }
}

/// Emits the doc comment of a type.
pub fn type_docs(definition: &TypeDef) -> TokenStream {
    docs(&definition.docs)
}

/// Emits the re-exports of the runtime in the root of an API. They name each item, so they take precedence over the globs that
/// re-export the types of the document.
pub fn runtime_reexports() -> TokenStream {
    let items = RUNTIME_ITEMS.iter().map(|item| ident(item));
    quote! { pub use crate::runtime::{#(#items),*}; }
}

/// Emits inner doc comments, which are printed as `//!` comments.
pub fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#![doc = #lines])* }
}

/// Writes a line as a raw string literal, which needs no escapes. A line that a raw literal cannot contain becomes an escaped
/// literal.
fn doc_text(line: &str) -> Literal {
    let (space, hashes) = (if line.is_empty() { "" } else { " " }, "#".repeat(hashes_around(line)));
    let raw = ["r", &hashes, "\"", space, line, "\"", &hashes].concat();
    raw.parse().unwrap_or_else(|_| Literal::string(&[space, line].concat()))
}

/// Returns how many `#` a raw string literal of `text` needs on each side.
fn hashes_around(text: &str) -> usize {
    text.split('"').skip(1).map(leading_hashes).max().map_or(0, |longest| longest + 1)
}

fn leading_hashes(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'#').count()
}

/// Emits `#[deprecated]` if the document marks an operation or a property as deprecated.
pub fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote! { #[deprecated] }
    } else {
        TokenStream::new()
    }
}

/// Emits the `Debug` implementation of a struct. Each element of `fields` is the name of a field, and whether the field is
/// secret. Returns an argument of `#[derive]` and an `impl` block, of which one is empty. A struct with secret fields gets the
/// `impl` block, which does not print the values of these fields.
pub fn debug(name: &Ident, generics: &TokenStream, fields: &[(Ident, bool)]) -> (TokenStream, TokenStream) {
    if !fields.iter().any(|(_, secret)| *secret) {
        return (quote! { Debug, }, TokenStream::new());
    }
    let text = name.to_string();
    let shown = fields.iter().map(|(field, secret)| {
        let text = field.to_string();
        let value = if *secret {
            quote! { &format_args!("…") }
        } else {
            quote! { &self.#field }
        };
        quote! { .field(#text, #value) }
    });
    let implementation = quote! {
        impl std::fmt::Debug for #name #generics {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(#text) #(#shown)* .finish()
            }
        }
    };
    (TokenStream::new(), implementation)
}

/// Emits the `Debug` implementation of a type whose fields have no names. Returns an argument of `#[derive]` and an `impl` block, of
/// which one is empty. A type with a secret field gets the `impl` block, which prints the name of the type only.
pub fn opaque_debug(name: &Ident, is_secret: bool) -> (TokenStream, TokenStream) {
    if !is_secret {
        return (quote! { Debug, }, TokenStream::new());
    }
    let text = format!("{name}(…)");
    let implementation = quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(#text)
            }
        }
    };
    (TokenStream::new(), implementation)
}

/// The position of emitted code: inside or outside the module `types`. The position decides whether the code refers to a named
/// type as `Pet` or as `types::Pet`.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The API.
    pub api: &'a Api,
    /// Whether the code is in the module `types`, which declares the named types.
    pub in_types_module: bool,
}

impl Place<'_> {
    /// Returns how the code refers to named types: as `Pet` or as `types::Pet`.
    pub fn naming(self) -> PathStyle {
        if self.in_types_module { PathStyle::InTypes } else { PathStyle::OutsideTypes }
    }

    /// Emits the Rust type of a value.
    pub fn type_of(self, value: &Value) -> TokenStream {
        tokens(&self.api.type_text(value, self.naming()))
    }

    /// Emits the type `T` with which a body is borrowed as `&T`, such as `[Pet]` for a list of `Pet`.
    pub fn borrowed(self, value: &Value) -> TokenStream {
        tokens(&self.api.borrowed_text(value, self.naming()))
    }

    /// Emits the parameter type of a setter or constructor for `value`, and the expression that converts the parameter `name` to
    /// the value.
    pub fn parameter(self, value: &Value, name: &Ident) -> (TokenStream, TokenStream) {
        let (kind, _) = self.api.setter_parameter(value, self.naming());
        (tokens(&kind), self.converted(value, &quote! { #name }))
    }

    /// Emits the expression that converts `given`, which a setter or constructor takes, to the value.
    pub fn converted(self, value: &Value, given: &TokenStream) -> TokenStream {
        let (_, conversion) = self.api.setter_parameter(value, self.naming());
        converted(conversion, given)
    }
}

/// Parses a type from its source text.
pub fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// Emits the expression that converts the parameter `given` to a value.
pub fn converted(conversion: Conversion, given: &TokenStream) -> TokenStream {
    match conversion {
        Conversion::None => quote! { #given },
        Conversion::Into => quote! { #given.into() },
        Conversion::Items => quote! { #given.into_iter().map(Into::into).collect() },
        Conversion::Box => quote! { Box::new(#given) },
        Conversion::IntoBox => quote! { Box::new(#given.into()) },
    }
}

/// Emits a field in a struct literal: `name: value`, or `name` if the value is the variable of this name.
pub fn initializer(name: &str, value: &TokenStream) -> TokenStream {
    let field = ident(name);
    if value.to_string() == name {
        quote! { #field }
    } else {
        quote! { #field: #value }
    }
}

/// Returns whether the tokens contain a path that begins with `module`, such as `types::Pet`.
pub fn mentions(tokens: &TokenStream, module: &str) -> bool {
    contains(tokens, &|rest| match rest {
        [TokenTree::Ident(name), TokenTree::Punct(colon), ..] => {
            name == module && colon.as_char() == ':' && colon.spacing() == Spacing::Joint
        }
        _ => false,
    })
}

/// Returns whether the tokens call a method of this name, such as `value.check(at)`.
pub fn calls_method(tokens: &TokenStream, name: &str) -> bool {
    contains(tokens, &|rest| match rest {
        [TokenTree::Punct(dot), TokenTree::Ident(method), TokenTree::Group(_), ..] => {
            dot.as_char() == '.' && method == name
        }
        _ => false,
    })
}

/// Returns whether `begins` is true for the tokens that follow some position, at any depth.
fn contains(tokens: &TokenStream, begins: &dyn Fn(&[TokenTree]) -> bool) -> bool {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    if is_snippet(&trees) {
        return false;
    }
    (0..trees.len()).any(|at| begins(&trees[at..]))
        || trees.iter().any(|tree| matches!(tree, TokenTree::Group(group) if contains(&group.stream(), begins)))
}

/// Emits a `use` declaration for each name in `candidates` that occurs in the tokens. `from` is the module that declares the
/// names.
pub fn imports(tokens: &TokenStream, from: TokenStream, candidates: &[&str]) -> TokenStream {
    imports_of(&names([tokens.clone()]), from, candidates)
}

/// Does the same as [`imports`] for code that contains these identifiers.
pub fn imports_of(names: &HashSet<Ident>, from: TokenStream, candidates: &[&str]) -> TokenStream {
    let used: Vec<Ident> = candidates.iter().map(|name| ident(name)).filter(|name| names.contains(name)).collect();
    match used.as_slice() {
        [] => TokenStream::new(),
        [only] => quote! { use #from::#only; },
        several => quote! { use #from::{#(#several),*}; },
    }
}

/// Returns all identifiers in the tokens.
pub fn names(tokens: impl IntoIterator<Item = TokenStream>) -> HashSet<Ident> {
    let mut names = HashSet::new();
    tokens.into_iter().for_each(|tokens| add_names(&tokens, &mut names));
    names
}

/// Returns whether the tokens in the brackets of an attribute are those of `#[snippet { … }]`. The names in a snippet need no imports
/// in the emitted file, because the snippet becomes documentation.
fn is_snippet(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Ident(name), TokenTree::Group(code)]
        if code.delimiter() == Delimiter::Brace && name == "snippet")
}

/// Adds all identifiers in the tokens to `names`.
fn add_names(tokens: &TokenStream, names: &mut HashSet<Ident>) {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    if is_snippet(&trees) {
        return;
    }
    for tree in trees {
        match tree {
            TokenTree::Ident(name) => _ = names.insert(name),
            TokenTree::Group(group) => add_names(&group.stream(), names),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn docs_say_what_they_were_given() {
        for text in ["", "plain", "a \"#quoted\"##\" one", "\r", "back\\slash", "\"", "é\u{0}\u{202e}"] {
            let written = doc_text(text).to_string();
            let said = if text.is_empty() { String::new() } else { format!(" {text}") };
            match written.strip_prefix('r') {
                Some(raw) => assert_eq!(raw.trim_matches('#'), format!("\"{said}\"")),
                None => assert_eq!(written, Literal::string(&said).to_string()),
            }
            assert_eq!(written.starts_with('r'), !text.contains('\r'), "{written}");
        }
    }
}
