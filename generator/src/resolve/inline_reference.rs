//! References to schemas that are no components: a member of one, or what stands in an operation.
//!
//! What such a reference leads to is written in its stead. Where it holds the reference itself that would never end, so the place
//! gets a name and becomes a component.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::pointer::Pointer;
use crate::resolve::document::Schema;
use crate::resolve::{Context, schema};

/// How many references to unnamed places may lead through one another before one of them gets a name: what is written in
/// place of references is written again for each.
const DEEPEST: usize = 4;

/// The tokens of a place that its name does without.
const STRUCTURE: &[&str] =
    &["components", "content", "parameters", "paths", "properties", "requestBody", "responses", "schema", "schemas"];

/// The schemas that references lead to and that are no components.
pub(super) struct Unnamed {
    /// Those that hold a reference to themselves, by however many others.
    recursive: HashSet<Pointer>,
    /// Those that got a name.
    names: IndexMap<Pointer, String>,
    /// How many are being written in place of references, one in the other.
    pub(super) depth: usize,
}

impl Unnamed {
    /// Of the document `raw`.
    pub(super) fn of(raw: &Value) -> Self {
        Self { recursive: recursive(raw), names: IndexMap::new(), depth: 0 }
    }

    pub(super) fn is_recursive(&self, place: &Pointer) -> bool {
        self.recursive.contains(place)
    }

    pub(super) fn is_deep(&self) -> bool {
        self.depth >= DEEPEST
    }

    /// The name of the schema at `place`, which it has from now on.
    pub(super) fn name(&mut self, place: &Pointer, raw: &Value) -> String {
        if let Some(name) = self.names.get(place) {
            return name.clone();
        }
        let components = raw.pointer("/components/schemas").and_then(Value::as_object);
        let is_taken = |name: &String| {
            components.is_some_and(|all| all.contains_key(name)) || self.names.values().any(|other| other == name)
        };
        let wish = spoken(place);
        let mut names = std::iter::once(wish.clone()).chain((2..).map(|number| format!("{wish}_{number}")));
        let name = names.find(|name| !is_taken(name)).unwrap_or(wish);
        self.names.insert(place.clone(), name.clone());
        name
    }
}

/// The tokens of `place` that say what it is about.
fn spoken(place: &Pointer) -> String {
    let mut tokens: Vec<String> = Vec::new();
    let mut rest = Some(place.clone());
    while let Some((token, parent)) = rest.and_then(|place| Some((place.last()?, place.parent()))) {
        tokens.extend((!STRUCTURE.contains(&token.as_str())).then_some(token));
        rest = parent;
    }
    tokens.reverse();
    tokens.join("_").chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect()
}

/// Adds the schemas that got a name to `schemas`; reading one may give others a name.
pub(super) fn add_named(cx: &mut Context<'_>, schemas: &mut IndexMap<String, Schema>) {
    let mut done = 0;
    while let Some((place, name)) = cx.unnamed.names.get_index(done) {
        let (place, name) = (place.clone(), name.clone());
        let named = cx.at(&place).map(|value| schema::with_a_name(cx, value, &place));
        schemas.insert(name, named.unwrap_or_default());
        done += 1;
    }
}

/// The places without a name that lead back to themselves.
fn recursive(raw: &Value) -> HashSet<Pointer> {
    let mut targets = HashSet::new();
    unnamed_targets(raw, &mut targets);
    let edges: HashMap<&Pointer, HashSet<Pointer>> = targets
        .iter()
        .filter_map(|place| {
            let mut inner = HashSet::new();
            unnamed_targets(raw.pointer(place.as_str())?, &mut inner);
            Some((place, inner))
        })
        .collect();
    let leads_back = |start: &&Pointer| {
        let mut seen: HashSet<&Pointer> = HashSet::new();
        let mut open: Vec<&Pointer> = edges.get(*start).into_iter().flatten().collect();
        while let Some(next) = open.pop() {
            if seen.insert(next) {
                open.extend(edges.get(next).into_iter().flatten());
            }
        }
        seen.contains(*start)
    };
    targets.iter().filter(leads_back).cloned().collect()
}

/// The places without a name that references in `value` lead to.
fn unnamed_targets(value: &Value, targets: &mut HashSet<Pointer>) {
    match value {
        Value::Object(members) => {
            let fragment = members.get("$ref").and_then(Value::as_str).and_then(|text| text.strip_prefix('#'));
            targets.extend(fragment.and_then(Pointer::from_fragment).filter(|target| !has_a_name(target)));
            members.values().for_each(|member| unnamed_targets(member, targets));
        }
        Value::Array(items) => items.iter().for_each(|item| unnamed_targets(item, targets)),
        _ => {}
    }
}

/// Whether a place is a component, or a path item.
fn has_a_name(place: &Pointer) -> bool {
    match place.as_str().split('/').nth(1) {
        Some("components") => place.as_str().split('/').count() <= 4,
        Some("paths") => place.as_str().split('/').count() <= 3,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::resolve::document::SchemaRef;
    use crate::resolve::tests::resolved;

    fn component(schema: Option<&SchemaRef>) -> &str {
        match schema {
            Some(SchemaRef::Component { name, .. }) => name,
            other => panic!("{other:?} is no reference to a component"),
        }
    }

    #[test]
    fn a_member_that_holds_itself_gets_a_name() {
        let (document, findings) = resolved(
            "paths: {}\ncomponents:\n  schemas:\n    \
             D: {properties: {e: {maxProperties: 1, properties: {f: {$ref: '#/components/schemas/D/properties/e'}}}}}\n    \
             D_e: {type: string}\n    Uses: {items: {$ref: '#/components/schemas/D/properties/e'}}\n",
        );
        assert_eq!(findings, [""; 0]);
        assert_eq!(document.schemas.keys().collect::<Vec<_>>(), ["D", "D_e", "Uses", "D_e_2"]);
        let named = document.schemas.get("D_e_2").expect("the member");
        assert_eq!((named.pointer.as_str(), named.max_properties), ("/components/schemas/D/properties/e", Some(1)));
        assert_eq!(component(named.properties.get("f")), "D_e_2");
        assert_eq!(component(document.schemas["D"].properties.get("e")), "D_e_2");
        assert_eq!(component(document.schemas["Uses"].items.as_ref()), "D_e_2");
    }

    #[test]
    fn what_recurs_in_an_operation_gets_a_name() {
        let (document, findings) = resolved(
            "paths:\n  /tree/{id}:\n    get:\n      responses:\n        '200':\n          description: d\n          content:\n            \
             application/json:\n              schema:\n                properties:\n                  \
             next: {items: {$ref: '#/paths/~1tree~1%7Bid%7D/get/responses/200/content/application~1json/schema'}}\n",
        );
        assert_eq!(findings, [""; 0]);
        let media = document.operations.first().and_then(|operation| operation.responses.first()?.content.first());
        let name = "_tree__id__get_200_application_json";
        assert_eq!(component(media.and_then(|media| media.schema.as_ref())), name);
        let Some(SchemaRef::Inline(next)) = document.schemas[name].properties.get("next") else { panic!("no next") };
        assert_eq!(component(next.items.as_ref()), name);
    }

    #[test]
    fn a_circle_without_a_schema_is_refused_under_its_name() {
        let (_, findings) = resolved(
            "paths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n        \
             x: {$ref: '#/components/schemas/A/properties/y'}\n        y: {$ref: '#/components/schemas/A/properties/x'}\n",
        );
        assert_eq!(findings, ["ref-cycle /components/schemas/A/properties/x"]);
    }

    #[test]
    fn deep_references_end() {
        let member = |number: usize| {
            let next = format!("{{$ref: '#/components/schemas/S{}/properties/p'}}", number + 1);
            format!("    S{number}: {{properties: {{p: {{properties: {{l: {next}, r: {next}}}}}}}}}\n")
        };
        let schemas: String = (0..40).map(member).collect();
        let (document, findings) = resolved(&format!(
            "paths: {{}}\ncomponents:\n  schemas:\n{schemas}    S40: {{properties: {{p: {{type: string}}}}}}\n"
        ));
        assert_eq!(findings, [""; 0]);
        assert!(document.schemas.len() > 41 && document.schemas.len() <= 81, "{}", document.schemas.len());
    }
}
