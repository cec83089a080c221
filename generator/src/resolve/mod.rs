//! The resolve stage converts the types of `openapiv3` to the types of the module [document]. It follows references and reads
//! extensions.
//!
//! Paths, parameters, bodies and responses are read from the types of `openapiv3`. Schemas and examples are read from the raw
//! tree (the document as JSON values). The types of `openapiv3` lose information about schemas and examples: numbers are rounded,
//! and `null` is dropped.

mod component;
mod context;
pub mod document;
mod example;
mod extension;
mod idempotency;
mod inline_target;
mod keyword;
mod media_type;
mod operation;
mod overload;
mod pagination;
mod parameter;
mod recursive_target;
mod reference;
mod reference_cycle;
mod repetition;
mod request_body;
mod schema;
mod schema_2020;
mod schema_reading;
mod security;
mod selected;
mod server;
mod webhook;

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use serde_json::Value;

use crate::finding::Findings;
use crate::load::RawDocument;
use crate::options::SchemaReading;
use crate::pointer::Pointer;
use crate::resolve::context::Context;
use crate::resolve::document::{Document, Schema};
use crate::resolve::inline_target::InlineTargets;
pub use crate::resolve::selected::{LeftOut, select};

/// Resolves a loaded document. Objects that cannot be resolved are reported and skipped. Returns `None` if the references repeat
/// too much data.
pub fn resolve(raw_document: &RawDocument, reading: SchemaReading, findings: &mut Findings) -> Option<Document> {
    if repetition::exceeds_limit(raw_document, findings) {
        return None;
    }
    let inline_targets = InlineTargets::new(&raw_document.raw);
    let (raw, version, openapi) = (&raw_document.raw, raw_document.openapi_version, &raw_document.openapi);
    let (has_unevaluated, split_names) = (false, 0);
    let mut cx = Context { raw, version, reading, openapi, findings, has_unevaluated, split_names, inline_targets };
    let info = &raw_document.openapi.info;
    let mut schemas = schema::components(&mut cx);
    let security_schemes = security::schemes(&mut cx);
    let operations = operation::operations(&mut cx, &security_schemes);
    let webhooks = webhook::webhooks(&mut cx, &operations);
    schema::add_named_inline(&mut cx, &mut schemas);
    reference_cycle::break_all(&mut schemas, cx.findings);
    let document = Document {
        file: raw_document.file.clone(),
        max_repeated: repetition::max_repeated(raw_document),
        openapi_version: version,
        title: info.title.clone(),
        version: info.version.clone(),
        description: info.description.clone(),
        servers: server::servers(&raw_document.openapi.servers, &Pointer::root().join("servers")),
        operations,
        webhooks,
        error_fields: extension::error_fields(&mut cx),
        has_unevaluated: cx.has_unevaluated,
        acknowledged_examples: acknowledged_examples(&cx, &schemas),
        further_examples: further_examples(&schemas),
        security_schemes,
        schemas,
    };
    findings.deduplicate();
    Some(document)
}

/// Returns the names of the component schemas whose `example` may contradict the schema, because an `x-acknowledge` allows that.
fn acknowledged_examples(cx: &Context<'_>, schemas: &IndexMap<String, Schema>) -> HashSet<String> {
    let with_example = schemas.iter().filter(|(_, schema)| schema.example.is_some());
    let acknowledged =
        with_example.filter(|(_, schema)| example::acknowledgement(cx, &schema.pointer.join("example")).is_some());
    acknowledged.map(|(name, _)| name.clone()).collect()
}

/// Returns the examples of the component schemas besides the field `example`, by the names of the components.
fn further_examples(schemas: &IndexMap<String, Schema>) -> HashMap<String, Vec<(Pointer, Value)>> {
    let listing = schemas.iter().filter(|(_, schema)| schema.keywords_2020.is_some());
    let further = listing.map(|(name, schema)| {
        let examples = schema.examples().skip(1).map(|(place, example)| (place, example.clone()));
        (name.clone(), examples.collect::<Vec<_>>())
    });
    further.filter(|(_, examples)| !examples.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    /// Resolves a document that consists of `openapi`, `info` and `text`. Returns the document, and its findings as
    /// `code pointer`.
    pub(super) fn resolved(text: &str) -> (Document, Vec<String>) {
        let (document, findings) = resolved_or_rejected(text);
        (document.expect("a document within the limits"), findings)
    }

    /// Does the same as [`resolved`], but returns `None` in place of a document whose references repeat too much data.
    pub(super) fn resolved_or_rejected(text: &str) -> (Option<Document>, Vec<String>) {
        let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{text}");
        let mut findings = Findings::new("test.yaml");
        let raw_document = load("test.yaml", &text, &mut findings).expect("a loadable document");
        let document = resolve(&raw_document, SchemaReading::default(), &mut findings);
        (document, findings.iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect())
    }

    #[test]
    fn a_finding_about_a_component_is_reported_once() {
        let (document, findings) = resolved(
            "paths:\n  /a:\n    get: {responses: {'200': {$ref: '#/components/responses/Ok'}}}\n    \
             put: {responses: {'200': {$ref: '#/components/responses/Ok'}}}\n\
             components:\n  responses:\n    Ok: {description: ok, x-failure: {pointer: /a}}\n",
        );
        assert_eq!(findings, ["extension-shape /components/responses/Ok/x-failure"]);
        assert_eq!(document.operations.len(), 2);
    }
}
