//! Emits sample calls, for the documentation of the generated crate.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{ident, initializer, mentions, tokens};
use crate::emit::operations::key_types;
use crate::emit::sample_value;
use crate::ir::{Api, Argument, ArgumentLocation, CallArguments, Operation, PathStyle, SampleValue, Type, Value};

/// A sample call.
pub struct Call {
    /// The `let` statements that declare request bodies.
    pub statements: TokenStream,
    /// The call of the client's method, followed by the setters of optional arguments. Begins with a dot.
    pub call: TokenStream,
    /// The variables that the call uses for required arguments without a sample value, each with its type.
    pub variables: Vec<(Ident, TokenStream)>,
}

/// The names of the local variables and parameters of a sample. No two are equal.
pub struct Names(Vec<String>);

impl Default for Names {
    fn default() -> Self {
        Self(["call", "client", "error", "reply"].map(str::to_owned).to_vec())
    }
}

impl Names {
    /// Returns `name`, or a similar name if `name` is taken.
    pub fn take(&mut self, name: &str) -> Ident {
        let mut name = name.to_owned();
        while self.0.contains(&name) {
            name.push('_');
        }
        self.0.push(name.clone());
        ident(&name)
    }
}

/// Emits a call of the operation. `samples` has the sample values of its arguments. An optional argument without one is omitted. A
/// required one is a variable.
pub fn call(api: &Api, operation: &Operation, samples: &[Option<SampleValue>], names: &mut Names) -> Call {
    let Call { statements, call, variables } = call_arguments(api, operation, samples, names);
    let method = ident(&operation.method_name);
    Call { statements, call: quote! { .#method #call }, variables }
}

/// Emits the arguments of a call, without the name of a function.
fn call_arguments(api: &Api, operation: &Operation, samples: &[Option<SampleValue>], names: &mut Names) -> Call {
    let (mut statements, mut variables) = (TokenStream::new(), Vec::new());
    let mut value = |index: usize, argument: &Argument| match samples.get(index).and_then(Option::as_ref) {
        Some(sample) => Some(expression(api, argument, sample, &mut statements, names)),
        None if argument.required => {
            let name = names.take(&argument.name);
            variables.push((name.clone(), variable_type(api, argument)));
            Some(quote! { #name })
        }
        None => None,
    };
    let call = arguments(operation, &mut value);
    Call { statements, call, variables }
}

/// Emits the call of the client's method, followed by the setters of optional arguments. Begins with a dot. `value` returns the
/// expression for an argument; `None` if the call omits the argument.
pub fn method_call(operation: &Operation, value: impl FnMut(usize, &Argument) -> Option<TokenStream>) -> TokenStream {
    let (method, arguments) = (ident(&operation.method_name), arguments(operation, value));
    quote! { .#method #arguments }
}

/// Emits the required arguments in parentheses, followed by the setters of optional arguments.
fn arguments(operation: &Operation, mut value: impl FnMut(usize, &Argument) -> Option<TokenStream>) -> TokenStream {
    let CallArguments { named, positional } = operation.call_arguments();
    let fields = named.into_iter();
    let fields = fields.filter_map(|(index, argument)| Some(initializer(&argument.name, &value(index, argument)?)));
    let fields: Vec<TokenStream> = fields.collect();
    let struct_name = ident(&operation.type_name);
    let named = (!fields.is_empty()).then(|| quote! { required::#struct_name { #(#fields),* } });
    let positional: Vec<TokenStream> =
        positional.into_iter().filter_map(|(index, argument)| value(index, argument)).collect();
    let optional = operation.arguments.iter().enumerate().filter(|(_, argument)| !argument.required);
    let optional: Vec<TokenStream> = optional
        .filter_map(|(index, argument)| {
            let (name, value) = (ident(&argument.name), value(index, argument)?);
            Some(quote! { .#name(#value) })
        })
        .collect();
    let required = named.into_iter().chain(positional);
    quote! { (#(#required),*) #(#optional)* }
}

/// The modules of an API that a sample in the documentation of an operation, or in a section about a kind of operation, imports.
const MODULES: &[&str] = &["keys", "required", "types"];

/// A sample call of an operation, with the parts of the function around it.
pub struct Sample {
    /// The `let` statements that declare request bodies.
    pub statements: TokenStream,
    /// The call of the client's method. Begins with a dot.
    pub call: TokenStream,
    /// The parameters of the function: the variables of the call.
    pub parameters: Vec<TokenStream>,
    /// The path of the API's module.
    pub path: TokenStream,
    /// The path of the crate.
    pub krate: TokenStream,
    /// The modules of the API that the sample imports.
    pub modules: Vec<Ident>,
    /// The import of the module `runtime`, if the sample mentions it.
    pub runtime: Option<TokenStream>,
}

impl Sample {
    /// Emits the sample call of the operation with this index.
    pub fn new(api: &Api, index: usize, operation: &Operation) -> Self {
        let samples = api.samples.get(index).map(Vec::as_slice).unwrap_or_default();
        Self::with(api, call(api, operation, samples, &mut Names::default()))
    }

    /// Emits the sample arguments of the operation with this index, as a call of the function `new` of their struct.
    pub fn of_arguments(api: &Api, index: usize, operation: &Operation) -> Self {
        let samples = api.samples.get(index).map(Vec::as_slice).unwrap_or_default();
        let Call { statements, call, variables } = call_arguments(api, operation, samples, &mut Names::default());
        Self::with(api, Call { statements, call: quote! { ::new #call }, variables })
    }

    fn with(api: &Api, Call { statements, call, variables }: Call) -> Self {
        let parameters: Vec<TokenStream> = variables.iter().map(|(name, kind)| quote! { #name: #kind }).collect();
        let path = crate_path(&api.public_path, MODULES);
        let krate = crate_path(api.public_path.get(..1).unwrap_or_default(), MODULES);
        let used = quote! { #statements #call #(#parameters)* };
        let modules = mentioned_modules(MODULES, &used);
        let runtime = mentions(&used, "runtime").then(|| quote! { use #krate::runtime; });
        Self { statements, call, parameters, path, krate, modules, runtime }
    }
}

/// Returns each operation of the APIs, with its API and its index.
pub fn operations(apis: &[Api]) -> impl Iterator<Item = (&Api, usize, &Operation)> {
    apis.iter().flat_map(|api| api.operations.iter().enumerate().map(move |(index, operation)| (api, index, operation)))
}

/// Returns those of the API's `modules` that `code` mentions.
pub fn mentioned_modules(modules: &[&str], code: &TokenStream) -> Vec<Ident> {
    modules.iter().filter(|module| mentions(code, module)).map(|module| ident(module)).collect()
}

/// Emits a path that begins with the name of the crate. If one of the `modules` that a sample imports, or the module `runtime`, has
/// the same name, the path is ambiguous without `::` at its start.
pub fn crate_path(segments: &[String], modules: &[&str]) -> TokenStream {
    let is_ambiguous = |krate: &String| modules.contains(&krate.as_str()) || krate == "runtime";
    let root = segments.first().is_some_and(is_ambiguous).then(|| quote! { :: });
    let segments = segments.iter().map(|segment| ident(segment));
    quote! { #root #(#segments)::* }
}

/// Emits the expression for an argument. Adds the declaration of a request body to `statements`.
fn expression(
    api: &Api,
    argument: &Argument,
    sample: &SampleValue,
    statements: &mut TokenStream,
    names: &mut Names,
) -> TokenStream {
    match &argument.location {
        ArgumentLocation::Body(content) => {
            body(api, &content.value, sample, false, statements, || names.take(&argument.name))
        }
        ArgumentLocation::Bodies { variants, .. } => match variants.first() {
            Some(variant) => body(api, &variant.content.value, sample, true, statements, || names.take(&argument.name)),
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
        | ArgumentLocation::WholeQuery { value, .. }
        | ArgumentLocation::Header { value, .. }
        | ArgumentLocation::Cookie { value, .. } => sample_value::parameter(api, value, sample),
    }
}

/// Emits the type of a variable for an argument.
fn variable_type(api: &Api, argument: &Argument) -> TokenStream {
    let borrowed = |value: &Value| {
        let text = api.borrowed_text(value, PathStyle::OutsideTypes);
        tokens(&format!("&{text}"))
    };
    match &argument.location {
        ArgumentLocation::Body(content) => borrowed(&content.value),
        ArgumentLocation::Bodies { variants, .. } => {
            variants.first().map(|variant| borrowed(&variant.content.value)).unwrap_or_default()
        }
        ArgumentLocation::Key(id) => {
            let name = ident(&api.key_types[id.0].name);
            quote! { keys::#name }
        }
        ArgumentLocation::Path { value, .. }
        | ArgumentLocation::Query { value, .. }
        | ArgumentLocation::WholeQuery { value, .. }
        | ArgumentLocation::Header { value, .. }
        | ArgumentLocation::Cookie { value, .. } => {
            let unboxed = match &value.kind {
                Type::Named { id, .. } => Value { kind: Type::Named { id: *id, boxed: false }, ..value.clone() },
                _ => value.clone(),
            };
            tokens(&api.type_text(&unboxed, PathStyle::OutsideTypes))
        }
    }
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
