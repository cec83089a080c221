//! Finds the lints of the compiler and Clippy that a generated crate must allow, because names or types in the document trigger
//! them.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::quote;

use crate::ir::{Api, ArgumentLocation, BodyVariant, Content, Field, Success, Type, TypeId, TypeKind, Value};

/// Names of methods in the standard library's traits. Clippy's `should_implement_trait` warns about a method with one of these
/// names if the method belongs to no trait.
const TRAIT_METHODS: &[&str] = &[
    "add",
    "as_mut",
    "as_ref",
    "bitand",
    "bitor",
    "bitxor",
    "borrow",
    "borrow_mut",
    "clone",
    "cmp",
    "default",
    "deref",
    "deref_mut",
    "div",
    "drop",
    "eq",
    "from_iter",
    "from_str",
    "hash",
    "index",
    "index_mut",
    "into_iter",
    "mul",
    "neg",
    "next",
    "not",
    "rem",
    "shl",
    "shr",
    "sub",
];

/// The number of bytes by which an enum's largest variant may exceed the second largest. If the difference is larger, the crate
/// allows Clippy's `large_enum_variant`. Sizes are estimated, so the number is lower than Clippy's own limit.
const LARGE: usize = 120;

/// Emits the attribute that allows the lints that these APIs may trigger.
pub fn allowed(apis: &[Api]) -> TokenStream {
    let any = |is_so: fn(&Api) -> bool| apis.iter().any(is_so);
    let lints = [
        any(|api| names(api).any(is_digits)).then(|| quote! { clippy::just_underscores_and_digits }),
        any(has_large_alternatives).then(|| quote! { clippy::large_enum_variant }),
        any(|api| names(api).any(|name| TRAIT_METHODS.contains(&name)))
            .then(|| quote! { clippy::should_implement_trait }),
        any(|api| api.operations.iter().any(|operation| operation.method_name == "new"))
            .then(|| quote! { clippy::new_ret_no_self }),
        any(|api| values(api).any(|value| depth(value) > 2)).then(|| quote! { clippy::type_complexity }),
        // The documentation of an operation names types by their full paths, because it may stand beside them or in another file.
        any(|api| !api.operations.is_empty()).then(|| quote! { rustdoc::redundant_explicit_links }),
        any(has_undocumented).then(|| quote! { missing_docs }),
        // These lints are about rare scripts, letters that look alike, and letters without an upper case.
        any(|api| !names(api).chain(type_names(api)).all(str::is_ascii))
            .then(|| quote! { confusable_idents, mixed_script_confusables, nonstandard_style, uncommon_codepoints }),
    ];
    let lints: Vec<TokenStream> = lints.into_iter().flatten().collect();
    if lints.is_empty() {
        return TokenStream::new();
    }
    let reason = "the document decides what things are called, how large they are and what is described";
    quote! { #![allow(#(#lints),*, reason = #reason)] }
}

fn is_digits(name: &str) -> bool {
    name.chars().all(|letter| letter == '_' || letter.is_ascii_digit())
}

/// Returns the Rust names of methods, arguments and fields.
fn names(api: &Api) -> impl Iterator<Item = &str> {
    let operations = api.operations.iter().flat_map(|operation| {
        let arguments = operation.arguments.iter().map(|argument| argument.name.as_str());
        arguments.chain([operation.method_name.as_str()])
    });
    let fields = api.types.iter().flat_map(|definition| match &definition.kind {
        TypeKind::Struct(structure) => structure.fields.as_slice(),
        TypeKind::Multipart(parts) => parts.structure.fields.as_slice(),
        TypeKind::StringEnum(_) | TypeKind::Newtype(_) | TypeKind::Tuple(_) | TypeKind::Union(_) => &[],
    });
    let headers = api.response_headers.iter().flat_map(|headers| &headers.fields).map(|field| field.name.as_str());
    operations.chain(fields.map(|field| field.name.as_str())).chain(headers)
}

/// Returns the Rust names of types, variants, functions of servers, and methods of builders.
fn type_names(api: &Api) -> impl Iterator<Item = &str> {
    let types = api.types.iter().flat_map(|definition| {
        let variants: Vec<&str> = match &definition.kind {
            TypeKind::StringEnum(variants) => variants.iter().map(|variant| variant.name.as_str()).collect(),
            TypeKind::Union(union) => union.variants.iter().map(|variant| variant.name.as_str()).collect(),
            TypeKind::Struct(_) | TypeKind::Multipart(_) | TypeKind::Newtype(_) | TypeKind::Tuple(_) => Vec::new(),
        };
        variants.into_iter().chain([definition.name.as_str()])
    });
    let operations = api.operations.iter().map(|operation| operation.type_name.as_str());
    let schemes = api.security_schemes.iter().map(|scheme| scheme.setter.as_str());
    let variables =
        api.servers.iter().flat_map(|server| &server.variables).filter_map(|variable| variable.kind.as_ref());
    let variables = variables
        .flat_map(|kind| kind.variants.iter().map(|variant| variant.name.as_str()).chain([kind.name.as_str()]));
    let servers = api.servers.iter().map(|server| server.name.as_str()).chain(variables);
    types.chain(operations).chain(schemes).chain(servers)
}

/// Returns the types of arguments, fields, newtypes and union variants.
fn values(api: &Api) -> impl Iterator<Item = &Value> {
    let arguments = api.operations.iter().flat_map(|operation| &operation.arguments);
    let types = api.types.iter().flat_map(|definition| match &definition.kind {
        TypeKind::Struct(structure) => structure.fields.iter().map(|field| &field.value).collect(),
        TypeKind::Multipart(parts) => parts.structure.fields.iter().map(|field| &field.value).collect(),
        TypeKind::Newtype(value) => vec![value],
        TypeKind::Tuple(items) => items.iter().collect(),
        TypeKind::Union(union) => union.variants.iter().map(|alternative| &alternative.value).collect(),
        TypeKind::StringEnum(_) => Vec::new(),
    });
    arguments.flat_map(|argument| argument.location.values()).chain(types)
}

/// Returns whether a field or variant has no documentation, because the document does not describe it.
fn has_undocumented(api: &Api) -> bool {
    api.types.iter().any(|definition| match &definition.kind {
        TypeKind::Struct(structure) => structure.fields.iter().any(|field| field.docs.is_empty()),
        TypeKind::Multipart(parts) => parts.structure.fields.iter().any(|field| field.docs.is_empty()),
        TypeKind::Union(union) => union.variants.iter().any(|variant| variant.docs.is_empty()),
        TypeKind::StringEnum(_) | TypeKind::Newtype(_) | TypeKind::Tuple(_) => false,
    })
}

/// Returns the nesting depth of the generic types in the type of a value, such as 2 for `Vec<Vec<Pet>>`.
fn depth(value: &Value) -> usize {
    let inner = match &value.kind {
        Type::List(inner) => 1 + depth(inner),
        // A map counts twice, because it has two type parameters.
        Type::Map { members, .. } => 2 + depth(members),
        _ => 0,
    };
    inner + usize::from(value.nullable && inner > 0)
}

fn has_large_alternatives<'a>(api: &'a Api) -> bool {
    let unions = api.types.iter().filter_map(|definition| match &definition.kind {
        TypeKind::Union(union) => Some(union.variants.iter().map(|alternative| &alternative.value).collect()),
        _ => None,
    });
    let responses = api.operations.iter().flat_map(|operation| {
        let successes = match &operation.responses.success {
            Success::Several { variants, .. } => variants.iter().map(|variant| &variant.body).collect(),
            Success::One(_) => Vec::new(),
        };
        let failures = operation.responses.failures.iter().map(|variant| &variant.body).collect();
        [successes, failures]
    });
    let bodies = api.operations.iter().flat_map(|operation| &operation.arguments).filter_map(|argument| {
        let ArgumentLocation::Bodies { variants, .. } = &argument.location else { return None };
        Some(variants.iter().map(|BodyVariant { content, .. }| &content.value).collect::<Vec<_>>())
    });
    let values = |values: Vec<&'a Value>| values.into_iter().map(Some).collect::<Vec<_>>();
    let responses = responses.map(|bodies| {
        let value = |body: &'a Option<Content>| body.as_ref().map(|content| &content.value);
        bodies.into_iter().map(value).collect::<Vec<_>>()
    });
    let mut sizes = Sizes { api, types: HashMap::new() };
    unions.chain(bodies).map(values).chain(responses).any(|values| {
        let size = |value: Option<&Value>| value.map_or(0, |value| sizes.of_value(value));
        let mut sizes: Vec<usize> = values.into_iter().map(size).collect();
        sizes.sort_unstable();
        matches!(sizes.as_slice(), [.., second, largest] if largest - second > LARGE)
    })
}

/// The estimated sizes of values in bytes.
struct Sizes<'a> {
    api: &'a Api,
    /// The estimated sizes of named types, by index; `None` while the size of a type is being estimated.
    types: HashMap<usize, Option<usize>>,
}

impl Sizes<'_> {
    fn of_value(&mut self, value: &Value) -> usize {
        match &value.kind {
            Type::Boolean | Type::Int32 => 8,
            Type::Int64 | Type::UInt64 | Type::Double => 16,
            Type::String | Type::List(_) | Type::Map { .. } => 24,
            Type::Int128 | Type::Bytes => 32,
            Type::External(_) => 88,
            Type::Any | Type::File => 80,
            Type::Named { boxed: true, .. } => 8,
            Type::Named { id, .. } => self.of_type(*id),
        }
    }

    fn of_type(&mut self, id: TypeId) -> usize {
        if let Some(known) = self.types.get(&id.0) {
            // `None` means that the type contains itself. Such a type is in a `Box`, which has 8 bytes.
            return known.unwrap_or(8);
        }
        self.types.insert(id.0, None);
        let size = match &self.api.types[id.0].kind {
            TypeKind::Struct(structure) => self.of_fields(&structure.fields),
            TypeKind::Multipart(parts) => self.of_fields(&parts.structure.fields),
            TypeKind::StringEnum(_) => 24,
            TypeKind::Newtype(value) => self.of_value(value),
            TypeKind::Tuple(items) => items.iter().map(|item| self.of_value(item)).sum(),
            TypeKind::Union(union) => {
                let variants = union.variants.iter().map(|variant| self.of_value(&variant.value));
                variants.max().unwrap_or(0).max(80).saturating_add(8)
            }
        };
        self.types.insert(id.0, Some(size));
        size
    }

    fn of_fields(&mut self, fields: &[Field]) -> usize {
        fields.iter().fold(0, |sum, field| sum.saturating_add(self.of_value(&field.value)))
    }
}
