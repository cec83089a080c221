//! Fragments of code that several files of this stage emit: identifiers, doc comments, types and imports.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use crate::ir::{Api, Conversion, PathStyle, TypeDef, Value};

/// The identifier for a name. The `lower` stage has made the name a valid identifier.
pub fn ident(name: &str) -> Ident {
    format_ident!("{name}")
}

/// The path to the API's module, as code in the API's modules writes it.
pub fn api_path(api: &Api) -> TokenStream {
    let steps = api.layout.root.iter().map(|step| ident(step));
    quote! { #(#steps)::* }
}

/// Doc comments. Each line is one attribute, which the printer prints as a `///` comment.
pub fn docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#[doc = #lines])* }
}

/// The doc comment of a type. A type without a description gets a line that names its schema.
pub fn type_docs(definition: &TypeDef) -> TokenStream {
    let lines = match definition.docs.is_empty() {
        true => vec![format!("The schema `{}`.", definition.name)],
        false => definition.docs.clone(),
    };
    docs(&lines)
}

/// Inner doc comments, which the printer prints as `//!` comments.
pub fn inner_docs(lines: &[String]) -> TokenStream {
    let lines = lines.iter().map(|line| doc_text(line));
    quote! { #(#![doc = #lines])* }
}

/// A line as a raw string literal, which needs no escapes. If a raw literal cannot contain the line, it is written as an escaped
/// literal.
fn doc_text(line: &str) -> Literal {
    let text = if line.is_empty() { String::new() } else { format!(" {line}") };
    let hashes = "#".repeat(text.split('"').skip(1).map(leading_hashes).max().map_or(0, |longest| longest + 1));
    let raw = format!("r{hashes}\"{text}\"{hashes}");
    raw.parse().unwrap_or_else(|_| Literal::string(&text))
}

fn leading_hashes(text: &str) -> usize {
    text.bytes().take_while(|byte| *byte == b'#').count()
}

/// `#[deprecated]`, if the document declares the operation or property deprecated.
pub fn deprecated(deprecated: bool) -> TokenStream {
    if deprecated {
        quote! { #[deprecated] }
    } else {
        TokenStream::new()
    }
}

/// The attribute that allows a function to have many parameters, all of which the document requires.
pub fn many_parameters(count: usize) -> TokenStream {
    if count <= 7 {
        return TokenStream::new();
    }
    quote! { #[allow(clippy::too_many_arguments, reason = "the document requires each of them")] }
}

/// Implements `Debug` for a struct. The implementation is derived, or written field by field if the struct has secrets, which are
/// not printed. Returns the derive and the implementation, one of which is empty.
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

/// The place of emitted code. It decides the paths by which the code names the types of the document.
#[derive(Clone, Copy)]
pub struct Place<'a> {
    /// The API.
    pub api: &'a Api,
    /// Whether the code is in the module of the types.
    pub in_types_module: bool,
}

impl Place<'_> {
    /// The style of paths to the types of the document.
    pub fn naming(self) -> PathStyle {
        if self.in_types_module { PathStyle::InTypes } else { PathStyle::OutsideTypes }
    }

    /// The Rust type of a value.
    pub fn type_of(self, value: &Value) -> TokenStream {
        tokens(&self.api.type_text(value, self.naming()))
    }

    /// The type of a borrowed body: a slice if the body is a list.
    pub fn borrowed(self, value: &Value) -> TokenStream {
        tokens(&self.api.borrowed_text(value, self.naming()))
    }

    /// The type of a parameter for `value`, and the expression that converts the parameter to the value.
    pub fn parameter(self, value: &Value, name: &Ident) -> (TokenStream, TokenStream) {
        let (kind, conversion) = self.api.setter_parameter(value, self.naming());
        (tokens(&kind), converted(conversion, name))
    }
}

/// Parses the text of a type.
pub fn tokens(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

/// The expression that converts the parameter `name` to a value.
pub fn converted(conversion: Conversion, name: &Ident) -> TokenStream {
    match conversion {
        Conversion::None => quote! { #name },
        Conversion::Into => quote! { #name.into() },
        Conversion::Items => quote! { #name.into_iter().map(Into::into).collect() },
        Conversion::Box => quote! { Box::new(#name) },
    }
}

/// Whether the tokens contain a path that begins with `module`, such as `types::Pet`.
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

/// A `use` declaration for those `candidates` that the tokens mention.
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
