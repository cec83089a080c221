//! Rewrites the schemas of a document so that each schema can become one Rust type. The members of `allOf` are merged into one
//! schema. The keywords next to `oneOf` or `anyOf` are merged into each alternative.

pub(crate) mod all_of;
pub(crate) mod conjunction;
mod conjunction_2020;
pub(crate) mod inheritance;
pub(crate) mod keyword_origins;
pub(crate) mod operation_schemas;
pub(crate) mod subtypes;
mod unevaluated;
pub(crate) mod unions;
pub(crate) mod wide_examples;

use crate::lower::normalize::all_of::{MergedComponents, is_wrapper, merged};
use crate::lower::normalize::operation_schemas::operation_schemas;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema, SchemaRef};

/// Merges the members of `allOf`, and the keywords next to `oneOf` and `anyOf`, in all schemas of the document.
pub(super) fn normalize(mut document: Document) -> Document {
    wide_examples::note_wide_examples(&mut document);
    let components = &document.schemas.clone();
    subtypes::turn_parents_into_unions(&mut document.schemas, components);
    let known = &mut MergedComponents::new(components);
    document.schemas.values_mut().for_each(|schema| merge_recursively(schema, known, &mut Enclosing::default()));
    let of_webhooks = document.webhooks.iter_mut().flat_map(|webhook| webhook.schemas_mut());
    for schema in document.operations.iter_mut().flat_map(operation_schemas).chain(of_webhooks) {
        if let SchemaRef::Inline(schema) = schema {
            merge_recursively(schema, known, &mut Enclosing::default());
        }
    }
    document
}

/// The maximum nesting depth of conjunctions. A conjunction is an `allOf` that a merge creates: if both merged schemas describe
/// the same property, or both have `items`, the merged schema has an `allOf` of the two subschemas.
const MAX_NESTED_CONJUNCTIONS: usize = 8;

/// The maximum number of merged schemas that enclose a schema. A merge can copy a recursive component into itself, without end, by
/// way of schemas that are never equal. No published document has as many merged schemas within each other.
const MAX_NESTED_MERGES: usize = 24;

/// What encloses the schema that is being merged, from the outermost to the innermost.
#[derive(Default)]
struct Enclosing {
    /// The `allOf` members of each conjunction.
    conjunctions: Vec<Vec<SchemaRef>>,
    /// The JSON Pointers of the alternatives of each union with keywords next to it.
    unions: Vec<Vec<Pointer>>,
    /// The schemas that were merged, see [`place`].
    merged: Vec<Place>,
}

/// The JSON Pointer of a schema, and [`Schema::derived_from`]. Schemas with equal places are copies of one schema of the document.
type Place = (Pointer, Option<Pointer>);

fn place(schema: &Schema) -> Place {
    (schema.pointer.clone(), schema.derived_from.clone())
}

/// Merges `allOf` in `schema` and in all its inline subschemas.
///
/// A conjunction is the `allOf` that a merge creates for two schemas of the same property, or for two schemas of `items`. If the
/// merged components are recursive, merging a conjunction can create an equal conjunction inside it, without end. A conjunction
/// is therefore not merged if an equal conjunction encloses it, if it is nested deeper than [`MAX_NESTED_CONJUNCTIONS`], or if
/// [`MergedComponents::may_merge`] does not allow it.
///
/// A schema that merges the component around it becomes a copy of the component, with a copy of the schema. This copy has the type
/// of the schema around it, so that its subschemas are not merged again. No schema is merged if [`MAX_NESTED_MERGES`] merged
/// schemas enclose it, or if a merged schema encloses it and [`MergedComponents::may_merge`] does not allow it.
///
/// An alternative of a union with keywords next to it is merged with these keywords, so that a component becomes inline. If the
/// component contains the union, the alternatives of the inner copy are moved under `allOf`, and not merged again.
fn merge_recursively(schema: &mut Schema, known: &mut MergedComponents<'_>, enclosing: &mut Enclosing) {
    let is_wrapper = is_wrapper(schema, known);
    let is_conjunction = schema.derived_from.is_some() && schema.all_of.len() > 1;
    let is_endless = is_conjunction
        && (enclosing.conjunctions.len() >= MAX_NESTED_CONJUNCTIONS
            || enclosing.conjunctions.contains(&schema.all_of)
            || !known.may_merge(schema));
    if is_endless {
        return;
    }
    let depth = (enclosing.conjunctions.len(), enclosing.unions.len(), enclosing.merged.len());
    let is_merged = !schema.all_of.is_empty() && !is_wrapper;
    let mut is_deep = enclosing.merged.len() >= MAX_NESTED_MERGES
        || (is_merged && !is_conjunction && !enclosing.merged.is_empty() && !known.may_merge(schema));
    if is_merged && !is_deep && enclosing.merged.contains(&place(schema)) {
        *schema = merged(schema, known);
        return;
    }
    if is_conjunction {
        enclosing.conjunctions.push(schema.all_of.clone());
    }
    if is_merged && !is_deep {
        *schema = merged(schema, known);
        enclosing.merged.push(place(schema));
    }
    // Afterwards, `anyOf` counts as a keyword next to `oneOf`.
    unions::separate_any_of(schema);
    unevaluated::simplify(schema, known);
    let alternatives: Vec<Pointer> =
        schema.one_of.iter().chain(&schema.any_of).map(|alternative| alternative.pointer().clone()).collect();
    let is_completed = !alternatives.is_empty() && (schema.kind.is_some() || !unions::has_only_alternatives(schema));
    is_deep |= is_completed && depth.2 > 0 && !known.may_merge(schema);
    if is_completed && (is_deep || enclosing.unions.contains(&alternatives)) {
        unions::move_alternatives_under_all_of(schema);
    } else {
        unions::normalize_union(schema, known);
    }
    if is_completed {
        enclosing.unions.push(alternatives);
        enclosing.merged.push(place(schema));
    }
    for subschema in schema.subschemas_mut() {
        if let SchemaRef::Inline(subschema) = subschema {
            merge_recursively(subschema, known, enclosing);
        }
    }
    enclosing.conjunctions.truncate(depth.0);
    enclosing.unions.truncate(depth.1);
    enclosing.merged.truncate(depth.2);
}

#[cfg(test)]
mod tests {
    use crate::ir::Api;
    use crate::pipeline::lowered_schemas;

    fn names(api: &Api) -> Vec<&str> {
        api.emitted_types.iter().map(|id| api.types[id.0].name.as_str()).collect()
    }

    /// Components A and B are recursive through their common property `x`, so merging them creates an `allOf` of A and B for
    /// `x`. Inside this `allOf`, A and B are merged again, so merging would not end without a check.
    #[test]
    fn merging_recursive_components_with_a_common_property_ends() {
        let text = "
    A: { type: object, properties: { x: { $ref: '#/components/schemas/A' }, y: { type: string } } }
    B: { type: object, properties: { x: { $ref: '#/components/schemas/B' }, z: { type: string } } }
    C: { allOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }] }
";
        let api = lowered_schemas("3.0.3", text);
        let names = names(&api);
        assert!(["A", "B", "C"].iter().all(|name| names.contains(name)), "{names:?}");
        assert!(!api.schema_tables.is_empty(), "what is not merged is validated by a table");
    }

    /// Two properties extend the component around them. Each becomes a copy of the component, in which both properties occur again.
    #[test]
    fn copies_of_a_component_in_its_own_properties_share_their_types() {
        let text = "
    Dog:
      type: object
      properties:
        name: { type: string }
        mother: { allOf: [{ $ref: '#/components/schemas/Dog' }, { type: object, required: [name] }] }
        father: { allOf: [{ $ref: '#/components/schemas/Dog' }, { type: object, required: [father] }] }
";
        let api = lowered_schemas("3.0.3", text);
        let names = names(&api);
        assert_eq!(names, ["Dog", "Mother", "Father"]);
    }

    /// Each component is extended in two properties of the component before it. Without a limit, the number of copies would double
    /// with each of the 30 components.
    #[test]
    fn the_number_of_copies_is_limited() {
        let mut text = String::from("    C30: { type: object }\n");
        for level in 0..30 {
            let next = format!("$ref: '#/components/schemas/C{}'", level + 1);
            let extended = format!("{{ allOf: [{{ {next} }}, {{ required: [z] }}] }}");
            text += &format!("    C{level}: {{ type: object, properties: {{ p: {extended}, q: {extended} }} }}\n");
        }
        let api = lowered_schemas("3.0.3", &text);
        assert!((31..5_000).contains(&api.emitted_types.len()), "{} types", api.emitted_types.len());
    }

    /// The union has a keyword next to it, and one of its alternatives contains the union.
    #[test]
    fn merging_a_recursive_union_with_keywords_ends() {
        for keywords in ["minProperties: 1", "required: [c]", "properties: { c: { type: string } }"] {
            let text = format!(
                "
    P:
      type: object
      properties:
        a: {{ type: object, {keywords}, oneOf: [{{ $ref: '#/components/schemas/P' }}, {{ type: object, required: [b] }}] }}
    Q:
      type: object
      properties:
        a: {{ type: array, items: {{ type: object, {keywords}, anyOf: [{{ $ref: '#/components/schemas/Q' }}] }} }}
"
            );
            let api = lowered_schemas("3.0.3", &text);
            assert!(api.types.iter().any(|definition| definition.name == "P"), "{keywords}");
        }
    }

    /// A schema has `oneOf` and `anyOf`, and no other keyword. One of the alternatives contains the schema.
    #[test]
    fn merging_two_recursive_unions_of_one_schema_ends() {
        for unions in [
            "oneOf: [{ $ref: '#/components/schemas/P' }], anyOf: [{ required: [b] }, { required: [c] }]",
            "oneOf: [{ $ref: '#/components/schemas/P' }, { required: [z] }], anyOf: [{ required: [b] }, { type: object }]",
            "oneOf: [{ required: [z] }], anyOf: [{ $ref: '#/components/schemas/P' }, { type: object }]",
        ] {
            let text = format!(
                "
    P: {{ type: object, properties: {{ a: {{ {unions} }} }} }}
"
            );
            let api = lowered_schemas("3.0.3", &text);
            assert!(api.types.iter().any(|definition| definition.name == "P"), "{unions}");
        }
    }

    /// Each component inherits from both components of the level below. Without a cache, the work would double at each of the 30
    /// levels.
    #[test]
    fn components_with_two_parents_are_merged_once() {
        let mut text = String::from(
            "    C0: { type: object, \
             properties: { x: { type: string } } }\n    D0: { type: object, properties: { y: { type: string } } }\n",
        );
        for level in 1..30 {
            let below = level - 1;
            for name in ["C", "D"] {
                text += &format!(
                    "    {name}{level}: {{ allOf: [{{ $ref: '#/components/schemas/C{below}' }}, {{ $ref: \
                     '#/components/schemas/D{below}' }}] }}\n"
                );
            }
        }
        let api = lowered_schemas("3.0.3", &text);
        let last = api.types.iter().find(|definition| definition.name == "C29").expect("the type");
        assert!(matches!(&last.kind, crate::ir::TypeKind::Struct(structure) if structure.fields.len() == 2));
    }
}
