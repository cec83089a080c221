//! Merges the keywords next to `oneOf` or `anyOf` into each alternative, so that each alternative describes the whole value.

use crate::lower::analysis::predicates::{
    alternatives, has_alternatives, has_only_required, is_unconstrained, without_alternatives,
};
use crate::lower::normalize::all_of::{MergedComponents, is_wrapper, merged, remove_repetitions};
use crate::lower::normalize::conjunction_2020::split_unevaluated;
use crate::lower::normalize::subtypes::annotations;
use crate::pointer::Pointer;
use crate::resolve::document::{Schema, SchemaRef};

/// In a union at this nesting depth or deeper, the keywords next to `oneOf` or `anyOf` are not merged into the alternatives.
/// Without the limit, the merge of alternatives that refer to each other would never end.
const MAX_NESTED_UNIONS: usize = 3;

/// Normalizes the alternatives of `schema`. Afterwards, the schema does not have both `oneOf` and `anyOf`, and each alternative
/// also contains the keywords next to `oneOf` or `anyOf`. If these keywords cannot be merged into the alternatives, the
/// alternatives move under `allOf`.
pub(super) fn normalize_union(schema: &mut Schema, known: &mut MergedComponents<'_>) {
    separate_any_of(schema);
    if !has_alternatives(schema) {
        return;
    }
    remove_trivial_alternatives(schema, known);
    match alternatives(schema).as_slice() {
        [] => {}
        [only] => {
            schema.all_of.push(only.clone());
            (schema.one_of, schema.any_of, schema.discriminator) = (Vec::new(), Vec::new(), None);
            if !is_wrapper(schema, known) {
                *schema = merged(schema, known);
            }
            normalize_union(schema, known);
        }
        several if several.iter().all(has_only_required) => separate_required_alternatives(schema),
        _ if union_depth(&schema.pointer) >= MAX_NESTED_UNIONS && !has_only_alternatives(schema) => {
            move_alternatives_under_all_of(schema);
        }
        _ => complete_alternatives(schema, known),
    }
}

/// Moves `anyOf` under `allOf` if the schema also has `oneOf`.
pub(super) fn separate_any_of(schema: &mut Schema) {
    if !schema.one_of.is_empty() && !schema.any_of.is_empty() {
        let pointer = schema.pointer.join("anyOf");
        let any_of = std::mem::take(&mut schema.any_of);
        schema.all_of.push(SchemaRef::Inline(Box::new(Schema { pointer, any_of, ..Schema::default() })));
    }
}

/// Removes duplicates in `anyOf`, alternatives that accept only null, and alternatives that refer to the schema itself. The
/// schema becomes nullable if it has no `type` and an alternative allows null.
fn remove_trivial_alternatives(schema: &mut Schema, known: &mut MergedComponents<'_>) {
    let components = known.components;
    let own_pointer = schema.pointer.clone();
    let is_itself = |alternative: &SchemaRef| match alternative {
        SchemaRef::Component { name, .. } => {
            own_pointer == Pointer::root().join("components").join("schemas").join(name)
        }
        SchemaRef::Inline(_) => false,
    };
    let is_untyped = schema.kind.is_none();
    let mut nullable = schema.nullable;
    for alternatives in [&mut schema.one_of, &mut schema.any_of] {
        let mut nulls = Vec::new();
        alternatives.retain(|alternative| {
            let resolved = match alternative {
                SchemaRef::Inline(schema) => Some(&**schema),
                SchemaRef::Component { name, .. } => components.get(name),
            };
            let is_null = resolved.is_some_and(is_only_null);
            nullable |= is_untyped
                && resolved.is_some_and(|_| is_null || is_alternative_nullable(alternative, known, MAX_NESTED_UNIONS));
            if is_null {
                nulls.push(alternative.clone());
            }
            !is_null && !is_itself(alternative)
        });
        // If all alternatives are null, one is kept, so that the union accepts only null and not every value.
        if alternatives.is_empty() {
            alternatives.extend(nulls.into_iter().next());
        }
    }
    remove_repetitions(&mut schema.any_of);
    schema.nullable = nullable;
}

/// Returns whether an alternative, or one of its own alternatives, is `nullable`. Follows at most `depth` levels of alternatives.
fn is_alternative_nullable<'c>(alternative: &SchemaRef, known: &mut MergedComponents<'c>, depth: usize) -> bool {
    let name = match alternative {
        SchemaRef::Inline(schema) => return is_nullable(schema, known, depth),
        SchemaRef::Component { name, .. } => name,
    };
    let Some((name, component)) = known.components.get_key_value(name) else { return false };
    if let Some(is_nullable) = known.nullable.get(&(name.as_str(), depth)) {
        return *is_nullable;
    }
    let is_nullable = is_nullable(component, known, depth);
    known.nullable.insert((name, depth), is_nullable);
    is_nullable
}

fn is_nullable(schema: &Schema, known: &mut MergedComponents<'_>, depth: usize) -> bool {
    let is_union = schema.kind.is_none() && depth > 0;
    let mut alternatives = schema.one_of.iter().chain(&schema.any_of);
    schema.nullable
        || (is_union && alternatives.any(|alternative| is_alternative_nullable(alternative, known, depth - 1)))
}

/// Returns whether null is the only value in the `enum` of a schema.
fn is_only_null(schema: &Schema) -> bool {
    schema
        .enum_values
        .as_ref()
        .is_some_and(|values| !values.is_empty() && values.iter().all(serde_json::Value::is_null))
}

/// Moves the alternatives of a schema under `allOf` if one of them requires a name that `properties` does not contain. The struct
/// of the schema has no field for this name, so a validation rule of the struct cannot check the alternatives. All alternatives
/// contain only `required`. A schema with neither `properties` nor `allOf` is not changed.
fn separate_required_alternatives(schema: &mut Schema) {
    let names = |alternative: &SchemaRef| match alternative {
        SchemaRef::Inline(alternative) => alternative.required.clone(),
        SchemaRef::Component { .. } => Vec::new(),
    };
    let is_described = |name: &String| schema.properties.contains_key(name);
    let is_plain = schema.properties.is_empty() && schema.all_of.is_empty();
    if !is_plain && !alternatives(schema).iter().flat_map(names).all(|name| is_described(&name)) {
        move_alternatives_under_all_of(schema);
    }
}

/// Returns whether a schema constrains values only by its alternatives, `type` and `nullable`.
pub(super) fn has_only_alternatives(schema: &Schema) -> bool {
    let rest = without_alternatives(schema);
    is_unconstrained(&rest) && rest.all_of.is_empty()
}

pub(super) fn move_alternatives_under_all_of(schema: &mut Schema) {
    let (one_of, any_of) = (std::mem::take(&mut schema.one_of), std::mem::take(&mut schema.any_of));
    let pointer = schema.pointer.join(if one_of.is_empty() { "anyOf" } else { "oneOf" });
    schema.all_of.push(SchemaRef::Inline(Box::new(Schema { pointer, one_of, any_of, ..Schema::default() })));
}

/// Returns the number of directly nested unions around the schema at `pointer`: 2 for `/a/oneOf/0/anyOf/1`.
fn union_depth(pointer: &Pointer) -> usize {
    let tokens: Vec<&str> = pointer.as_str().rsplit('/').collect();
    tokens.chunks(2).take_while(|pair| matches!(pair, [_, "oneOf" | "anyOf"])).count()
}

/// Merges the keywords next to `oneOf` or `anyOf` into each alternative.
fn complete_alternatives(schema: &mut Schema, known: &mut MergedComponents<'_>) {
    let rest = without_alternatives(schema);
    let mut alternative_type = |alternative: &SchemaRef| match alternative {
        SchemaRef::Inline(schema) => schema.kind,
        SchemaRef::Component { name, .. } => known.component_type(name),
    };
    let has_type = |alternative: &SchemaRef| schema.kind.is_none() || alternative_type(alternative) == schema.kind;
    if has_only_alternatives(schema) && alternatives(schema).iter().all(has_type) {
        schema.kind = None;
        return;
    }
    let pointer = schema.pointer.join(if schema.one_of.is_empty() { "anyOf" } else { "oneOf" });
    let (keywords_2020, outer) = split_unevaluated(rest.keywords_2020.clone());
    let base = Schema {
        keywords_2020,
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
    let mut complete = |(index, alternative): (usize, &SchemaRef)| {
        let (title, description) = match alternative {
            SchemaRef::Component { name, .. } => (Some(name.clone()), None),
            SchemaRef::Inline(schema) => (schema.title.clone(), schema.description.clone()),
        };
        let all_of = vec![SchemaRef::Inline(Box::new(base.clone())), alternative.clone()];
        let keywords_2020 = outer.clone();
        let pointer = pointer.join(index);
        let together = Schema { pointer, title, description, all_of, keywords_2020, ..Schema::default() };
        SchemaRef::Inline(Box::new(merged(&together, known)))
    };
    let mut complete_all = |alternatives: &[SchemaRef]| alternatives.iter().enumerate().map(&mut complete).collect();
    *schema =
        Schema { one_of: complete_all(&schema.one_of), any_of: complete_all(&schema.any_of), ..annotations(schema) };
}
