//! Inline schemas that are the target of a reference, such as `#/components/schemas/Pet/properties/owner`.
//!
//! A reference to an inline schema is replaced by a copy of that schema. If the schema contains a reference to itself, copying
//! would never end. If many such references are nested, the copies would be too large. In both cases the schema becomes a
//! component with a generated name instead.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use super::recursive_target::recursive_targets;
use crate::pointer::Pointer;

/// How many inlined `$ref` targets may be nested in each other. A target at a deeper level becomes a component with a generated
/// name, because every level can multiply the size of the schema.
pub(super) const MAX_DEPTH: usize = 4;

/// JSON Pointer tokens that are left out of the generated name of an inline schema.
const STRUCTURE: &[&str] = &[
    "components",
    "content",
    "parameters",
    "paths",
    "properties",
    "requestBody",
    "responses",
    "schema",
    "schemas",
    "webhooks",
    "$defs",
];

/// The inline schemas and other objects that are the target of a reference in a document.
#[derive(Default)]
pub(super) struct InlineTargets {
    /// The inline schemas that contain a reference to themselves, directly or through other schemas.
    recursive: HashSet<Pointer>,
    /// The generated names, by the JSON Pointer of the inline schema.
    names: IndexMap<Pointer, String>,
    /// The values of `names`.
    taken: HashSet<String>,
    /// For each name without a number, the last number that a generated name got. All smaller numbers are in use.
    last_numbers: HashMap<String, usize>,
    /// How many inlined `$ref` targets enclose the schema that is being read.
    pub(super) depth: usize,
    /// For each target that was examined, and the section of `components` for objects of the expected type: a sentence about its first
    /// malformed part.
    pub(super) malformed: HashMap<(Pointer, &'static str), Option<String>>,
}

impl InlineTargets {
    /// Finds the inline schemas that are the target of a reference in the document.
    pub(super) fn new(raw: &Value) -> Self {
        Self { recursive: recursive_targets(raw), ..Self::default() }
    }

    /// Returns whether the schema at `place` contains a reference to itself, directly or through other schemas.
    pub(super) fn is_recursive(&self, place: &Pointer) -> bool {
        self.recursive.contains(place)
    }

    /// Returns whether [`MAX_DEPTH`] inlined `$ref` targets enclose the schema that is being read. If so, the next `$ref` target
    /// becomes a component.
    pub(super) fn is_deep(&self) -> bool {
        self.depth >= MAX_DEPTH
    }

    /// Returns the component name of the inline schema at `place`. The first call generates the name.
    pub(super) fn name(&mut self, place: &Pointer, raw: &Value) -> String {
        if let Some(name) = self.names.get(place) {
            return name.clone();
        }
        let components = raw.pointer("/components/schemas").and_then(Value::as_object);
        let is_taken =
            |name: &String| components.is_some_and(|all| all.contains_key(name)) || self.taken.contains(name);
        let base = name_of(place);
        let number = self.last_numbers.entry(base.clone()).or_default();
        let name = loop {
            *number += 1;
            let name = if *number == 1 { base.clone() } else { format!("{base}_{number}") };
            if !is_taken(&name) {
                break name;
            }
        };
        self.taken.insert(name.clone());
        self.names.insert(place.clone(), name.clone());
        name
    }

    /// Returns the JSON Pointer and the generated name of an inline schema. `index` is 0 for the schema whose name was generated
    /// first.
    pub(super) fn named(&self, index: usize) -> Option<(&Pointer, &String)> {
        self.names.get_index(index)
    }
}

/// Builds a name for the inline schema at `place` from the tokens of `place` that are not in [`STRUCTURE`]:
/// `/components/schemas/D/properties/e` becomes `D_e`.
fn name_of(place: &Pointer) -> String {
    let tokens: Vec<String> = place.tokens().filter(|token| !STRUCTURE.contains(&token.as_str())).collect();
    tokens.join("_").chars().map(|letter| if letter.is_alphanumeric() { letter } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use crate::resolve::document::SchemaRef;
    use crate::resolve::tests::resolved;

    fn component(schema: Option<&SchemaRef>) -> &str {
        match schema {
            Some(SchemaRef::Component { name, .. }) => name,
            other => panic!("{other:?} is not a reference to a component"),
        }
    }

    #[test]
    fn a_recursive_property_gets_a_name() {
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
    fn a_recursive_schema_of_an_operation_gets_a_name() {
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
    fn a_cycle_of_references_without_a_schema_is_reported() {
        let (_, findings) = resolved(
            "paths: {}\ncomponents:\n  schemas:\n    A:\n      properties:\n        \
             x: {$ref: '#/components/schemas/A/properties/y'}\n        y: {$ref: '#/components/schemas/A/properties/x'}\n",
        );
        assert_eq!(findings, ["ref-cycle /components/schemas/A/properties/x"]);
    }

    #[test]
    fn references_through_many_levels_get_names() {
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
