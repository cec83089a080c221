//! Finds parameters, API keys and `x-fixed-headers` that set a header that frames or routes a message, such as `Host`.

use std::collections::BTreeMap;

use copperplate_runtime::runtime::request::framing_header::FRAMING_HEADERS;

use crate::finding::{Code, Findings, Focus};
use crate::resolve::document::{Document, Location, Operation, Parameter, SchemeKind, SecurityScheme};

const REMEDY: &str = "Delete the header from the document: the HTTP library sets it.";

/// Returns whether the header `name` frames or routes a message, regardless of case. The runtime rejects the same names.
fn is_framing(name: &str) -> bool {
    FRAMING_HEADERS.iter().any(|framing| name.eq_ignore_ascii_case(framing))
}

/// Reports header parameters, API keys and `x-fixed-headers` with the name of a header that frames or routes a message, such as
/// `Host`.
pub(crate) fn headers(document: &Document, findings: &mut Findings) {
    for operation in &document.operations {
        for parameter in operation.parameters.iter().filter(|parameter| is_framing_parameter(parameter)) {
            let message = message("The header parameter", &parameter.name);
            let consequence = "The parameter is removed.";
            findings.add_repairable(Code::FramingHeader, &parameter.pointer, message, REMEDY, consequence);
            findings.set_focus(Focus::Member("name"));
        }
        let extension = operation.pointer.join("x-fixed-headers");
        for (name, _) in operation.fixed_headers.iter().filter(|(name, _)| is_framing(name)) {
            let message = message("The header of `x-fixed-headers`", name);
            let consequence = "The header is removed.";
            findings.add_repairable(Code::FramingHeader, &extension.join(name), message, REMEDY, consequence);
        }
    }
    let keys = document.operations.iter().filter_map(|operation| operation.idempotency_key.as_ref());
    let keys: BTreeMap<_, _> = keys.map(|key| (key.pointer.to_string(), key)).collect();
    for key in keys.values().filter(|key| is_framing(&key.header)) {
        let message = message("The header of `x-idempotency-key`", &key.header);
        let consequence = "The key is not sent.";
        findings.add_repairable(Code::FramingHeader, &key.pointer, message, REMEDY, consequence);
    }
    for scheme in document.security_schemes.values() {
        if let Some(name) = framing_key(scheme) {
            let message = message("The API key", name);
            let remedy = "Correct the name of the header that carries the key.";
            let consequence = "The key is not sent.";
            findings.add_repairable(Code::FramingHeader, &scheme.pointer, message, remedy, consequence);
            findings.set_focus(Focus::Member("name"));
        }
    }
}

fn message(subject: &str, name: &str) -> String {
    format!("{subject} `{name}` cannot be sent: a header of this name frames or routes the message.")
}

/// Returns whether a parameter is a header that frames or routes a message.
pub(crate) fn is_framing_parameter(parameter: &Parameter) -> bool {
    parameter.location == Location::Header && is_framing(&parameter.name)
}

/// If `scheme` is an API key in a header that frames or routes a message, such as `Host`, returns the name of this header.
fn framing_key(scheme: &SecurityScheme) -> Option<&str> {
    match &scheme.kind {
        SchemeKind::ApiKey { location: Location::Header, name } => Some(name.as_str()).filter(|name| is_framing(name)),
        _ => None,
    }
}

/// Removes from `x-fixed-headers` and `x-idempotency-key` the headers that frame or route a message.
pub(crate) fn remove_fixed_headers(operation: &mut Operation) {
    operation.fixed_headers.retain(|(name, _)| !is_framing(name));
    operation.idempotency_key.take_if(|key| is_framing(&key.header));
}

/// Removes each API key that is sent in a header that frames or routes a message, such as `Host`. Also removes the name of the
/// API key from the `security` of all operations.
pub(crate) fn remove_keys(document: &mut Document) {
    let is_removed = |_: &String, scheme: &mut SecurityScheme| framing_key(scheme).is_none();
    let count = document.security_schemes.len();
    document.security_schemes.retain(is_removed);
    if document.security_schemes.len() == count {
        return;
    }
    for requirement in document.operations.iter_mut().flat_map(|operation| &mut operation.security) {
        requirement.retain(|name| document.security_schemes.contains_key(name));
    }
}

#[cfg(test)]
mod tests {
    use crate::check::tests::codes_and_places;
    use crate::check::{apply_rules, repair};
    use crate::finding::Findings;
    use crate::load::load;
    use crate::options::SchemaReading;
    use crate::resolve::resolve;

    #[test]
    fn a_repair_removes_the_headers_and_keeps_the_operation() {
        let text = "openapi: 3.0.3\ninfo: {title: T, version: '1'}\nsecurity: [{key: [], other: []}]\npaths:\n  /a:\n    get:\n      \
                    operationId: a\n      parameters: [{name: Host, in: header, schema: {type: string}}]\n      \
                    x-fixed-headers: {TE: trailers, A: b}\n      responses: {'204': {description: d}}\ncomponents:\n  \
                    securitySchemes:\n    key: {type: apiKey, in: header, name: Upgrade}\n    other: {type: http, scheme: basic}\n";
        let mut findings = Findings::new("test.yaml");
        let source = load("test.yaml", text, &mut findings).expect("a loadable document");
        let mut document =
            resolve(&source, SchemaReading::default(), &mut findings).expect("a document within the limits");
        apply_rules(&document, &mut findings);
        assert_eq!(findings.iter().filter(|finding| finding.consequence.is_some()).count(), 3);
        repair(&mut document, &findings);
        let [operation] = &document.operations[..] else { panic!("one operation") };
        assert_eq!((operation.parameters.len(), operation.security.clone()), (0, vec![vec!["other".to_owned()]]));
        assert_eq!(operation.fixed_headers, [("A".to_owned(), "b".to_owned())]);
        assert_eq!(document.security_schemes.keys().collect::<Vec<_>>(), ["other"]);
    }

    #[test]
    fn headers_that_frame_or_route_the_message_are_reported() {
        let found = codes_and_places(
            "security: [{key: []}, {other: []}]\npaths:\n  /a:\n    parameters: [{name: HOST, in: header, schema: {}}]\n    \
             get:\n      parameters: [{name: host, in: query, schema: {}}, {name: X-Host, in: header, schema: {}}]\n      \
             x-fixed-headers: {transfer-encoding: chunked, X-Version: '1'}\n      responses: {}\ncomponents:\n  \
             securitySchemes:\n    key: {type: apiKey, in: header, name: Connection}\n    \
             other: {type: apiKey, in: query, name: connection}\n",
        );
        let places = [
            "framing-header /paths/~1a/parameters/0",
            "framing-header /paths/~1a/get/x-fixed-headers/transfer-encoding",
            "framing-header /components/securitySchemes/key",
        ];
        assert_eq!(found, places);
        for name in super::FRAMING_HEADERS {
            let text = format!(
                "paths:\n  /a:\n    get: {{parameters: [{{name: {name}, in: header, schema: {{}}}}], responses: {{}}}}\n"
            );
            assert_eq!(codes_and_places(&text), ["framing-header /paths/~1a/get/parameters/0"], "{name}");
        }
    }
}
