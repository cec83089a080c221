//! The parts that several emitters share: docs, names, types in place, and how callers hand values over.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Api, Conversion, PathStyle, TypeDef, Value};

/// A name that `lower` has decided.
pub fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

/// The path to the modules of an API, from where its text stands.
pub fn api_path(api: &Api) -> TokenStream {
    let steps = api.layout.root.iter().map(|step| ident(step));
    quote! { #(#steps)::* }
}

/// `///` lines, one an attribute, so that the printer makes line comments of them.
pub fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#[doc = #lines])* }
}

/// The documentation of a type; a type without a description gets a line that names its schema.
pub fn type_docs(definition: &TypeDef) -> TokenStream {
    let lines = match definition.docs.is_empty() {
        true => vec![format!("The schema `{}`.", definition.name)],
        false => definition.docs.clone(),
    };
    docs(&lines)
}

/// `//!` lines.
pub fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#![doc = #lines])* }
}

/// A line as a raw literal: nobody has to escape it, nor to read the escapes again. What cannot be raw is escaped.
fn doc_text(line: &str) -> Literal {
    let text = if line.is_empty() { String::new() } else { format!(" {line}") };
    let hashes = "#".repeat(text.split('"').skip(1).map(leading_hashes).max().map_or(0, |longest| longest + 1));
    let raw = format!("r{hashes}\"{text}\"{hashes}");
    raw.parse().unwrap_or_else(|_| Literal::string(&text))
}

fn leading_hashes(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'#').count()
}

/// `#[deprecated]` on a method, where the document says so.
pub fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote! { #[deprecated] }
    } else {
        TokenStream::new()
    }
}

/// What a function with many parameters tells clippy: each of them is required by the document.
pub fn many_parameters(count: usize) -> TokenStream {
    if count <= 7 {
        return TokenStream::new();
    }
    quote! { #[allow(clippy::too_many_arguments, reason = "the document requires each of them")] }
}

/// How a struct is shown: by a derive, or field by field where it holds a secret, which is not shown.
/// Answers what to derive, and the implementation in place of the derive.
pub fn shown(name: &Ident, generics: &TokenStream, fields: &[(Ident, bool)]) -> (TokenStream, TokenStream) {
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

/// Where emitted code stands, which decides how it names the document's types.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The API.
    pub api: &'a Api,
    /// Whether the code stands beside the types or in another module.
    pub beside_types: bool,
}

impl Place<'_> {
    /// How the code names the document's types.
    pub fn naming(self) -> PathStyle {
        if self.beside_types { PathStyle::InTypes } else { PathStyle::OutsideTypes }
    }

    /// The Rust type of a value.
    pub fn type_of(self, value: &Value) -> TokenStream {
        tokens(&self.api.type_text(value, self.naming()))
    }

    /// The type by which a body is lent: a slice where it is a list.
    pub fn lent(self, value: &Value) -> TokenStream {
        tokens(&self.api.borrowed_text(value, self.naming()))
    }

    /// How a caller hands a value over: the type of the parameter, and the expression that makes the value of it.
    pub fn handed_over(self, value: &Value, name: &Ident) -> (TokenStream, TokenStream) {
        let (kind, conversion) = self.api.setter_parameter(value, self.naming());
        (tokens(&kind), converted(conversion, name))
    }
}

/// The tokens of a type that is spelt out.
pub fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// The expression that makes a value of what a caller hands over as `name`.
pub fn converted(conversion: Conversion, name: &Ident) -> TokenStream {
    match conversion {
        Conversion::None => quote! { #name },
        Conversion::Into => quote! { #name.into() },
        Conversion::Items => quote! { #name.into_iter().map(Into::into).collect() },
        Conversion::Box => quote! { Box::new(#name) },
    }
}

/// Whether tokens name a path through the module `module`, as in `types::Pet`.
pub fn mentions(tokens: &TokenStream, module: &str) -> bool {
    use proc_macro2::TokenTree::{Group, Ident, Punct};
    let trees: Vec<_> = tokens.clone().into_iter().collect();
    let begins_path = |rest: &[proc_macro2::TokenTree]| match rest {
        [Ident(name), Punct(colon), ..] => {
            name == module && colon.as_char() == ':' && colon.spacing() == proc_macro2::Spacing::Joint
        }
        _ => false,
    };
    (0..trees.len()).any(|at| begins_path(&trees[at..]))
        || trees.iter().any(|tree| matches!(tree, Group(group) if mentions(&group.stream(), module)))
}

/// The names among `candidates` that tokens mention, as one `use` of what they need.
pub fn imports(tokens: &TokenStream, from: TokenStream, candidates: &[&str]) -> TokenStream {
    let used: Vec<Ident> = candidates.iter().filter(|name| names(tokens, name)).map(|name| ident(name)).collect();
    match used.as_slice() {
        [] => TokenStream::new(),
        [only] => quote! { use #from::#only; },
        several => quote! { use #from::{#(#several),*}; },
    }
}

fn names(tokens: &TokenStream, wanted: &str) -> bool {
    tokens.clone().into_iter().any(|tree| match tree {
        proc_macro2::TokenTree::Ident(name) => name == wanted,
        proc_macro2::TokenTree::Group(group) => names(&group.stream(), wanted),
        _ => false,
    })
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
