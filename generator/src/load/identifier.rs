//! Resolves the identifiers of schemas within a document of OpenAPI 3.1 or 3.2: `$id`, `$anchor`, `$dynamicAnchor` and `$self`.
//!
//! Each reference to an identifier is replaced by a reference with a JSON Pointer, such as `#/components/schemas/Pet`. Later stages
//! know only such references.

use std::collections::HashMap;

use indexmap::IndexMap;
use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::load::grammar::visit;
use crate::load::size_limit;
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;

/// The largest length of a URI after it is resolved against its base, in bytes. Each `$id` has a copy of its base, so a long base
/// would otherwise repeat for each schema. The URIs of published documents have at most 200 bytes.
const MAX_URI: usize = 1_000;

/// The index of a URI in [`Identifiers::uris`].
type UriIndex = usize;

/// The identifiers of a document.
#[derive(Default)]
struct Identifiers {
    /// The URIs of the document and of the schemas with `$id`, without fragments, and the places of these objects.
    uris: IndexMap<String, Pointer>,
    /// The places of the schemas with `$anchor` or `$dynamicAnchor`, by the URI of the resource and the name of the anchor.
    anchors: HashMap<UriIndex, HashMap<String, Pointer>>,
    /// The number of schemas with each `$dynamicAnchor`.
    dynamic: HashMap<String, usize>,
    /// The references, in document order.
    references: Vec<Reference>,
}

/// A reference of a schema.
struct Reference {
    place: Pointer,
    /// The URI of the resource that contains the schema.
    base: UriIndex,
    keyword: &'static str,
    text: String,
}

/// Replaces the references to identifiers in `raw` by references with JSON Pointers. `text_length` is the length of the document's
/// text, in bytes.
///
/// Returns whether the document keeps the limits on its identifiers. If not, reports the first identifier or reference that exceeds
/// a limit.
pub(super) fn resolve(raw: &mut Value, version: OpenApiVersion, text_length: usize, findings: &mut Findings) -> bool {
    if !version.has_json_schema() || !has_identifiers(raw) {
        return true;
    }
    let mut known = match Identifiers::collect(raw) {
        Ok(known) => known,
        Err(place) => {
            let message = format!("The URI of the schema is longer than {MAX_URI} bytes.");
            findings.add(Code::DocumentLimit, &place, message, "Write a shorter URI.");
            return false;
        }
    };
    let mut addable = size_limit::max_size(text_length);
    for reference in std::mem::take(&mut known.references) {
        let Some(text) = known.replacement(&reference, raw, findings) else { continue };
        // Few anchors at deep places would otherwise fill a document with long JSON Pointers.
        let Some(rest) = addable.checked_sub(text.len().saturating_sub(reference.text.len())) else {
            let message = "The references to anchors and URIs are too long after they are replaced by JSON Pointers.";
            let remedy = "Move the schemas with anchors to `components.schemas`.";
            findings.add(Code::DocumentLimit, &reference.place.join(reference.keyword), message, remedy);
            return false;
        };
        addable = rest;
        if let Some(Value::Object(schema)) = raw.pointer_mut(reference.place.as_str()) {
            schema.shift_remove(reference.keyword);
            schema.insert("$ref".to_owned(), text.into());
        }
    }
    true
}

impl Identifiers {
    /// Returns the identifiers and references of a document. If a URI is too long, returns its place.
    fn collect(raw: &Value) -> Result<Self, Pointer> {
        let mut known = Self::default();
        let own = without_fragment(raw.get("$self").and_then(Value::as_str).unwrap_or_default());
        let mut too_long = (own.len() > MAX_URI).then(|| Pointer::root().join("$self"));
        known.uris.insert(own.to_owned(), Pointer::root());
        // The resources around the schema that is visited, from the outermost to the innermost.
        let mut around: Vec<(Pointer, UriIndex)> = vec![(Pointer::root(), 0)];
        visit::schemas(raw, &mut |schema, place| {
            if too_long.is_some() {
                return;
            }
            while around.last().is_some_and(|(resource, _)| !place.is_within(resource)) {
                around.pop();
            }
            let mut base = around.last().map_or(0, |(_, uri)| *uri);
            let text = |key: &str| schema.get(key).and_then(Value::as_str);
            if let Some(id) = text("$id") {
                let id = joined(known.uri(base), without_fragment(id));
                if id.len() > MAX_URI {
                    too_long = Some(place.join("$id"));
                    return;
                }
                base = known.uris.insert_full(id, place.clone()).0;
                around.push((place.clone(), base));
            }
            for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                known.anchors.entry(base).or_default().insert(anchor.to_owned(), place.clone());
            }
            if let Some(anchor) = text("$dynamicAnchor") {
                *known.dynamic.entry(anchor.to_owned()).or_default() += 1;
            }
            for keyword in ["$ref", "$dynamicRef"] {
                let reference = |text: &str| Reference { place: place.clone(), base, keyword, text: text.to_owned() };
                known.references.extend(text(keyword).map(reference));
            }
        });
        too_long.map_or(Ok(known), Err)
    }

    fn uri(&self, index: UriIndex) -> &str {
        self.uris.get_index(index).map_or("", |(uri, _)| uri)
    }

    /// Returns the text that replaces a reference; `None` if the reference remains as it is.
    fn replacement(&self, reference: &Reference, raw: &Value, findings: &mut Findings) -> Option<String> {
        let (place, is_dynamic) = (&reference.place, reference.keyword == "$dynamicRef");
        let fragment = reference.text.split_once('#').map_or("", |(_, fragment)| fragment);
        if is_dynamic && self.dynamic.get(fragment).is_some_and(|count| *count > 1) {
            let message =
                format!("Several schemas have the `$dynamicAnchor` `{fragment}`, so the target depends on the caller.");
            let remedy = "Write `$ref`, and a schema of its own for each target.";
            findings.add(Code::UnsupportedSchema, &place.join("$dynamicRef"), message, remedy);
        }
        let target = self.target(&reference.text, reference.base, raw).map(|target| internal_reference(&target));
        let text = target.unwrap_or_else(|| reference.text.clone());
        (is_dynamic || text != reference.text).then_some(text)
    }

    /// Returns the place to which a reference leads; `None` if its URI is not an identifier of the document.
    fn target(&self, reference: &str, base: UriIndex, raw: &Value) -> Option<Pointer> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let uri = if uri.is_empty() { base } else { self.uris.get_index_of(&joined(self.uri(base), uri))? };
        if fragment.is_empty() || fragment.starts_with('/') {
            let (_, resource) = self.uris.get_index(uri)?;
            let inner = Pointer::from_fragment(fragment)?;
            let target = Pointer::parse(&format!("{resource}{inner}"))?;
            return raw.pointer(target.as_str()).is_some().then_some(target);
        }
        self.anchors.get(&uri)?.get(fragment).cloned()
    }
}

/// Returns whether a document has an identifier or a `$dynamicRef`.
fn has_identifiers(raw: &Value) -> bool {
    let mut is_found = raw.get("$self").is_some();
    visit::schemas(raw, &mut |schema, _| {
        is_found |= ["$id", "$anchor", "$dynamicAnchor", "$dynamicRef"].iter().any(|key| schema.contains_key(*key));
    });
    is_found
}

fn without_fragment(uri: &str) -> &str {
    uri.split('#').next().unwrap_or_default()
}

/// Resolves the URI reference `uri` against `base`.
fn joined(base: &str, uri: &str) -> String {
    let has_scheme = uri.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|letter: char| letter.is_ascii_alphabetic())
            && scheme.chars().all(|letter| letter.is_ascii_alphanumeric() || "+.-".contains(letter))
    });
    if has_scheme {
        return uri.to_owned();
    }
    let authority_end = base.find("://").map(|scheme| {
        let host = scheme + 3;
        base[host..].find('/').map_or(base.len(), |slash| host + slash)
    });
    let (authority, path) = base.split_at(authority_end.unwrap_or_default());
    let folder = path.rfind('/').map_or("", |slash| &path[..=slash]);
    let whole = if uri.starts_with('/') { uri.to_owned() } else { format!("{folder}{uri}") };
    let mut segments: Vec<&str> = Vec::new();
    for segment in whole.split('/') {
        match segment {
            "." => {}
            ".." if segments.len() > 1 => _ = segments.pop(),
            _ => segments.push(segment),
        }
    }
    format!("{authority}{}", segments.join("/"))
}

/// Returns a reference to the value at `place` in the document: `#/a/b`.
pub(super) fn internal_reference(place: &Pointer) -> String {
    format!("#{}", place.as_str().replace('%', "%25"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resolved(schemas: Value) -> (Value, Vec<String>) {
        let mut raw = json!({"openapi": "3.1.0", "components": {"schemas": schemas}});
        let mut findings = Findings::new("test.yaml");
        resolve(&mut raw, OpenApiVersion::V3_1, 0, &mut findings);
        let findings = findings.iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect();
        (raw["components"]["schemas"].take(), findings)
    }

    #[test]
    fn anchors_and_ids_become_pointers() {
        let (schemas, findings) = resolved(json!({
            "A": {"$anchor": "a", "items": {"$ref": "#b"}},
            "B": {"$anchor": "b", "properties": {"a": {"$ref": "#/components/schemas/A"}, "c": {"$ref": "c.json#/$defs/d"}}},
            "C": {"$id": "c.json", "$defs": {"d": {"type": "string"}}, "not": {"$ref": "#/$defs/d"}, "items": {"$ref": "#"}},
        }));
        assert_eq!(findings, [""; 0]);
        assert_eq!(schemas["A"]["items"]["$ref"], "#/components/schemas/B");
        assert_eq!(schemas["B"]["properties"]["a"]["$ref"], "#/components/schemas/A");
        assert_eq!(schemas["B"]["properties"]["c"]["$ref"], "#/components/schemas/C/$defs/d");
        assert_eq!(schemas["C"]["not"]["$ref"], "#/components/schemas/C/$defs/d");
        assert_eq!(schemas["C"]["items"]["$ref"], "#/components/schemas/C");
    }

    #[test]
    fn a_dynamic_reference_with_one_target_is_a_reference() {
        let (schemas, findings) = resolved(json!({"A": {"$dynamicAnchor": "n", "items": {"$dynamicRef": "#n"}}}));
        assert_eq!((schemas["A"]["items"].clone(), findings), (json!({"$ref": "#/components/schemas/A"}), vec![]));
        let (_, findings) = resolved(json!({
            "A": {"$dynamicAnchor": "n", "items": {"$dynamicRef": "#n"}},
            "B": {"$id": "b", "$dynamicAnchor": "n"},
        }));
        assert_eq!(findings, ["unsupported-schema /components/schemas/A/items/$dynamicRef"]);
    }

    #[test]
    fn a_resource_ends_with_its_schema() {
        let (schemas, findings) = resolved(json!({
            "A": {"$id": "a/", "properties": {
                "b": {"$id": "b", "$anchor": "x", "items": {"$ref": "#x"}}, "c": {"$ref": "#x"}, "d": {"$anchor": "x"},
            }},
            "B": {"$anchor": "x", "items": {"$ref": "#x"}, "not": {"$ref": "a/#x"}, "if": {"$ref": "a/b#x"}},
        }));
        assert_eq!(findings, [""; 0]);
        let (b, d) = ("#/components/schemas/A/properties/b", "#/components/schemas/A/properties/d");
        assert_eq!(schemas["A"]["properties"]["b"]["items"]["$ref"], b);
        assert_eq!(schemas["A"]["properties"]["c"]["$ref"], d);
        assert_eq!(schemas["B"]["items"]["$ref"], "#/components/schemas/B");
        assert_eq!((&schemas["B"]["not"]["$ref"], &schemas["B"]["if"]["$ref"]), (&json!(d), &json!(b)));
    }

    #[test]
    fn a_long_uri_is_rejected() {
        let schemas = |length: usize| {
            let base = format!("http://h/{}/", "a".repeat(length));
            json!({"A": {"$id": base, "properties": {"a": {"$id": "b"}}}})
        };
        assert_eq!(resolved(schemas(980)).1, [""; 0]);
        assert_eq!(resolved(schemas(1_000)).1, ["document-limit /components/schemas/A/$id"]);
        assert_eq!(resolved(schemas(990)).1, ["document-limit /components/schemas/A/properties/a/$id"]);
    }

    #[test]
    fn many_references_to_an_anchor_with_a_long_json_pointer_are_rejected() {
        let schemas = |count: usize| {
            let inner =
                (0..60).fold(json!({"$anchor": "a"}), |inner, _| json!({"properties": {"k".repeat(50): inner}}));
            json!({"A": inner, "B": {"allOf": vec![json!({"$ref": "#a"}); count]}})
        };
        assert_eq!(resolved(schemas(50)).1, [""; 0]);
        assert_eq!(resolved(schemas(100)).1, ["document-limit /components/schemas/B/allOf/70/$ref"]);
    }

    #[test]
    fn uris_are_resolved_against_their_base() {
        assert_eq!(joined("https://a.example/b/c.json", "d.json"), "https://a.example/b/d.json");
        assert_eq!(joined("https://a.example/b/c.json", "/d.json"), "https://a.example/d.json");
        assert_eq!(joined("https://a.example/b/c.json", "../d.json"), "https://a.example/d.json");
        assert_eq!(joined("", "d.json"), "d.json");
        assert_eq!(joined("https://a.example", "urn:x:y"), "urn:x:y");
    }
}
