//! Helper functions for the unit tests of the rules.

use crate::check::rules::check;
use crate::finding::Findings;
use crate::load::load;
use crate::options::SchemaReading;
use crate::resolve::document::Document;
use crate::resolve::resolve;

/// Returns the findings about a document. `text` is the YAML document without `openapi` and `info`.
pub(super) fn findings(text: &str) -> Findings {
    let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{text}");
    let mut findings = Findings::new("test.yaml");
    let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
    let document = resolve(&source, SchemaReading::default(), &mut findings).expect("a document within the limits");
    check(&document, &source.raw, &mut findings);
    findings
}

/// Returns a resolved document. `text` is the YAML document without `openapi` and `info`.
pub(super) fn document(text: &str) -> Document {
    let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{text}");
    let mut findings = Findings::new("test.yaml");
    let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
    resolve(&source, SchemaReading::default(), &mut findings).expect("a document within the limits")
}

/// Returns the findings about a document as `code pointer`, such as `invalid-pattern /components/schemas/A/pattern`.
pub(super) fn codes_and_places(text: &str) -> Vec<String> {
    findings(text).iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect()
}

/// Returns the findings about a document whose only component is the schema `A`, as `code pointer`. The pointers are relative to
/// `A`.
pub(super) fn codes_and_places_in_schema(schema: &str) -> Vec<String> {
    let found = codes_and_places(&format!("paths: {{}}\ncomponents:\n  schemas:\n    A: {schema}\n"));
    found.into_iter().map(|line| line.replace(" /components/schemas/A", " ")).collect()
}
