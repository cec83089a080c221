//! The quick start of an API: a function that builds the client, calls one operation and handles its errors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{ident, mentions};
use crate::emit::sample_call::{Call, Names, call, crate_path, mentioned_modules};
use crate::ir::{Api, Operation, Success};

/// The modules of an API that a quick start imports.
const MODULES: &[&str] = &["keys", "required", "servers", "types"];

/// Emits the `use` declarations and the function of the quick start.
pub fn code(api: &Api) -> Option<TokenStream> {
    let quick_start = api.quick_start.as_ref()?;
    let operation = &api.operations[quick_start.operation];
    let mut names = Names::default();
    let Call { statements: bodies, call, .. } = call(api, operation, &quick_start.arguments, &mut names);
    let (builder, parameters) = builder(api, operation, &mut names);
    let success = match &operation.responses.success {
        Success::One(None) => quote! { println!("{}", reply.status) },
        _ => quote! { println!("{}: {:?}", reply.status, reply.value) },
    };
    let deprecated = operation.deprecated.then(|| quote! { #[allow(deprecated)] });
    let function = quote! {
        #deprecated
        async fn quick_start(#(#parameters),*)
            -> Result<(), Error>
        {
            let client = #builder.build()?;
            #bodies
            let call = client #call;
            match call.send().await {
                Ok(reply) => #success,
                Err(error) if error.is_invalid_request() => eprintln!("not sent: {error}"),
                Err(error) => eprintln!("status {:?}, code {:?}: {error}", error.status(), error.code()),
            }
            Ok(())
        }
    };
    let uses = use_declarations(api, &function);
    Some(quote! { #uses #function })
}

/// Emits the expression that configures the client's builder. Also returns those parameters of the function `quick_start` that
/// the expression uses.
fn builder(api: &Api, operation: &Operation, names: &mut Names) -> (TokenStream, Vec<TokenStream>) {
    let (base_url, mut parameters) = match api.servers.first() {
        Some(server) => {
            let variables: Vec<Ident> = server.variables.iter().map(|variable| names.take(&variable.name)).collect();
            let function = ident(&server.name);
            let arguments = match server.has_named_values() {
                false => quote! { #(#variables)* },
                true => {
                    let kind = ident(&server.variables_type());
                    let fields = server.variables.iter().map(|variable| ident(&variable.name)).zip(&variables);
                    let fields = fields.map(|(name, value)| quote! { #name: #value });
                    quote! { servers::#kind { #(#fields),* } }
                }
            };
            let parameters = server.variables.iter().zip(&variables).map(|(variable, name)| match &variable.kind {
                Some(kind) => {
                    let kind = ident(&kind.name);
                    quote! { #name: servers::#kind }
                }
                None => quote! { #name: &str },
            });
            (quote! { servers::#function(#arguments) }, parameters.collect())
        }
        None => {
            let base_url = names.take("base_url");
            (quote! { #base_url }, vec![quote! { #base_url: &str }])
        }
    };
    let required = operation.security.iter().find(|schemes| !schemes.is_empty());
    let setters = required.into_iter().flatten().map(|required| {
        let setter = &api.security_schemes[required.scheme.0].setter;
        let (setter, credential) = (ident(setter), names.take(setter));
        parameters.push(quote! { #credential: &str });
        quote! { .#setter(#credential) }
    });
    let setters: Vec<TokenStream> = setters.collect();
    (quote! { Client::builder(#base_url) #(#setters)* }, parameters)
}

/// Emits the `use` declarations that `function` needs.
fn use_declarations(api: &Api, function: &TokenStream) -> TokenStream {
    let modules = mentioned_modules(MODULES, function);
    let api_names = if modules.is_empty() {
        quote! { Client }
    } else {
        quote! { {Client, #(#modules),*} }
    };
    let names = if mentions(function, "runtime") {
        quote! { {self, Error} }
    } else {
        quote! { Error }
    };
    let path = crate_path(&api.public_path, MODULES);
    let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), MODULES);
    quote! {
        use #path::#api_names;
        use #krate::runtime::#names;
    }
}
