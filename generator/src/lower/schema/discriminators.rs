//! Finds the discriminator of a union, and the discriminator values that select each alternative. If the document declares no
//! discriminator, one is inferred from the alternatives.

use std::borrow::Cow;
use std::collections::HashMap;

use copperplate_runtime::runtime::decoding::buffered_part::scalar_text;
use serde_json::Value;

use crate::ir;
use crate::lower::analysis::predicates::{alternatives, has_alternatives, has_only_all_of};
use crate::lower::normalize::subtypes;
use crate::lower::state::Lowering;
use crate::resolve::document::{Discriminator, Schema, SchemaRef};

/// For each alternative of a union, in order: the discriminator values that select the alternative.
pub(crate) type DiscriminatorValues = Vec<Vec<String>>;

/// Returns the text of a value of the discriminator. Returns `None` if the value cannot be one.
type TextOf = fn(&Value) -> Option<Cow<'_, str>>;

impl Lowering<'_> {
    /// Returns the discriminator of a union, and the values that select each alternative. If the document declares no
    /// discriminator, infers one.
    pub(crate) fn discriminator(
        &self,
        schema: &Schema,
        alternatives: &[SchemaRef],
    ) -> Option<(ir::Discriminator, DiscriminatorValues)> {
        match &schema.discriminator {
            Some(discriminator) => self.declared_discriminator(discriminator, alternatives),
            None => self.inferred_discriminator(alternatives),
        }
    }

    /// Returns a discriminator that the document declares, and the values that select each alternative. These values come from
    /// `mapping`, otherwise from the `enum` of the discriminator property, otherwise from the component name of the alternative.
    /// The keys of `mapping` are strings, so a number or boolean is compared as its text.
    fn declared_discriminator(
        &self,
        discriminator: &Discriminator,
        alternatives: &[SchemaRef],
    ) -> Option<(ir::Discriminator, DiscriminatorValues)> {
        let property = &discriminator.property_name;
        // A subtype may inherit the `enum` of the discriminator property from its base schema. The values of an inherited `enum`
        // do not select the subtype, because other subtypes inherit the same values.
        let base = alternatives.iter().find(|alternative| subtypes::is_base(alternative));
        let inherited = base.and_then(|base| self.listed_values(base, property, scalar_text));
        let mapped_values = mapped_values(discriminator);
        let mut closed = true;
        let mut values: DiscriminatorValues = Vec::new();
        for alternative in alternatives {
            if subtypes::is_base(alternative) {
                // The base schema accepts every discriminator value that selects no subtype.
                values.push(Vec::new());
                closed = false;
                continue;
            }
            let component = self.component_of(alternative);
            let default = discriminator.default_mapping.as_ref().zip(component);
            if default.is_some_and(|(target, name)| {
                target == name || Discriminator::referenced_name(target).as_ref() == Some(name)
            }) {
                // Every value that selects no other alternative selects this one.
                values.push(Vec::new());
                closed = false;
                continue;
            }
            let mapped = component.and_then(|component| mapped_values.get(component.as_str()));
            let mapped: Vec<String> = mapped.into_iter().flatten().map(|value| (*value).clone()).collect();
            let listed = self.listed_values(alternative, property, scalar_text);
            closed &= !mapped.is_empty() || listed.is_some();
            values.push(match (mapped.is_empty(), listed, component) {
                (false, ..) => mapped,
                (true, Some(listed), _) if Some(&listed) == inherited.as_ref() => Vec::new(),
                (true, Some(listed), _) => listed,
                (true, None, Some(component)) => vec![component.clone()],
                (true, None, None) => Vec::new(),
            });
        }
        values.iter_mut().for_each(|values| values.sort());
        closed &= remove_shared(&mut values);
        let selects_any = values.iter().any(|values| !values.is_empty());
        selects_any.then(|| (ir::Discriminator { property: property.clone(), closed }, values))
    }

    /// Returns the name of the component behind an alternative. The alternative is a reference to the component, a wrapper such
    /// as `allOf: [A]`, or the result of merging the component with another schema.
    fn component_of<'s>(&self, alternative: &'s SchemaRef) -> Option<&'s String> {
        match alternative {
            SchemaRef::Component { name, .. } => Some(name),
            SchemaRef::Inline(schema) => match schema.all_of.as_slice() {
                [SchemaRef::Component { name, .. }] => Some(name),
                // If normalization merged a component with another schema, the title is the name of the component.
                _ => schema.title.as_ref().filter(|title| self.document.schemas.contains_key(*title)),
            },
        }
    }

    /// Infers the discriminator: a property that every alternative requires and restricts with an `enum` of strings. No value may be in the
    /// `enum` of two alternatives.
    fn inferred_discriminator(&self, alternatives: &[SchemaRef]) -> Option<(ir::Discriminator, DiscriminatorValues)> {
        let mut required: Vec<&String> = self.unwrapped(alternatives.first()?).required.iter().collect();
        required.sort();
        required.into_iter().find_map(|property| {
            let requires = |alternative: &SchemaRef| self.unwrapped(alternative).required.contains(property);
            let mut values: DiscriminatorValues = Vec::new();
            for alternative in alternatives {
                let listed = self.listed_values(alternative, property, |value| value.as_str().map(Cow::Borrowed));
                values.push(listed.filter(|_| requires(alternative))?);
            }
            values.iter_mut().for_each(|values| values.sort());
            remove_shared(&mut values).then(|| (ir::Discriminator { property: property.clone(), closed: true }, values))
        })
    }

    /// Returns the texts of the values in the `enum` of a property of `schema`. If `schema` is a union, returns the texts of the
    /// values in the `enum` of this property in all alternatives. Values for which `text` returns `None` are omitted.
    fn listed_values(&self, schema: &SchemaRef, property: &str, text: TextOf) -> Option<Vec<String>> {
        let schema = self.unwrapped(schema);
        let alternatives = alternatives(schema);
        if !alternatives.is_empty() {
            // Unions inside these alternatives are not searched.
            let of_each: Option<Vec<_>> = alternatives
                .iter()
                .map(|alternative| self.property_texts(self.unwrapped(alternative), property, text))
                .collect();
            return Some(of_each?.concat());
        }
        self.property_texts(schema, property, text).filter(|texts| !texts.is_empty())
    }

    fn property_texts(&self, schema: &Schema, property: &str, text: TextOf) -> Option<Vec<String>> {
        let values = self.unwrapped(schema.properties.get(property)?).enum_values.as_ref()?;
        Some(values.iter().filter_map(text).map(Cow::into_owned).collect())
    }

    /// Follows references and wrappers such as `allOf: [A]`. Returns the first schema that is neither a reference nor a wrapper.
    pub(crate) fn unwrapped<'s>(&'s self, schema: &'s SchemaRef) -> &'s Schema {
        let mut schema = schema;
        loop {
            let found = match schema {
                SchemaRef::Inline(schema) => schema,
                SchemaRef::Component { name, .. } => &self.document.schemas[name],
            };
            match found.all_of.as_slice() {
                [only] if has_only_all_of(found) => schema = only,
                _ => return found,
            }
        }
    }

    /// Returns whether a schema describes a property under `properties`. A union also describes the property if each of its
    /// alternatives describes it.
    pub(crate) fn describes(&self, schema: &Schema, property: &str) -> bool {
        let mut alternatives = schema.one_of.iter().chain(&schema.any_of);
        schema.properties.contains_key(property)
            || has_alternatives(schema)
                && alternatives.all(|schema| self.unwrapped(schema).properties.contains_key(property))
    }
}

/// Removes the discriminator values that select more than one alternative. Returns true if there were no such values.
fn remove_shared(values: &mut DiscriminatorValues) -> bool {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for value in values.iter().flatten() {
        *uses.entry(value.clone()).or_default() += 1;
    }
    let count = |values: &DiscriminatorValues| values.iter().map(Vec::len).sum::<usize>();
    let before = count(values);
    values.iter_mut().for_each(|values| values.retain(|value| uses.get(value) == Some(&1)));
    before == count(values)
}

/// Returns the keys of `mapping` that lead to each component. A target of `mapping` is a name such as `Cat` or a reference such as
/// `#/components/schemas/Cat`.
fn mapped_values(discriminator: &Discriminator) -> HashMap<Cow<'_, str>, Vec<&String>> {
    let mut values: HashMap<Cow<'_, str>, Vec<&String>> = HashMap::new();
    for (value, target) in &discriminator.mapping {
        if let Some(name) = Discriminator::referenced_name(target).filter(|name| name != target) {
            values.entry(Cow::Owned(name)).or_default().push(value);
        }
        values.entry(Cow::Borrowed(target)).or_default().push(value);
    }
    values
}
