//! Decides whether two schemas are equal. `title`, `description`, `example`, JSON Pointers and the order of lists are ignored.

use std::cell::{Cell, RefCell};
use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::diff::compared_document::ComparedDocument;
use crate::diff::schema::wrapper::{unwrapped, unwrapped_ref};
use crate::json::decimal::Decimal;
use crate::json::equality;
use crate::resolve::document;
use crate::resolve::document::{AdditionalProperties, Schema, SchemaRef};

/// The maximum number of steps of all comparisons for equality in one comparison of documents. A step is a pair of schemas. If no
/// steps are left, schemas count as different.
const MOST_STEPS: usize = 1_000_000;

/// The maximum number of pairs that are compared inside one another. Two circles of references without a common divisor of their
/// lengths would otherwise overflow the stack. A deeper comparison uses up all steps.
const MOST_NESTED: usize = 10_000;

type Pair = (*const Schema, *const Schema);

/// Decides which schemas of two documents are equal, and remembers the verdicts, so that each pair is compared once.
pub(crate) struct Equalities<'a> {
    old: ComparedDocument<'a>,
    new: ComparedDocument<'a>,
    /// The names of the component schemas that are equal in both documents, with all components to which they refer.
    unchanged: HashSet<&'a str>,
    /// The number of steps that are left.
    remaining: Cell<usize>,
    /// The verdicts for each of [`Names`].
    verdicts: [RefCell<HashMap<Pair, bool>>; 3],
}

/// The state of a recursive comparison of two schemas.
struct Equality<'e, 'a> {
    all: &'e Equalities<'a>,
    /// The pairs of schemas whose comparison has started. If a pair occurs again in a recursive schema, its two schemas are
    /// assumed to be equal.
    assumed: HashSet<Pair>,
    /// The pairs in `assumed`, in the order of their comparison.
    order: Vec<Pair>,
    /// The number of pairs that enclose the current pair.
    depth: usize,
    names: Names,
}

/// Whether two components with the same name are equal.
#[derive(Clone, Copy)]
enum Names {
    /// Their schemas are compared.
    Compared,
    /// They count as equal, regardless of their schemas.
    Equal,
    /// They are equal if they are in `Equalities::unchanged`.
    Known,
}

impl<'a> Equalities<'a> {
    pub(crate) fn new(old: ComparedDocument<'a>, new: ComparedDocument<'a>) -> Self {
        Self::with_steps(old, new, MOST_STEPS)
    }

    fn with_steps(old: ComparedDocument<'a>, new: ComparedDocument<'a>, steps: usize) -> Self {
        let mut all =
            Self { old, new, unchanged: HashSet::new(), remaining: Cell::new(steps), verdicts: Default::default() };
        all.unchanged = all.unchanged_components();
        all
    }

    /// Returns whether the older schema `before` and the newer schema `after` are equal.
    pub(crate) fn is_equal(&self, before: &'a SchemaRef, after: &'a SchemaRef) -> bool {
        self.decides(Names::Compared, |equality| equality.refs(before, after))
    }

    /// Returns whether two schemas are equal. References to components are compared only by name, because a change inside a
    /// component is reported for the component.
    pub(crate) fn is_equal_by_name(&self, before: &'a SchemaRef, after: &'a SchemaRef) -> bool {
        self.decides(Names::Equal, |equality| equality.refs(before, after))
    }

    /// Returns whether two schemas are equal. Components are equal if they and all components to which they refer are equal.
    pub(crate) fn is_equal_schema(&self, before: &'a Schema, after: &'a Schema) -> bool {
        self.decides(Names::Known, |equality| equality.pair(before, after))
    }

    /// Returns whether the keywords of JSON Schema 2020-12 constrain values of both schemas alike.
    pub(crate) fn has_equal_constraints_2020(&self, before: &'a Schema, after: &'a Schema) -> bool {
        self.decides(Names::Compared, |equality| equality.constraints_2020(before, after))
    }

    /// Returns whether no steps are left, so that a verdict "different" may be wrong.
    pub(crate) fn is_exhausted(&self) -> bool {
        self.remaining.get() == 0
    }

    fn decides(&self, names: Names, compare: impl FnOnce(&mut Equality<'_, 'a>) -> bool) -> bool {
        let mut equality = Equality { all: self, assumed: HashSet::new(), order: Vec::new(), depth: 0, names };
        let is_equal = compare(&mut equality);
        if is_equal {
            // No assumption is left open, so all of them are proven.
            self.verdicts[names as usize].borrow_mut().extend(equality.order.into_iter().map(|pair| (pair, true)));
        }
        is_equal
    }

    fn unchanged_components(&self) -> HashSet<&'a str> {
        let (old, new) = (self.old, self.new);
        let is_alike = |(name, before): &(&'a String, &'a Schema)| {
            let after = new.document.schemas.get(*name);
            after.is_some_and(|after| self.decides(Names::Equal, |equality| equality.pair(before, after)))
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

impl<'a> Equality<'_, 'a> {
    fn refs(&mut self, old: &'a SchemaRef, new: &'a SchemaRef) -> bool {
        let (old, new) = (unwrapped_ref(old), unwrapped_ref(new));
        if let (SchemaRef::Component { name: old, .. }, SchemaRef::Component { name: new, .. }) = (old, new)
            && old == new
        {
            match self.names {
                Names::Compared => {}
                Names::Equal => return true,
                Names::Known => return self.all.unchanged.contains(old.as_str()),
            }
        }
        match (self.all.old.resolve(old), self.all.new.resolve(new)) {
            (Some(old), Some(new)) => self.pair(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    /// Compares two schemas, unless the verdict is known or assumed.
    fn pair(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        let pair = (std::ptr::from_ref(old), std::ptr::from_ref(new));
        let verdicts = &self.all.verdicts[self.names as usize];
        if let Some(known) = verdicts.borrow().get(&pair) {
            return *known;
        }
        if self.assumed.contains(&pair) {
            return true;
        }
        let is_too_deep = self.depth >= MOST_NESTED;
        let Some(remaining) = self.all.remaining.get().checked_sub(1).filter(|_| !is_too_deep) else {
            self.all.remaining.set(0);
            return false;
        };
        self.all.remaining.set(remaining);
        self.assumed.insert(pair);
        self.order.push(pair);
        self.depth += 1;
        let is_equal = self.schemas(old, new);
        self.depth -= 1;
        if !is_equal && self.all.remaining.get() > 0 {
            // Schemas that differ although all open pairs are assumed to be equal do differ.
            verdicts.borrow_mut().insert(pair, false);
        }
        is_equal
    }

    /// Drops the assumptions after the first `count`.
    fn forget(&mut self, count: usize) {
        for pair in self.order.drain(count..) {
            self.assumed.remove(&pair);
        }
    }

    fn schemas(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        let (old, new) = (unwrapped(self.all.old, old), unwrapped(self.all.new, new));
        keywords(old) == keywords(new)
            && flags(old) == flags(new)
            && self.constraints_2020(old, new)
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
        let named = |list: &'a [SchemaRef]| -> HashMap<&'a str, &'a SchemaRef> {
            list.iter().rev().filter_map(|variant| Some((component_name(variant)?, variant))).collect()
        };
        let (before, after) = (named(old), named(new));
        let has_other =
            |list: &HashMap<&str, _>, other: &HashMap<&str, _>| list.keys().any(|name| !other.contains_key(name));
        let is_renamed = has_other(&before, &after) && has_other(&after, &before);
        !is_renamed
            && old.iter().filter_map(component_name).all(|name| {
                let pair = before.get(name).zip(after.get(name));
                pair.is_none_or(|(old, new)| self.refs(old, new))
            })
    }

    fn constraints_2020(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        let constraints = |schema: &'a Schema| schema.keywords_2020.as_deref().filter(|found| found.constrain_values());
        let (old, new) = match (constraints(old), constraints(new)) {
            (Some(old), Some(new)) => (old, new),
            (old, new) => return old.is_none() && new.is_none(),
        };
        (old.min_contains, old.max_contains) == (new.min_contains, new.max_contains)
            && old.dependent_required == new.dependent_required
            && old.prefix_items.len() == new.prefix_items.len()
            && old.prefix_items.iter().zip(&new.prefix_items).all(|(old, new)| self.refs(old, new))
            && self.named(&old.pattern_properties, &new.pattern_properties)
            && self.named(&old.dependent_schemas, &new.dependent_schemas)
            && [
                (&old.contains, &new.contains),
                (&old.property_names, &new.property_names),
                (&old.condition, &new.condition),
                (&old.consequence, &new.consequence),
                (&old.alternative, &new.alternative),
                (&old.unevaluated_properties, &new.unevaluated_properties),
                (&old.unevaluated_items, &new.unevaluated_items),
            ]
            .into_iter()
            .all(|(old, new)| self.optional(old.as_ref(), new.as_ref()))
    }

    fn named(&mut self, old: &'a IndexMap<String, SchemaRef>, new: &'a IndexMap<String, SchemaRef>) -> bool {
        old.len() == new.len() && old.iter().all(|(name, old)| new.get(name).is_some_and(|new| self.refs(old, new)))
    }

    fn optional(&mut self, old: Option<&'a SchemaRef>, new: Option<&'a SchemaRef>) -> bool {
        match (old, new) {
            (Some(old), Some(new)) => self.refs(old, new),
            (old, new) => old.is_none() && new.is_none(),
        }
    }

    fn properties(&mut self, old: &'a Schema, new: &'a Schema) -> bool {
        self.named(&old.properties, &new.properties)
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
            let assumed = self.order.len();
            // The schema at the same index is tried first, because most lists keep their order.
            let likely = index.saturating_sub(new.len() - unmatched.len());
            let candidates = (likely..unmatched.len()).chain(0..likely.min(unmatched.len()));
            let found = candidates.into_iter().find(|at| {
                self.forget(assumed);
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
        let default = discriminator.default_mapping.as_ref().map(target);
        Some((discriminator.property_name.clone(), values.collect::<HashMap<_, _>>(), default))
    };
    content(old) == content(new)
}
