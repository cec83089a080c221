//! Finds which schemas in two `oneOf`, `anyOf` or `allOf` lists correspond to each other.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

use crate::diff::compared_document::ComparedDocument;
use crate::diff::schema::equality::Equalities;
use crate::resolve::document::{Discriminator, Schema, SchemaRef};

/// At most this many schemas of one list are compared with each schema of the other list, so that long lists take linear time.
const MOST_COMPARED: usize = 200;

/// The result of matching a list of old schemas with a list of new schemas: the pairs of schemas that correspond to each other,
/// the old schemas without a counterpart (`removed`), and the new schemas without a counterpart (`added`).
pub(crate) struct Matching<'a> {
    pub pairs: Vec<(&'a SchemaRef, &'a SchemaRef)>,
    pub removed: Vec<&'a SchemaRef>,
    pub added: Vec<&'a SchemaRef>,
}

impl<'a> Matching<'a> {
    /// Looks in `self.added` for a counterpart of each schema in `self.removed`. The counterpart is the first schema for which
    /// `matches` returns true. Moves both schemas to `self.pairs`.
    /// At most [`MOST_COMPARED`] schemas are tried for each schema.
    fn pair(&mut self, mut matches: impl FnMut(&'a SchemaRef, &'a SchemaRef) -> bool) {
        let removed = std::mem::take(&mut self.removed);
        for old in removed {
            match self.added.iter().take(MOST_COMPARED).position(|new| matches(old, new)) {
                Some(index) => self.pairs.push((old, self.added.remove(index))),
                None => self.removed.push(old),
            }
        }
    }

    /// Does the same as [`Matching::pair`] for schemas that have the same key. A schema whose key is `None` has no counterpart.
    fn pair_by_key<K: Eq + Hash>(
        &mut self,
        old_key: impl Fn(&'a SchemaRef) -> Option<K>,
        new_key: impl Fn(&'a SchemaRef) -> Option<K>,
    ) {
        let mut by_key: HashMap<K, VecDeque<usize>> = HashMap::new();
        for (index, new) in self.added.iter().enumerate() {
            if let Some(key) = new_key(new) {
                by_key.entry(key).or_default().push_back(index);
            }
        }
        let mut is_paired = vec![false; self.added.len()];
        let removed = std::mem::take(&mut self.removed);
        for old in removed {
            match old_key(old).and_then(|key| by_key.get_mut(&key)?.pop_front()) {
                Some(index) => {
                    is_paired[index] = true;
                    self.pairs.push((old, self.added[index]));
                }
                None => self.removed.push(old),
            }
        }
        let mut is_paired = is_paired.into_iter();
        self.added.retain(|_| !is_paired.next().unwrap_or_default());
    }
}

/// Matches two lists of schemas, regardless of their order: by component name, then by discriminator value, then by equality,
/// and finally by similarity. Each of the two last arguments has a document, a schema in this document, and a list in this schema.
pub(crate) fn match_schemas<'a>(
    equalities: &Equalities<'a>,
    (old_side, old, old_list): (ComparedDocument<'a>, &'a Schema, &'a [SchemaRef]),
    (new_side, new, new_list): (ComparedDocument<'a>, &'a Schema, &'a [SchemaRef]),
) -> Matching<'a> {
    let mut matching =
        Matching { pairs: Vec::new(), removed: old_list.iter().collect(), added: new_list.iter().collect() };
    let component_name = |schema: &'a SchemaRef| match schema {
        SchemaRef::Component { name, .. } => Some(name),
        SchemaRef::Inline(_) => None,
    };
    matching.pair_by_key(component_name, component_name);
    let (old_values, new_values) = (DiscriminatorValues::of(old), DiscriminatorValues::of(new));
    matching.pair_by_key(|left| old_values.value(left), |right| new_values.value(right));
    matching.pair(|left, right| equalities.is_equal_by_name(left, right));
    matching.pair(|left, right| match (old_side.resolve(left), new_side.resolve(right)) {
        (Some(left), Some(right)) => is_similar(left, right),
        _ => false,
    });
    matching
}

/// Returns whether `new` is probably a changed version of `old`. Both must have the same type, and share at least half of their
/// properties.
pub(crate) fn is_similar(old: &Schema, new: &Schema) -> bool {
    let shared = old.properties.keys().filter(|name| new.properties.contains_key(*name)).count();
    let most = old.properties.len().max(new.properties.len());
    let is_composed =
        |schema: &Schema| !schema.one_of.is_empty() || !schema.any_of.is_empty() || !schema.all_of.is_empty();
    old.kind == new.kind && shared * 2 >= most && (most > 0 || (!is_composed(old) && !is_composed(new)))
}

/// Returns a name for `variant`, a schema in a list of `union`, such as `oneOf`. The name is the component name, or else the
/// discriminator value, the title or the index of `variant`.
pub(crate) fn variant_name(variant: &SchemaRef, union: &Schema) -> String {
    match variant {
        SchemaRef::Component { name, .. } => name.clone(),
        SchemaRef::Inline(schema) => union
            .discriminator
            .as_ref()
            .and_then(|discriminator| inline_value(schema, discriminator))
            .or_else(|| schema.title.clone())
            .or_else(|| schema.pointer.last())
            .unwrap_or_default(),
    }
}

/// Returns the discriminator value that selects an inline schema: the only value in the `enum` of the discriminator property.
fn inline_value(schema: &Schema, discriminator: &Discriminator) -> Option<String> {
    match schema.properties.get(&discriminator.property_name)? {
        SchemaRef::Inline(property) => match property.enum_values.as_deref()? {
            [only] => only.as_str().map(str::to_owned),
            _ => None,
        },
        SchemaRef::Component { .. } => None,
    }
}

/// The discriminator values that select the variants of a union.
struct DiscriminatorValues<'u> {
    discriminator: Option<&'u Discriminator>,
    /// The first value in `mapping` for each component.
    by_component: HashMap<&'u str, &'u str>,
}

impl<'u> DiscriminatorValues<'u> {
    fn of(union: &'u Schema) -> Self {
        let discriminator = union.discriminator.as_ref();
        let mut by_component = HashMap::new();
        for (value, target) in discriminator.into_iter().flat_map(|discriminator| &discriminator.mapping) {
            by_component.entry(target.rsplit('/').next().unwrap_or_default()).or_insert(value.as_str());
        }
        Self { discriminator, by_component }
    }

    /// Returns the discriminator value that selects a variant. For a component, this is the value in `mapping`.
    fn value(&self, variant: &SchemaRef) -> Option<String> {
        match variant {
            SchemaRef::Component { name, .. } => self.by_component.get(name.as_str()).map(|value| (*value).to_owned()),
            SchemaRef::Inline(schema) => inline_value(schema, self.discriminator?),
        }
    }
}

/// Returns the schemas in `oneOf`; if `oneOf` is empty, the schemas in `anyOf`.
pub(crate) fn variants(schema: &Schema) -> &[SchemaRef] {
    if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of }
}
