//! Compares values with rows of a page: types, the rules that descriptions state, and the properties of objects.

use crate::finding::{Code, Focus};
use crate::page::fact::{Field, Rule, Stated, TypeName};
use crate::page::vocabulary::TypeWord;
use crate::proof::comparison::Comparison;
use crate::proof::difference::PagePlace;
use crate::proof::pairing::pair;
use crate::proof::property::{self, Owner, Property, effective, innermost, rule, value_schema};
use crate::proof::wording::{EXTRA, MISSING, requirement};
use crate::proof::{bounds, source};
use crate::resolve::document::{Schema, SchemaRef, SchemaType};

/// The deepest nesting of objects that is compared.
const MOST_DEPTH: usize = 24;

/// Compares a row of a page with a schema.
pub(crate) fn compare(field: &Field, schema: &SchemaRef, owner: &Owner<'_>, comparison: &mut Comparison<'_>) {
    compare_at_depth(field, schema, (owner, 0), comparison);
}

/// Does the same as [`compare`] within objects.
pub(crate) fn compare_at_depth(
    field: &Field,
    schema: &SchemaRef,
    (owner, depth): (&Owner<'_>, usize),
    comparison: &mut Comparison<'_>,
) {
    if depth > MOST_DEPTH {
        return;
    }
    let document = comparison.document;
    let Some(outer) = effective(schema, document) else { return };
    let stated = field.kind.as_ref();
    if let Some(kind) = stated {
        comparison.settle(kind.fact);
    }
    let repeats = owner.repeats || rule(field, |rule| (*rule == Rule::Repeated).then_some(())).is_some();
    let implied = implied(field, repeats);
    let name = stated.map_or(&implied, |kind| &kind.value);
    let place = stated.map_or_else(|| PagePlace::beside(&field.name, "the page states no type"), PagePlace::of);
    let matches = types(name, outer, &place, comparison);
    let inner = innermost(outer, name, document);
    bounds::compare(field, outer, inner, owner, comparison);
    if matches && !field.is_recursive {
        compare_properties(&field.fields, value_schema(inner, name, document), (&place, depth + 1), comparison);
    }
    let inner = Some(inner).filter(|inner| inner.pointer != outer.pointer);
    for schema in [Some(outer), inner].into_iter().flatten().filter(|schema| schema.nullable) {
        let message = format!("`{}` may be null in the document; the page does not state that.", field.name.value);
        let at = (&schema.pointer.join("nullable"), Focus::Key);
        comparison.report(
            Code::NotOnPage,
            at,
            PagePlace::beside(&field.name, "the page describes it here"),
            message,
            EXTRA,
        );
    }
}

/// Returns the type of a value whose row has none.
fn implied(field: &Field, repeats: bool) -> TypeName {
    let one = field.implied_type();
    match repeats {
        true => TypeName { base: TypeWord::Array, inner: Some(Box::new(one)), object: None, link: None },
        false => one,
    }
}

/// Compares types. Returns whether they are the same.
fn types(name: &TypeName, schema: &Schema, place: &PagePlace, comparison: &mut Comparison<'_>) -> bool {
    let document = comparison.document;
    let is_union = !schema.one_of.is_empty() || !schema.any_of.is_empty();
    if name.base == TypeWord::Any || is_union {
        return true;
    }
    let kind =
        schema.kind.or((!schema.properties.is_empty() || !schema.all_of.is_empty()).then_some(SchemaType::Object));
    if kind != schema_type(name.base) {
        let (here, there) = (word(kind), word(schema_type(name.base)));
        let message = format!("The type is {here} in the document, and {there} on the page.");
        let at = (&schema.pointer, Focus::Member("type"));
        let remedy = "Write the type of the page.";
        comparison.report(Code::TypeDiffers, at, place.clone(), message, remedy);
        return false;
    }
    match (name.base, &name.inner, &schema.items) {
        (TypeWord::Array, Some(inner), Some(items)) => {
            effective(items, document).is_none_or(|items| types(inner, items, place, comparison))
        }
        _ => true,
    }
}

fn schema_type(base: TypeWord) -> Option<SchemaType> {
    match base {
        TypeWord::String => Some(SchemaType::String),
        TypeWord::Integer | TypeWord::Long => Some(SchemaType::Integer),
        TypeWord::Number => Some(SchemaType::Number),
        TypeWord::Boolean => Some(SchemaType::Boolean),
        TypeWord::Array => Some(SchemaType::Array),
        TypeWord::Object => Some(SchemaType::Object),
        TypeWord::Any => None,
    }
}

fn word(kind: Option<SchemaType>) -> &'static str {
    kind.map_or("not stated", SchemaType::quoted)
}

/// Compares the properties of an object with the rows of a table. `beside` is the place of the object in the page.
pub(crate) fn compare_properties(
    fields: &[Field],
    schema: &Schema,
    (beside, depth): (&PagePlace, usize),
    comparison: &mut Comparison<'_>,
) {
    let document = comparison.document;
    source::compare_schema(schema, fields, comparison);
    let properties = property::properties(schema, document, 0);
    let names: Vec<String> = fields.iter().map(|field| field.name.value.clone()).collect();
    let declared: Vec<String> = properties.keys().map(|name| (*name).to_owned()).collect();
    let pairs = pair(&names, &declared, &[], &mut comparison.proof.budget);
    for (field, property) in pairs.same.iter().chain(&pairs.renamed) {
        if let (Some(field), Some((name, property))) = (fields.get(*field), properties.get_index(*property)) {
            one_property(field, name, property, depth, comparison);
        }
    }
    for index in pairs.missing {
        let Some(field) = fields.get(index) else { continue };
        comparison.settle(field.name.fact);
        let message = format!("The document has no property `{}`.", field.name.value);
        let at = (&schema.pointer, Focus::Key);
        comparison.report(Code::MissingInDocument, at, PagePlace::of(&field.name), message, MISSING);
    }
    for index in pairs.extra {
        let Some((name, property)) = properties.get_index(index) else { continue };
        let message = format!("The page has no property `{name}`.");
        let place = fields
            .last()
            .map_or_else(|| beside.clone(), |field| PagePlace::beside(&field.name, "the last property on the page"));
        comparison.report(Code::NotOnPage, (&property.pointer, Focus::Key), place, message, EXTRA);
    }
}

fn one_property(field: &Field, name: &str, property: &Property<'_>, depth: usize, comparison: &mut Comparison<'_>) {
    comparison.at = property.pointer.clone();
    comparison.settle(field.name.fact);
    if field.name.value != name {
        let message = format!("The name is `{name}` in the document, and `{}` on the page.", field.name.value);
        let remedy = "Write the name as the page prints it.";
        let at = (&property.pointer, Focus::Key);
        comparison.report(Code::NameDiffers, at, PagePlace::of(&field.name), message, remedy);
    }
    required(field, name, property, comparison);
    let schema = comparison.document.resolved(property.schema);
    let description = schema.and_then(|schema| schema.description.as_deref());
    let owner = Owner { pointer: &property.pointer, description, examples: &[], repeats: false };
    compare_at_depth(field, property.schema, (&owner, depth), comparison);
}

fn required(field: &Field, name: &str, property: &Property<'_>, comparison: &mut Comparison<'_>) {
    let at = (&property.required, Focus::Key);
    let remedy = "Write `required` as the page states it.";
    match &field.mandatory {
        Some(mandatory) => {
            comparison.settle(mandatory.fact);
            if mandatory.value != property.is_required {
                let (here, there) = (requirement(property.is_required), requirement(mandatory.value));
                let message = format!("`{name}` is {here} in the document, and {there} on the page.");
                comparison.report(Code::RequiredDiffers, at, PagePlace::of(mandatory), message, remedy);
            }
        }
        None if property.is_required => {
            let message = format!("`{name}` is required in the document; the page does not state that.");
            let place: &Stated<String> = &field.name;
            let place = PagePlace::beside(place, "the page describes it here");
            comparison.report(Code::RequiredDiffers, at, place, message, EXTRA);
        }
        None => {}
    }
}
