//! Emits the code that writes the arguments of an operation into its request.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::emit::fragments::ident;
use crate::emit::operations::arguments::is_secret;
use crate::emit::operations::request_body;
use crate::ir::{
    Api, Argument, ArgumentLocation, KeyTypeId, Operation, Path, PathValue, Style, StyleKind, TemplateTable, Type,
    Value,
};

pub fn write(api: &Api, operation: &Operation) -> TokenStream {
    let path = path(api, operation);
    let arguments = operation.arguments.iter().map(write_argument);
    let secrets = operation.arguments.iter().flat_map(|argument| secret_names(api, argument));
    let secrets = secrets.map(|name| quote! { request.mark_secret(#name); });
    let fixed = operation.fixed_headers.iter().map(|(name, value)| quote! { request.fixed_header(#name, #value); });
    quote! { #(#secrets)* #path #(#arguments)* #(#fixed)* }
}

fn path(api: &Api, operation: &Operation) -> TokenStream {
    match &operation.path {
        Path::Template { template, values } => {
            let values = values.iter().map(|PathValue { argument, odata_literal }| {
                path_value(&operation.arguments[*argument], *odata_literal)
            });
            match values.len() {
                0 => quote! { request.path(#template, &[]); },
                _ => quote! { let values = [#(#values),*]; request.path(#template, &values); },
            }
        }
        Path::Overloaded { arguments, templates } => {
            let arguments: Vec<&Argument> = arguments.iter().map(|index| &operation.arguments[*index]).collect();
            let values = arguments.iter().map(|argument| key_values(argument));
            let forms = arguments.iter().filter(|argument| has_forms(api, argument)).map(|argument| {
                let name = ident(&argument.name);
                quote! { [self.#name.form()] }
            });
            let (kind, table) = (table_type(templates), table(templates));
            let template = match templates {
                TemplateTable::Template(template) => (TokenStream::new(), quote! { #template }),
                TemplateTable::Forms(_) => {
                    (quote! { const TEMPLATES: #kind = #table; }, quote! { TEMPLATES #(#forms)* })
                }
            };
            let (declaration, template) = template;
            quote! {
                #declaration
                let values = [#(#values),*].concat();
                request.path(#template, &values);
            }
        }
    }
}

fn path_value(argument: &Argument, odata_literal: bool) -> TokenStream {
    if let ArgumentLocation::Path { style: Some(style), .. } = &argument.location {
        let (name, style) = (ident(&argument.name), self::style(*style));
        return quote! { PathValue::styled(#style, &self.#name) };
    }
    let (name, function) = (ident(&argument.name), ident(if odata_literal { "odata_literal" } else { "simple" }));
    quote! { PathValue::#function(&self.#name) }
}

fn key_values(argument: &Argument) -> TokenStream {
    match &argument.location {
        ArgumentLocation::Path { odata_literal, .. } => {
            let value = path_value(argument, *odata_literal);
            quote! { Vec::from([#value]) }
        }
        _ => {
            let name = ident(&argument.name);
            quote! { self.#name.values() }
        }
    }
}

fn has_forms(api: &Api, argument: &Argument) -> bool {
    matches!(argument.location, ArgumentLocation::Key(KeyTypeId(id)) if api.key_types[id].forms.len() > 1)
}

fn table_type(table: &TemplateTable) -> TokenStream {
    match table {
        TemplateTable::Template(_) => quote! { &str },
        TemplateTable::Forms(forms) => {
            let inner = forms.first().map(table_type).unwrap_or_default();
            let count = proc_macro2::Literal::usize_unsuffixed(forms.len());
            quote! { [#inner; #count] }
        }
    }
}

fn table(templates: &TemplateTable) -> TokenStream {
    match templates {
        TemplateTable::Template(template) => quote! { #template },
        TemplateTable::Forms(forms) => {
            let forms = forms.iter().map(table);
            quote! { [#(#forms),*] }
        }
    }
}

/// Returns the names of the parameters that are secrets in an argument. The request marks them, so that violations and addresses do
/// not contain their values.
fn secret_names<'a>(api: &'a Api, argument: &'a Argument) -> BTreeSet<&'a str> {
    match argument.location {
        ArgumentLocation::Key(KeyTypeId(id)) => {
            let fields = api.key_types[id].forms.iter().flat_map(|form| &form.fields);
            fields.filter(|field| field.value.secret).map(|field| field.wire.as_str()).collect()
        }
        _ => BTreeSet::from_iter(is_secret(argument).then_some(argument.wire.as_str())),
    }
}

fn write_argument(argument: &Argument) -> TokenStream {
    let (name, wire) = (ident(&argument.name), &argument.wire);
    let list = |value: &Value| matches!(value.kind, Type::List(_));
    let whole = || match argument.required {
        true => quote! { Some(&self.#name) },
        false => quote! { &self.#name },
    };
    let values = |value: &Value| match (list(value), argument.required) {
        (true, true) => quote! { &self.#name },
        (true, false) => quote! { self.#name.iter().flatten() },
        (false, _) => whole(),
    };
    let styled = |method: &str, style: &Style| {
        let (method, style, value) = (ident(method), self::style(*style), whole());
        quote! { request.#method(#wire, #style, #value); }
    };
    match &argument.location {
        ArgumentLocation::Path { .. } | ArgumentLocation::Key(_) => TokenStream::new(),
        ArgumentLocation::WholeQuery { is_json, .. } => {
            let value = whole();
            quote! { request.whole_query(#wire, #is_json, #value); }
        }
        ArgumentLocation::Query { style: Some(style), .. } => styled("query_styled", style),
        ArgumentLocation::Header { style: Some(style), .. } => styled("header_styled", style),
        ArgumentLocation::Cookie { style, .. } => styled("cookie_styled", style),
        ArgumentLocation::Query { value, explode, .. } => {
            let (method, values) =
                (ident(if *explode || !list(value) { "query" } else { "query_joined" }), values(value));
            quote! { request.#method(#wire, #values); }
        }
        ArgumentLocation::Header { value, repeat, .. } => {
            let (method, values) = (
                ident(match (list(value), *repeat) {
                    (false, _) => "header",
                    (true, false) => "header_joined",
                    (true, true) => "header_lines",
                }),
                values(value),
            );
            quote! { request.#method(#wire, #values); }
        }
        ArgumentLocation::Body(content) if argument.required => request_body::write(content, quote! { self.#name }),
        ArgumentLocation::Body(content) => {
            let write = request_body::write(content, quote! { body });
            quote! { if let Some(body) = self.#name { #write } }
        }
        ArgumentLocation::Bodies { .. } if argument.required => quote! { self.#name.write(request); },
        ArgumentLocation::Bodies { .. } => quote! { if let Some(body) = self.#name { body.write(request); } },
    }
}

/// Emits the runtime's constant for the style of a parameter, such as `Style::FORM.explode()`.
fn style(style: Style) -> TokenStream {
    let constant = ident(match style.kind {
        StyleKind::Simple => "SIMPLE",
        StyleKind::Label => "LABEL",
        StyleKind::Matrix => "MATRIX",
        StyleKind::Form => "FORM",
        StyleKind::SpaceDelimited => "SPACE_DELIMITED",
        StyleKind::PipeDelimited => "PIPE_DELIMITED",
        StyleKind::DeepObject => "DEEP_OBJECT",
        StyleKind::Json => "JSON",
    });
    let exploded = style.explode.then(|| quote! { .explode() });
    let reserved = style.allow_reserved.then(|| quote! { .allow_reserved() });
    let when_empty = style.allow_empty.then(|| quote! { .allow_empty_value() });
    quote! { Style::#constant #exploded #reserved #when_empty }
}
