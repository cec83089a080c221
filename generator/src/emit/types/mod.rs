//! Emits `types.rs`: the types of the document, with their validation.

pub(crate) mod checks;
pub(crate) mod codec;
pub(crate) mod dynamic_schemas;
pub(crate) mod keywords_2020;
pub(crate) mod patterns;
pub(crate) mod shared_classes;
mod table_reference;
pub(crate) mod unions;

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{
    self, Place, calls_method, deprecated, docs, ident, imports, initializer, inner_docs, mentions, tokens, type_docs,
};
use crate::emit::required;
use crate::ir::{
    AdditionalMembers, Api, Constant, EnumVariant, Field, ObjectRule, OptionalNull, Presence, Struct, TypeDef,
    TypeKind, UnionKeyword, Value,
};
use crate::text::code_span::code_span;

/// Emits the types of `api`.
pub fn emit(api: &Api) -> TokenStream {
    let place = Place { api, in_types_module: true };
    let types = api.emitted_types.iter().map(|id| definition(place, &api.types[id.0]));
    let title = inner_docs(&["The types of the document.".to_owned()]);
    let items = quote! { #(#types)* };
    // The emitted code of a union calls a method of the trait `Validate`, but does not name this trait.
    let called = calls_method(&items, "check").then(|| quote! { Validate });
    let imports = imports(
        &quote! { #items #called },
        quote! { crate::runtime },
        &["ValidationContext", "ValidateVariant", "Validate"],
    );
    let required = mentions(&items, "required").then(|| quote! { use super::required; });
    quote! { #title #required #imports #items }
}

pub(super) fn definition(place: Place<'_>, definition: &TypeDef) -> TokenStream {
    match &definition.kind {
        TypeKind::Struct(structure) => structure_items(place, definition, structure),
        TypeKind::Multipart(parts) => structure_items(place, definition, &parts.structure),
        TypeKind::StringEnum(variants) => enumeration(definition, variants),
        TypeKind::Newtype(value) => newtype(place, definition, value),
        TypeKind::Tuple(items) => tuple(place, definition, items),
        TypeKind::Union(union) => unions::definition(place, definition, union),
    }
}

fn structure_items(place: Place<'_>, definition: &TypeDef, structure: &Struct) -> TokenStream {
    let (head, name) = (type_docs(definition), ident(&definition.name));
    let default = structure.has_default().then(|| quote! { , Default });
    let fields = structure.fields.iter().map(|field| {
        let (docs, name, kind) = (docs(&field.docs), ident(&field.name), field_type(place, field));
        quote! { #docs pub #name: #kind, }
    });
    let rest = rest_field(place, structure).map(|(name, kind, _)| {
        quote! {
            /// The members that the document does not describe.
            pub #name: #kind,
        }
    });
    let constructors = definition.direction.sent.then(|| constructors(place, definition, structure));
    let checks = structure.fields.iter().map(|field| field_check(place.api, field)).collect::<Vec<_>>();
    let rest_check =
        rest_field(place, structure).filter(|(_, _, value)| checks::needs_check(value)).map(|(name, _, value)| {
            let at = quote! { at.additional_member(name) };
            let statements = checks::check(place.api, value, &quote! { member }, true, &at, &ident("at_member"));
            quote! { for (name, member) in &self.#name { #statements } }
        });
    let rules = structure.rules.iter().map(|rule| object_rule(place.api, structure, rule));
    let counts = checks::member_counts(place.api, &structure.count_rules);
    let counts = (!counts.is_empty()).then(|| {
        let count = member_count(place, structure);
        quote! { let members = #count; #counts }
    });
    let check = type_check_method(definition, quote! { #counts #(#checks)* #rest_check #(#rules)* });
    let names = structure.fields.iter().map(|field| (ident(&field.name), field.value.secret));
    let names: Vec<_> =
        names.chain(rest_field(place, structure).map(|(name, _, value)| (name, value.secret))).collect();
    let (debug_derive, debug_impl) = fragments::debug(&name, &TokenStream::new(), &names);
    quote! {
        #head
        #[derive(#debug_derive Clone, PartialEq #default)]
        #[non_exhaustive]
        pub struct #name { #(#fields)* #rest }
        #debug_impl
        #constructors
        impl Validate for #name { #check }
    }
}

/// Emits the method `check` of the trait `Validate`. Emits nothing if there are no statements, because the trait has a default
/// `check` that does nothing.
pub fn check_method(statements: TokenStream) -> TokenStream {
    if statements.is_empty() {
        return TokenStream::new();
    }
    quote! { fn check(&self, at: ValidationContext<'_>) { #statements } }
}

/// Emits the method `check` of a type. The method first sets the location of the type's schema in the validation context.
fn type_check_method(definition: &TypeDef, statements: TokenStream) -> TokenStream {
    let schema = definition.schema_location.as_ref().filter(|_| !statements.is_empty());
    let schema = schema.map(|schema| quote! { let at = at.with_schema(#schema); });
    check_method(quote! { #schema #statements })
}

/// Emits the expression that counts the members of an object.
fn member_count(place: Place<'_>, structure: &Struct) -> TokenStream {
    let (required, others): (Vec<&Field>, Vec<&Field>) =
        structure.fields.iter().partition(|field| field.presence == Presence::Required);
    let always = proc_macro2::Literal::usize_unsuffixed(required.len());
    let present = others.iter().map(|field| {
        let name = ident(&field.name);
        quote! { self.#name.is_some() }
    });
    let kept = match rest_field(place, structure) {
        Some((name, ..)) => quote! { self.#name.len() },
        None => quote! { 0 },
    };
    quote! { crate::runtime::keywords::member_count(#always, &[#(#present),*], #kept) }
}

fn field_type(place: Place<'_>, field: &Field) -> TokenStream {
    let kind = place.type_of(&field.value);
    if field.presence == Presence::Required {
        kind
    } else {
        quote! { Option<#kind> }
    }
}

fn rest_field<'s>(place: Place<'_>, structure: &'s Struct) -> Option<(proc_macro2::Ident, TokenStream, &'s Value)> {
    match &structure.additional {
        AdditionalMembers::Keep { field, value } => {
            Some((ident(field), tokens(&place.api.map_text(None, value, place.naming())), value))
        }
        AdditionalMembers::Ignore | AdditionalMembers::Reject => None,
    }
}

fn field_check(api: &Api, field: &Field) -> TokenStream {
    let (name, wire) = (ident(&field.name), &field.wire);
    let (member, at) = (quote! { self.#name }, quote! { at.member(#wire) });
    let binding = ident(&format!("at_{}", field.name));
    let direction = match field.presence {
        Presence::Required => return checks::check(api, &field.value, &member, false, &at, &binding),
        Presence::Optional => return checks::check_optional(api, &field.value, &member, &at, &binding),
        Presence::RequiredInRequest => quote! { Request },
        Presence::RequiredInResponse => quote! { Response },
    };
    let required = quote! { #at.required_in(crate::runtime::Direction::#direction, &#member); };
    let check = checks::check_optional(api, &field.value, &member, &at, &binding);
    quote! { #required #check }
}

/// Emits the statement for a validation rule of the object as a whole.
fn object_rule(api: &Api, structure: &Struct, rule: &ObjectRule) -> TokenStream {
    match rule {
        ObjectRule::SchemaTable(id) => {
            let check = table_reference::check_struct(api, *id, structure, &quote! { self });
            quote! { at.#check; }
        }
        ObjectRule::RequiredFields(keyword, alternatives) => {
            let method = ident(match keyword {
                UnionKeyword::OneOf => "requires_one_of",
                UnionKeyword::AnyOf => "requires_any_of",
            });
            let alternatives = alternatives.iter().map(|fields| {
                let present = fields.iter().map(|field| &structure.fields[*field]).map(|field| {
                    let name = ident(&field.name);
                    match field.presence {
                        Presence::Required => quote! { true },
                        _ => quote! { self.#name.is_some() },
                    }
                });
                quote! { #(#present)&&* }
            });
            quote! { at.#method(&[#(#alternatives),*]); }
        }
    }
}

/// Emits `new`, which takes the required fields, and a setter for each optional field.
fn constructors(place: Place<'_>, definition: &TypeDef, structure: &Struct) -> TokenStream {
    let name = ident(&definition.name);
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        structure.fields.iter().partition(|field| field.presence == Presence::Required);
    let is_named = structure.has_named_values();
    let (parameter, attribute) = match required.as_slice() {
        [] => (TokenStream::new(), TokenStream::new()),
        [only] => {
            let name = ident(&only.name);
            let (kind, _) = place.parameter(&only.value, &name);
            (quote! { #name: #kind }, TokenStream::new())
        }
        _ => required::type_parameter(place, definition, structure),
    };
    let values = required.iter().map(|field| {
        let name = ident(&field.name);
        let given = if is_named {
            quote! { required.#name }
        } else {
            quote! { #name }
        };
        let value = place.converted(&field.value, &given);
        initializer(&field.name, &value)
    });
    let absent = optional.iter().map(|field| {
        let name = ident(&field.name);
        quote! { #name: None }
    });
    let rest = rest_field(place, structure).map(|(name, _, _)| quote! { #name: std::collections::BTreeMap::new() });
    let members: Vec<TokenStream> = values.chain(absent).chain(rest).collect();
    let value = if structure.has_default() {
        quote! { Self::default() }
    } else {
        quote! { Self { #(#members),* } }
    };
    let title = docs(&[match required.len() {
        0 => "Creates a value without optional members.".to_owned(),
        1 => "Creates a value from its required member.".to_owned(),
        _ => "Creates a value from its required members.".to_owned(),
    }]);
    let setters = optional.iter().map(|field| setter(place, field));
    quote! {
        impl #name {
            #title
            #attribute
            pub fn new(#parameter) -> Self {
                #value
            }
            #(#setters)*
        }
    }
}

/// Emits the setter of an optional field. If null and absence differ, the setter takes a value that is not null, and another
/// method sets the field to null.
fn setter(place: Place<'_>, field: &Field) -> TokenStream {
    let (docs, name) = (docs(&field.docs), ident(&field.name));
    let OptionalNull::Setter(null_setter) = &field.null else {
        let (kind, value) = place.parameter(&field.value, &name);
        return setter_method(field, &docs, &quote! { #name: #kind }, &name, &quote! { Some(#value) });
    };
    let (kind, value) = place.parameter(&Value { nullable: false, ..field.value.clone() }, &name);
    let value_setter = setter_method(field, &docs, &quote! { #name: #kind }, &name, &quote! { Some(Some(#value)) });
    let title = fragments::docs(&[format!("Sets {} to null.", code_span(&field.wire))]);
    let null_setter = setter_method(field, &title, &TokenStream::new(), &ident(null_setter), &quote! { Some(None) });
    quote! { #value_setter #null_setter }
}

fn setter_method(
    field: &Field,
    docs: &TokenStream,
    parameter: &TokenStream,
    method: &Ident,
    value: &TokenStream,
) -> TokenStream {
    let (name, deprecated) = (ident(&field.name), deprecated(field.deprecated));
    quote! {
        #docs
        #deprecated
        pub fn #method(mut self, #parameter) -> Self {
            self.#name = #value;
            self
        }
    }
}

fn enumeration(definition: &TypeDef, variants: &[EnumVariant]) -> TokenStream {
    let (head, name) = (type_docs(definition), ident(&definition.name));
    let variants = variants.iter().map(|variant| {
        let (docs, name) = (docs(&variant.docs), ident(&variant.name));
        quote! { #docs #name, }
    });
    let schema = definition.schema_location.as_ref().map(|schema| quote! { .with_schema(#schema) });
    quote! {
        #head
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that the document does not list. Validation reports it.
            Unknown(crate::runtime::UnknownText),
        }
        impl Validate for #name {
            fn check(&self, at: ValidationContext<'_>) {
                if let Self::Unknown(_) = self {
                    at #schema.unlisted_value(self.as_str(), Self::VALUES);
                }
            }
        }
    }
}

fn newtype(place: Place<'_>, definition: &TypeDef, value: &Value) -> TokenStream {
    let (head, name, inner) = (type_docs(definition), ident(&definition.name), place.type_of(value));
    let at = ident("at_value");
    let checks = checks::check(place.api, value, &quote! { self.0 }, false, &quote! { at }, &at);
    let check = type_check_method(definition, checks);
    let (debug_derive, debug_impl) = fragments::opaque_debug(&name, value.secret);
    let order = place.api.is_partially_ordered(value).then(|| match place.api.is_ordered(value) {
        true => quote! { , Eq, Hash, PartialOrd, Ord },
        false => quote! { , PartialOrd },
    });
    let constants = constants(&name, &definition.constants);
    quote! {
        #head
        #[derive(#debug_derive Clone, PartialEq #order)]
        pub struct #name(pub #inner);
        #debug_impl
        #constants
        impl Validate for #name { #check }
    }
}

/// Emits the named values of a newtype.
fn constants(name: &Ident, constants: &[Constant]) -> Option<TokenStream> {
    let items = constants.iter().map(|constant| {
        let (docs, constant_name, value) = (docs(&constant.docs), ident(&constant.name), tokens(&constant.wire));
        quote! { #docs pub const #constant_name: Self = Self(#value); }
    });
    (!constants.is_empty()).then(|| quote! { impl #name { #(#items)* } })
}

/// Emits the struct of an array with a fixed length.
fn tuple(place: Place<'_>, definition: &TypeDef, items: &[Value]) -> TokenStream {
    let (head, name) = (type_docs(definition), ident(&definition.name));
    let types = items.iter().map(|item| place.type_of(item));
    let checks = items.iter().enumerate().map(|(index, item)| {
        let position = proc_macro2::Literal::usize_unsuffixed(index);
        let at = quote! { at.item(#position) };
        checks::check(place.api, item, &quote! { self.#position }, false, &at, &ident("at_item"))
    });
    let check = type_check_method(definition, checks.collect());
    let is_secret = items.iter().any(|item| item.secret);
    let (debug_derive, debug_impl) = fragments::opaque_debug(&name, is_secret);
    quote! {
        #head
        #[derive(#debug_derive Clone, PartialEq)]
        pub struct #name(#(pub #types),*);
        #debug_impl
        impl Validate for #name { #check }
    }
}
