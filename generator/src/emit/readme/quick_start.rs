//! The quick start of an API: a function that builds the client, calls one operation and handles its errors.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{ident, mentions};
use crate::emit::module::{Items, fixed_items};
use crate::emit::operations::key_types;
use crate::emit::readme::sample_value;
use crate::ir::{
    Api, Argument, ArgumentLocation, CallArguments, Operation, QuickStart, SampleValue, Success, Type, Value,
};

/// Emits the `use` declarations and the function of the quick start. `path` is the path of the API's module in the crate.
pub fn items(api: &Api, krate: &str, path: &[&str]) -> Option<Items<'static>> {
    let quick_start = api.quick_start.as_ref()?;
    let operation = &api.operations[quick_start.operation];
    let mut names = Names::default();
    let (bodies, call) = call(api, operation, quick_start, &mut names);
    let (builder, parameters) = builder(api, operation, &mut names);
    let success = match &operation.responses.success {
        Success::One(None) => quote! { println!("{}", reply.status) },
        _ => quote! { println!("{}: {:?}", reply.status, reply.value) },
    };
    let deprecated = operation.deprecated.then(|| quote! { #[allow(deprecated)] });
    let function = quote! {
        #deprecated
        async fn quick_start(#(#parameters: &str),*)
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
    let uses = use_declarations(krate, path, &function);
    Some(fixed_items(&quote! { #uses #function }))
}

/// The names of the local variables and parameters of the quick start. No two are equal.
struct Names(Vec<String>);

impl Default for Names {
    fn default() -> Self {
        Self(["call", "client", "error", "reply"].map(str::to_owned).to_vec())
    }
}

impl Names {
    fn take(&mut self, name: &str) -> Ident {
        let mut name = name.to_owned();
        while self.0.contains(&name) {
            name.push('_');
        }
        self.0.push(name.clone());
        ident(&name)
    }
}

/// Emits the expression that configures the client's builder. Also returns those parameters of the function `quick_start` that
/// the expression uses.
fn builder(api: &Api, operation: &Operation, names: &mut Names) -> (TokenStream, Vec<Ident>) {
    let (base_url, mut parameters) = match api.servers.first() {
        Some(server) => {
            let variables: Vec<Ident> = server.variables.iter().map(|name| names.take(name)).collect();
            let function = ident(&server.name);
            let arguments = match variables.as_slice() {
                [] | [_] => quote! { #(#variables)* },
                several => {
                    let kind = ident(&server.variables_type());
                    let fields = server.variables.iter().map(|name| ident(name)).zip(several);
                    let fields = fields.map(|(name, value)| quote! { #name: #value });
                    quote! { servers::#kind { #(#fields),* } }
                }
            };
            (quote! { servers::#function(#arguments) }, variables)
        }
        None => {
            let base_url = names.take("base_url");
            (quote! { #base_url }, vec![base_url])
        }
    };
    let required = operation.security.iter().find(|schemes| !schemes.is_empty());
    let setters = required.into_iter().flatten().map(|required| {
        let setter = &api.security_schemes[required.scheme.0].setter;
        let (setter, credential) = (ident(setter), names.take(setter));
        parameters.push(credential.clone());
        quote! { .#setter(#credential) }
    });
    let setters: Vec<TokenStream> = setters.collect();
    (quote! { Client::builder(#base_url) #(#setters)* }, parameters)
}

/// Emits two code fragments: the `let` statements that declare request bodies, and the call of the client's method, followed by
/// the setters of optional arguments.
fn call(api: &Api, operation: &Operation, quick_start: &QuickStart, names: &mut Names) -> (TokenStream, TokenStream) {
    let mut bodies = TokenStream::new();
    let mut expression = |argument: &Argument, sample: &SampleValue| match &argument.location {
        ArgumentLocation::Body(content) => {
            body(api, &content.value, sample, false, &mut bodies, || names.take(&argument.name))
        }
        ArgumentLocation::Bodies { variants, .. } => match variants.first() {
            Some(variant) => {
                body(api, &variant.content.value, sample, true, &mut bodies, || names.take(&argument.name))
            }
            None => TokenStream::new(),
        },
        ArgumentLocation::Key(id) => {
            let key = &api.key_types[id.0];
            let SampleValue::Key { form, fields } = sample else { return TokenStream::new() };
            let (name, values) = (ident(&key.name), fields.iter().map(|text| quote! { #text }));
            key_types::expression(&quote! { keys::#name }, &key.forms[*form], &values.collect::<Vec<_>>())
        }
        ArgumentLocation::Path { value, .. }
        | ArgumentLocation::Query { value, .. }
        | ArgumentLocation::Header { value, .. }
        | ArgumentLocation::Cookie { value, .. } => sample_value::parameter(api, value, sample),
    };
    let sample = |index: usize| quick_start.arguments.get(index).and_then(Option::as_ref);
    let CallArguments { named, positional } = operation.call_arguments();
    let fields = named.into_iter().filter_map(|(index, argument)| {
        let (name, value) = (ident(&argument.name), expression(argument, sample(index)?));
        Some(quote! { #name: #value })
    });
    let fields: Vec<TokenStream> = fields.collect();
    let struct_name = ident(&operation.type_name);
    let named = (!fields.is_empty()).then(|| quote! { required::#struct_name { #(#fields),* } });
    let positional = positional.into_iter().filter_map(|(index, argument)| Some(expression(argument, sample(index)?)));
    let required: Vec<TokenStream> = named.into_iter().chain(positional.collect::<Vec<_>>()).collect();
    let optional = operation.arguments.iter().enumerate().filter(|(_, argument)| !argument.required);
    let optional: Vec<TokenStream> = optional
        .filter_map(|(index, argument)| {
            let (name, value) = (ident(&argument.name), expression(argument, sample(index)?));
            Some(quote! { .#name(#value) })
        })
        .collect();
    let method = ident(&operation.method_name);
    (bodies, quote! { .#method(#(#required),*) #(#optional)* })
}

/// Emits the expression that passes a request body to the method. If the body is neither text nor bytes, adds a declaration of
/// the body to `bodies`. `converted` is true if the operation has several media types. In this case, the expression must convert
/// to the enum of request bodies.
fn body(
    api: &Api,
    value: &Value,
    sample: &SampleValue,
    converted: bool,
    bodies: &mut TokenStream,
    name: impl FnOnce() -> Ident,
) -> TokenStream {
    let owned = sample_value::owned(api, value, sample);
    match (&value.kind, sample) {
        (Type::String, SampleValue::Text(text)) if !value.nullable => return quote! { #text },
        (Type::Bytes, SampleValue::Text(_)) if converted => return quote! { #owned.as_slice() },
        (Type::Bytes, SampleValue::Text(_)) => return owned,
        _ => {}
    }
    let name = name();
    let (declared, borrowed) = match (&value.kind, sample) {
        (Type::List(items), SampleValue::List(samples)) if !value.nullable => {
            let samples = samples.iter().map(|sample| sample_value::owned(api, items, sample));
            let slice = if converted {
                quote! { #name.as_slice() }
            } else {
                quote! { &#name }
            };
            (quote! { let #name = [#(#samples),*]; }, slice)
        }
        _ => (quote! { let #name = #owned; }, quote! { &#name }),
    };
    bodies.extend(declared);
    borrowed
}

/// Emits the `use` declarations that `function` needs.
fn use_declarations(krate: &str, path: &[&str], function: &TokenStream) -> TokenStream {
    let modules = ["keys", "required", "servers", "types"].into_iter().filter(|module| mentions(function, module));
    let modules: Vec<Ident> = modules.map(ident).collect();
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
    // If the crate has the same name as an imported module, a path to the crate is ambiguous without a leading `::`.
    let is_ambiguous = ["keys", "required", "runtime", "servers", "types"].contains(&krate);
    let root = is_ambiguous.then(|| quote! { :: });
    let krate = ident(krate);
    let path = path.iter().map(|step| ident(step));
    quote! {
        use #root #krate #(::#path)* ::#api_names;
        use #root #krate::runtime::#names;
    }
}
