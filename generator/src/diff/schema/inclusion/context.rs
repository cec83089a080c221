//! What is known about a value: the schemas that it matches, and the schemas that it does not match.

use std::cell::OnceCell;
use std::collections::HashSet;
use std::rc::Rc;

use crate::diff::change::Direction;
use crate::diff::schema::inclusion::part::Part;
use crate::resolve::document::{AdditionalProperties, Discriminator, Schema, SchemaRef};

/// A union that a value matches.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Union<'a> {
    /// The schema that contains the union.
    pub owner: Part<'a>,
    pub variants: &'a [SchemaRef],
    /// Whether the keyword is `oneOf`.
    pub is_exclusive: bool,
}

impl<'a> Union<'a> {
    pub(crate) fn discriminator(&self) -> Option<&'a Discriminator> {
        self.owner.schema.discriminator.as_ref()
    }
}

/// Returns the unions of a schema itself: its `oneOf` and its `anyOf`.
pub(crate) fn unions_of(owner: Part<'_>) -> impl Iterator<Item = Union<'_>> {
    let lists = [(&owner.schema.one_of, true), (&owner.schema.any_of, false)];
    let lists = lists.into_iter().filter(|(variants, _)| !variants.is_empty());
    lists.map(move |(variants, is_exclusive)| Union { owner, variants, is_exclusive })
}

/// What is known about a value that is not null.
#[derive(Debug, Clone)]
pub(crate) struct Context<'a> {
    /// The schemas that the value matches, with the members of their `allOf`.
    pub parts: Vec<Part<'a>>,
    /// The schemas that the value does not match.
    pub excluded: Vec<Part<'a>>,
    /// The unions in `parts`.
    pub unions: Vec<Union<'a>>,
    /// Whether the discriminator of a union alone decides which variant a value must match.
    selects: bool,
    /// The number of unions at the start of `unions` whose variants have been distinguished.
    distinguished: usize,
    /// The schemas by which the sender of the value describes it.
    pub description: Rc<Description<'a>>,
}

impl<'a> Context<'a> {
    /// Creates a context. `selects` is true if the discriminator of a union alone decides which variant a value must match.
    pub(crate) fn new(parts: &[Part<'a>], description: Vec<Part<'a>>, selects: bool) -> Self {
        let mut context = Self {
            parts: Vec::new(),
            excluded: Vec::new(),
            unions: Vec::new(),
            selects,
            distinguished: 0,
            description: Rc::new(Description::new(description)),
        };
        parts.iter().for_each(|part| context.add(*part));
        context
    }

    /// Adds a schema that the value matches.
    fn add(&mut self, part: Part<'a>) {
        if self.parts.iter().any(|known| known.is_same(part)) {
            return;
        }
        self.parts.push(part);
        self.unions.extend(unions_of(part));
        self.excluded.extend(part.schema.not.as_ref().and_then(|not| part.resolve(not)));
        for member in &part.schema.all_of {
            if let Some(member) = part.resolve(member) {
                self.add(member);
            }
        }
    }

    /// Returns this context with a further schema that the value matches.
    pub(crate) fn with(&self, part: Part<'a>) -> Self {
        let mut context = self.clone();
        context.add(part);
        context
    }

    /// Returns this context without the excluded schema with this index.
    pub(crate) fn without_excluded(&self, index: usize) -> Self {
        let mut context = self.clone();
        context.excluded.remove(index);
        context
    }

    /// Distinguishes the variants of the first union whose variants are not distinguished yet. Returns a context for each variant;
    /// `None` if there is no such union. Each context is created when it is needed, because it contains all other variants.
    pub(crate) fn split(&self) -> Option<impl ExactSizeIterator<Item = Self>> {
        let union = self.unions.get(self.distinguished)?;
        let rest = Self { distinguished: self.distinguished + 1, ..self.clone() };
        let variants: Vec<Part<'a>> =
            union.variants.iter().filter_map(|variant| union.owner.resolve(variant)).collect();
        if variants.len() < union.variants.len() {
            return None;
        }
        // If the discriminator selects the variant, the number of variants that match does not count.
        let excludes_others = union.is_exclusive && !(self.selects && union.discriminator().is_some());
        Some((0..variants.len()).map(move |index| {
            let variant = variants[index];
            let mut branch = rest.with(variant);
            if excludes_others {
                branch.excluded.extend(variants.iter().filter(|other| !other.is_same(variant)));
            }
            branch
        }))
    }

    /// Returns the schemas that the member `name` of the value matches.
    pub(crate) fn member(&self, name: &str) -> Vec<Part<'a>> {
        self.parts.iter().filter_map(|part| part.member(name)).collect()
    }

    /// Returns whether the value has no member `name`: a schema forbids it, or the sender omits it.
    pub(crate) fn lacks(&self, name: &str, direction: Direction) -> bool {
        self.forbids(name) || self.description.omits(name, direction)
    }

    /// Returns whether a schema forbids the member `name`.
    pub(crate) fn forbids(&self, name: &str) -> bool {
        let forbids = |part: &Part<'a>| part.is_closed() && !part.schema.properties.contains_key(name);
        self.parts.iter().any(forbids)
    }

    /// Returns whether the value has the member `name`.
    pub(crate) fn requires(&self, name: &str, direction: Direction) -> bool {
        self.parts.iter().any(|part| part.requires(name, direction))
    }

    /// Returns the largest of the lower bounds that `bound` returns.
    pub(crate) fn least(&self, bound: impl Fn(&Schema) -> Option<u64>) -> u64 {
        self.parts.iter().filter_map(|part| bound(part.schema)).max().unwrap_or(0)
    }

    /// Returns the smallest of the upper bounds that `bound` returns.
    pub(crate) fn most(&self, bound: impl Fn(&Schema) -> Option<u64>) -> u64 {
        self.parts.iter().filter_map(|part| bound(part.schema)).min().unwrap_or(u64::MAX)
    }
}

/// The schemas by which the sender of a value describes the value. They show which members the sender never sends.
#[derive(Debug)]
pub(crate) struct Description<'a> {
    roots: Vec<Part<'a>>,
    /// `roots`, with the members of their `allOf`, and with all variants of their unions.
    all: OnceCell<Vec<Part<'a>>>,
}

impl<'a> Description<'a> {
    pub(crate) fn new(roots: Vec<Part<'a>>) -> Self {
        Self { roots, all: OnceCell::new() }
    }

    fn names(&self) -> HashSet<&'a str> {
        let names = |part: &Part<'a>| part.schema.properties.keys().chain(&part.schema.required).map(String::as_str);
        self.all().iter().flat_map(names).collect()
    }

    fn allows_more(&self) -> bool {
        let allows = |part: &Part<'a>| {
            matches!(part.schema.additional_properties, AdditionalProperties::Any | AdditionalProperties::Schema(_))
        };
        self.all().iter().any(allows)
    }

    /// Returns whether the sender may send a member that `goal` describes and `part` does not. If so, a comparison of `part` and
    /// `goal` alone assumes that the sender omits this member, although another schema describes it.
    pub(crate) fn adds_to(&self, part: Part<'a>, goal: Part<'a>) -> bool {
        if matches!(self.roots.as_slice(), [root] if root.is_same(part)) {
            return false;
        }
        let (own, goal) = (Self::new(vec![part]), Self::new(vec![goal]));
        let (own_names, all_names) = (own.names(), self.names());
        let sends_more = self.allows_more() && !own.allows_more();
        let is_limited = !part.is_closed() && goal.limits_more();
        if is_limited && (sends_more || all_names.iter().any(|name| !own_names.contains(name))) {
            return true;
        }
        let is_sent = |name: &&str| all_names.contains(name) || sends_more;
        let goal_names = goal.all().iter().flat_map(|part| part.schema.properties.keys()).map(String::as_str);
        let mut names = goal_names.chain(own.excluded_names()).chain(goal.excluded_names());
        names.any(|name| !own_names.contains(name) && is_sent(&name))
    }

    /// Returns whether a schema forbids or limits members that it does not describe.
    fn limits_more(&self) -> bool {
        let limits = |part: &Part<'a>| {
            matches!(
                part.schema.additional_properties,
                AdditionalProperties::Forbidden | AdditionalProperties::Schema(_)
            )
        };
        self.all().iter().any(limits)
    }

    /// Returns the names of the properties in `not`.
    fn excluded_names(&self) -> Vec<&'a str> {
        let (mut names, mut seen) = (Vec::new(), HashSet::new());
        let excluded = |part: &Part<'a>| part.schema.not.as_ref().and_then(|not| part.resolve(not));
        let mut pending: Vec<Part<'a>> = self.all().iter().filter_map(excluded).collect();
        while let Some(part) = pending.pop() {
            if seen.insert(std::ptr::from_ref(part.schema)) {
                let inner = Self::new(vec![part]);
                names.extend(inner.names());
                pending.extend(inner.all().iter().filter_map(excluded));
            }
        }
        names
    }

    fn all(&self) -> &[Part<'a>] {
        self.all.get_or_init(|| {
            let (mut all, mut seen) = (Vec::new(), HashSet::new());
            let mut pending = self.roots.clone();
            while let Some(part) = pending.pop() {
                if seen.insert(std::ptr::from_ref(part.schema)) {
                    all.push(part);
                    let schema = part.schema;
                    let lists = schema.all_of.iter().chain(&schema.one_of).chain(&schema.any_of);
                    pending.extend(lists.filter_map(|inner| part.resolve(inner)));
                }
            }
            all
        })
    }

    /// Returns whether the sender never sends the member `name`: no schema describes the member, other members are described, and
    /// `additionalProperties` is absent; or the member is `readOnly` in a request, or `writeOnly` in a response.
    fn omits(&self, name: &str, direction: Direction) -> bool {
        let all = self.all();
        if all.iter().any(|part| part.schema.properties.contains_key(name)) {
            return all.iter().any(|part| part.omits(name, direction));
        }
        let is_free = |part: &Part<'a>| {
            matches!(part.schema.additional_properties, AdditionalProperties::Any | AdditionalProperties::Schema(_))
                || part.schema.required.iter().any(|required| required == name)
        };
        all.iter().any(|part| !part.schema.properties.is_empty()) && !all.iter().any(is_free)
    }

    /// Returns the schemas by which the sender describes the member `name`.
    pub(crate) fn member(&self, name: &str) -> Vec<Part<'a>> {
        self.all().iter().filter_map(|part| part.member(name)).collect()
    }

    /// Returns the schemas by which the sender describes the members that are not properties.
    pub(crate) fn additional(&self) -> Vec<Part<'a>> {
        self.all().iter().filter_map(|part| part.additional()).collect()
    }

    /// Returns the schemas by which the sender describes the items.
    pub(crate) fn items(&self) -> Vec<Part<'a>> {
        self.all().iter().filter_map(|part| part.items()).collect()
    }

    /// Returns the addresses of the schemas, in a fixed order.
    pub(crate) fn addresses(&self) -> Vec<*const Schema> {
        let mut addresses: Vec<_> = self.roots.iter().map(|part| std::ptr::from_ref(part.schema)).collect();
        addresses.sort_unstable();
        addresses.dedup();
        addresses
    }
}
