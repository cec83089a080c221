//! Lists the named types of an API: structs, newtypes and enums, with their fields, variants and constructors.

use std::sync::Arc;

use crate::ir::{
    AdditionalMembers, Api, Direction, EnumVariant, Field, FromSource, Multipart, OptionalNull, PathStyle, Presence,
    Struct, Type, TypeDef, TypeKind, Union, Value,
};
use crate::surface::constraints::{struct_constraints, value_constraints};
use crate::surface::item::{Facet, ItemKind, OTHER_MEMBERS};
use crate::surface::listing::Listing;

pub(super) fn list(listing: &mut Listing<'_>) {
    let module = listing.path("types");
    for id in &listing.api.emitted_types {
        let definition = &listing.api.types[id.0];
        let path = listing.path(&format!("types::{}", definition.name));
        match &definition.kind {
            TypeKind::Struct(structure) => list_struct(listing, &module, &path, definition, structure),
            TypeKind::Multipart(multipart) => list_struct(listing, &module, &path, definition, &multipart.structure),
            TypeKind::StringEnum(variants) => list_enum(listing, &module, &path, definition, variants),
            TypeKind::Newtype(value) => list_newtype(listing, &module, &path, definition, value),
            TypeKind::Tuple(items) => list_tuple(listing, &module, &path, definition, items),
            TypeKind::Union(union) => list_union(listing, &module, &path, definition, union),
        }
    }
}

/// Returns the serde traits (`Serialize`, `Deserialize`) that a type implements if the cargo feature `symmetric` of the generated
/// crate is disabled.
fn serde_traits(direction: Direction) -> Vec<String> {
    let (sent, received) = match (direction.sent, direction.received) {
        // No operation uses the type. Callers may use the type for requests and for responses, so it implements both traits.
        (false, false) => (true, true),
        directions => directions,
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
    let codecs = match definition.kind {
        TypeKind::Multipart(_) => vec!["Multipart".to_owned()],
        _ => serde_traits(definition.direction),
    };
    let default = structure.has_default().then(|| "Default".to_owned());
    let traits: Vec<String> = default.into_iter().chain(codecs).collect();
    let item = listing.add_at(ItemKind::Struct, module, path.to_string(), &definition.pointer);
    item.set(Facet::Declaration, "struct")
        .set_nonempty(Facet::Traits, traits.join(" + "))
        .set(Facet::NonExhaustive, "non_exhaustive")
        .set_if(Facet::OtherMembers, matches!(structure.additional, AdditionalMembers::Reject), "no other members")
        .set_nonempty(Facet::Constraints, struct_constraints(api, structure));
    let has_setters = definition.direction.sent;
    for (index, field) in structure.fields.iter().enumerate() {
        let location = match &definition.kind {
            TypeKind::Multipart(multipart) => part_location(multipart, index),
            _ => None,
        };
        list_field(listing, path, field, has_setters, location);
    }
    if let AdditionalMembers::Keep { field, value } = &structure.additional {
        let item = listing.add(ItemKind::Field, path, &format!(".{field}"), &definition.pointer);
        item.set(Facet::Type, api.map_text(None, value, PathStyle::Short)).set(Facet::Location, OTHER_MEMBERS);
        item.set_nonempty(Facet::Constraints, value_constraints(api, value));
    }
    if has_setters {
        let required = structure.constructor_fields().into_iter();
        let required =
            required.map(|field| (field.name.clone(), api.setter_parameter(&field.value, PathStyle::Short).0));
        let arguments = required.collect();
        let item = listing.add(ItemKind::Constructor, path, "::new", &definition.pointer);
        item.arguments = arguments;
        item.named = if structure.has_named_values() { item.arguments.len() } else { 0 };
        item.set(Facet::Success, "Self");
    }
}

/// Describes the part of a multipart body that contains a field, such as `part image/png`; `None` if no part contains the field.
fn part_location(multipart: &Multipart, field: usize) -> Option<String> {
    let part = multipart.parts.iter().find(|part| part.field == field || part.headers.contains(&field))?;
    Some(match (part.field == field, part.content_type.as_str()) {
        (false, _) => format!("header of part {}", multipart.structure.fields.get(part.field)?.name),
        (true, "") => "part".to_owned(),
        (true, content_type) => format!("part {}", content_type),
    })
}

fn list_field(listing: &mut Listing<'_>, owner: &Arc<str>, field: &Field, has_setter: bool, location: Option<String>) {
    let api = listing.api;
    let required = field.presence == Presence::Required;
    let value_type = api.type_text(&field.value, PathStyle::Short);
    // A second method sets an optional field to null.
    let set = match &field.null {
        OptionalNull::Setter(_) => Value { nullable: false, ..field.value.clone() },
        _ => field.value.clone(),
    };
    let setter = (has_setter && !required).then(|| api.setter_parameter(&set, PathStyle::Short).0);
    if let (OptionalNull::Setter(name), true) = (&field.null, has_setter) {
        let item = listing.add(ItemKind::Function, owner, &format!("::{name}"), &field.pointer);
        item.set(Facet::Success, "Self");
    }
    let item = listing.add(ItemKind::Field, owner, &format!(".{}", field.name), &field.pointer);
    item.nullable = field.value.nullable;
    item.set_optional(Facet::Setter, setter)
        .set(Facet::Type, if required { value_type } else { format!("Option<{value_type}>") })
        .set_optional(Facet::Location, location)
        .set_if(Facet::RequiredIn, field.presence == Presence::RequiredInRequest, "required in requests")
        .set_if(Facet::RequiredIn, field.presence == Presence::RequiredInResponse, "required in responses")
        .set_if(Facet::WireName, field.wire != field.name, &format!("{:?}", field.wire))
        .set_nonempty(Facet::Constraints, value_constraints(api, &field.value))
        .set_if(Facet::Deprecated, field.deprecated, "deprecated");
}

fn list_enum(
    listing: &mut Listing<'_>,
    module: &Arc<str>,
    path: &Arc<str>,
    definition: &TypeDef,
    variants: &[EnumVariant],
) {
    let item = listing.add_at(ItemKind::Enum, module, path.to_string(), &definition.pointer);
    item.set(Facet::Declaration, "enum of strings").set(Facet::NonExhaustive, "non_exhaustive");
    let values = definition.pointer.join("enum");
    for variant in variants {
        let item = listing.add(ItemKind::Variant, path, &format!("::{}", variant.name), &values);
        item.set(Facet::WireName, format!("{:?}", variant.wire));
    }
    let unknown = listing.add(ItemKind::Variant, path, "::Unknown", &values);
    unknown.set(Facet::Payload, "(runtime::UnknownText)");
    let text = listing.add(ItemKind::Function, path, "::as_str", &values);
    text.set(Facet::Success, "&str");
}

fn list_newtype(listing: &mut Listing<'_>, module: &Arc<str>, path: &Arc<str>, definition: &TypeDef, value: &Value) {
    let api = listing.api;
    let mut traits = serde_traits(definition.direction);
    traits.extend(newtype_traits(api, value).iter().map(|name| (*name).to_owned()));
    let item = listing.add_at(ItemKind::Newtype, module, path.to_string(), &definition.pointer);
    item.set(Facet::Payload, format!("({})", api.type_text(value, PathStyle::Short)))
        .set(Facet::Declaration, "struct")
        .set_nonempty(Facet::Traits, traits.join(" + "))
        .set_nonempty(Facet::Constraints, value_constraints(api, value));
    for constant in &definition.constants {
        let item = listing.add(ItemKind::Constant, path, &format!("::{}", constant.name), &definition.pointer);
        item.set(Facet::Declaration, "constant").set(Facet::WireName, constant.wire.clone());
    }
}

fn list_tuple(listing: &mut Listing<'_>, module: &Arc<str>, path: &Arc<str>, definition: &TypeDef, items: &[Value]) {
    let api = listing.api;
    let types: Vec<String> = items.iter().map(|item| api.type_text(item, PathStyle::Short)).collect();
    let item = listing.add_at(ItemKind::Tuple, module, path.to_string(), &definition.pointer);
    item.set(Facet::Payload, format!("({})", types.join(", ")))
        .set(Facet::Declaration, "struct")
        .set_nonempty(Facet::Traits, serde_traits(definition.direction).join(" + "));
    let constraints = items.iter().enumerate().filter_map(|(index, item)| {
        let constraints = value_constraints(api, item);
        (!constraints.is_empty()).then(|| format!("item {}: {constraints}", index + 1))
    });
    let constraints: Vec<String> = constraints.collect();
    item.set_nonempty(Facet::Constraints, constraints.join(", "));
}

/// Returns the traits that only some newtypes implement. All of them implement `Eq`.
fn newtype_traits(api: &Api, value: &Value) -> Vec<&'static str> {
    let mut traits = Vec::new();
    if api.is_scalar(value) {
        traits.push("Text");
        traits.extend(api.is_partially_ordered(value).then_some("PartialOrd"));
        traits.extend(["Hash", "Ord"].into_iter().filter(|_| api.is_ordered(value)));
    }
    if api.is_text(value) {
        traits.extend(["AsRef<str>", "From<&str>", "FromStr"]);
        traits.extend((value.kind != Type::String).then_some("From<String>"));
        traits.extend((!value.secret).then_some("Display"));
    }
    traits
}

fn list_union(listing: &mut Listing<'_>, module: &Arc<str>, path: &Arc<str>, definition: &TypeDef, union: &Union) {
    let api = listing.api;
    let sources = api.from_sources(union, PathStyle::Short);
    let keyword = union.keyword.as_str();
    let choice = match &union.discriminator {
        None => keyword.to_owned(),
        Some(discriminator) => {
            let fallback = if discriminator.closed { "" } else { ", else by content" };
            format!("{keyword}, discriminator {:?}{fallback}", discriminator.property)
        }
    };
    let item = listing.add_at(ItemKind::Enum, module, path.to_string(), &definition.pointer);
    item.set(Facet::Declaration, "enum")
        .set(Facet::Traits, serde_traits(definition.direction).join(" + "))
        .set(Facet::NonExhaustive, "non_exhaustive")
        .set(Facet::Union, choice);
    let values = definition.pointer.clone();
    for (variant, source) in union.variants.iter().zip(sources) {
        let value_type = api.type_text(&variant.value, PathStyle::Short);
        let wire_names: Vec<String> = variant.discriminator_values.iter().map(|value| format!("{value:?}")).collect();
        let item = listing.add(ItemKind::Variant, path, &format!("::{}", variant.name), &values);
        item.set(Facet::Payload, format!("({value_type})"))
            .set_if(Facet::Traits, source != FromSource::None, "From")
            .set_nonempty(Facet::WireName, wire_names.join(" or "))
            .set_nonempty(Facet::Constraints, value_constraints(api, &variant.value));
    }
    let unknown = listing.add(ItemKind::Variant, path, "::Unknown", &values);
    unknown.set(Facet::Payload, "(runtime::UnknownJson)");
}
