//! Tests of changes to operations, parameters, bodies, responses and security. A test case is a document, an edit, and the expected
//! changes.

/// The documents and edits for changes to bodies and responses.
mod messages;

use super::{HEAD, changes, lines};
use messages::{BODIES, BODY_EDITS, RESPONSE_EDITS, RESPONSES};

/// The text to replace, its replacement, and the expected changes.
type Edit = (&'static str, &'static str, &'static [&'static str]);

const OPERATIONS: &str = "paths:
  /a:
    get:
      operationId: readA
      tags: [one]
      responses: {'204': {description: D}}
    put:
      deprecated: true
      x-sunset: '2999-01-01'
      x-stability-level: beta
      responses: {'204': {description: D}}
    delete:
      deprecated: true
      x-sunset: '2001-01-01'
      responses: {'204': {description: D}}
  /b/{id}:
    get:
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses: {'204': {description: D}}
  /c:
    get: {deprecated: true, responses: {'204': {description: D}}}
components:
  schemas:
    Unused: {type: string}
";

const OPERATION_EDITS: &[Edit] = &[
    ("  /c:\n", "  /d:\n", &["api-path-removed-with-deprecation dangerous none", "endpoint-added safe none"]),
    ("  /b/{id}:", "  /bs/{id}:", &["api-path-removed-without-deprecation breaking none", "endpoint-added safe none"]),
    (
        "  /b/{id}:\n    get:",
        "  /b/{id}:\n    post:",
        &["api-removed-without-deprecation breaking none", "endpoint-added safe none"],
    ),
    ("    delete:", "    post:", &["api-removed-with-deprecation dangerous none", "endpoint-added safe none"]),
    ("    put:", "    post:", &["api-removed-before-sunset breaking none", "endpoint-added safe none"]),
    (
        "  /b/{id}:\n    get:\n      parameters: [{name: id,",
        "  /b/{key}:\n    get:\n      parameters: [{name: key,",
        &[],
    ),
    ("      x-sunset: '2999-01-01'\n", "", &["sunset-deleted breaking none"]),
    ("x-stability-level: beta", "x-stability-level: alpha", &["api-stability-decreased breaking none"]),
    ("x-stability-level: beta", "x-stability-level: stable", &[]),
    ("tags: [one]", "tags: [one]\n      deprecated: true", &["endpoint-deprecated safe none"]),
    ("    get: {deprecated: true, ", "    get: {", &["endpoint-reactivated safe none"]),
    ("operationId: readA", "operationId: getA", &["api-operation-id-removed safe none"]),
    ("    put:\n", "    put:\n      operationId: putA\n", &["api-operation-id-added safe none"]),
    ("tags: [one]", "tags: [two]", &["api-tag-removed safe none", "api-tag-added safe none"]),
    ("    Unused:", "    Other:", &["api-schema-removed safe none"]),
];

const PARAMETERS: &str = "paths:
  /a/{id}:
    get:
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: q, in: query, schema: {type: string, default: x}}
        - {name: r, in: query, required: true, schema: {type: string}}
        - {name: l, in: query, allowEmptyValue: true, schema: {type: array, items: {type: string}}}
        - {name: j, in: query, schema: {type: string}}
        - {name: H, in: header, schema: {type: array, items: {type: string}}}
      responses: {'204': {description: D}}
";

const PARAMETER_EDITS: &[Edit] = &[
    (
        "name: j,",
        "name: k,",
        &["request-parameter-removed dangerous request", "new-optional-request-parameter safe request"],
    ),
    (
        "name: r,",
        "name: s,",
        &["new-required-request-parameter breaking request", "request-parameter-removed dangerous request"],
    ),
    (
        "name: j, in: query,",
        "name: j, in: query, required: true,",
        &["request-parameter-became-required breaking request"],
    ),
    ("name: r, in: query, required: true,", "name: r, in: query,", &["request-parameter-became-optional safe request"]),
    (
        "name: l, in: query,",
        "name: l, in: query, style: pipeDelimited, explode: true,",
        &["request-parameter-style-changed breaking request"],
    ),
    (
        "name: l, in: query,",
        "name: l, in: query, explode: false,",
        &["request-parameter-explode-changed breaking request"],
    ),
    ("name: q, in: query,", "name: q, in: query, explode: false,", &[]),
    (
        "name: j, in: query,",
        "name: j, in: query, allowReserved: true,",
        &["request-parameter-allow-reserved-changed dangerous request"],
    ),
    ("allowEmptyValue: true", "allowEmptyValue: false", &["request-parameter-became-not-empty breaking request"]),
    (
        "name: j, in: query,",
        "name: j, in: query, allowEmptyValue: true,",
        &["request-parameter-became-possibly-empty safe request"],
    ),
    (
        "name: j, in: query, schema: {type: string}",
        "name: j, in: query, content: {application/json: {schema: {type: string}}}",
        &["request-parameter-media-type-changed breaking request"],
    ),
    (
        "name: H, in: header,",
        "name: H, in: header, x-repeat-header: true,",
        &["request-parameter-serialization-changed breaking request"],
    ),
    ("name: H, in: header,", "name: h, in: header,", &[]),
    (
        "name: j, in: query, schema: {type: string}",
        "name: j, in: query, schema: {type: string, default: x}",
        &["request-parameter-default-value-added breaking request"],
    ),
    (", default: x", "", &["request-parameter-default-value-removed breaking request"]),
    ("default: x", "default: y", &["request-parameter-default-value-changed breaking request"]),
    ("name: j, in: query,", "name: j, in: query, deprecated: true,", &["request-parameter-deprecated safe request"]),
];

const SECURITY: &str =
    "servers: [{url: 'https://{zone}.example.com', variables: {zone: {default: eu, enum: [eu, us]}}}]
security: [{key: []}]
paths:
  /a:
    get: {responses: {'204': {description: D}}}
    put: {security: [{key: []}, {token: []}], responses: {'204': {description: D}}}
    post: {security: [], responses: {'204': {description: D}}}
    delete: {security: [{key: [], token: []}], responses: {'204': {description: D}}}
  /b:
    get: {security: [{oauth: [read, write]}], servers: [{url: 'https://one.example.com'}, {url: 'https://two.example.com'}], responses: {'204': {description: D}}}
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://t.example.com', scopes: {read: R, write: W, all: A}}}}
    key: {type: apiKey, in: header, name: X-Key}
    token: {type: http, scheme: bearer}
";

const SECURITY_EDITS: &[Edit] = &[
    ("post: {security: [], ", "post: {security: [{token: []}], ", &["api-security-added breaking request"]),
    ("put: {security: [{key: []}, {token: []}]", "put: {security: []", &["api-security-removed safe request"]),
    (
        "security: [{key: []}]\npaths",
        "security: [{key: []}, {token: []}]\npaths",
        &["api-security-alternative-added safe request"],
    ),
    ("[{key: []}, {token: []}]", "[{token: []}]", &["api-security-alternative-removed breaking request"]),
    ("[{key: []}, {token: []}]", "[{token: []}, {key: []}]", &[]),
    (
        "security: [{key: []}]\npaths",
        "security: [{key: [], token: []}]\npaths",
        &["api-security-requirement-added breaking request"],
    ),
    (
        "delete: {security: [{key: [], token: []}]",
        "delete: {security: [{key: []}]",
        &["api-security-requirement-removed safe request"],
    ),
    ("[read, write]", "[read, write, all]", &["api-security-scope-added dangerous request"]),
    ("[read, write]", "[read]", &["api-security-scope-removed safe request"]),
    ("[read, write]", "[write, read]", &[]),
    (
        "[{url: 'https://one.example.com'}, {url: 'https://two.example.com'}]",
        "[{url: 'https://two.example.com'}, {url: 'https://one.example.com'}]",
        &["server-default-changed dangerous none"],
    ),
    ("in: header, name: X-Key", "in: query, name: key", &["api-security-scheme-changed breaking request"]),
    (
        "https://{zone}.example.com",
        "https://{zone}.example.org",
        &["server-removed breaking none", "server-added safe none"],
    ),
    ("default: eu", "default: us", &["server-variable-changed dangerous none"]),
    ("[eu, us]", "[eu]", &["server-variable-changed dangerous none"]),
    ("[eu, us]", "[us, eu, ap]", &[]),
    (
        "    get: {",
        "    get: {servers: [{url: 'https://other.example.com'}], ",
        &["server-removed breaking none", "server-added safe none"],
    ),
];

const AREAS: &[(&str, &[Edit])] = &[
    (OPERATIONS, OPERATION_EDITS),
    (PARAMETERS, PARAMETER_EDITS),
    (BODIES, BODY_EDITS),
    (RESPONSES, RESPONSE_EDITS),
    (SECURITY, SECURITY_EDITS),
];

/// Returns the rules that the edits test, each with its impact and direction. The rules about schemas are left out.
pub(super) fn tested_rules() -> Vec<String> {
    let edits = AREAS.iter().flat_map(|(_, edits)| *edits);
    let expected = edits.flat_map(|(_, _, expected)| *expected).map(|line| (*line).to_owned());
    let value_rules = ["request-parameter-deprecated safe request", "response-property-type-changed breaking response"];
    expected.filter(|line| !value_rules.contains(&line.as_str())).collect()
}

#[test]
fn each_edit_causes_the_expected_changes() {
    let mut wrong = Vec::new();
    for (document, edits) in AREAS {
        let old = format!("{HEAD}{document}");
        for (from, to, expected) in *edits {
            assert!(document.contains(from), "{from} is not in the document");
            let new = format!("{HEAD}{}", document.replacen(from, to, 1));
            let found = lines(&changes(&old, &new));
            if found != *expected {
                wrong.push(format!("{from:?} -> {to:?}:\n  expected {expected:?}\n  found    {found:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_renamed_security_scheme_is_no_change() {
    let old = format!("{HEAD}{SECURITY}");
    let new = format!("{HEAD}{}", SECURITY.replace("key: []", "apiKey: []").replace("    key: {", "    apiKey: {"));
    assert_eq!(lines(&changes(&old, &new)), [""; 0]);
}
