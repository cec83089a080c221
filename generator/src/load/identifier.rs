//! Resolves the identifiers of schemas within a document of OpenAPI 3.1 or 3.2: `$id`, `$anchor`, `$dynamicAnchor` and `$self`.
//!
//! Each reference to an identifier is replaced by a reference with a JSON Pointer, such as `#/components/schemas/Pet`. Later stages
//! know only such references.

use std::collections::HashMap;

use serde_json::Value;

use crate::finding::{Code, Findings};
use crate::load::grammar::visit;
use crate::load::version::OpenApiVersion;
use crate::pointer::Pointer;

/// The identifiers of a document.
#[derive(Default)]
struct Identifiers {
    /// The URIs of the document and of the schemas with `$id`, without fragments, and the places of these objects.
    resources: HashMap<String, Pointer>,
    /// The places of the schemas with `$anchor` or `$dynamicAnchor`, by the URI of the resource and the name of the anchor.
    anchors: HashMap<(String, String), Pointer>,
    /// The number of schemas with each `$dynamicAnchor`.
    dynamic: HashMap<String, usize>,
}

/// A reference of a schema.
struct Reference {
    place: Pointer,
    keyword: &'static str,
    text: String,
}

/// Replaces the references to identifiers in `raw` by references with JSON Pointers.
pub(super) fn resolve(raw: &mut Value, version: OpenApiVersion, findings: &mut Findings) {
    if !version.has_json_schema() || !has_identifiers(raw) {
        return;
    }
    let own = raw.get("$self").and_then(Value::as_str).unwrap_or_default();
    let mut bases = vec![(Pointer::root(), without_fragment(own).to_owned())];
    let mut known = Identifiers::default();
    known.resources.insert(without_fragment(own).to_owned(), Pointer::root());
    let mut references = Vec::new();
    visit::schemas(raw, &mut |schema, place| {
        let text = |key: &str| schema.get(key).and_then(Value::as_str);
        if let Some(id) = text("$id") {
            let id = joined(base_at(&bases, place), without_fragment(id));
            known.resources.insert(id.clone(), place.clone());
            bases.push((place.clone(), id));
        }
        let resource = base_at(&bases, place).to_owned();
        for anchor in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
            known.anchors.insert((resource.clone(), anchor.to_owned()), place.clone());
        }
        if let Some(anchor) = text("$dynamicAnchor") {
            *known.dynamic.entry(anchor.to_owned()).or_default() += 1;
        }
        for keyword in ["$ref", "$dynamicRef"] {
            let reference = |text: &str| Reference { place: place.clone(), keyword, text: text.to_owned() };
            references.extend(text(keyword).map(reference));
        }
    });
    for reference in references {
        known.replace(&reference, base_at(&bases, &reference.place), raw, findings);
    }
}

impl Identifiers {
    fn replace(&self, reference: &Reference, base: &str, raw: &mut Value, findings: &mut Findings) {
        let (place, is_dynamic) = (&reference.place, reference.keyword == "$dynamicRef");
        let fragment = reference.text.split_once('#').map_or("", |(_, fragment)| fragment);
        if is_dynamic && self.dynamic.get(fragment).is_some_and(|count| *count > 1) {
            let message =
                format!("Several schemas have the `$dynamicAnchor` `{fragment}`, so the target depends on the caller.");
            let remedy = "Write `$ref`, and a schema of its own for each target.";
            findings.add(Code::UnsupportedSchema, &place.join("$dynamicRef"), message, remedy);
        }
        let target = self.target(&reference.text, base, raw).map(|target| internal_reference(&target));
        let text = target.unwrap_or_else(|| reference.text.clone());
        if (is_dynamic || text != reference.text)
            && let Some(Value::Object(schema)) = raw.pointer_mut(place.as_str())
        {
            schema.shift_remove(reference.keyword);
            schema.insert("$ref".to_owned(), text.into());
        }
    }

    /// Returns the place to which a reference leads; `None` if its URI is not an identifier of the document.
    fn target(&self, reference: &str, base: &str, raw: &Value) -> Option<Pointer> {
        let (uri, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let uri = if uri.is_empty() { base.to_owned() } else { joined(base, uri) };
        let resource = self.resources.get(&uri)?;
        if fragment.is_empty() || fragment.starts_with('/') {
            let inner = Pointer::from_fragment(fragment)?;
            let target = Pointer::parse(&format!("{resource}{inner}"))?;
            return raw.pointer(target.as_str()).is_some().then_some(target);
        }
        self.anchors.get(&(uri, fragment.to_owned())).cloned()
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

/// Returns the URI of the innermost resource around `place`.
fn base_at<'b>(bases: &'b [(Pointer, String)], place: &Pointer) -> &'b str {
    let around = bases.iter().filter(|(resource, _)| place.is_within(resource));
    around.max_by_key(|(resource, _)| resource.as_str().len()).map_or("", |(_, uri)| uri)
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
fn internal_reference(place: &Pointer) -> String {
    format!("#{}", place.as_str().replace('%', "%25"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn resolved(schemas: Value) -> (Value, Vec<String>) {
        let mut raw = json!({"openapi": "3.1.0", "components": {"schemas": schemas}});
        let mut findings = Findings::new("test.yaml");
        resolve(&mut raw, OpenApiVersion::V3_1, &mut findings);
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
    fn uris_are_resolved_against_their_base() {
        assert_eq!(joined("https://a.example/b/c.json", "d.json"), "https://a.example/b/d.json");
        assert_eq!(joined("https://a.example/b/c.json", "/d.json"), "https://a.example/d.json");
        assert_eq!(joined("https://a.example/b/c.json", "../d.json"), "https://a.example/d.json");
        assert_eq!(joined("", "d.json"), "d.json");
        assert_eq!(joined("https://a.example", "urn:x:y"), "urn:x:y");
    }
}
