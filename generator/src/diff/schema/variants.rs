//! Finds which schemas in two `oneOf`, `anyOf` or `allOf` lists correspond to each other.

use crate::diff::compared_document::ComparedDocument;
use crate::diff::schema::equality::is_equal_by_name;
use crate::resolve::document::{Schema, SchemaRef};

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
    fn pair(&mut self, mut matches: impl FnMut(&'a SchemaRef, &'a SchemaRef) -> bool) {
        let removed = std::mem::take(&mut self.removed);
        for old in removed {
            match self.added.iter().position(|new| matches(old, new)) {
                Some(index) => self.pairs.push((old, self.added.remove(index))),
                None => self.removed.push(old),
            }
        }
    }
}

/// Matches two lists of schemas, regardless of their order: by component name, then by discriminator value, then by equality,
/// and finally by similarity. Each argument has a document, a schema in this document, and a list in this schema.
pub(crate) fn match_schemas<'a>(
    (old_side, old, old_list): (ComparedDocument<'a>, &'a Schema, &'a [SchemaRef]),
    (new_side, new, new_list): (ComparedDocument<'a>, &'a Schema, &'a [SchemaRef]),
) -> Matching<'a> {
    let mut matching =
        Matching { pairs: Vec::new(), removed: old_list.iter().collect(), added: new_list.iter().collect() };
    matching.pair(|left, right| match (left, right) {
        (SchemaRef::Component { name: left, .. }, SchemaRef::Component { name: right, .. }) => left == right,
        _ => false,
    });
    matching.pair(|left, right| {
        discriminator_value(left, old).is_some_and(|value| discriminator_value(right, new) == Some(value))
    });
    matching.pair(|left, right| is_equal_by_name((old_side, left), (new_side, right)));
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
        SchemaRef::Inline(schema) => discriminator_value(variant, union)
            .or_else(|| schema.title.clone())
            .or_else(|| schema.pointer.last())
            .unwrap_or_default(),
    }
}

/// Returns the discriminator value that selects a variant.
///
/// For a component, this is the value in `mapping`. For an inline schema, it is the only value in the `enum` of the discriminator
/// property.
fn discriminator_value(variant: &SchemaRef, union: &Schema) -> Option<String> {
    let discriminator = union.discriminator.as_ref()?;
    match variant {
        SchemaRef::Component { name, .. } => {
            let is_target = |target: &str| target.rsplit('/').next() == Some(name);
            discriminator.mapping.iter().find(|(_, target)| is_target(target)).map(|(value, _)| value.clone())
        }
        SchemaRef::Inline(schema) => match schema.properties.get(&discriminator.property_name)? {
            SchemaRef::Inline(property) => match property.enum_values.as_deref()? {
                [only] => only.as_str().map(str::to_owned),
                _ => None,
            },
            SchemaRef::Component { .. } => None,
        },
    }
}

/// Returns the schemas in `oneOf`; if `oneOf` is empty, the schemas in `anyOf`.
pub(crate) fn variants(schema: &Schema) -> &[SchemaRef] {
    if schema.one_of.is_empty() { &schema.any_of } else { &schema.one_of }
}
