//! Components that no operation leads to.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use crate::finding::{Code, Finding, Findings};
use crate::lint::Linted;
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// The sections of `components`, and what one of each is called.
const SECTIONS: &[(&str, &str)] = &[
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

/// A component: its section and its name.
type Component<'r> = (&'static str, &'r str);

/// Something leads from an operation to every component. A document without operations is there for others, and is passed over; of
/// components that lead to each other the first in the chain is told.
pub(super) fn unused(linted: &Linted<'_>, findings: &mut Findings) {
    let Some(components) = linted.raw.get("components").and_then(Value::as_object) else { return };
    if linted.document.operations.is_empty() || findings.iter().any(has_led_on) {
        return;
    }
    let graph = Graph::of(components);
    let root = linted.raw.as_object().into_iter().flatten().filter(|(key, _)| *key != "components");
    let mut asked = Vec::new();
    root.for_each(|(key, value)| graph.member(key, value, &mut asked));
    let mut used = HashSet::new();
    graph.follow(asked, &mut used);
    let is_unused = |component: &Component<'_>| !used.contains(component);
    let (led_to, heads): (Vec<_>, Vec<_>) = graph.order.iter().copied().filter(is_unused).partition(|component| {
        let others = graph.sources.get(component).into_iter().flatten();
        others.filter(|other| *other != component).any(is_unused)
    });
    // What is led to and still not told after its heads leads round to itself.
    let mut told = used;
    for head in heads.into_iter().chain(led_to) {
        if let [head, others @ ..] = graph.follow(vec![head], &mut told).as_slice()
            && !is_meant(*head, findings)
        {
            tell(*head, others, findings);
        }
    }
}

/// Whether the finding is about a piece that was taken out, and that may have led to components.
fn has_led_on(finding: &Finding) -> bool {
    let leads_on = |key: &str| LEADING.contains(&key);
    // What was never there has led nowhere.
    let was_there = finding.missing.as_ref().is_none_or(|missing| missing.place == finding.pointer);
    let is_piece = || was_there && finding.pointer.last().is_some_and(|key| leads_on(&key));
    match finding.code {
        Code::Shape => is_piece(),
        // A key that follows no pattern is taken out with what stands below it.
        Code::UnknownKey => {
            let meant = finding.missing.as_ref().and_then(|missing| missing.place.last());
            finding.consequence.is_some() || meant.is_some_and(|key| leads_on(&key))
        }
        _ => false,
    }
}

/// The keys whose values lead to components.
const LEADING: &[&str] = &[
    "$ref",
    "security",
    "allOf",
    "anyOf",
    "content",
    "delete",
    "get",
    "head",
    "items",
    "not",
    "oneOf",
    "parameters",
    "patch",
    "paths",
    "post",
    "properties",
    "put",
    "requestBody",
    "responses",
    "schema",
];

/// Whether a reference that leads nowhere was probably meant to lead to this component, which has been told.
fn is_meant((_, name): Component<'_>, findings: &Findings) -> bool {
    let is_lost = |finding: &&Finding| finding.code.is_lost_reference() || finding.code == Code::UnknownScheme;
    let lost = findings.iter().filter(is_lost);
    let missing = lost.filter_map(|finding| finding.missing.as_ref()?.place.last());
    missing.into_iter().any(|missing| missing == name || nearest(&missing, std::iter::once(name), 3).is_some())
}

fn tell((section, name): Component<'_>, others: &[Component<'_>], findings: &mut Findings) {
    let called = SECTIONS.iter().find(|(known, _)| *known == section).map_or("component", |(_, called)| called);
    let also = match others {
        [] => String::new(),
        [(_, other)] => format!(", nor to `{other}`, which only it leads to"),
        [(_, one), (_, other)] => format!(", nor to `{one}` and `{other}`, which only it leads to"),
        more => format!(", nor to {} components that only it leads to", more.len()),
    };
    let remedy = match section {
        "schemas" => "Refer to it where the page does, or delete it; the crate has no type for it.",
        "securitySchemes" => "Ask for it with `security`, or delete it.",
        _ => "Refer to it where the page does, or delete it.",
    };
    findings.add(
        Code::UnusedComponent,
        &Pointer::root().join("components").join(section).join(name),
        format!("No operation leads to the {called} `{name}`{also}."),
        remedy,
    );
}

/// Which component leads to which.
struct Graph<'r> {
    /// The names of each section.
    names: HashMap<&'static str, HashMap<&'r str, &'r str>>,
    /// All, in document order.
    order: Vec<Component<'r>>,
    /// What a component leads to.
    edges: HashMap<Component<'r>, Vec<Component<'r>>>,
    /// What leads to a component.
    sources: HashMap<Component<'r>, Vec<Component<'r>>>,
}

impl<'r> Graph<'r> {
    fn of(components: &'r Map<String, Value>) -> Self {
        let sections =
            SECTIONS.iter().filter_map(|(section, _)| Some((*section, components.get(*section)?.as_object()?)));
        let all: Vec<(Component<'r>, &'r Value)> = sections
            .flat_map(|(section, named)| named.iter().map(move |(name, value)| ((section, name.as_str()), value)))
            .collect();
        let order: Vec<Component<'r>> = all.iter().map(|(component, _)| *component).collect();
        let edges = order.iter().map(|component| (*component, Vec::new())).collect();
        let mut names: HashMap<&'static str, HashMap<&'r str, &'r str>> = HashMap::new();
        for (section, name) in &order {
            names.entry(*section).or_default().insert(*name, *name);
        }
        let mut graph = Self { names, order, edges, sources: HashMap::new() };
        for (component, value) in &all {
            let mut found = Vec::new();
            graph.value(value, &mut found);
            graph.edges.entry(*component).or_default().extend(found);
        }
        graph.add_subtypes(&all);
        for (from, to) in &graph.edges {
            to.iter().for_each(|to| graph.sources.entry(*to).or_default().push(*from));
        }
        graph
    }

    /// A schema that tells subtypes apart leads to what builds on it with `allOf`, by name.
    fn add_subtypes(&mut self, all: &[(Component<'r>, &'r Value)]) {
        let mut families: HashSet<Component<'r>> = all
            .iter()
            .filter(|(_, value)| value.get("discriminator").is_some())
            .map(|(component, _)| *component)
            .collect();
        loop {
            let mut grown = false;
            for (component, value) in all {
                let mut parents = Vec::new();
                value.get("allOf").into_iter().for_each(|members| self.value(members, &mut parents));
                parents.retain(|parent| families.contains(parent));
                if !parents.is_empty() && families.insert(*component) {
                    grown = true;
                }
                for parent in parents {
                    let children = self.edges.entry(parent).or_default();
                    if !children.contains(component) {
                        children.push(*component);
                    }
                }
            }
            if !grown {
                return;
            }
        }
    }

    /// Adds the components that `value` refers to, wherever in it. What an extension says is counted too: webhooks stand in one.
    fn value(&self, value: &'r Value, found: &mut Vec<Component<'r>>) {
        match value {
            Value::Object(members) => members.iter().for_each(|(key, member)| self.member(key, member, found)),
            Value::Array(items) => items.iter().for_each(|item| self.value(item, found)),
            _ => {}
        }
    }

    fn member(&self, key: &str, value: &'r Value, found: &mut Vec<Component<'r>>) {
        match (key, value) {
            ("$ref", Value::String(reference)) => found.extend(self.referred(reference)),
            ("mapping", Value::Object(mapping)) => {
                for target in mapping.values().filter_map(Value::as_str) {
                    found.extend(self.referred(target).or_else(|| self.known("schemas", target)));
                }
            }
            ("security", Value::Array(ways)) => {
                let names = ways.iter().filter_map(Value::as_object).flat_map(Map::keys);
                found.extend(names.filter_map(|name| self.known("securitySchemes", name)));
            }
            _ => {}
        }
        self.value(value, found);
    }

    /// The component that a reference leads to or into.
    fn referred(&self, reference: &str) -> Option<Component<'r>> {
        let pointer = Pointer::from_fragment(reference.strip_prefix('#')?)?;
        let mut tokens = pointer.as_str().strip_prefix("/components/")?.splitn(3, '/');
        let (section, name) = (tokens.next()?, tokens.next()?);
        self.known(section, &name.replace("~1", "/").replace("~0", "~"))
    }

    fn known(&self, section: &str, name: &str) -> Option<Component<'r>> {
        let section = SECTIONS.iter().find(|(known, _)| *known == section)?.0;
        Some((section, *self.names.get(section)?.get(name)?))
    }

    /// Goes wherever `from` leads and `reached` has not been; answers what is new, in the order of the way.
    fn follow(&self, mut from: Vec<Component<'r>>, reached: &mut HashSet<Component<'r>>) -> Vec<Component<'r>> {
        let mut new = Vec::new();
        while let Some(component) = from.pop() {
            if reached.insert(component) {
                new.push(component);
                from.extend(self.edges.get(&component).into_iter().flatten());
            }
        }
        new
    }
}

#[cfg(test)]
mod tests {
    use crate::lint::tests::places;

    const OPERATION: &str = "paths:\n  /a:\n    get:\n      security: [{Key: []}]\n      responses:\n        \
                             '200': {description: y, content: {a/b: {schema: {$ref: '#/components/schemas/Base'}}}}\n";

    fn unused(components: &str) -> Vec<String> {
        let base = "Base: {discriminator: {propertyName: k, mapping: {m: Mapped}}, properties: {k: {}}, required: [k]}";
        let text = format!(
            "{OPERATION}components:\n  securitySchemes: {{Key: {{type: http, scheme: basic}}}}\n  {}\n",
            components.replace("BASE", base)
        );
        places("unused-component", &text).into_iter().map(|place| place.replace("/components", "")).collect()
    }

    #[test]
    fn what_an_operation_leads_to_is_used() {
        let used = "schemas: {BASE, Mapped: {items: {$ref: '#/components/schemas/Deep/properties/x'}}, \
                    Deep: {properties: {x: {}}}, Child: {allOf: [{$ref: '#/components/schemas/Base'}]}, \
                    Grandchild: {allOf: [{$ref: '#/components/schemas/Child'}]}}";
        assert_eq!(unused(used), [""; 0]);
    }

    #[test]
    fn the_first_of_unused_ones_is_told() {
        let schemas = "schemas: {BASE, Mapped: {}, A: {items: {$ref: '#/components/schemas/B'}}, B: {}, \
                       C: {items: {$ref: '#/components/schemas/D'}}, D: {items: {$ref: '#/components/schemas/C'}}}";
        assert_eq!(unused(schemas), ["/schemas/A", "/schemas/C"]);
        for (section, component) in [
            ("responses", "{description: y}"),
            ("parameters", "{name: a, in: query, schema: {}}"),
            ("examples", "{value: 1}"),
            ("requestBodies", "{content: {}}"),
            ("headers", "{schema: {}}"),
            ("links", "{operationId: x}"),
            ("callbacks", "{'{$url}': {}}"),
        ] {
            let told = unused(&format!("{section}: {{A: {component}}}\n  schemas: {{BASE, Mapped: {{}}}}"));
            assert_eq!(told, [format!("/{section}/A")]);
        }
    }

    #[test]
    fn a_scheme_that_nothing_asks_for_is_unused() {
        let text = OPERATION.replace("Key", "Other");
        let schemes = "securitySchemes: {Other: {type: http, scheme: basic}, Key: {type: http, scheme: basic}}";
        let told = places("unused-component", &format!("{text}components: {{schemas: {{Base: {{}}}}, {schemes}}}\n"));
        assert_eq!(told, ["/components/securitySchemes/Key"]);
    }

    #[test]
    fn a_document_without_operations_is_there_for_others() {
        assert_eq!(places("unused-component", "paths: {}\ncomponents: {schemas: {A: {}}}\n"), [""; 0]);
    }
}
