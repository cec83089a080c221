//! Emits `client.rs`: the client and its builder, the security schemes and the servers of an API.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::emit::fragments::{self, docs, ident, imports, inner_docs, tokens};
use crate::ir::{Api, CredentialLocation, ErrorFields, FromEnv, SecurityScheme, Server, ServerEnum, UrlPart};
use crate::text::code_span::code_span;

/// Emits the client of `api`.
pub fn emit(api: &Api) -> TokenStream {
    let (marker, name, error) = (ident(&api.marker), &api.module, error_fields(&api.error_fields));
    let title = inner_docs(&[format!("The client of {}.", api.title)]);
    let marker_docs = docs(&[format!("The marker type of {}.", api.title)]);
    let setters = api.security_schemes.iter().map(setter);
    let of_call = api.security_schemes.iter().map(setter_of_call);
    let builder = (!api.security_schemes.is_empty()).then(|| {
        quote! {
            impl Builder { #(#setters)* }
            impl runtime::Credentials<#marker> { #(#of_call)* }
        }
    });
    let mut builder_docs = vec![
        "Configures a [`Client`].",
        "",
        "The settings common to all clients, such as timeouts, retries and validation, are methods of",
        "[`runtime::Builder`].",
    ];
    if !api.security_schemes.is_empty() {
        builder_docs.push("The methods of this page set the credentials.");
    }
    let builder_docs = docs(&builder_docs.iter().map(|line| (*line).to_owned()).collect::<Vec<_>>());
    let schemes = api.security_schemes.iter().map(scheme);
    let servers = (!api.servers.is_empty()).then(|| {
        let functions = api.servers.iter().map(server);
        let enums = api.server_enums().map(|(_, kind)| server_enum(kind));
        quote! {
            /// The base URLs of the servers in the document.
            pub mod servers { #(#functions)* #(#enums)* }
        }
    });
    let items = quote! {
        #marker_docs
        #[derive(Debug)]
        pub enum #marker {}
        impl Api for #marker {
            const NAME: &'static str = #name;
            const ERROR: ErrorFields = #error;
        }
        /// A client of this API, with a method for each operation.
        ///
        /// [`Client::builder`](runtime::Client::builder) creates a [`Builder`], which builds the client. The settings common to
        /// all clients are methods of [`runtime::Builder`].
        pub type Client<T = DefaultTransport> = runtime::Client<#marker, T>;
        #builder_docs
        pub type Builder = runtime::Builder<#marker>;
        #builder
        #(#schemes)*
    };
    let imports = imports(
        &quote! { self #items },
        quote! { crate::runtime },
        &["self", "Api", "CredentialLocation", "DefaultTransport", "ErrorFields", "Scheme"],
    );
    // The module of the servers is after the imports are chosen, because it does not see them.
    quote! { #title #imports #items #servers }
}

fn error_fields(error: &ErrorFields) -> TokenStream {
    if *error == ErrorFields::default() {
        return quote! { ErrorFields::USUAL };
    }
    let (code, message, request_id) = (&error.code, &error.message, &error.request_id);
    let header = match &error.request_id_header {
        Some(name) => quote! { Some(#name) },
        None => quote! { None },
    };
    quote! {
        ErrorFields {
            code: &[#(#code),*],
            message: &[#(#message),*],
            request_id_header: #header,
            request_id: &[#(#request_id),*],
        }
    }
}

/// Emits the builder's method that sets the credential of a security scheme, and the function that reads the credential from
/// environment variables.
fn setter(scheme: &SecurityScheme) -> TokenStream {
    let (docs, setter, constant) = (docs(&scheme.docs), ident(&scheme.setter), ident(&scheme.constant));
    let (credential, from_env) =
        (tokens(scheme.credential_type()), scheme.from_env.as_ref().map(|from_env| self::from_env(scheme, from_env)));
    quote! {
        #docs
        pub fn #setter(self, credential: impl Into<#credential>) -> Self {
            self.credential(&#constant, credential.into())
        }
        #from_env
    }
}

/// Emits the method that sets the credential of a security scheme for one call.
fn setter_of_call(scheme: &SecurityScheme) -> TokenStream {
    let (setter, constant, credential) =
        (ident(&scheme.setter), ident(&scheme.constant), tokens(scheme.credential_type()));
    let docs = docs(&[format!("Sets the credential of [`Builder::{0}`] for one call.", scheme.setter)]);
    quote! {
        #docs
        pub fn #setter(self, credential: impl Into<#credential>) -> Self {
            self.credential(&#constant, credential.into())
        }
    }
}

fn from_env(scheme: &SecurityScheme, from_env: &FromEnv) -> TokenStream {
    let FromEnv { name, access_key, secret_key } = from_env;
    let docs = docs(&[
        format!(
            "Reads the key of [`Builder::{}`] from the environment variables `{access_key}` and `{secret_key}`.",
            scheme.setter
        ),
        String::new(),
        "# Errors".to_owned(),
        "Returns an error that names each variable that is not set.".to_owned(),
    ]);
    let name = ident(name);
    quote! {
        #docs
        pub fn #name()
            -> Result<runtime::SigningKey, runtime::Error>
        {
            runtime::SigningKey::from_env(runtime::KeyPair { access_key: #access_key, secret_key: #secret_key })
        }
    }
}

fn scheme(scheme: &SecurityScheme) -> TokenStream {
    let (constant, name, setter) = (ident(&scheme.constant), &scheme.name, &scheme.setter);
    let location = match &scheme.location {
        CredentialLocation::Header(name) => quote! { Header(#name) },
        CredentialLocation::Query(name) => quote! { Query(#name) },
        CredentialLocation::Cookie(name) => quote! { Cookie(#name) },
        CredentialLocation::Bearer => quote! { Bearer },
        CredentialLocation::Basic => quote! { Basic },
        CredentialLocation::Authorization => quote! { Authorization },
        CredentialLocation::SdkHmacSha256 => quote! { SdkHmacSha256 },
    };
    quote! {
        pub(super) static #constant: Scheme =
            Scheme { name: #name, setter: #setter, location: CredentialLocation::#location };
    }
}

/// Emits the function that returns the base URL of a server. Two or more variables are the fields of a struct, so that each value
/// has a name.
fn server(server: &Server) -> TokenStream {
    let (docs, name) = (docs(&server.docs), ident(&server.name));
    let variables: Vec<_> = server.variables.iter().map(|variable| ident(&variable.name)).collect();
    let types = |lifetime: &TokenStream| -> Vec<TokenStream> {
        let types = server.variables.iter().map(|variable| match &variable.kind {
            Some(kind) => ident(&kind.name).into_token_stream(),
            None => quote! { &#lifetime str },
        });
        types.collect()
    };
    let (definition, parameter, bindings) = match server.has_named_values() {
        false => {
            let types = types(&TokenStream::new());
            (TokenStream::new(), quote! { #(#variables: #types)* }, TokenStream::new())
        }
        true => {
            let title = fragments::docs(&[format!("The variables of [`{}`]({0}()).", server.name)]);
            let (kind, types) = (ident(&server.variables_type()), types(&quote! { 'a }));
            let (generics, arguments) = match server.borrows_value() {
                true => (quote! { <'a> }, quote! { <'_> }),
                false => (TokenStream::new(), TokenStream::new()),
            };
            (
                quote! { #title pub struct #kind #generics { #(pub #variables: #types),* } },
                quote! { variables: #kind #arguments },
                quote! { let #kind { #(#variables),* } = variables; },
            )
        }
    };
    let url = url(server, &server.url);
    let body =
        match (server.exceptions.is_empty(), server.variables.first().and_then(|variable| variable.kind.as_ref())) {
            (false, Some(kind)) => {
                let (variable, enumeration) = (&variables[0], ident(&kind.name));
                let arms = server.exceptions.iter().map(|(values, parts)| {
                    let variants = values.iter().map(|value| ident(&kind.variants[*value].name));
                    let url = self::url(server, parts);
                    quote! { #(#enumeration::#variants)|* => { #url } }
                });
                quote! { match #variable { #(#arms)* _ => { #url } } }
            }
            _ => url,
        };
    quote! {
        #definition
        #docs
        pub fn #name(#parameter) -> String { #bindings #body }
    }
}

/// Emits the code that returns a URL of a server.
fn url(server: &Server, parts: &[UrlPart]) -> TokenStream {
    match parts {
        [UrlPart::Variable { index, kept: None }] => {
            let variable = ident(&server.variables[*index].name);
            quote! { #variable.to_string() }
        }
        parts if parts.iter().all(|part| matches!(part, UrlPart::Literal(_))) => {
            let url: String = parts.iter().map(literal).collect();
            quote! { #url.to_owned() }
        }
        parts => {
            let format: String = parts.iter().map(|part| format_part(server, part)).collect();
            let values = parts.iter().filter_map(|part| encoded_value(server, part));
            quote! { #(#values)* format!(#format) }
        }
    }
}

/// Emits the statement that percent-encodes the value of a variable. Returns `None` for every other part of a URL.
fn encoded_value(server: &Server, part: &UrlPart) -> Option<TokenStream> {
    let UrlPart::Variable { index, kept: Some(kept) } = part else { return None };
    let variable = &server.variables[*index];
    let name = ident(&variable.name);
    variable.kind.is_none().then(|| quote! { let #name = crate::runtime::server_value(#name, #kept); })
}

/// Emits the enum of the values that a server variable can have.
fn server_enum(kind: &ServerEnum) -> TokenStream {
    let (name, docs) =
        (ident(&kind.name), docs(&[format!("The values of the server variable {}.", code_span(&kind.variable))]));
    let variants = kind.variants.iter().map(|variant| {
        let (docs, name) = (fragments::docs(&variant.docs), ident(&variant.name));
        quote! { #docs #name }
    });
    let values = kind.variants.iter().map(|variant| {
        let (name, value) = (ident(&variant.name), &variant.wire);
        quote! { #name = #value }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name { #(#variants),* }
        crate::runtime::server_variable! { #name { #(#values),* } }
    }
}

fn literal(part: &UrlPart) -> &str {
    if let UrlPart::Literal(text) = part { text } else { "" }
}

/// Returns the text of a part of the URL in a format string.
fn format_part(server: &Server, part: &UrlPart) -> String {
    match part {
        UrlPart::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
        UrlPart::Variable { index, .. } => format!("{{{}}}", server.variables[*index].name),
    }
}
