//! `oneOf` and `anyOf`, before they are lowered: the alternatives say all there is to say, and nothing stands beside them.

use std::borrow::Cow;

use indexmap::{IndexMap, IndexSet};

use crate::lower::schema::all_of::{Components, Open, flat, is_reference};
use crate::lower::schema::{is_bare, says_nothing_beside_all_of};
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef, SchemaType};

/// How many unions may stand directly within one another and still be written out: alternatives that lead back to one another would
/// never end.
const DEEPEST: usize = 3;

/// Where the alternatives of a schema that leaves them to its subtypes hold what is no subtype.
const BASE: &str = "Base";

/// The place of that alternative, which no document has: of its own it would be the schema's.
const BASE_PLACE: &str = "discriminator";

/// Whether an alternative is the one for what is no subtype.
pub(crate) fn is_base(alternative: &SchemaRef) -> bool {
    matches!(alternative, SchemaRef::Inline(schema) if schema.pointer.last().as_deref() == Some(BASE_PLACE))
}

/// A schema with a discriminator and no alternatives has its subtypes for alternatives: the components that stand on it with `allOf`.
pub(crate) fn name_subtypes(schemas: &mut Components, components: &Components) {
    let mut parents: IndexMap<&str, Vec<&str>> = IndexMap::new();
    for (name, schema) in components {
        for parent in ancestors(schema, components) {
            parents.entry(parent).or_default().push(name);
        }
    }
    for (name, schema) in schemas.iter_mut() {
        let mut subtypes: Vec<&str> = parents.get(name.as_str()).cloned().unwrap_or_default();
        subtypes.retain(|subtype| subtype != name);
        let chooses = !schema.one_of.is_empty() || !schema.any_of.is_empty();
        if schema.discriminator.is_none() || chooses || subtypes.is_empty() {
            continue;
        }
        let component = |name: &str| SchemaRef::Component { name: name.to_owned(), pointer: schema.pointer.clone() };
        let mut alternatives: Vec<SchemaRef> = subtypes.into_iter().map(component).collect();
        let base = Schema {
            pointer: schema.pointer.join(BASE_PLACE),
            derived_from: Some(schema.pointer.clone()),
            title: Some(BASE.to_owned()),
            discriminator: None,
            nullable: false,
            ..schema.clone()
        };
        alternatives.push(SchemaRef::Inline(Box::new(base)));
        *schema = Schema { any_of: alternatives, ..annotations(schema) };
    }
}

/// A component as those that stand on it take it up: alternatives that stand on it themselves are its subtypes, and no subtype has
/// to be one of its brothers.
pub(crate) fn without_subtypes<'s>(name: &str, schema: &'s Schema, components: &Components) -> Cow<'s, Schema> {
    let stands_on_it = |alternative: &SchemaRef| match alternative {
        SchemaRef::Component { name: alternative, .. } => {
            components.get(alternative).is_some_and(|schema| ancestors(schema, components).contains(name))
        }
        SchemaRef::Inline(_) => false,
    };
    match schema.one_of.iter().chain(&schema.any_of).any(stands_on_it) {
        false => Cow::Borrowed(schema),
        true => Cow::Owned(without_alternatives(schema)),
    }
}

/// The components that a schema stands on.
fn ancestors<'c>(schema: &Schema, components: &'c Components) -> IndexSet<&'c str> {
    let mut found: IndexSet<&str> = IndexSet::new();
    let mut open: Vec<&Schema> = vec![schema];
    while let Some(schema) = open.pop() {
        for member in &schema.all_of {
            let SchemaRef::Component { name, .. } = member else { continue };
            let Some((name, parent)) = components.get_key_value(name) else { continue };
            if found.insert(name) {
                open.push(parent);
            }
        }
    }
    found
}

/// What a schema says that is no rule, and that it allows null.
fn annotations(schema: &Schema) -> Schema {
    Schema {
        pointer: schema.pointer.clone(),
        nullable: schema.nullable,
        title: schema.title.clone(),
        description: schema.description.clone(),
        default: schema.default.clone(),
        example: schema.example.clone(),
        deprecated: schema.deprecated,
        read_only: schema.read_only,
        write_only: schema.write_only,
        discriminator: schema.discriminator.clone(),
        source: schema.source.clone(),
        ..Schema::default()
    }
}

/// Leaves a schema with one union at most, whose alternatives are complete schemas.
pub(crate) fn settle(schema: &mut Schema, components: &Components) {
    if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
        let pointer = schema.pointer.join("anyOf");
        let any_of = std::mem::take(&mut schema.any_of);
        schema.all_of.push(SchemaRef::Inline(Box::new(Schema { pointer, any_of, ..Schema::default() })));
    }
    if schema.one_of.is_empty() && schema.any_of.is_empty() {
        return;
    }
    clear_alternatives(schema, components);
    match alternatives(schema).as_slice() {
        [] => {}
        [only] => {
            schema.all_of.push(only.clone());
            (schema.one_of, schema.any_of, schema.discriminator) = (Vec::new(), Vec::new(), None);
            if !is_reference(schema, components) {
                *schema = flat(schema, components, &mut Open::default());
            }
            settle(schema, components);
        }
        several if several.iter().all(requires_only) => keep_beside(schema),
        _ if nested(&schema.pointer) >= DEEPEST && !stands_alone(schema) => set_beside(schema),
        _ => distribute(schema, components),
    }
}

fn alternatives(schema: &Schema) -> &Vec<SchemaRef> {
    if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of }
}

/// Takes out the alternatives that are null, or the schema itself, and says `nullable` where an alternative allows null.
fn clear_alternatives(schema: &mut Schema, components: &Components) {
    let itself = schema.pointer.clone();
    let is_itself = |alternative: &SchemaRef| match alternative {
        SchemaRef::Component { name, .. } => itself == Pointer::root().join("components").join("schemas").join(name),
        SchemaRef::Inline(_) => false,
    };
    let found = |alternative: &SchemaRef| match alternative {
        SchemaRef::Inline(schema) => Some((**schema).clone()),
        SchemaRef::Component { name, .. } => components.get(name).cloned(),
    };
    let untyped = schema.kind.is_none();
    let mut nullable = schema.nullable;
    for alternatives in [&mut schema.one_of, &mut schema.any_of] {
        let mut nulls = Vec::new();
        alternatives.retain(|alternative| {
            let found = found(alternative);
            let is_null = found.as_ref().is_some_and(is_null);
            nullable |= untyped && found.is_some_and(|schema| is_null || may_be_null(&schema, components, DEEPEST));
            if is_null {
                nulls.push(alternative.clone());
            }
            !is_null && !is_itself(alternative)
        });
        // A union of nulls is null, and not anything.
        if alternatives.is_empty() {
            alternatives.extend(nulls.into_iter().next());
        }
    }
    let mut seen: Vec<SchemaRef> = Vec::new();
    schema.any_of.retain(|alternative| {
        let is_new = !seen.contains(alternative);
        seen.push(alternative.clone());
        is_new
    });
    schema.nullable = nullable;
}

/// Whether a schema says that it may be null, or one of its alternatives does.
fn may_be_null(schema: &Schema, components: &Components, depth: usize) -> bool {
    let is_nullable = |alternative: &SchemaRef| match alternative {
        SchemaRef::Inline(schema) => may_be_null(schema, components, depth - 1),
        SchemaRef::Component { name, .. } => {
            components.get(name).is_some_and(|schema| may_be_null(schema, components, depth - 1))
        }
    };
    let chooses = schema.kind.is_none() && depth > 0;
    schema.nullable || (chooses && alternatives(schema).iter().any(is_nullable))
}

/// Whether a schema takes nothing but null.
fn is_null(schema: &Schema) -> bool {
    schema
        .enum_values
        .as_ref()
        .is_some_and(|values| !values.is_empty() && values.iter().all(serde_json::Value::is_null))
}

/// Whether an alternative says of an object just which members it must have.
fn requires_only(alternative: &SchemaRef) -> bool {
    let SchemaRef::Inline(schema) = alternative else { return false };
    let others = Schema { required: Vec::new(), ..(**schema).clone() };
    let is_object = matches!(schema.kind, None | Some(SchemaType::Object));
    !schema.required.is_empty() && is_object && says_nothing_beside_all_of(&others) && others.all_of.is_empty()
}

/// Whether the alternatives of a schema only require members that it describes itself: then it is an object with a rule, no union.
pub(crate) fn requires_only_members(schema: &Schema) -> bool {
    let alternatives = alternatives(schema);
    !schema.properties.is_empty() && !alternatives.is_empty() && alternatives.iter().all(requires_only)
}

/// Whether the alternatives of a schema only require members of an object that nothing else describes.
pub(crate) fn requires_only_strangers(schema: &Schema) -> bool {
    let alternatives = alternatives(schema);
    schema.properties.is_empty() && !alternatives.is_empty() && alternatives.iter().all(requires_only)
}

/// Alternatives that only require members are a rule beside the properties; where they name members that the schema does not
/// describe, no field could tell.
fn keep_beside(schema: &mut Schema) {
    let names = |alternative: &SchemaRef| match alternative {
        SchemaRef::Inline(alternative) => alternative.required.clone(),
        SchemaRef::Component { .. } => Vec::new(),
    };
    let described = |name: &String| schema.properties.contains_key(name);
    let stands_alone = schema.properties.is_empty() && schema.all_of.is_empty();
    if !stands_alone && !alternatives(schema).iter().flat_map(names).all(|name| described(&name)) {
        set_beside(schema);
    }
}

/// Whether a schema says nothing beside its alternatives.
fn stands_alone(schema: &Schema) -> bool {
    let rest = without_alternatives(schema);
    is_bare(&rest) && rest.all_of.is_empty()
}

/// Moves the alternatives under `allOf`, where they are checked as a whole.
fn set_beside(schema: &mut Schema) {
    let (one_of, any_of) = (std::mem::take(&mut schema.one_of), std::mem::take(&mut schema.any_of));
    let pointer = schema.pointer.join(if one_of.is_empty() { "anyOf" } else { "oneOf" });
    schema.all_of.push(SchemaRef::Inline(Box::new(Schema { pointer, one_of, any_of, ..Schema::default() })));
}

/// In how many unions, each directly within the next, a place lies.
fn nested(pointer: &Pointer) -> usize {
    let tokens: Vec<&str> = pointer.as_str().rsplit('/').collect();
    tokens.chunks(2).take_while(|pair| matches!(pair, [_, "oneOf" | "anyOf"])).count()
}

fn without_alternatives(schema: &Schema) -> Schema {
    Schema { one_of: Vec::new(), any_of: Vec::new(), ..schema.clone() }
}

/// Writes what stands beside the alternatives into each of them.
fn distribute(schema: &mut Schema, components: &Components) {
    let rest = without_alternatives(schema);
    let kind_of = |alternative: &SchemaRef| match alternative {
        SchemaRef::Inline(schema) => schema.kind,
        SchemaRef::Component { name, .. } => {
            components.get(name).and_then(|schema| flat(schema, components, &mut Open::default()).kind)
        }
    };
    let kind_is_said = |alternative: &SchemaRef| schema.kind.is_none() || kind_of(alternative) == schema.kind;
    if stands_alone(schema) && alternatives(schema).iter().all(kind_is_said) {
        schema.kind = None;
        return;
    }
    let keyword = if schema.one_of.is_empty() { "anyOf" } else { "oneOf" };
    let place = schema.pointer.join(keyword);
    let base = Schema {
        nullable: false,
        title: None,
        description: None,
        default: None,
        example: None,
        discriminator: None,
        read_only: false,
        write_only: false,
        ..rest
    };
    let complete = |(index, alternative): (usize, &SchemaRef)| {
        let said = match alternative {
            SchemaRef::Component { name, .. } => (Some(name.clone()), None),
            SchemaRef::Inline(schema) => (schema.title.clone(), schema.description.clone()),
        };
        let all_of = vec![SchemaRef::Inline(Box::new(base.clone())), alternative.clone()];
        let together =
            Schema { pointer: place.join(index), title: said.0, description: said.1, all_of, ..Schema::default() };
        SchemaRef::Inline(Box::new(flat(&together, components, &mut Open::default())))
    };
    let complete = |alternatives: &Vec<SchemaRef>| alternatives.iter().enumerate().map(complete).collect();
    *schema = Schema { one_of: complete(&schema.one_of), any_of: complete(&schema.any_of), ..annotations(schema) };
}
