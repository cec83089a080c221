//! Shows that a value satisfies `oneOf` and `anyOf`.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use crate::diff::schema::inclusion::context::{Context, Union, unions_of};
use crate::diff::schema::inclusion::part::Part;
use crate::diff::schema::inclusion::prover::Prover;
use crate::resolve::document::SchemaRef;

impl<'a> Prover<'_, 'a> {
    /// Returns whether a value with this context satisfies `oneOf` and `anyOf` of `goal`.
    pub(super) fn satisfies_unions(&mut self, context: &Context<'a>, goal: Part<'a>) -> bool {
        unions_of(goal).all(|union| {
            if self.selects && union.discriminator().is_some() && self.has_same_selection(context, union) {
                return true;
            }
            let is_matched = match union.is_exclusive {
                true => self.satisfies_one_of(context, union),
                false => self.first_matching(context, union, 0).is_some(),
            };
            is_matched && (!self.selects || union.discriminator().is_none() || has_no_effect(union))
        })
    }

    /// Returns the first variant that a value with this context matches, and its index. The search starts at the index `start`.
    fn first_matching(&mut self, context: &Context<'a>, union: Union<'a>, start: usize) -> Option<usize> {
        let matches = |index: &usize| {
            let variant = union.variants.get(*index).and_then(|variant| union.owner.resolve(variant));
            variant.is_some_and(|variant| self.matches(context, variant))
        };
        (start..union.variants.len()).find(matches)
    }

    fn satisfies_one_of(&mut self, context: &Context<'a>, union: Union<'a>) -> bool {
        let mut start = 0;
        while let Some(index) = self.first_matching(context, union, start) {
            let overlapping = union.variants.iter().enumerate().find(|(other, variant)| {
                let variant = union.owner.resolve(variant);
                *other != index && !variant.is_some_and(|variant| self.is_empty(&context.with(variant)))
            });
            let Some((_, overlapping)) = overlapping else { return true };
            if self.depth == 0 && self.overlap.is_none() {
                self.overlap = Some((&union.variants[index], overlapping, union.owner.schema));
            }
            start = index + 1;
        }
        false
    }

    /// Returns whether the context has a union with the same discriminator, whose variants are included in those of `union`.
    fn has_same_selection(&mut self, context: &Context<'a>, union: Union<'a>) -> bool {
        let Some(selectors) = selectors(union) else { return false };
        context.unions.iter().any(|known| self.selects_alike(context, *known, union, &selectors))
    }

    fn selects_alike(
        &mut self,
        context: &Context<'a>,
        known: Union<'a>,
        goal: Union<'a>,
        goal_selectors: &[Selector<'a>],
    ) -> bool {
        let property = |union: Union<'a>| union.discriminator().map(|found| &found.property_name);
        if property(known) != property(goal) {
            return false;
        }
        let Some(known_selectors) = selectors(known) else { return false };
        let total = |selectors: &[Selector<'a>]| -> BTreeSet<String> {
            selectors.iter().flat_map(|selector| selector.values.iter().cloned()).collect()
        };
        let is_closed = |selectors: &[Selector<'a>]| selectors.iter().all(|selector| selector.is_explicit);
        let has_same_rest = total(&known_selectors) == total(goal_selectors)
            && !is_closed(goal_selectors)
            && known.is_exclusive == goal.is_exclusive;
        if !is_closed(&known_selectors) && !has_same_rest {
            return false;
        }
        let (all, with_value) = ((0..goal_selectors.len()).collect(), by_value(goal_selectors));
        known_selectors.iter().all(|selector| {
            let inner = context.with(selector.variant);
            // A selector with all values has the first one.
            let candidates = selector.values.first().map_or(Some(&all), |value| with_value.get(value.as_str()));
            candidates.into_iter().flatten().any(|index| {
                let other = &goal_selectors[*index];
                self.take_steps(1) && selector.values.is_subset(&other.values) && self.matches(&inner, other.variant)
            })
        })
    }
}

/// A variant of a union with a discriminator, and the values of the property that select the variant.
struct Selector<'a> {
    variant: Part<'a>,
    values: BTreeSet<String>,
    /// Whether the document lists the values. If not, the only value is the name of the component.
    is_explicit: bool,
    /// The values in the `enum` of the property in the variant, if the variant requires the property.
    required: Option<BTreeSet<String>>,
}

/// Returns the variants of a union with a discriminator. Returns `None` if a variant does not exist.
fn selectors(union: Union<'_>) -> Option<Vec<Selector<'_>>> {
    let discriminator = union.discriminator()?;
    let property = discriminator.property_name.as_str();
    let mut mapped_values: HashMap<&str, BTreeSet<String>> = HashMap::new();
    for (value, target) in &discriminator.mapping {
        let name = target.rsplit('/').next().unwrap_or_default();
        mapped_values.entry(name).or_default().insert(value.clone());
    }
    let variants = union.variants.iter().map(|reference| {
        let variant = union.owner.resolve(reference)?;
        let name = match reference {
            SchemaRef::Component { name, .. } => name.as_str(),
            SchemaRef::Inline(_) => "",
        };
        let mapped = mapped_values.get(name).filter(|_| !name.is_empty()).cloned();
        let listed = variant.member(property).and_then(|property| property.schema.enum_values.as_ref());
        let listed: Option<BTreeSet<String>> =
            listed.map(|values| values.iter().filter_map(Value::as_str).map(str::to_owned).collect());
        let requires = variant.schema.required.iter().any(|name| name == property);
        let required = listed.clone().filter(|_| requires);
        let (values, is_explicit) = match (mapped, listed) {
            (Some(mapped), _) => (mapped, true),
            (None, Some(listed)) => (listed, true),
            (None, None) => (BTreeSet::from([name.to_owned()]), false),
        };
        Some(Selector { variant, values, is_explicit, required })
    });
    variants.collect()
}

/// Returns the indices of the selectors that have each value.
fn by_value<'s>(selectors: &'s [Selector<'_>]) -> HashMap<&'s str, Vec<usize>> {
    let mut indices: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, selector) in selectors.iter().enumerate() {
        selector.values.iter().for_each(|value| indices.entry(value).or_default().push(index));
    }
    indices
}

/// Returns whether the variants match different values of the property, and the discriminator selects them by these values.
fn has_no_effect(union: Union<'_>) -> bool {
    let Some(selectors) = selectors(union) else { return false };
    let mut seen = BTreeSet::new();
    let is_unambiguous = selectors.iter().all(|selector| {
        selector.required.as_ref().is_some_and(|required| {
            required.is_subset(&selector.values) && required.iter().all(|value| seen.insert(value.clone()))
        })
    });
    // For each value, a variant that it selects, and whether it selects another variant too.
    let mut selected: HashMap<&str, (Part<'_>, bool)> = HashMap::new();
    for selector in &selectors {
        for value in &selector.values {
            let (variant, is_shared) = selected.entry(value).or_insert((selector.variant, false));
            *is_shared |= !variant.is_same(selector.variant);
        }
    }
    // A value that the mapping leads to another variant would select that variant.
    let is_own = |selector: &Selector<'_>| {
        selector.required.iter().flatten().all(|value| {
            selected
                .get(value.as_str())
                .is_none_or(|(variant, is_shared)| !is_shared && variant.is_same(selector.variant))
        })
    };
    is_unambiguous && selectors.iter().all(is_own)
}
