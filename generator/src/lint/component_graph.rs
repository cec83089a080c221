//! The graph of references between the components of a document, built from the unresolved JSON tree.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::pointer::Pointer;

/// The keys of `components`, each with the noun for one component under the key, such as `schema` for `schemas`.
pub(super) const SECTIONS: &[(&str, &str)] = &[
    ("schemas", "schema"),
    ("responses", "response"),
    ("parameters", "parameter"),
    ("examples", "example"),
    ("requestBodies", "request body"),
    ("headers", "header"),
    ("securitySchemes", "security scheme"),
    ("links", "link"),
    ("callbacks", "callback"),
];

/// A component, identified by its key in `components` and its name, such as `("schemas", "Pet")`.
pub(super) type Component<'r> = (&'static str, &'r str);

/// The references between components.
pub(super) struct ComponentGraph<'r> {
    /// The names of the components in each section of `components`, such as `schemas`. The inner map maps each name to itself, so
    /// that a lookup returns a name that is borrowed from the document.
    names: HashMap<&'static str, HashMap<&'r str, &'r str>>,
    /// All components, in document order.
    pub(super) order: Vec<Component<'r>>,
    /// The components that each component refers to.
    targets: HashMap<Component<'r>, Vec<Component<'r>>>,
    /// The components that refer to each component.
    sources: HashMap<Component<'r>, Vec<Component<'r>>>,
}

impl<'r> ComponentGraph<'r> {
    pub(super) fn of(components: &'r Map<String, Value>) -> Self {
        let sections =
            SECTIONS.iter().filter_map(|(section, _)| Some((*section, components.get(*section)?.as_object()?)));
        let all: Vec<(Component<'r>, &'r Value)> = sections
            .flat_map(|(section, named)| named.iter().map(move |(name, value)| ((section, name.as_str()), value)))
            .collect();
        let order: Vec<Component<'r>> = all.iter().map(|(component, _)| *component).collect();
        let targets = order.iter().map(|component| (*component, Vec::new())).collect();
        let mut names: HashMap<&'static str, HashMap<&'r str, &'r str>> = HashMap::new();
        for (section, name) in &order {
            names.entry(*section).or_default().insert(*name, *name);
        }
        let mut graph = Self { names, order, targets, sources: HashMap::new() };
        for (component, value) in &all {
            let mut found = Vec::new();
            graph.collect(value, &mut found);
            graph.targets.entry(*component).or_default().extend(found);
        }
        graph.add_subtypes(&all);
        for (from, to) in &graph.targets {
            to.iter().for_each(|to| graph.sources.entry(*to).or_default().push(*from));
        }
        graph
    }

    /// Adds a reference from each schema with a discriminator to each of its subtypes, because the discriminator may select a
    /// subtype by component name. A subtype is a schema whose `allOf` refers to the schema with the discriminator.
    fn add_subtypes(&mut self, all: &[(Component<'r>, &'r Value)]) {
        let mut heirs: HashMap<Component<'r>, Vec<(usize, Component<'r>)>> = HashMap::new();
        for (index, (component, value)) in all.iter().enumerate() {
            let mut parents = Vec::new();
            value.get("allOf").into_iter().for_each(|parts| self.collect(parts, &mut parents));
            let distinct: HashSet<Component<'r>> = parents.into_iter().collect();
            distinct.into_iter().for_each(|parent| heirs.entry(parent).or_default().push((index, *component)));
        }
        let has_discriminator = |(_, value): &&(Component<'r>, &'r Value)| value.get("discriminator").is_some();
        // Each schema is stored with the index of the component at which the list of its subtypes begins.
        let mut waiting: Vec<(Component<'r>, usize)> =
            all.iter().filter(has_discriminator).map(|(component, _)| (*component, 0)).collect();
        let mut families: HashSet<Component<'r>> = waiting.iter().map(|(component, _)| *component).collect();
        while let Some((parent, start)) = waiting.pop() {
            let Some(subtypes) = heirs.remove(&parent) else { continue };
            let (later, earlier): (Vec<_>, Vec<_>) = subtypes.into_iter().partition(|(index, _)| *index >= start);
            let children = self.targets.entry(parent).or_default();
            let known: HashSet<Component<'r>> = children.iter().copied().collect();
            for (index, subtype) in later.into_iter().chain(earlier) {
                if !known.contains(&subtype) {
                    children.push(subtype);
                }
                if families.insert(subtype) {
                    waiting.push((subtype, index + 1));
                }
            }
        }
    }

    /// Adds to `found` the components that `value` refers to at any depth. References in extensions count too, because an
    /// extension may contain webhooks.
    fn collect(&self, value: &'r Value, found: &mut Vec<Component<'r>>) {
        match value {
            Value::Object(members) => {
                members.iter().for_each(|(key, member)| self.collect_member(key, member, found));
            }
            Value::Array(items) => items.iter().for_each(|item| self.collect(item, found)),
            _ => {}
        }
    }

    /// Adds to `found` the components to which the member `key` of an object refers, such as the security schemes named in
    /// `security`.
    pub(super) fn collect_member(&self, key: &str, value: &'r Value, found: &mut Vec<Component<'r>>) {
        match (key, value) {
            ("$ref", Value::String(reference)) => found.extend(self.target(reference)),
            ("mapping", Value::Object(mapping)) => {
                for target in mapping.values().filter_map(Value::as_str) {
                    found.extend(self.target(target).or_else(|| self.component("schemas", target)));
                }
            }
            ("security", Value::Array(requirements)) => {
                let names = requirements.iter().filter_map(Value::as_object).flat_map(Map::keys);
                found.extend(names.filter_map(|name| self.component("securitySchemes", name)));
            }
            _ => {}
        }
        self.collect(value, found);
    }

    /// Returns the component that contains the target of a reference; `None` if the target is not in `components`.
    fn target(&self, reference: &str) -> Option<Component<'r>> {
        let pointer = Pointer::from_fragment(reference.strip_prefix('#')?)?;
        let mut tokens = pointer.as_str().strip_prefix("/components/")?.splitn(3, '/');
        let (section, name) = (tokens.next()?, tokens.next()?);
        self.component(section, &name.replace("~1", "/").replace("~0", "~"))
    }

    fn component(&self, section: &str, name: &str) -> Option<Component<'r>> {
        let section = SECTIONS.iter().find(|(known, _)| *known == section)?.0;
        Some((section, *self.names.get(section)?.get(name)?))
    }

    /// Returns the components that refer to `component`.
    pub(super) fn sources(&self, component: &Component<'r>) -> impl Iterator<Item = &Component<'r>> {
        self.sources.get(component).into_iter().flatten()
    }

    /// Adds to `reached` the `roots` and all components that are reachable from the `roots`. Returns the components that were
    /// added, in the order in which they were reached.
    pub(super) fn reach(
        &self,
        mut roots: Vec<Component<'r>>,
        reached: &mut HashSet<Component<'r>>,
    ) -> Vec<Component<'r>> {
        let mut added = Vec::new();
        while let Some(component) = roots.pop() {
            if reached.insert(component) {
                added.push(component);
                roots.extend(self.targets.get(&component).into_iter().flatten());
            }
        }
        added
    }
}
