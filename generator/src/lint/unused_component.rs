//! Finds components that no operation uses.

use std::collections::HashSet;

use serde_json::Value;

use crate::finding::{Code, Finding, Findings};
use crate::lint::component_graph::{Component, ComponentGraph, SECTIONS};
use crate::lint::context::Context;
use crate::pointer::Pointer;
use crate::suggestion::nearest;

/// Reports components that are not reachable from an operation.
///
/// A document without operations and webhooks is not examined, because it is a library for other documents. A component that only another
/// unused component refers to has no finding of its own: the finding about the other component covers both.
pub(super) fn components(context: &Context<'_>, findings: &mut Findings) {
    let Some(components) = context.raw.get("components").and_then(Value::as_object) else { return };
    let is_library = context.document.operations.is_empty() && context.document.webhooks.is_empty();
    if is_library || findings.iter().any(has_removed_references) {
        return;
    }
    let graph = ComponentGraph::of(components);
    let members = context.raw.as_object().into_iter().flatten().filter(|(key, _)| *key != "components");
    let mut roots = Vec::new();
    members.for_each(|(key, value)| graph.collect_member(key, value, &mut roots));
    let mut used = HashSet::new();
    graph.reach(roots, &mut used);
    let is_unused = |component: &Component<'_>| !used.contains(component);
    let (referenced, heads): (Vec<_>, Vec<_>) = graph
        .order
        .iter()
        .copied()
        .filter(is_unused)
        .partition(|component| graph.sources(component).filter(|source| *source != component).any(is_unused));
    // The components that no unused component refers to are examined first. The unused components that remain belong to cycles,
    // or are reachable only from cycles.
    let mut reported = used;
    let intended = intended_targets(&heads, &referenced, findings);
    for head in heads.into_iter().chain(referenced) {
        if let [head, others @ ..] = graph.reach(vec![head], &mut reported).as_slice()
            && !intended.contains(head.1)
        {
            report(*head, others, findings);
        }
    }
}

/// Returns whether `finding` is about a member that the load stage removed, and that may have contained references to components.
fn has_removed_references(finding: &Finding) -> bool {
    let may_refer = |key: &str| REFERRING.contains(&key);
    // A member that was never in the document contained no references.
    let existed = finding.missing.as_ref().is_none_or(|missing| missing.place == finding.pointer);
    match finding.code {
        Code::Shape => existed && finding.pointer.last().is_some_and(|key| may_refer(&key)),
        // A member with an unknown key was removed together with its value.
        Code::UnknownKey => {
            let intended = finding.missing.as_ref().and_then(|missing| missing.place.last());
            finding.consequence.is_some() || intended.is_some_and(|key| may_refer(&key))
        }
        _ => false,
    }
}

/// The keys whose values may contain references to components.
const REFERRING: &[&str] = &[
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

/// Returns the names of the unused components for which broken references were probably meant. The finding about such a reference
/// also explains why the component is unused.
fn intended_targets(heads: &[Component<'_>], others: &[Component<'_>], findings: &Findings) -> HashSet<String> {
    let names: HashSet<&str> = heads.iter().chain(others).map(|(_, name)| *name).collect();
    let is_lost = |finding: &&Finding| finding.code.is_lost_reference() || finding.code == Code::UnknownScheme;
    let lost = findings.iter().filter(is_lost);
    let missing: HashSet<String> = lost.filter_map(|finding| finding.missing.as_ref()?.place.last()).collect();
    let similar =
        |name: &String| nearest(name, heads.iter().chain(others).map(|(_, name)| *name), 3).map(str::to_owned);
    let target = |name: String| if names.contains(name.as_str()) { Some(name) } else { similar(&name) };
    missing.into_iter().filter_map(target).collect()
}

/// Reports an unused component. `others` are the components that only this component refers to, directly or indirectly.
fn report((section, name): Component<'_>, others: &[Component<'_>], findings: &mut Findings) {
    let noun = SECTIONS.iter().find(|(known, _)| *known == section).map_or("component", |(_, noun)| noun);
    let others = match others {
        [] => String::new(),
        [(_, other)] => format!(". `{other}` is unused too, because only `{name}` leads to it"),
        [(_, one), (_, other)] => {
            format!(". `{one}` and `{other}` are unused too, because only `{name}` leads to them")
        }
        more => format!(". {} more components are unused too, because only `{name}` leads to them", more.len()),
    };
    let remedy = match section {
        "schemas" => {
            "Add the reference that is missing, or delete the component. The crate has no type for this component."
        }
        "securitySchemes" => "Require the scheme with `security`, or delete the scheme.",
        _ => "Add the reference that is missing, or delete the component.",
    };
    findings.add(
        Code::UnusedComponent,
        &Pointer::root().join("components").join(section).join(name),
        format!("No operation uses the {noun} `{name}`{others}."),
        remedy,
    );
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
    fn components_that_an_operation_reaches_are_used() {
        let used = "schemas: {BASE, Mapped: {items: {$ref: '#/components/schemas/Deep/properties/x'}}, \
                    Deep: {properties: {x: {}}}, Child: {allOf: [{$ref: '#/components/schemas/Base'}]}, \
                    Grandchild: {allOf: [{$ref: '#/components/schemas/Child'}]}}";
        assert_eq!(unused(used), [""; 0]);
    }

    #[test]
    fn the_first_of_a_chain_of_unused_components_is_reported() {
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
            let found = unused(&format!("{section}: {{A: {component}}}\n  schemas: {{BASE, Mapped: {{}}}}"));
            assert_eq!(found, [format!("/{section}/A")]);
        }
    }

    #[test]
    fn a_scheme_that_nothing_requires_is_unused() {
        let text = OPERATION.replace("Key", "Other");
        let schemes = "securitySchemes: {Other: {type: http, scheme: basic}, Key: {type: http, scheme: basic}}";
        let found = places("unused-component", &format!("{text}components: {{schemas: {{Base: {{}}}}, {schemes}}}\n"));
        assert_eq!(found, ["/components/securitySchemes/Key"]);
    }

    #[test]
    fn a_document_without_operations_is_not_examined() {
        assert_eq!(places("unused-component", "paths: {}\ncomponents: {schemas: {A: {}}}\n"), [""; 0]);
    }
}
