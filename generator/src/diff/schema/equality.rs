//! Decides whether two schemas are equal. `title`, `description`, `example`, JSON Pointers and the order of lists are ignored.

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use crate::diff::compared_document::ComparedDocument;
use crate::diff::schema::wrapper::{unwrapped, unwrapped_ref};
use crate::json::decimal::Decimal;
use crate::json::equality;
use crate::resolve::document;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef};

/// The state of a recursive comparison of two schemas.
struct Equality<'a> {
    old: ComparedDocument<'a>,
    new: ComparedDocument<'a>,
    /// The pairs of schemas whose comparison has started. If a pair occurs again in a recursive schema, its two schemas are
    /// assumed to be equal.
    assumed: HashSet<(*const Schema, *const Schema)>,
    names: Names<'a>,
}

/// Whether two components with the same name are equal.
#[derive(Clone, Copy)]
enum Names<'a> {
    /// Their schemas are compared.
    Compared,
    /// They count as equal, regardless of their schemas.
    Equal,
    /// They are equal if their name is in this set.
    Known(&'a HashSet<&'a str>),
}

/// Returns whether the older schema `before` and the newer schema `after` are equal.
pub(crate) fn is_equal<'a>(
    (old, before): (ComparedDocument<'a>, &'a SchemaRef),
    (new, after): (ComparedDocument<'a>, &'a SchemaRef),
) -> bool {
    Equality { old, new, assumed: HashSet::new(), names: Names::Compared }.refs(before, after)
}

/// Returns whether two schemas are equal. `unchanged` are the names of the components that are equal in both documents.
pub(crate) fn is_equal_except<'a>(
    (old, before): (ComparedDocument<'a>, &'a Schema),
    (new, after): (ComparedDocument<'a>, &'a Schema),
    unchanged: &'a HashSet<&'a str>,
) -> bool {
    Equality { old, new, assumed: HashSet::new(), names: Names::Known(unchanged) }.schemas(before, after)
}

/// Returns the names of the component schemas that are equal in both documents, with all components to which they refer.
pub(crate) fn unchanged_components<'a>(old: ComparedDocument<'a>, new: ComparedDocument<'a>) -> HashSet<&'a str> {
    let is_alike = |(name, before): &(&'a String, &'a Schema)| {
        let after = new.document.schemas.get(*name);
        let mut equality = Equality { old, new, assumed: HashSet::new(), names: Names::Equal };
        after.is_some_and(|after| equality.schemas(before, after))
    };
    let mut unchanged: HashSet<&str> =
        old.document.schemas.iter().filter(is_alike).map(|(name, _)| name.as_str()).collect();
    // A component that refers to a changed component is changed too.
    let mut users: HashMap<&str, Vec<&str>> = HashMap::new();
    for document in [old.document, new.document] {
        for (name, schema) in &document.schemas {
            referenced_names(schema, &mut |used| users.entry(used).or_default().push(name));
        }
    }
    let mut pending: Vec<&str> = users.keys().copied().filter(|name| !unchanged.contains(name)).collect();
    while let Some(changed) = pending.pop() {
        let affected = users.get(changed).into_iter().flatten().copied();
        pending.extend(affected.filter(|user| unchanged.remove(user)));
    }
    unchanged
}

/// Calls `found` with the name of each component to which a schema refers.
fn referenced_names<'a>(schema: &'a Schema, found: &mut impl FnMut(&'a str)) {
    for inner in schema.subschemas() {
        match inner {
            SchemaRef::Component { name, .. } => found(name),
            SchemaRef::Inline(inner) => referenced_names(inner, found),
        }
    }
}

/// Returns whether two schemas are equal. References to components are compared only by name, because a change inside a component
/// is reported for the component.
pub(crate) fn is_equal_by_name<'a>(
    (old, before): (ComparedDocument<'a>, &'a SchemaRef),
    (new, after): (ComparedDocument<'a>, &'a SchemaRef),
) -> bool {
    Equality { old, new, assumed: HashSet::new(), names: Names::Equal }.refs(before, after)
}

impl<'a> Equality<'a> {
    fn refs(&mut self, old: &'a SchemaRef, new: &'a SchemaRef) -> bool {
        let (old, new) = (unwrapped_ref(old), unwrapped_ref(new));
        if let (SchemaRef::Component { name: old, .. }, SchemaRef::Component { name: new, .. }) = (old, new)
            && old == new
        {
            match self.names {
                Names::Compared => {}
                Names::Equal => return true,
                Names::Known(unchanged) => return unchanged.contains(old.as_str()),
            }
        }
        match (self.old.resolve(old), self.new.resolve(new)) {
            (Some(old), Some(new)) => !self.assumed.insert((old, new)) || self.schemas(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    fn schemas(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        let (old, new) = (unwrapped(self.old, old), unwrapped(self.new, new));
        keywords(old) == keywords(new)
            && flags(old) == flags(new)
            && old.has_same_constraints_2020(new)
            && enums(&old.enum_values, &new.enum_values)
            && old.required.iter().collect::<HashSet<_>>() == new.required.iter().collect::<HashSet<_>>()
            && discriminators(old, new)
            && self.properties(old, new)
            && self.optional(old.items.as_ref(), new.items.as_ref())
            && self.optional(old.not.as_ref(), new.not.as_ref())
            && self.additional(&old.additional_properties, &new.additional_properties)
            && self.lists(&old.all_of, &new.all_of)
            && self.variants(old, new)
    }

    /// Returns whether two schemas have the same variants. A discriminator selects components by their names, so that components
    /// with the same name must be equal, and components with other names are different. An inline copy of a component counts as the
    /// component.
    fn variants(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        let lists = [(&old.one_of, &new.one_of), (&old.any_of, &new.any_of)];
        lists.into_iter().all(|(old_list, new_list)| {
            (old.discriminator.is_none() || self.has_same_names(old_list, new_list)) && self.lists(old_list, new_list)
        })
    }

    fn has_same_names(&mut self, old: &'a [SchemaRef], new: &'a [SchemaRef]) -> bool {
        let named =
            |list: &'a [SchemaRef], name: &str| list.iter().find(|variant| component_name(variant) == Some(name));
        let names = |list: &'a [SchemaRef]| list.iter().filter_map(component_name);
        let has_other =
            |list: &'a [SchemaRef], other: &'a [SchemaRef]| names(list).any(|name| named(other, name).is_none());
        let is_renamed = has_other(old, new) && has_other(new, old);
        !is_renamed
            && names(old).all(|name| {
                let pair = named(old, name).zip(named(new, name));
                pair.is_none_or(|(old, new)| self.refs(old, new))
            })
    }

    fn optional(&mut self, old: Option<&'a SchemaRef>, new: Option<&'a SchemaRef>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.refs(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    fn properties(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        old.properties.len() == new.properties.len()
            && old.properties.iter().all(|(name, old)| new.properties.get(name).is_some_and(|new| self.refs(old, new)))
    }

    fn additional(&mut self, old: &'a AdditionalProperties, new: &'a AdditionalProperties) -> bool {
        match (old, new) {
            (AdditionalProperties::Schema(old), AdditionalProperties::Schema(new)) => self.refs(old, new),
            (AdditionalProperties::Forbidden, AdditionalProperties::Forbidden) => true,
            (
                AdditionalProperties::Absent | AdditionalProperties::Any,
                AdditionalProperties::Absent | AdditionalProperties::Any,
            ) => true,
            _ => false,
        }
    }

    /// Returns whether two `allOf`, `oneOf` or `anyOf` lists contain equal schemas, in any order.
    fn lists(&mut self, old: &'a [SchemaRef], new: &'a [SchemaRef]) -> bool {
        if old.len() != new.len() {
            return false;
        }
        let mut unmatched: Vec<&SchemaRef> = new.iter().collect();
        old.iter().enumerate().all(|(index, old)| {
            let assumed = self.assumed.clone();
            // The schema at the same index is tried first, because most lists keep their order.
            let likely = index.saturating_sub(new.len() - unmatched.len());
            let candidates = (likely..unmatched.len()).chain(0..likely.min(unmatched.len()));
            let found = candidates.into_iter().find(|at| {
                self.assumed.clone_from(&assumed);
                self.refs(old, unmatched[*at])
            });
            found.map(|at| unmatched.remove(at)).is_some()
        })
    }
}

fn component_name(variant: &SchemaRef) -> Option<&str> {
    match variant {
        SchemaRef::Component { name, .. } => Some(name),
        SchemaRef::Inline(_) => None,
    }
}

type Keywords<'a> =
    (Option<document::SchemaType>, [Option<&'a str>; 2], [Option<u64>; 6], [Option<Decimal>; 3], Option<String>);

fn keywords(schema: &Schema) -> Keywords<'_> {
    (
        schema.kind,
        [schema.format.as_deref(), schema.pattern.as_deref()],
        [
            schema.min_length,
            schema.max_length,
            schema.min_items,
            schema.max_items,
            schema.min_properties,
            schema.max_properties,
        ],
        [&schema.minimum, &schema.maximum, &schema.multiple_of].map(|number| number.as_ref().map(Decimal::from)),
        schema.default.as_ref().map(equality::canonical_text),
    )
}

fn flags(schema: &Schema) -> [bool; 7] {
    [
        schema.nullable,
        schema.deprecated,
        schema.read_only,
        schema.write_only,
        schema.exclusive_minimum,
        schema.exclusive_maximum,
        schema.unique_items,
    ]
}

/// Returns whether two `enum` lists contain the same values, in any order. Two absent lists are also equal.
fn enums(old: &Option<Vec<Value>>, new: &Option<Vec<Value>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => {
            let values = |list: &[Value]| -> HashSet<String> { list.iter().map(equality::canonical_text).collect() };
            values(old) == values(new)
        }
        (old, new) => old.is_none() && new.is_none(),
    }
}

fn discriminators(old: &Schema, new: &Schema) -> bool {
    let content = |schema: &Schema| {
        let discriminator = schema.discriminator.as_ref()?;
        let target = |target: &String| target.rsplit('/').next().unwrap_or_default().to_owned();
        let values = discriminator.mapping.iter().map(|(value, to)| (value.clone(), target(to)));
        Some((discriminator.property_name.clone(), values.collect::<HashMap<_, _>>()))
    };
    content(old) == content(new)
}
