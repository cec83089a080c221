//! Unions: an enum with a variant for each alternative, and how the alternatives are told apart.

use std::collections::HashMap;

use crate::ir::{self, Union, UnionKeyword, UnionVariant};
use crate::lower::naming::identifiers;
use crate::lower::naming::inline_schemas::Context;
use crate::lower::schema::disjoint::are_apart;
use crate::lower::schema::says_nothing_beside_all_of;
use crate::lower::schema::{canonical, unions};
use crate::lower::{Lowering, docs};
use crate::pointer::Pointer;
use crate::resolve::document::{Discriminator, Schema, SchemaRef, SchemaType};

/// For each alternative the values of the discriminator that name it.
type Tags = Vec<Vec<String>>;

impl<'d> Lowering<'d> {
    /// The union that a schema with alternatives is; `None` where one of them is refused.
    pub(crate) fn union(&mut self, schema: &'d Schema, context: &Context) -> Option<Union> {
        let (keyword, alternatives) = match schema.one_of.is_empty() {
            true => (UnionKeyword::AnyOf, &schema.any_of),
            false => (UnionKeyword::OneOf, &schema.one_of),
        };
        let told_apart = self.told_apart(schema, alternatives);
        let (tag, tags) =
            told_apart.map_or_else(|| (None, vec![Vec::new(); alternatives.len()]), |(tag, tags)| (Some(tag), tags));
        let untagged = tags.iter().filter(|tags| tags.is_empty()).count();
        let is_exact = keyword == UnionKeyword::OneOf && (tag.is_none() || untagged > 1);
        let overlapping = is_exact && self.overlap(alternatives);
        let hints = self.hints(alternatives, &tags);
        let variants = variants(alternatives, &hints);
        let mut lowered = Vec::new();
        for (index, (alternative, tags)) in alternatives.iter().zip(tags).enumerate() {
            let (hint, variant) = (&hints[index], variants[index].clone());
            let place = format!("/{}/{index}", keyword.as_str());
            let mut value = self.part_value(alternative, &context.part(hint), schema, &place)?;
            value.nullable = false;
            self.name_patterns(&value.rules, hint);
            let described = self.described(alternative);
            let docs = docs::schema(described);
            let docs = if docs.is_empty() { vec![format!("The alternative {hint}.")] } else { docs };
            let describes_tag = tag.as_ref().is_none_or(|tag| self.describes(self.behind(alternative), &tag.property));
            lowered.push(UnionVariant {
                name: variant,
                docs,
                value,
                discriminator_values: tags,
                describes_discriminator: describes_tag,
            });
        }
        Some(Union { keyword, discriminator: tag, overlapping, variants: lowered })
    }

    /// What each alternative is called: where several would be called the same, what tells them apart is said too.
    fn hints(&self, alternatives: &[SchemaRef], tags: &Tags) -> Vec<String> {
        let plain: Vec<String> =
            alternatives.iter().zip(tags).map(|(alternative, tags)| self.hint(alternative, tags)).collect();
        let full = |index: usize| match self.detail(&alternatives[index]) {
            Some(detail) => format!("{} {detail}", plain[index]),
            None => plain[index].clone(),
        };
        let hint = |index: usize| {
            let mut alike =
                (0..plain.len()).filter(|other| *other != index && plain[*other] == plain[index]).peekable();
            let has_alike = alike.peek().is_some();
            if has_alike && alike.all(|other| full(other) != full(index)) { full(index) } else { plain[index].clone() }
        };
        (0..plain.len()).map(hint).collect()
    }

    /// What tells an alternative without a name from others of its type: its format, or what its items are.
    fn detail(&self, alternative: &SchemaRef) -> Option<String> {
        let SchemaRef::Inline(schema) = alternative else { return None };
        let items = schema.items.as_ref().map(|items| self.hint(items, &[]));
        schema.format.clone().or(items)
    }

    fn overlap(&self, alternatives: &[SchemaRef]) -> bool {
        let components = &self.document.schemas;
        let mut pairs = alternatives
            .iter()
            .enumerate()
            .flat_map(|(index, left)| alternatives[index + 1..].iter().map(move |right| (left, right)));
        pairs.any(|(left, right)| !are_apart(left, right, components))
    }

    /// What an alternative is called: as its component, its title, what the discriminator calls it, or its type.
    fn hint(&self, alternative: &SchemaRef, tags: &[String]) -> String {
        let schema = match alternative {
            SchemaRef::Component { name, .. } => return name.clone(),
            SchemaRef::Inline(schema) => schema,
        };
        if let [SchemaRef::Component { name, .. }] = schema.all_of.as_slice() {
            return name.clone();
        }
        let only_value = schema.enum_values.as_deref().and_then(|values| match values {
            [only] => only.as_str().map(str::to_owned),
            _ => None,
        });
        let named = schema.title.clone().or_else(|| tags.first().cloned()).or(only_value);
        if let Some(name) = named.filter(|name| name.chars().any(char::is_alphanumeric)) {
            return name;
        }
        match schema.kind {
            Some(SchemaType::String) if schema.enum_values.is_some() => "Enum",
            Some(SchemaType::String) => "String",
            Some(SchemaType::Number) => "Number",
            Some(SchemaType::Integer) => "Integer",
            Some(SchemaType::Boolean) => "Boolean",
            Some(SchemaType::Array) => "List",
            Some(SchemaType::Object) => "Object",
            None if !schema.properties.is_empty() => "Object",
            None => "Value",
        }
        .to_owned()
    }

    /// The discriminator that the document names, or else a member that names the alternatives all the same.
    fn told_apart(&self, schema: &Schema, alternatives: &[SchemaRef]) -> Option<(ir::Discriminator, Tags)> {
        match &schema.discriminator {
            Some(discriminator) => self.named(discriminator, alternatives),
            None => self.inferred(alternatives),
        }
    }

    fn named(&self, discriminator: &Discriminator, alternatives: &[SchemaRef]) -> Option<(ir::Discriminator, Tags)> {
        let property = &discriminator.property_name;
        // What a subtype has from its base names no subtype.
        let base = alternatives.iter().find(|alternative| unions::is_base(alternative));
        let of_base = base.and_then(|base| self.tag_values(base, property));
        let mut closed = true;
        let mut tags: Tags = Vec::new();
        for alternative in alternatives {
            if unions::is_base(alternative) {
                // It takes what names no subtype.
                tags.push(Vec::new());
                closed = false;
                continue;
            }
            let component = match alternative {
                SchemaRef::Component { name, .. } => Some(name),
                SchemaRef::Inline(schema) => match schema.all_of.as_slice() {
                    [SchemaRef::Component { name, .. }] => Some(name),
                    // A component that has taken up what stands beside the alternatives keeps its name as its title.
                    _ => schema.title.as_ref().filter(|title| self.document.schemas.contains_key(*title)),
                },
            };
            let leads_here = |target: &&String| component.is_some_and(|component| leads_to(target, component));
            let mapped = discriminator.mapping.iter().filter(|(_, target)| leads_here(target));
            let mapped: Vec<String> = mapped.map(|(value, _)| value.clone()).collect();
            let own = self.tag_values(alternative, property);
            closed &= !mapped.is_empty() || own.is_some();
            tags.push(match (mapped.is_empty(), own, component) {
                (false, ..) => mapped,
                (true, Some(own), _) if Some(&own) == of_base.as_ref() => Vec::new(),
                (true, Some(own), _) => own,
                (true, None, Some(component)) => vec![component.clone()],
                (true, None, None) => Vec::new(),
            });
        }
        tags.iter_mut().for_each(|tags| tags.sort());
        closed &= drop_shared(&mut tags);
        let names_any = tags.iter().any(|tags| !tags.is_empty());
        names_any.then(|| (ir::Discriminator { property: property.clone(), closed }, tags))
    }

    /// A member that every alternative requires, each with values of its own.
    fn inferred(&self, alternatives: &[SchemaRef]) -> Option<(ir::Discriminator, Tags)> {
        let mut required: Vec<&String> = self.behind(alternatives.first()?).required.iter().collect();
        required.sort();
        required.into_iter().find_map(|property| {
            let requires = |alternative: &SchemaRef| self.behind(alternative).required.contains(property);
            let mut tags: Tags = Vec::new();
            for alternative in alternatives {
                tags.push(self.tag_values(alternative, property).filter(|_| requires(alternative))?);
            }
            tags.iter_mut().for_each(|tags| tags.sort());
            drop_shared(&mut tags).then(|| (ir::Discriminator { property: property.clone(), closed: true }, tags))
        })
    }

    /// The strings that a schema lists for one of its members, those of its alternatives together.
    fn tag_values(&self, schema: &SchemaRef, property: &str) -> Option<Vec<String>> {
        let schema = self.behind(schema);
        let alternatives = if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of };
        if !alternatives.is_empty() {
            let of_each: Option<Vec<_>> =
                alternatives.iter().map(|alternative| self.tag_values_below(alternative, property)).collect();
            return Some(of_each?.concat());
        }
        let listed = self.behind(schema.properties.get(property)?).enum_values.as_ref()?;
        let listed: Vec<String> = listed.iter().filter_map(serde_json::Value::as_str).map(str::to_owned).collect();
        (!listed.is_empty()).then_some(listed)
    }

    /// As [`Self::tag_values`], one level down: unions of unions of unions are named by nobody.
    fn tag_values_below(&self, schema: &SchemaRef, property: &str) -> Option<Vec<String>> {
        let schema = self.behind(schema);
        let listed = self.behind(schema.properties.get(property)?).enum_values.as_ref()?;
        Some(listed.iter().filter_map(serde_json::Value::as_str).map(str::to_owned).collect())
    }

    /// The schema that a reference leads to, through those that say nothing else.
    fn behind<'s>(&'s self, schema: &'s SchemaRef) -> &'s Schema {
        let mut schema = schema;
        loop {
            let found = match schema {
                SchemaRef::Inline(schema) => schema,
                SchemaRef::Component { name, .. } => &self.document.schemas[name],
            };
            match found.all_of.as_slice() {
                [only] if says_nothing_beside_all_of(found) => schema = only,
                _ => return found,
            }
        }
    }

    fn describes(&self, schema: &Schema, property: &str) -> bool {
        let alternatives = schema.one_of.iter().chain(&schema.any_of);
        schema.properties.contains_key(property)
            || (!schema.one_of.is_empty() || !schema.any_of.is_empty())
                && alternatives.into_iter().all(|schema| self.behind(schema).properties.contains_key(property))
    }
}

/// The variants that alternatives become, the same in whatever order they stand.
fn variants(alternatives: &[SchemaRef], hints: &[String]) -> Vec<String> {
    let mut scope = identifiers::Scope::with(&["Unknown", "Self"]);
    let mut variants = vec![String::new(); hints.len()];
    for (index, _) in canonical::in_order(alternatives) {
        variants[index] = scope.take(identifiers::pascal(&hints[index]));
    }
    variants
}

/// Takes out the values that name several alternatives; answers whether there were none.
fn drop_shared(tags: &mut Tags) -> bool {
    let mut uses: HashMap<String, usize> = HashMap::new();
    for tag in tags.iter().flatten() {
        *uses.entry(tag.clone()).or_default() += 1;
    }
    let count = |tags: &Tags| tags.iter().map(Vec::len).sum::<usize>();
    let before = count(tags);
    tags.iter_mut().for_each(|tags| tags.retain(|tag| uses.get(tag) == Some(&1)));
    before == count(tags)
}

/// Whether a target of `mapping`, a name or a reference, is this component.
fn leads_to(target: &str, component: &str) -> bool {
    if target == component {
        return true;
    }
    let fragment = target.rsplit('#').next().unwrap_or(target);
    Pointer::parse(fragment).and_then(|pointer| pointer.last()).is_some_and(|last| last == component)
}

#[cfg(test)]
mod tests {
    use crate::ir::{Api, TypeKind};
    use crate::options::Options;

    /// A union of these alternatives.
    fn union(alternatives: &[&str]) -> Api {
        let text = format!(
            "openapi: 3.0.3\ninfo: {{ title: t, version: '1' }}\npaths: {{}}\ncomponents:\n  schemas:\n    U: {{ anyOf: [{}] }}\n",
            alternatives.join(", ")
        );
        crate::pipeline::lowered(&text, &Options { types: crate::options::Types::All, ..Options::default() })
    }

    /// Its variants in the order in which they are tried, each with the number of its fields.
    fn tried(api: &Api) -> Vec<(String, usize)> {
        let found = api.types.iter().find_map(|definition| match &definition.kind {
            TypeKind::Union(union) if definition.name == "U" => Some(union),
            _ => None,
        });
        let union = found.expect("the union");
        let fields = |index: usize| match &union.variants[index].value.kind {
            crate::ir::Type::Named { id, .. } => match &api.types[id.0].kind {
                TypeKind::Struct(structure) => structure.fields.len(),
                _ => 0,
            },
            _ => 0,
        };
        let order = api.trial_order(union).into_iter();
        order.map(|index| (union.variants[index].name.clone(), fields(index))).collect()
    }

    const ALTERNATIVES: &[&str] = &[
        "{ type: object, properties: { a: { type: string } } }",
        "{ type: object, required: [b], properties: { b: { type: string } } }",
        "{ type: object, properties: { a: { type: string }, c: { type: string } } }",
        "{ type: string }",
        "{ type: string, enum: [x, y] }",
        "{ type: string, format: date }",
        "{}",
    ];

    #[test]
    fn what_asks_for_more_is_tried_first_in_any_order() {
        let wanted = [
            ("Object3", 1),
            ("Object2", 2),
            ("Object", 1),
            ("Enum", 0),
            ("StringDate", 0),
            ("String", 0),
            ("Value", 0),
        ];
        let mut turned = ALTERNATIVES.to_vec();
        for _ in 0..turned.len() {
            turned.rotate_left(1);
            let tried = tried(&union(&turned));
            let tried: Vec<(&str, usize)> = tried.iter().map(|(name, fields)| (name.as_str(), *fields)).collect();
            assert_eq!(tried, wanted, "{turned:?}");
        }
    }
}
