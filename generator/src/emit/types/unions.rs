//! Emits a union: the enum, the validation of its variants, and the table that tells the runtime how to decode and encode the
//! enum.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use crate::emit::fragments::{Place, docs, ident, tokens, type_docs};
use crate::emit::types::checks;
use crate::ir::{
    Discriminator, Field, FromSource, Presence, Type, TypeDef, TypeKind, Union, UnionKeyword, UnionVariant, Value,
};

/// Emits the enum, and the validation of its variants.
pub fn definition(place: Place<'_>, definition: &TypeDef, union: &Union) -> TokenStream {
    let (head, name) = (type_docs(definition), ident(&definition.name));
    let variants = union.variants.iter().map(|alternative| {
        let (docs, name, kind) = (docs(&alternative.docs), ident(&alternative.name), place.type_of(&alternative.value));
        quote! { #docs #name(#kind), }
    });
    let order = place.api.trial_order(union);
    let checks: Vec<(TokenStream, TokenStream)> = union
        .variants
        .iter()
        .enumerate()
        .map(|(index, alternative)| {
            let variant = ident(&alternative.name);
            let row = order.iter().position(|tried| *tried == index).unwrap_or_default();
            let statements = variant_check(place, union, (index, row), alternative);
            let binding = if statements.is_empty() {
                quote! { _ }
            } else {
                quote! { value }
            };
            (quote! { Self::#variant(#binding) }, statements)
        })
        .collect();
    let check = match checks.iter().all(|(_, statements)| statements.is_empty()) {
        true => TokenStream::new(),
        false => {
            let arms = checks.iter().map(|(pattern, statements)| quote! { #pattern => { #statements } });
            // `Unknown` has no rules of its own: the runtime validates its value against all variants.
            quote! { fn check_variant(&self, at: ValidationContext<'_>) { match self { #(#arms)* Self::Unknown(_) => {} } } }
        }
    };
    let (debug_derive, debug_impl) = match definition.contains_secret {
        false => (quote! { Debug, }, TokenStream::new()),
        true => (TokenStream::new(), debug_of_secrets(&name, union)),
    };
    let schema = definition
        .schema_location
        .as_ref()
        .map(|schema| quote! { const SCHEMA: Option<&'static str> = Some(#schema); });
    quote! {
        #head
        #[derive(#debug_derive Clone, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that matches no variant, or that no single variant can hold.
            Unknown(crate::runtime::UnknownJson),
        }
        #debug_impl
        impl ValidateVariant for #name { #schema #check }
    }
}

/// Emits `Debug` of a union that can contain a secret. It hides the variants that are secret. A value that matches no variant can
/// contain the secret at any place, so it is hidden too.
fn debug_of_secrets(name: &Ident, union: &Union) -> TokenStream {
    let arms = union.variants.iter().map(|alternative| {
        let (variant, text) = (ident(&alternative.name), &alternative.name);
        match alternative.value.secret {
            true => {
                let hidden = format!("{text}(…)");
                quote! { Self::#variant(_) => f.write_str(#hidden), }
            }
            false => quote! { Self::#variant(value) => f.debug_tuple(#text).field(value).finish(), },
        }
    });
    quote! {
        impl std::fmt::Debug for #name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                match self {
                    #(#arms)*
                    Self::Unknown(_) => f.write_str("Unknown(…)"),
                }
            }
        }
    }
}

/// Emits the validation of a variant. `index` is the position of the variant in the document. `row` is its position in the order
/// in which decoding tries the variants.
fn variant_check(
    place: Place<'_>,
    union: &Union,
    (index, row): (usize, usize),
    alternative: &UnionVariant,
) -> TokenStream {
    let value = quote! { value };
    let names = union.discriminator.as_ref().filter(|_| !alternative.discriminator_values.is_empty()).and_then(|tag| {
        let field = tag_field(place, tag, &alternative.value)?;
        let (name, wire) = (ident(&field.name), &tag.property);
        let row = proc_macro2::Literal::usize_unsuffixed(row);
        let tag = match field.presence {
            Presence::Required => quote! { &value.#name },
            _ => return None,
        };
        Some(quote! { at.member(#wire).discriminator::<Self>(#tag, #row); })
    });
    // A component's type sets the schema location in its own `check`.
    let is_component =
        matches!(&alternative.value.kind, Type::Named { id, .. } if place.api.types[id.0].schema_location.is_some());
    // The union of a schema's subtypes also has a variant for the schema itself. This variant has the same schema location as the
    // union.
    let is_itself = alternative.value.schema_location.as_deref() == Some("");
    let at = match is_component || is_itself {
        true => quote! { at },
        false => {
            let (keyword, index) = (union.keyword.as_str(), proc_macro2::Literal::usize_unsuffixed(index));
            quote! { at.subschema(#keyword, #index) }
        }
    };
    let schema = alternative.value.schema_location.clone().filter(|_| !is_itself);
    let ruled = Value { schema_location: schema, ..alternative.value.clone() };
    let rules = checks::check(place.api, &ruled, &value, true, &at, &ident("at_value"));
    quote! { #names #rules }
}

/// Returns the field that holds the discriminator. Returns `None` if there is no such field, or if the type of the field is
/// neither a string, a number, a boolean nor a string enum.
fn tag_field<'a>(place: Place<'a>, tag: &Discriminator, value: &Value) -> Option<&'a Field> {
    let Type::Named { id, .. } = &value.kind else { return None };
    let TypeKind::Struct(structure) = &place.api.types[id.0].kind else { return None };
    structure.fields.iter().find(|field| field.wire == tag.property && is_text(place, &field.value))
}

fn is_text(place: Place<'_>, value: &Value) -> bool {
    match &value.kind {
        _ if value.nullable => false,
        Type::String | Type::Boolean | Type::Int32 | Type::Int64 | Type::UInt64 | Type::Int128 | Type::Double => true,
        Type::Named { id, boxed: false } => matches!(place.api.types[id.0].kind, TypeKind::StringEnum(_)),
        _ => false,
    }
}

/// Emits two tokens: the keyword of the union, `"oneOf"` or `"anyOf"`, and the word `overlapping` or `disjoint`. `overlapping`
/// means that one value may match several variants of a `oneOf`. If so, the runtime tests a value against all variants.
pub fn keywords(union: &Union) -> (TokenStream, TokenStream) {
    let keyword = match union.keyword {
        UnionKeyword::OneOf => quote! { "oneOf" },
        UnionKeyword::AnyOf => quote! { "anyOf" },
    };
    let compared = if union.overlapping {
        quote! { overlapping }
    } else {
        quote! { disjoint }
    };
    (keyword, compared)
}

/// Emits the rows of the table that describes a union: one row for the discriminator, and then one row for each variant. The
/// variants are in the order in which decoding tries them.
pub fn rows(place: Place<'_>, union: &Union) -> TokenStream {
    let tag = union.discriminator.as_ref().map(|tag| {
        let (openness, property) = (ident(if tag.closed { "closed" } else { "open" }), &tag.property);
        quote! { [#openness #property], }
    });
    let made_of = place.api.from_sources(union, place.naming());
    let order = place.api.trial_order(union).into_iter();
    let alternatives = order.map(|index| (&union.variants[index], &made_of[index])).map(|(alternative, made_of)| {
        let (name, kind, tags) =
            (ident(&alternative.name), place.type_of(&alternative.value), &alternative.discriminator_values);
        let adds = tags.first().filter(|_| !alternative.describes_discriminator).map(|tag| quote! { adds #tag });
        let made_of = match made_of {
            FromSource::None => TokenStream::new(),
            FromSource::Unboxed(kind) => {
                let text = (kind == "String").then(|| quote! { from_text (&str) });
                let kind = tokens(kind);
                quote! { from (#kind) #text }
            }
            FromSource::Boxed(inner) => {
                let inner = tokens(inner);
                quote! { from_boxed (#inner) }
            }
        };
        quote! { #name(#kind) [#(#tags),*] #adds #made_of, }
    });
    quote! { #tag #(#alternatives)* }
}
