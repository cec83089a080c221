//! Writes sample values as Rust expressions, for code that uses the generated crate.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use crate::emit::fragments::{ident, tokens};
use crate::emit::types::checks::{double, integer};
use crate::ir::{Api, FromSource, OptionalNull, PathStyle, SampleValue, Struct, Type, TypeId, TypeKind, Value};

/// Emits an expression of the type of `value`.
pub fn owned(api: &Api, value: &Value, sample: &SampleValue) -> TokenStream {
    match (sample, value.nullable) {
        (SampleValue::Null, true) => quote! { None },
        (_, true) => {
            let inner = not_null(api, value, sample);
            quote! { Some(#inner) }
        }
        (_, false) => not_null(api, value, sample),
    }
}

/// Emits an expression that a setter or constructor for `value` accepts, see [`Api::setter_parameter`].
pub fn parameter(api: &Api, value: &Value, sample: &SampleValue) -> TokenStream {
    if value.nullable {
        return owned(api, value, sample);
    }
    match (&value.kind, sample) {
        (Type::String | Type::File, SampleValue::Text(text)) => quote! { #text },
        (Type::List(items), SampleValue::List(samples)) if samples.is_empty() => {
            let kind = tokens(&api.type_text(items, PathStyle::OutsideTypes));
            quote! { Vec::<#kind>::new() }
        }
        (Type::List(items), SampleValue::List(samples)) => {
            let is_text = matches!(items.kind, Type::String) && !items.nullable;
            let item = |sample| if is_text { parameter(api, items, sample) } else { owned(api, items, sample) };
            let samples = samples.iter().map(item);
            quote! { [#(#samples),*] }
        }
        (Type::Named { id, boxed: false }, SampleValue::UnionVariant(index, content)) => {
            into_union(api, *id, *index, content).unwrap_or_else(|| named(api, *id, sample))
        }
        // Strings convert to newtypes of strings.
        (Type::Named { boxed: false, .. }, SampleValue::Text(text)) if api.is_text(value) => quote! { #text },
        (Type::Named { id, .. }, _) => named(api, *id, sample),
        _ => owned(api, value, sample),
    }
}

/// Emits an expression for the content of a union variant, which `From` can convert to the union. Returns `None` if the union
/// does not implement `From` for the type of this content.
fn into_union(api: &Api, id: TypeId, index: usize, content: &SampleValue) -> Option<TokenStream> {
    let TypeKind::Union(union) = &api.types[id.0].kind else { return None };
    let value = &union.variants[index].value;
    match (&api.from_sources(union, PathStyle::OutsideTypes)[index], &value.kind) {
        (FromSource::None, _) => None,
        (FromSource::Boxed(_), Type::Named { id, .. }) => Some(named(api, *id, content)),
        _ => Some(owned(api, value, content)),
    }
}

fn not_null(api: &Api, value: &Value, sample: &SampleValue) -> TokenStream {
    match (&value.kind, sample) {
        (Type::Named { id, boxed }, _) => {
            let inner = named(api, *id, sample);
            if *boxed {
                quote! { Box::new(#inner) }
            } else {
                inner
            }
        }
        (Type::List(_), SampleValue::List(samples)) if samples.is_empty() => quote! { Vec::new() },
        (Type::List(items), SampleValue::List(samples)) => {
            let samples = samples.iter().map(|sample| owned(api, items, sample));
            quote! { vec![#(#samples),*] }
        }
        (Type::Map { .. }, SampleValue::Map(members)) if members.is_empty() => {
            quote! { std::collections::BTreeMap::new() }
        }
        (Type::Map { key, members: inner }, SampleValue::Map(members)) => {
            let members = members.iter().map(|(name, sample)| {
                let value = owned(api, inner, sample);
                match key {
                    None => quote! { (#name.to_owned(), #value) },
                    Some(_) => quote! { (#name.into(), #value) },
                }
            });
            quote! { std::collections::BTreeMap::from([#(#members),*]) }
        }
        (Type::File, SampleValue::Text(text)) => quote! { runtime::File::new(#text) },
        (Type::Bytes, SampleValue::Text(text)) => {
            let bytes = Literal::byte_string(text.as_bytes());
            quote! { #bytes }
        }
        (Type::External(external), SampleValue::Text(text)) => {
            let message = format!("a value of the format {}", external.format);
            let expect = ident("expect");
            quote! { serde_json::from_value(serde_json::json!(#text)).#expect(#message) }
        }
        (_, SampleValue::Text(text)) => quote! { #text.to_owned() },
        (_, SampleValue::Boolean(value)) => quote! { #value },
        (_, SampleValue::Integer(number)) => integer(*number),
        (_, SampleValue::Double(number)) => double(*number),
        (_, SampleValue::Json(json)) => {
            let json = tokens(json);
            quote! { serde_json::json!(#json) }
        }
        // No other combination occurs, because `lower` chooses the sample value according to the type.
        _ => quote! { Default::default() },
    }
}

fn named(api: &Api, id: TypeId, sample: &SampleValue) -> TokenStream {
    let definition = &api.types[id.0];
    let name = ident(&definition.name);
    match (&definition.kind, sample) {
        (TypeKind::Struct(structure), SampleValue::Struct(fields)) => constructed(api, &name, structure, fields),
        (TypeKind::Multipart(multipart), SampleValue::Struct(fields)) => {
            constructed(api, &name, &multipart.structure, fields)
        }
        (TypeKind::StringEnum(variants), SampleValue::EnumVariant(index)) => {
            let variant = ident(&variants[*index].name);
            quote! { types::#name::#variant }
        }
        (TypeKind::Union(union), SampleValue::UnionVariant(index, content)) => {
            let variant = &union.variants[*index];
            let (variant, content) = (ident(&variant.name), owned(api, &variant.value, content));
            quote! { types::#name::#variant(#content) }
        }
        (TypeKind::Tuple(items), SampleValue::List(samples)) => {
            let values = items.iter().zip(samples).map(|(item, sample)| owned(api, item, sample));
            quote! { types::#name(#(#values),*) }
        }
        (TypeKind::Newtype(value), _) => {
            let wire = match sample {
                SampleValue::Integer(number) => number.to_string(),
                _ => String::new(),
            };
            if let Some(constant) = definition.constants.iter().find(|constant| constant.wire == wire) {
                let constant = ident(&constant.name);
                return quote! { types::#name::#constant };
            }
            let inner = owned(api, value, sample);
            quote! { types::#name(#inner) }
        }
        _ => quote! { Default::default() },
    }
}

/// Emits the call of the constructor `new`, followed by a setter call for each optional field with a sample value.
fn constructed(api: &Api, name: &Ident, structure: &Struct, fields: &[(usize, SampleValue)]) -> TokenStream {
    let sample = |name: &str| fields.iter().find(|(index, _)| structure.fields[*index].name == name);
    let required = structure.constructor_fields();
    let values = required.iter().filter_map(|field| {
        let (_, sample) = sample(&field.name)?;
        Some((ident(&field.name), parameter(api, &field.value, sample)))
    });
    let arguments = match structure.has_named_values() {
        true => {
            let fields = values.map(|(name, value)| quote! { #name: #value });
            quote! { required::#name { #(#fields),* } }
        }
        false => values.map(|(_, value)| value).collect(),
    };
    let is_optional = |index: usize| required.iter().all(|field| field.name != structure.fields[index].name);
    let setters = fields.iter().filter(|(index, _)| is_optional(*index)).map(|(index, sample)| {
        let field = &structure.fields[*index];
        let name = ident(&field.name);
        match &field.null {
            OptionalNull::Setter(null_setter) if matches!(sample, SampleValue::Null) => {
                let null_setter = ident(null_setter);
                quote! { .#null_setter() }
            }
            _ => {
                let value = parameter(api, &Value { nullable: false, ..field.value.clone() }, sample);
                quote! { .#name(#value) }
            }
        }
    });
    quote! { types::#name::new(#arguments) #(#setters)* }
}
