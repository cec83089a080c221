//! From `openapiv3`'s types to the [document]: references followed, keywords in one place, extensions read.
//!
//! `openapiv3`'s types lead from the paths to every schema, parameter and response. Schemas and examples themselves are
//! read from the raw tree at their places, where nothing is rounded, dropped or filed under another type.

mod content;
mod cycle;
pub mod document;
mod extension;
mod inline_reference;
mod nesting;
mod operation;
mod overload;
mod parameter;
mod reference;
mod schema;
mod security;
mod server;

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::OpenAPI;
use serde_json::Value;

use crate::finding::{Code, Finding, Findings};
use crate::load::Source;
pub(crate) use crate::load::suggestion::nearest;
use crate::pointer::Pointer;
use crate::resolve::document::{Document, Schema};
use crate::resolve::inline_reference::Unnamed;

/// What every step of the way needs.
struct Context<'a> {
    raw: &'a Value,
    openapi: &'a OpenAPI,
    findings: &'a mut Findings,
    unnamed: Unnamed,
}

impl<'a> Context<'a> {
    /// What stands at `place` in the raw tree.
    fn at(&self, place: &Pointer) -> Option<&'a Value> {
        self.raw.pointer(place.as_str())
    }

    /// What stands under `key` at `place`. Unlike `openapiv3` this tells `null` from nothing.
    fn member(&self, place: &Pointer, key: &str) -> Option<&'a Value> {
        self.at(place)?.get(key)
    }
}

/// Follows and flattens everything in `source`. A piece with a fault is reported and left out.
pub fn resolve(source: &Source, findings: &mut Findings) -> Document {
    let unnamed = Unnamed::of(&source.raw);
    let mut cx = Context { raw: &source.raw, openapi: &source.openapi, findings, unnamed };
    let info = &source.openapi.info;
    let mut schemas = schema::components(&mut cx);
    let schemes = security::schemes(&mut cx);
    let operations = operation::operations(&mut cx, &schemes);
    inline_reference::add_named(&mut cx, &mut schemas);
    cycle::cut(&mut schemas, cx.findings);
    let document = Document {
        file: source.file.clone(),
        title: info.title.clone(),
        version: info.version.clone(),
        description: info.description.clone(),
        servers: server::servers(&source.openapi.servers, &Pointer::root().join("servers")),
        operations,
        error: extension::error_fields(&mut cx),
        acknowledged_examples: acknowledged_examples(&cx, &schemas),
        schemes,
        schemas,
    };
    tell_once(findings);
    document
}

fn acknowledged_examples(cx: &Context<'_>, schemas: &IndexMap<String, Schema>) -> HashSet<String> {
    let with_example = schemas.iter().filter(|(_, schema)| schema.example.is_some());
    let acknowledged =
        with_example.filter(|(_, schema)| content::acknowledged(cx, &schema.pointer.join("example")).is_some());
    acknowledged.map(|(name, _)| name.clone()).collect()
}

/// Keeps the first of several equal findings: a component speaks once, however often it is used.
pub(crate) fn tell_once(findings: &mut Findings) {
    let mut told = HashSet::new();
    findings.retain(|finding| told.insert((finding.code, finding.pointer.clone(), finding.message.clone())));
}

/// Whether something was left out at `place`, below it, or around it: what is missing there has been reported.
pub(crate) fn was_left_out(findings: &Findings, place: &Pointer) -> bool {
    let is_within = |inner: &Pointer, outer: &Pointer| {
        let rest = inner.as_str().strip_prefix(outer.as_str());
        *outer != Pointer::root() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let leaves_out = |code| matches!(code, Code::Shape | Code::RefMissing | Code::RefCycle | Code::RefRemote);
    let mut left_out = findings.iter().filter(|finding| leaves_out(finding.code)).map(|finding| &finding.pointer);
    left_out.any(|left_out| is_within(left_out, place) || is_within(place, left_out))
}

/// Whether what stands at `place` has a misspelt key, which has been reported.
pub(crate) fn is_misspelt(findings: &Findings, place: &Pointer) -> bool {
    let is_meant = |finding: &Finding| finding.missing.as_ref().is_some_and(|missing| missing.place == *place);
    findings.iter().any(|finding| finding.code == Code::UnknownKey && is_meant(finding))
}

/// `openapiv3`'s extensions of an object.
type Extensions = IndexMap<String, Value>;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::load;

    /// The document that `text` describes, after a head, and the findings as "code pointer".
    pub(super) fn resolved(text: &str) -> (Document, Vec<String>) {
        let text = format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\n{text}");
        let mut findings = Findings::new("test.yaml");
        let source = load("test.yaml", &text, &mut findings).expect("a loadable document");
        let document = resolve(&source, &mut findings);
        (document, findings.iter().map(|finding| format!("{} {}", finding.code.id(), finding.pointer)).collect())
    }

    #[test]
    fn a_component_speaks_once() {
        let (document, findings) = resolved(
            "paths:\n  /a:\n    get: {responses: {'200': {$ref: '#/components/responses/Ok'}}}\n    \
             put: {responses: {'200': {$ref: '#/components/responses/Ok'}}}\n\
             components:\n  responses:\n    Ok: {description: ok, x-failure: {pointer: /a}}\n",
        );
        assert_eq!(findings, ["extension-shape /components/responses/Ok/x-failure"]);
        assert_eq!(document.operations.len(), 2);
    }

    #[test]
    fn what_is_left_out_is_known_from_above_and_from_below() {
        let mut findings = Findings::new("test.yaml");
        findings.add(Code::Shape, &Pointer::root().join("a").join("b"), "", "");
        findings.add(Code::RefSiblings, &Pointer::root().join("b"), "", "");
        findings.add(Code::Shape, &Pointer::root(), "", "");
        let left_out = |text| was_left_out(&findings, &Pointer::parse(text).expect("a pointer"));
        assert!(left_out("/a") && left_out("/a/b") && left_out("/a/b/c"));
        assert!(!left_out("/a/bc") && !left_out("/b"));
    }
}
