//! The schemas that a value must match together: the schemas that `allOf` combines.

use std::collections::{HashMap, HashSet};
use std::ptr;

use crate::lint::walk;
use crate::resolve::document::{AdditionalProperties, Document, Schema, SchemaRef};

/// The number of schemas and properties that [`Combinations`] keeps after an example. Schemas that extend each other in a long chain
/// would otherwise take memory in proportion to the square of their number.
const MOST_KEPT: usize = 500_000;

/// The position of a combination in [`Combinations`].
pub(super) type CombinationIndex = usize;

/// The schemas that a value must match together.
pub(super) struct Combination<'d> {
    /// The schemas, with the members of their `allOf`.
    pub(super) parts: Vec<&'d Schema>,
    /// The schemas of each property, and the combination of these schemas if it is known.
    pub(super) properties: HashMap<&'d str, Inner<'d>>,
    /// The schemas of the items.
    items: Inner<'d>,
    /// Whether a part has `oneOf` or `anyOf`.
    pub(super) has_union: bool,
    /// Whether all parts allow other properties. If `additionalProperties` is a schema, the name of a member may be intended. If it
    /// is false, another rule reports the name.
    pub(super) is_open: bool,
    /// The number of properties and required names, for the limit on comparisons.
    pub(super) cost: usize,
}

/// The schemas of a property or of the items.
#[derive(Default)]
pub(super) struct Inner<'d> {
    schemas: Vec<&'d SchemaRef>,
    /// The combination of the schemas, or `None` if the document lacks all of them. The outer `None` means that it is not known yet.
    combination: Option<Option<CombinationIndex>>,
}

/// The combinations of schemas that the values of examples must match. Each one is read once, not for each value.
#[derive(Default)]
pub(super) struct Combinations<'d> {
    all: Vec<Combination<'d>>,
    /// The combination of each list of schemas.
    by_schemas: HashMap<Vec<*const Schema>, CombinationIndex>,
    /// The number of schemas and properties in `all`.
    size: usize,
}

impl<'d> Combinations<'d> {
    /// Forgets the combinations if there are too many. Positions from before are then invalid.
    pub(super) fn shrink(&mut self) {
        if self.size > MOST_KEPT {
            *self = Self::default();
        }
    }

    pub(super) fn get(&self, index: CombinationIndex) -> &Combination<'d> {
        &self.all[index]
    }

    /// Returns the combination of `schemas`, which are different from each other.
    pub(super) fn of(&mut self, document: &'d Document, schemas: Vec<&'d Schema>) -> CombinationIndex {
        let key = schemas.iter().map(|schema| ptr::from_ref(*schema)).collect();
        *self.by_schemas.entry(key).or_insert_with(|| {
            let combination = Combination::new(walk::all_of_parts(document, schemas));
            self.size += combination.parts.len() + combination.cost;
            self.all.push(combination);
            self.all.len() - 1
        })
    }

    /// Returns the combination of the schemas of a property. Returns `None` if there are no such schemas.
    pub(super) fn of_property(
        &mut self,
        document: &'d Document,
        outer: CombinationIndex,
        name: &str,
    ) -> Option<CombinationIndex> {
        let inner = self.all[outer].properties.get(name)?;
        let found = match inner.combination {
            Some(known) => return known,
            None => resolved(document, &inner.schemas),
        };
        let combination = (!found.is_empty()).then(|| self.of(document, found));
        self.all[outer].properties.get_mut(name)?.combination = Some(combination);
        combination
    }

    /// Returns the combination of the schemas of the items. Returns `None` if there are no such schemas.
    pub(super) fn of_items(&mut self, document: &'d Document, outer: CombinationIndex) -> Option<CombinationIndex> {
        let inner = &self.all[outer].items;
        let found = match inner.combination {
            Some(known) => return known,
            None => resolved(document, &inner.schemas),
        };
        let combination = (!found.is_empty()).then(|| self.of(document, found));
        self.all[outer].items.combination = Some(combination);
        combination
    }
}

impl<'d> Combination<'d> {
    fn new(parts: Vec<&'d Schema>) -> Self {
        let mut properties: HashMap<&str, Inner<'d>> = HashMap::new();
        for (name, property) in parts.iter().flat_map(|part| &part.properties) {
            properties.entry(name).or_default().schemas.push(property);
        }
        let items = parts.iter().filter_map(|part| part.items.as_ref()).collect();
        let is_open = |part: &&Schema| {
            matches!(part.additional_properties, AdditionalProperties::Absent | AdditionalProperties::Any)
        };
        Self {
            has_union: parts.iter().any(|part| !part.one_of.is_empty() || !part.any_of.is_empty()),
            is_open: parts.iter().all(is_open),
            cost: parts.iter().map(|part| part.properties.len() + part.required.len()).sum::<usize>() + 1,
            items: Inner { schemas: items, combination: None },
            properties,
            parts,
        }
    }
}

/// Returns the schemas to which `schemas` refer. A schema that is referenced twice is returned once.
fn resolved<'d>(document: &'d Document, schemas: &[&'d SchemaRef]) -> Vec<&'d Schema> {
    let mut seen = HashSet::new();
    let found = schemas.iter().filter_map(|schema| document.resolved(schema));
    found.filter(|schema| seen.insert(ptr::from_ref(*schema))).collect()
}
