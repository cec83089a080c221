//! Emits the program for shells: a table of the commands and options of each API, and for each command a function that calls the
//! operation with the values of the options.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::fragments::{Place, docs, ident, imports, initializer, inner_docs, mentions, tokens};
use crate::emit::sample_call;
use crate::ir::{
    AdditionalMembers, Api, Argument, ArgumentLocation, BodyEncoding, Command, CommandLine, CommandOption, Content,
    Field, KeyForm, Operation, OptionKind, OptionTarget, Presence, Server, ServerVariable, Type, TypeKind, Value,
    kebab,
};

/// Emits the module with the table of an API. `groups` are its groups of commands, as expressions. `commands` are the items of its
/// commands, if the module has them.
pub fn module(api: &Api, line: &CommandLine, groups: &[TokenStream], commands: &TokenStream) -> TokenStream {
    let title = inner_docs(&[format!("The commands of {}, for a shell.", api.title)]);
    let (name, api_title) = (kebab(&api.module), &api.title);
    let servers = api.servers.iter().map(|server| self::server(line, server));
    let variables = line.variables.iter().map(|variable| {
        let (option, values) = (&variable.name, &variable.values);
        quote! { cli::Variable { option: #option, values: &[#(#values),*] } }
    });
    let credentials = api.security_schemes.iter().zip(&line.credentials).map(|(scheme, option)| {
        let name = &option.name;
        let (constant, help) = (ident(&scheme.constant), &option.help);
        let environment = match &scheme.from_env {
            Some(from_env) => {
                let names = format!("{},{}", from_env.access_key, from_env.secret_key);
                quote! { Some(#names) }
            }
            None => quote! { None },
        };
        quote! {
            cli::Credential { option: #name, scheme: &super::client::#constant, help: #help, environment: #environment }
        }
    });
    let items = quote! {
        /// The commands of this API.
        pub static API: cli::Api = cli::Api {
            name: #name,
            title: #api_title,
            servers: &[#(#servers),*],
            variables: &[#(#variables),*],
            credentials: &[#(#credentials),*],
            groups: &[#(#groups),*],
        };
    };
    let keys: Vec<&str> = api.key_types.iter().map(|key| key.name.as_str()).collect();
    let keys = imports(commands, quote! { super::keys }, &keys);
    let marker = imports(commands, quote! { super::client }, &[&api.marker]);
    let modules = ["required", "servers", "types"].map(ident).into_iter();
    let modules: Vec<_> =
        modules.filter(|module| mentions(&quote! { #items #commands }, &module.to_string())).collect();
    let modules = (!modules.is_empty()).then(|| quote! { use super::{#(#modules),*}; });
    quote! { #title #marker #keys #modules use crate::runtime::cli; #items #commands }
}

/// Emits the module of a small API, with its commands.
pub fn small(api: &Api, line: &CommandLine) -> TokenStream {
    let place = Place { api, in_types_module: false };
    let (title, names) = (&api.title, line.commands.iter().map(|command| ident(&command.constant)));
    let group = quote! { cli::Group { name: "", title: #title, commands: &[#(&#names),*] } };
    let commands = api.operations.iter().zip(&line.commands);
    let commands: TokenStream = commands.map(|(operation, command)| self::command(place, operation, command)).collect();
    module(api, line, &[group], &commands)
}

/// Emits the row of a server: its name, the options of its variables, and the function that returns its URL.
fn server(line: &CommandLine, server: &Server) -> TokenStream {
    let (name, function) = (kebab(&server.name), ident(&server.name));
    let option = |variable: &ServerVariable| {
        line.variables.iter().find(|known| known.variable == variable.wire).map(|known| known.name.as_str())
    };
    let options: Vec<&str> = server.variables.iter().filter_map(option).collect();
    let values = server.variables.iter().zip(&options).map(|(variable, option)| {
        let default = &variable.default;
        match &variable.kind {
            Some(kind) => {
                let kind = ident(&kind.name);
                quote! { values.variable::<servers::#kind>(#option, #default)? }
            }
            None => quote! { &values.variable::<String>(#option, #default)? },
        }
    });
    let arguments = match server.has_named_values() {
        false => quote! { #(#values),* },
        true => {
            let kind = ident(&server.variables_type());
            let names = server.variables.iter().map(|variable| ident(&variable.name));
            quote! { servers::#kind { #(#names: #values),* } }
        }
    };
    let parameter = if server.variables.is_empty() {
        quote! { _ }
    } else {
        quote! { values }
    };
    quote! {
        cli::Server { name: #name, variables: &[#(#options),*], url: |#parameter| Ok(servers::#function(#arguments)) }
    }
}

/// Emits the table of a command, with the function that calls the operation.
pub fn command(place: Place<'_>, operation: &Operation, command: &Command) -> TokenStream {
    let (constant, name, help, secrets) = (ident(&command.constant), &command.name, &command.help, &command.secrets);
    let options = command.options.iter().map(option);
    let body = operation.arguments.iter().find(|argument| argument.is_body());
    let body_option = match body.and_then(|body| Some((body.required, body.location.preferred_body()?))) {
        None => quote! { None },
        Some((_, Content { encoding: BodyEncoding::Multipart, .. })) => quote! { None },
        Some((required, Content { encoding: BodyEncoding::Json | BodyEncoding::Form(_), value, .. }))
            if value.kind != Type::Bytes =>
        {
            quote! { Json(#required) }
        }
        Some((required, _)) => quote! { File(#required) },
    };
    let run = run(place, operation, command);
    let arguments = operation.arguments.iter().any(|argument| argument.deprecated);
    let allow = operation.deprecated || arguments || has_deprecated_part(place, body);
    let allow = allow.then(|| quote! { #[allow(deprecated, reason = "the service may still accept it")] });
    let docs = docs(&[format!("The command of `{}`.", operation.method_name)]);
    quote! {
        #docs
        #allow
        pub static #constant: cli::Command = cli::Command {
            name: #name,
            help: #help,
            options: &[#(#options),*],
            body: cli::Body::#body_option,
            secrets: &[#(#secrets),*],
            run: #run,
        };
    }
}

/// Returns whether a multipart body has a deprecated part.
fn has_deprecated_part(place: Place<'_>, body: Option<&Argument>) -> bool {
    let content = body.and_then(|body| body.location.preferred_body());
    let Some(Type::Named { id, .. }) = content.map(|content| &content.value.kind) else { return false };
    match &place.api.types[id.0].kind {
        TypeKind::Multipart(parts) => parts.structure.fields.iter().any(|field| field.deprecated),
        _ => false,
    }
}

/// Emits the row of an option.
fn option(option: &CommandOption) -> TokenStream {
    let (name, help, values) = (&option.name, &option.help, &option.values);
    let kind = ident(match option.kind {
        OptionKind::Text => "Text",
        OptionKind::Number => "Number",
        OptionKind::Boolean => "Boolean",
        OptionKind::Json => "Json",
        OptionKind::File => "File",
    });
    let required = option.is_required.then(|| quote! { .required() });
    let list = option.is_list.then(|| quote! { .list() });
    let secret = option.is_secret.then(|| quote! { .secret() });
    let member = match &option.target {
        OptionTarget::Member(member) => Some(quote! { .member(#member) }),
        _ => None,
    };
    let values = (!values.is_empty()).then(|| quote! { .values(&[#(#values),*]) });
    quote! { cli::CommandOption::new(#name, cli::Kind::#kind, #help) #required #list #secret #member #values }
}

/// Emits the function that calls the operation with the values of the options.
fn run(place: Place<'_>, operation: &Operation, command: &Command) -> TokenStream {
    if !command.has_body {
        let message = "the body has too many parts for a command: call the operation from Rust";
        return quote! { |_| Err(cli::Failure::Usage(#message.to_owned())) };
    }
    let marker = ident(&place.api.marker);
    let arguments = operation.arguments.iter().enumerate();
    let body = arguments.clone().find(|(_, argument)| argument.is_body());
    let declared = body.map(|(_, argument)| declared_body(place, argument, command));
    let call = sample_call::method_call(operation, |index, argument| {
        argument.required.then(|| match &argument.location {
            ArgumentLocation::Key(id) => {
                let key = &place.api.key_types[id.0];
                let form = command.option_of(&OptionTarget::KeyForm(index));
                self::key(&ident(&key.name), &key.forms, form, |field| {
                    command.option_of(&OptionTarget::KeyField(index, field.to_owned()))
                })
            }
            ArgumentLocation::Body(_) => quote! { &body },
            ArgumentLocation::Bodies { .. } => converted_body(argument),
            _ => {
                let (kind, option) = (unboxed_type(place, argument), command.option_of(&OptionTarget::Argument(index)));
                quote! { session.value::<#kind>(#option)? }
            }
        })
    });
    let optional = arguments.filter(|(_, argument)| !argument.required).map(|(index, argument)| {
        let setter = ident(&argument.name);
        match &argument.location {
            ArgumentLocation::Body(_) => quote! { if let Some(body) = &body { call = call.#setter(body); } },
            ArgumentLocation::Bodies { .. } => {
                let body = converted_body(argument);
                quote! { if let Some(body) = &body { call = call.#setter(#body); } }
            }
            _ => {
                let (kind, option) = (unboxed_type(place, argument), command.option_of(&OptionTarget::Argument(index)));
                quote! { if let Some(value) = session.optional::<#kind>(#option)? { call = call.#setter(value); } }
            }
        }
    });
    let optional: Vec<TokenStream> = optional.collect();
    let send = ident(if command.has_secret_body { "send_secret_body" } else { "send" });
    let sent = match optional.is_empty() {
        true => quote! { session.#send(client #call) },
        false => quote! { let mut call = client #call; #(#optional)* session.#send(call) },
    };
    quote! { |session| { let client = session.client::<#marker>()?; #declared #sent } }
}

/// Emits the type of an argument outside of a `Box`.
fn unboxed_type(place: Place<'_>, argument: &Argument) -> TokenStream {
    let Some(value) = argument.location.values().first().copied() else { return TokenStream::new() };
    let kind = match &value.kind {
        Type::Named { id, .. } => Type::Named { id: *id, boxed: false },
        kind => kind.clone(),
    };
    place.type_of(&Value { kind, ..value.clone() })
}

/// Emits the expression that passes the variable `body` to a method that takes an enum of request bodies.
fn converted_body(argument: &Argument) -> TokenStream {
    let body = if argument.required {
        quote! { body }
    } else {
        quote! { (*body) }
    };
    match argument.location.preferred_body().map(|content| &content.value.kind) {
        Some(Type::List(_)) => quote! { #body.as_slice() },
        Some(Type::String) => quote! { #body.as_str() },
        Some(Type::Bytes) => quote! { &#body[..] },
        _ => quote! { &#body },
    }
}

/// Emits the declaration of the variable `body`. If the body is not required, it is an `Option`.
fn declared_body(place: Place<'_>, argument: &Argument, command: &Command) -> TokenStream {
    let Some(Content { value, encoding, .. }) = argument.location.preferred_body() else { return TokenStream::new() };
    let kind = place.type_of(value);
    let from_option = |read: TokenStream| match argument.required {
        true => {
            let missing = quote! { cli::Failure::Usage("--body is required".to_owned()) };
            quote! { let body = session.#read?.ok_or_else(|| #missing)?; }
        }
        false => quote! { let body = session.#read?; },
    };
    match (&value.kind, encoding) {
        (_, BodyEncoding::Multipart) => multipart(place, argument, value, command),
        (Type::Bytes, _) => from_option(quote! { bytes_body() }),
        (Type::File, _) => from_option(quote! { file_body() }),
        (Type::String, BodyEncoding::Text) if !value.nullable => from_option(quote! { text_body() }),
        (_, BodyEncoding::Text) => from_option(quote! { scalar_body::<#kind>() }),
        _ if argument.required => quote! { let body = session.body::<#kind>()?; },
        _ => quote! { let body = session.optional_body::<#kind>()?; },
    }
}

/// Emits the declaration of a multipart body, whose parts have an option each.
fn multipart(place: Place<'_>, argument: &Argument, value: &Value, command: &Command) -> TokenStream {
    let Type::Named { id, .. } = &value.kind else { return TokenStream::new() };
    let TypeKind::Multipart(parts) = &place.api.types[id.0].kind else { return TokenStream::new() };
    let fields = &parts.structure.fields;
    let option = |index: usize| command.option_of(&OptionTarget::Part(index));
    let literal = fields.iter().enumerate().map(|(index, field)| {
        let value = match field.presence == Presence::Required {
            true => part(place, field, option(index)),
            false => quote! { None },
        };
        initializer(&field.name, &value)
    });
    let rest = match &parts.structure.additional {
        AdditionalMembers::Keep { field, .. } => {
            let field = ident(field);
            Some(quote! { #field: Default::default(), })
        }
        AdditionalMembers::Ignore | AdditionalMembers::Reject => None,
    };
    let kind = place.type_of(value);
    let optional = fields.iter().enumerate().filter(|(_, field)| field.presence != Presence::Required);
    let optional: Vec<TokenStream> = optional
        .map(|(index, field)| {
            let (setter, option) = (ident(&field.name), option(index));
            match &field.value.kind {
                Type::File => quote! { for file in session.files(#option)? { body = body.#setter(file); } },
                Type::List(items) if items.kind == Type::File => quote! {
                    let files = session.files(#option)?;
                    if !files.is_empty() { body = body.#setter(files); }
                },
                _ => {
                    let kind = place.type_of(&field.value);
                    quote! { if let Some(value) = session.optional::<#kind>(#option)? { body = body.#setter(value); } }
                }
            }
        })
        .collect();
    let mutable = (!optional.is_empty()).then(|| quote! { mut });
    let declared = quote! { let #mutable body = #kind { #(#literal,)* #rest }; #(#optional)* };
    match argument.required {
        true => declared,
        false => quote! { #declared let body = Some(body); },
    }
}

/// Emits the value of a required part of a multipart body.
fn part(place: Place<'_>, field: &Field, option: &str) -> TokenStream {
    match &field.value.kind {
        Type::File => quote! { session.file(#option)? },
        Type::List(items) if items.kind == Type::File => quote! { session.files(#option)? },
        _ => {
            let kind = place.type_of(&field.value);
            quote! { session.value::<#kind>(#option)? }
        }
    }
}

/// Emits the expression for a key. The options that are given, or the option `chooser`, choose its form.
fn key<'o>(name: &Ident, forms: &[KeyForm], chooser: &str, option: impl Fn(&str) -> &'o str) -> TokenStream {
    let values = forms.iter().map(|form| {
        let values = form.fields.iter().map(|field| {
            let option = option(&field.name);
            quote! { session.value::<String>(#option)? }
        });
        let values: Vec<TokenStream> = values.collect();
        if let [only] = values.as_slice() {
            let constructor = ident(&form.constructor);
            return quote! { #name::#constructor(#only) };
        }
        let fields = form.fields.iter().zip(&values).map(|(field, value)| initializer(&field.name, value));
        let variant = form.variant.as_deref().map(|variant| {
            let variant = ident(variant);
            quote! { ::#variant }
        });
        quote! { #name #variant { #(#fields),* } }
    });
    let values: Vec<TokenStream> = values.collect();
    let [others @ .., last] = values.as_slice() else { return TokenStream::new() };
    if others.is_empty() {
        return quote! { #last };
    }
    let options = forms.iter().map(|form| {
        let (name, options) = (form.option_value(), form.fields.iter().map(|field| option(&field.name)));
        quote! { (#name, &[#(#options),*]) }
    });
    let indexes = (0..others.len()).map(Literal::usize_unsuffixed);
    quote! { match session.form(#chooser, &[#(#options),*])? { #(#indexes => #others,)* _ => #last } }
}

/// Emits `main.rs`: the program of the crate. `apis` are the paths of its APIs, each with the condition of its feature.
pub fn program(name: &str, about: &str, is_single: bool, apis: &[(Option<String>, String)]) -> TokenStream {
    let title = inner_docs(&[format!("The program `{name}`, which calls the operations of the crate from a shell.")]);
    let krate = ident(&name.replace('-', "_"));
    let apis = apis.iter().map(|(feature, path)| {
        let condition = feature.as_ref().map(|feature| quote! { #[cfg(feature = #feature)] });
        let path = tokens(path);
        quote! { #condition &#path::cli::API }
    });
    quote! {
        #title
        use ::#krate::runtime::cli::{self, Program};
        use std::process::ExitCode;
        static PROGRAM: Program = Program {
            name: #name,
            version: env!("CARGO_PKG_VERSION"),
            about: #about,
            apis: &[#(#apis),*],
            is_single: #is_single,
        };
        fn main() -> ExitCode {
            cli::main(&PROGRAM)
        }
    }
}
