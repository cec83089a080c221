//! Helper functions for the unit tests of the rules of `copperplate lint`.

use serde_json::Value;

use crate::finding::Findings;
use crate::lint::rules::lint;
use crate::load::load;
use crate::options::SchemaReading;
use crate::resolve::document::Document;
use crate::resolve::resolve;

/// Loads and resolves a document. `text` is the YAML document without `info`, and without `openapi` if it has version 3.0.
pub(super) fn loaded(text: &str) -> (Document, Value, Findings) {
    let (version, text) = match text.split_once('\n') {
        Some((version, rest)) if version.starts_with("openapi: ") => (version, rest),
        _ => ("openapi: 3.0.3", text),
    };
    let text = format!("{version}\ninfo: {{title: T, version: '1'}}\n{text}");
    let mut findings = Findings::new("test.yaml");
    let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
    let document = resolve(&source, SchemaReading::default(), &mut findings).expect("a document within the limits");
    (document, source.into_raw(), findings)
}

/// Returns the findings of all rules of `copperplate lint` about a document.
pub(super) fn findings(text: &str) -> Findings {
    let (document, raw, mut findings) = loaded(text);
    lint(&document, &raw, &mut findings);
    findings
}

/// Returns the JSON Pointers of the findings with the code `id` about the document `text`.
pub(super) fn places(id: &str, text: &str) -> Vec<String> {
    let found = findings(text);
    found.iter().filter(|finding| finding.code.id() == id).map(|finding| finding.pointer.to_string()).collect()
}

/// Returns the JSON Pointers of the findings with the code `id` about a document that contains only `schemas`. The pointers are
/// relative to `/components/schemas`.
pub(super) fn places_in_schemas(id: &str, schemas: &str) -> Vec<String> {
    let found = places(id, &format!("paths: {{}}\ncomponents:\n  schemas: {{{schemas}}}\n"));
    found.into_iter().map(|place| place.replace("/components/schemas", "")).collect()
}
