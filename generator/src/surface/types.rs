//! The document's types: what they are, their members, and how callers make them.

use std::sync::Arc;

use crate::ir::{
    AdditionalMembers, Direction, EnumVariant, Field, FromSource, Multipart, PathStyle, Presence, Struct, TypeDef,
    TypeKind, Union, UnionKeyword, Value,
};
use crate::surface::rules::{of_structure, of_value, one_line};
use crate::surface::{Facet, Kind, Listing};

pub(super) fn list(listing: &mut Listing<'_>) {
    let module = listing.path("types");
    for id in &listing.api.emitted_types {
        let definition = &listing.api.types[id.0];
        let path = listing.path(&format!("types::{}", definition.name));
        match &definition.kind {
            TypeKind::Struct(structure) => list_struct(listing, &module, &path, definition, structure),
            TypeKind::Multipart(parts) => list_struct(listing, &module, &path, definition, &parts.structure),
            TypeKind::StringEnum(variants) => list_enum(listing, &module, &path, definition, variants),
            TypeKind::Newtype(value) => list_newtype(listing, &module, &path, definition, value),
            TypeKind::Union(union) => list_union(listing, &module, &path, definition, union),
        }
    }
}

/// The traits of serde that a table writes without the feature `symmetric`.
fn serde(direction: Direction) -> Vec<String> {
    let (sent, received) = match (direction.sent, direction.received) {
        (false, false) => (true, true),
        ways => ways,
    };
    let serialize = sent.then(|| "Serialize".to_owned());
    serialize.into_iter().chain(received.then(|| "Deserialize".to_owned())).collect()
}

fn list_struct(
    listing: &mut Listing<'_>,
    module: &Arc<str>,
    path: &Arc<str>,
    definition: &TypeDef,
    structure: &Struct,
) {
    let api = listing.api;
    let coding = match definition.kind {
        TypeKind::Multipart(_) => vec!["Multipart".to_owned()],
        _ => serde(definition.direction),
    };
    let default = structure.has_default().then(|| "Default".to_owned());
    let traits: Vec<String> = default.into_iter().chain(coding).collect();
    let item = listing.add_of(Kind::Struct, module, path.to_string(), &definition.pointer);
    item.says(Facet::Shape, "struct")
        .says_if_any(Facet::Traits, traits.join(" + "))
        .says_if(Facet::NonExhaustive, definition.is_non_exhaustive(), "non_exhaustive")
        .says_if(Facet::Others, matches!(structure.additional, AdditionalMembers::Reject), "no other members")
        .says_if_any(Facet::Rules, of_structure(api, structure));
    let has_setters = definition.direction.sent;
    for (index, field) in structure.fields.iter().enumerate() {
        let place = match &definition.kind {
            TypeKind::Multipart(parts) => part(parts, index),
            _ => None,
        };
        list_field(listing, path, field, has_setters, place);
    }
    if let AdditionalMembers::Keep { field, value } = &structure.additional {
        let item = listing.add(Kind::Field, path, &format!(".{field}"), &definition.pointer);
        item.says(Facet::Type, api.map_text(value, PathStyle::Short)).says(Facet::Place, "other members");
        item.says_if_any(Facet::Rules, of_value(api, value));
    }
    if has_setters {
        let required = structure.constructor_fields().into_iter();
        let arguments =
            required.map(|field| (field.name.clone(), api.setter_parameter(&field.value, PathStyle::Short).0));
        let arguments = arguments.collect();
        let item = listing.add(Kind::Constructor, path, "::new", &definition.pointer);
        item.arguments = arguments;
        item.says(Facet::Success, "Self");
    }
}

/// Where a field of a multipart body goes.
fn part(parts: &Multipart, field: usize) -> Option<String> {
    let part = parts.parts.iter().find(|part| part.field == field || part.headers.contains(&field))?;
    Some(match (part.field == field, part.content_type.as_str()) {
        (false, _) => format!("header of part {}", parts.structure.fields.get(part.field)?.name),
        (true, "") => "part".to_owned(),
        (true, content_type) => format!("part {}", one_line(content_type)),
    })
}

fn list_field(listing: &mut Listing<'_>, owner: &Arc<str>, field: &Field, has_setter: bool, place: Option<String>) {
    let api = listing.api;
    let required = field.presence == Presence::Required;
    let kind = api.type_text(&field.value, PathStyle::Short);
    let setter = (has_setter && !required).then(|| api.setter_parameter(&field.value, PathStyle::Short).0);
    let item = listing.add(Kind::Field, owner, &format!(".{}", field.name), &field.pointer);
    item.nullable = field.value.nullable;
    item.may_say(Facet::Setter, setter)
        .says(Facet::Type, if required { kind } else { format!("Option<{kind}>") })
        .may_say(Facet::Place, place)
        .says_if(Facet::Presence, field.presence == Presence::RequiredInRequest, "required in requests")
        .says_if(Facet::Presence, field.presence == Presence::RequiredInResponse, "required in responses")
        .says_if(Facet::Wire, field.wire != field.name, &format!("{:?}", field.wire))
        .says_if_any(Facet::Rules, of_value(api, &field.value))
        .says_if(Facet::Deprecated, field.deprecated, "deprecated");
}

fn list_enum(
    listing: &mut Listing<'_>,
    module: &Arc<str>,
    path: &Arc<str>,
    definition: &TypeDef,
    variants: &[EnumVariant],
) {
    let item = listing.add_of(Kind::Enum, module, path.to_string(), &definition.pointer);
    item.says(Facet::Shape, "enum of strings");
    let values = definition.pointer.join("enum");
    for variant in variants {
        let item = listing.add(Kind::Variant, path, &format!("::{}", variant.name), &values);
        item.says(Facet::Wire, format!("{:?}", variant.wire));
    }
    let unknown = listing.add(Kind::Variant, path, "::Unknown", &values);
    unknown.says(Facet::Holds, "(String)");
    let text = listing.add(Kind::Function, path, "::as_str", &values);
    text.says(Facet::Success, "&str");
}

fn list_newtype(listing: &mut Listing<'_>, module: &Arc<str>, path: &Arc<str>, definition: &TypeDef, value: &Value) {
    let api = listing.api;
    let text = api.is_scalar(value).then(|| "Text".to_owned());
    let traits: Vec<String> = serde(definition.direction).into_iter().chain(text).collect();
    let item = listing.add_of(Kind::Newtype, module, path.to_string(), &definition.pointer);
    item.says(Facet::Holds, format!("({})", api.type_text(value, PathStyle::Short)))
        .says(Facet::Shape, "struct")
        .says_if_any(Facet::Traits, traits.join(" + "))
        .says_if_any(Facet::Rules, of_value(api, value));
}

fn list_union(listing: &mut Listing<'_>, module: &Arc<str>, path: &Arc<str>, definition: &TypeDef, union: &Union) {
    let api = listing.api;
    let made_of = api.from_sources(union, PathStyle::Short);
    let keyword = match union.keyword {
        UnionKeyword::OneOf => "one of",
        UnionKeyword::AnyOf => "any of",
    };
    let choice = match &union.discriminator {
        None => keyword.to_owned(),
        Some(tag) => {
            let openness = if tag.closed { "" } else { " or by shape" };
            format!("{keyword}, told apart by {:?}{openness}", tag.property)
        }
    };
    let item = listing.add_of(Kind::Enum, module, path.to_string(), &definition.pointer);
    item.says(Facet::Shape, "enum")
        .says(Facet::Traits, serde(definition.direction).join(" + "))
        .says(Facet::Choice, choice);
    let values = definition.pointer.clone();
    for (alternative, made_of) in union.variants.iter().zip(made_of) {
        let (kind, rules) = (api.type_text(&alternative.value, PathStyle::Short), of_value(api, &alternative.value));
        let tags: Vec<String> = alternative.discriminator_values.iter().map(|tag| format!("{tag:?}")).collect();
        let item = listing.add(Kind::Variant, path, &format!("::{}", alternative.name), &values);
        item.says(Facet::Holds, format!("({kind})"))
            .says_if(Facet::Traits, made_of != FromSource::None, "From")
            .says_if_any(Facet::Wire, tags.join(" or "))
            .says_if_any(Facet::Rules, rules);
    }
    let unknown = listing.add(Kind::Variant, path, "::Unknown", &values);
    unknown.says(Facet::Holds, "(serde_json::Value)");
}
