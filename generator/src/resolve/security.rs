//! Reads security schemes and security requirements.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::APIKeyLocation;
use serde_json::{Map, Value};

use crate::finding::{Code, Focus};
use crate::pointer::Pointer;
use crate::resolve::context::Context;
use crate::resolve::document::{Location, SchemeKind, SecurityRequirement, SecurityScheme};
use crate::resolve::extension;
use crate::resolve::reference::follow;
use crate::suggestion::nearest;

/// The largest number of names in all alternatives into which the requirements of a document are split. The alternatives of one
/// requirement can have as many names as the square of its length.
const MOST_SPLIT_NAMES: usize = 200_000;

/// Returns the JSON Pointer of `components.securitySchemes`.
fn schemes_place() -> Pointer {
    Pointer::root().join("components").join("securitySchemes")
}

/// Reads `components.securitySchemes`.
pub(super) fn schemes(cx: &mut Context<'_>) -> IndexMap<String, SecurityScheme> {
    let openapi = cx.openapi;
    let mut required: Option<HashSet<&str>> = None;
    let declared = openapi.components.iter().flat_map(|components| &components.security_schemes);
    let schemes = declared.filter_map(|(name, item)| {
        if is_mutual_tls(cx, name) {
            return None;
        }
        let mark = cx.findings.mark();
        let Some((pointer, scheme)) = follow(cx, item, &schemes_place().join(name)) else {
            let required = required.get_or_insert_with(|| required_names(cx.raw));
            if !required.contains(name.as_str()) {
                cx.findings.tolerate_since(mark, "The security scheme is skipped. Nothing requires it.");
            }
            return None;
        };
        Some((name.clone(), security_scheme(cx, &scheme, pointer)))
    });
    schemes.collect()
}

/// Returns the names of the security schemes that a `security` anywhere in the document names.
fn required_names(document: &Value) -> HashSet<&str> {
    let mut names = HashSet::new();
    let mut waiting = vec![document];
    while let Some(value) = waiting.pop() {
        match value {
            Value::Object(members) => {
                let requirements = members.get("security").and_then(Value::as_array).into_iter().flatten();
                names.extend(requirements.filter_map(Value::as_object).flat_map(Map::keys).map(String::as_str));
                waiting.extend(members.values());
            }
            Value::Array(items) => waiting.extend(items),
            _ => {}
        }
    }
    names
}

/// Returns whether the security scheme `name` is `mutualTLS`. Its certificate belongs to the connection, so requests carry no
/// credential for it.
fn is_mutual_tls(cx: &Context<'_>, name: &str) -> bool {
    let mut scheme = cx.value_at(&schemes_place().join(name));
    if let Some(reference) = scheme.and_then(|scheme| scheme.get("$ref")?.as_str()) {
        let target = reference.strip_prefix('#').and_then(Pointer::from_fragment);
        scheme = target.and_then(|target| cx.value_at(&target));
    }
    scheme.and_then(|scheme| scheme.get("type")).is_some_and(|kind| kind == "mutualTLS")
}

fn security_scheme(cx: &mut Context<'_>, scheme: &openapiv3::SecurityScheme, pointer: Pointer) -> SecurityScheme {
    use openapiv3::SecurityScheme::{APIKey, HTTP, OAuth2, OpenIDConnect};
    let (APIKey { extensions, .. }
    | HTTP { extensions, .. }
    | OAuth2 { extensions, .. }
    | OpenIDConnect { extensions, .. }) = scheme;
    let signing = extension::signing(cx, extensions, &pointer);
    let (kind, description) = match scheme {
        APIKey { location, name, description, .. } => {
            let location = match location {
                APIKeyLocation::Query => Location::Query,
                APIKeyLocation::Header => Location::Header,
                APIKeyLocation::Cookie => Location::Cookie,
            };
            (SchemeKind::ApiKey { location, name: name.clone() }, description)
        }
        HTTP { scheme, description, .. } => (http_scheme(scheme), description),
        OAuth2 { description, .. } | OpenIDConnect { description, .. } => (SchemeKind::Bearer, description),
    };
    let kind = match signing {
        Some(environment) if can_be_signature(&kind) => SchemeKind::Signing { environment },
        Some(_) => {
            let message = "`x-signing` has an effect only on an API key in the header `Authorization`, or on an HTTP \
                           authentication scheme that is neither `basic` nor `bearer`.";
            let remedy = "Write `type: apiKey`, `in: header` and `name: Authorization`, or delete `x-signing`.";
            cx.findings.add(Code::UnknownExtension, &pointer.join("x-signing"), message, remedy);
            kind
        }
        None => kind,
    };
    SecurityScheme { pointer, description: description.clone(), kind }
}

/// Returns whether the credential is the whole value of the header `Authorization`.
fn can_be_signature(kind: &SchemeKind) -> bool {
    match kind {
        SchemeKind::ApiKey { location, name } => {
            *location == Location::Header && name.eq_ignore_ascii_case("Authorization")
        }
        SchemeKind::OtherHttp(_) => true,
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::Signing { .. } => false,
    }
}

/// Converts the `scheme` of a security scheme with `type: http`. Names of HTTP authentication schemes are case-insensitive.
fn http_scheme(scheme: &str) -> SchemeKind {
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => SchemeKind::Basic,
        "bearer" => SchemeKind::Bearer,
        _ => SchemeKind::OtherHttp(scheme.to_owned()),
    }
}

/// Reads the `security` at `place`, and reports schemes that are not declared.
///
/// Returns the requirements that name only declared schemes. If these requirements need no credential, also returns the remaining
/// requirements, without their undeclared schemes: a request with some credentials is better than a request without any.
pub(super) fn requirements(
    cx: &mut Context<'_>,
    security: &[openapiv3::SecurityRequirement],
    place: &Pointer,
    schemes: &IndexMap<String, SecurityScheme>,
) -> Vec<SecurityRequirement> {
    let (mut complete, mut incomplete) = (Vec::new(), Vec::new());
    for (index, requirement) in security.iter().enumerate() {
        let needs_credential = |name: &&String| !is_mutual_tls(cx, name);
        let names: Vec<&String> = requirement.keys().filter(needs_credential).collect();
        let undeclared: Vec<_> = names.iter().filter(|name| !schemes.contains_key(**name)).copied().collect();
        for name in &undeclared {
            report_undeclared(cx, name, &place.join(index).join(name), schemes);
        }
        let declared: SecurityRequirement =
            names.into_iter().filter(|name| schemes.contains_key(*name)).cloned().collect();
        match undeclared.is_empty() {
            true => complete.push(declared),
            false => incomplete.push(declared),
        }
    }
    if complete.iter().all(Vec::is_empty) {
        complete.extend(incomplete.into_iter().filter(|declared| !declared.is_empty()));
    }
    complete.iter().flat_map(|requirement| split_rivals(cx, requirement, schemes)).collect()
}

/// Reports that the security scheme `name`, which the requirement at `place` needs, is not declared. Reports nothing if the
/// security scheme was skipped.
fn report_undeclared(cx: &mut Context<'_>, name: &str, place: &Pointer, schemes: &IndexMap<String, SecurityScheme>) {
    let declaration = schemes_place().join(name);
    if cx.findings.has_skipped(&declaration) {
        return;
    }
    let remedy = match nearest(name, schemes.keys().map(String::as_str), 3) {
        Some(scheme) => format!("Did you mean `{scheme}`?"),
        None => "Declare the scheme under `components.securitySchemes`.".to_owned(),
    };
    let message = format!("The security scheme `{name}` is not declared.");
    let consequence =
        "The client sends no credential for this scheme. The caller can set a header with `Builder::default_header`.";
    let mark = cx.findings.mark();
    cx.findings.add_repairable(Code::UnknownScheme, place, message, remedy, consequence);
    // Without any scheme, the name is not a typo: the document is an excerpt.
    if cx.version.has_json_schema() && cx.value_at(&schemes_place()).is_none() {
        cx.findings.tolerate_since(mark, consequence);
    }
    cx.findings.set_missing(&declaration);
}

/// Splits a requirement that needs more than one credential in the same query parameter, cookie or header, such as
/// `Authorization`. A request can carry only one of these credentials, so each credential gets its own requirement. Some
/// documents declare each flow of OAuth 2 as a separate scheme and require all these schemes, although one of them is sufficient.
///
/// Reports an error, and does not split the requirement, if the requirements of the document are split into too many alternatives.
fn split_rivals(
    cx: &mut Context<'_>,
    requirement: &SecurityRequirement,
    schemes: &IndexMap<String, SecurityScheme>,
) -> Vec<SecurityRequirement> {
    let mut rivals: IndexMap<(Location, String), Vec<&String>> = IndexMap::new();
    for name in requirement {
        let Some(scheme) = schemes.get(name) else { continue };
        let place = credential_place(&scheme.kind);
        let same = rivals.entry(place.clone()).or_default();
        if let Some(first) = same.first() {
            let place = place.1;
            let message = format!(
                "The credentials of `{first}` and `{name}` are both sent as `{place}`, but a request can carry only one of them."
            );
            let remedy = "If one of the credentials is sufficient, write the schemes as two items of `security`.";
            cx.findings.add(Code::RivalCredentials, &schemes_place().join(name), message, remedy);
            cx.findings.add_related(&schemes_place().join(first), Focus::Key, "sent in the same place");
        }
        same.push(name);
    }
    let count = rivals.values().map(Vec::len).max().unwrap_or(1);
    if count > 1 {
        cx.split_names = cx.split_names.saturating_add(count.saturating_mul(rivals.len()));
        if cx.split_names > MOST_SPLIT_NAMES {
            let message = "Too many credentials of the document are sent in the same place as another one.";
            let remedy = "Write the schemes as items of `security`, not as members of one item.";
            cx.findings.add(Code::DocumentLimit, &schemes_place(), message, remedy);
            return vec![requirement.clone()];
        }
    }
    let nth = |index: usize| rivals.values().filter_map(move |same| same.get(index).or(same.last()).copied().cloned());
    (0..count).map(|index| nth(index).collect()).collect()
}

/// Returns the location of a credential in a request, and the name of the header, query parameter or cookie that carries it.
/// Header names are in lower case, because they are case-insensitive.
fn credential_place(kind: &SchemeKind) -> (Location, String) {
    match kind {
        SchemeKind::ApiKey { location: Location::Header, name } => (Location::Header, name.to_ascii_lowercase()),
        SchemeKind::ApiKey { location, name } => (*location, name.clone()),
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OtherHttp(_) | SchemeKind::Signing { .. } => {
            (Location::Header, "authorization".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::document::KeyPairVariables;
    use crate::resolve::tests::resolved;

    #[test]
    fn schemes_are_keys_or_http_credentials() {
        let (document, findings) = resolved(
            "paths: {}\ncomponents:\n  securitySchemes:\n    key: {type: apiKey, in: cookie, name: k}\n    \
             open: {type: openIdConnect, openIdConnectUrl: u}\n    basic: {type: http, scheme: Basic}\n    \
             digest: {type: http, scheme: digest}\n    oauth: {type: oauth2, flows: {}}\n",
        );
        assert_eq!(findings, [""; 0]);
        let kinds: Vec<_> = document.security_schemes.values().map(|scheme| scheme.kind.clone()).collect();
        assert_eq!(
            kinds,
            [
                SchemeKind::ApiKey { location: Location::Cookie, name: "k".to_owned() },
                SchemeKind::Bearer,
                SchemeKind::Basic,
                SchemeKind::OtherHttp("digest".to_owned()),
                SchemeKind::Bearer,
            ]
        );
    }

    #[test]
    fn a_signature_is_the_whole_authorization_header() {
        let signing = "x-signing: {algorithm: SDK-HMAC-SHA256";
        let (document, findings) = resolved(&format!(
            "paths: {{}}\ncomponents:\n  securitySchemes:\n    \
             a: {{type: apiKey, in: header, name: authorization, {signing}, environment: {{access-key: AK, secret-key: SK}}}}}}\n    \
             b: {{type: http, scheme: SDK-HMAC-SHA256, {signing}}}}}\n    \
             c: {{type: apiKey, in: header, name: X-Key, {signing}}}}}\n    d: {{type: oauth2, flows: {{}}, {signing}}}}}\n    \
             e: {{type: http, scheme: S, x-signing: {{algorithm: HMAC}}}}\n    \
             f: {{type: http, scheme: S, {signing}, environment: {{access-key: 'A=K', secret-key: SK}}}}}}\n"
        ));
        let place = |name: &str| format!("/components/securitySchemes/{name}/x-signing");
        assert_eq!(
            findings,
            [
                format!("unknown-extension {}", place("c")),
                format!("unknown-extension {}", place("d")),
                format!("extension-shape {}/algorithm", place("e")),
                format!("extension-shape {}/environment/access-key", place("f")),
            ]
        );
        let kinds: Vec<_> = document.security_schemes.values().map(|scheme| scheme.kind.clone()).collect();
        let variables = KeyPairVariables { access_key: "AK".to_owned(), secret_key: "SK".to_owned() };
        assert_eq!(kinds[0], SchemeKind::Signing { environment: Some(variables) });
        assert_eq!(kinds[1], SchemeKind::Signing { environment: None });
        assert_eq!(kinds[3..5], [SchemeKind::Bearer, SchemeKind::OtherHttp("S".to_owned())]);
    }

    #[test]
    fn an_operation_has_its_own_security_or_that_of_the_document() {
        let (document, findings) = resolved(
            "security: [{a: []}, {}]\npaths:\n  /1: {get: {responses: {}}}\n  /2: {get: {security: [], responses: {}}}\n  \
             /3: {get: {security: [{a: [], b: []}, {bb: []}], responses: {}}}\n  \
             /4: {get: {security: [{a: [], bc: []}], responses: {}}}\ncomponents:\n  securitySchemes:\n    \
             a: {type: http, scheme: basic}\n    b: {type: apiKey, in: header, name: b}\n",
        );
        assert_eq!(
            findings,
            ["unknown-scheme /paths/~13/get/security/1/bb", "unknown-scheme /paths/~14/get/security/0/bc"]
        );
        let security: Vec<_> = document.operations.iter().map(|operation| operation.security.clone()).collect();
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        assert_eq!(security, [vec![names(&["a"]), vec![]], vec![], vec![names(&["a", "b"])], vec![names(&["a"])]]);
    }

    #[test]
    fn credentials_in_the_same_place_become_alternatives() {
        let (document, findings) = resolved(
            "security: [{a: [], b: [], k: []}, {k: [], l: []}]\npaths:\n  /1: {get: {responses: {}}}\n  \
             /2: {get: {responses: {}}}\ncomponents:\n  securitySchemes:\n    a: {type: oauth2, flows: {}}\n    \
             b: {type: apiKey, in: header, name: AUTHORIZATION}\n    k: {type: apiKey, in: query, name: k}\n    \
             l: {type: apiKey, in: cookie, name: k}\n",
        );
        assert_eq!(findings, ["rival-credentials /components/securitySchemes/b"]);
        let security = document.operations.first().map(|operation| operation.security.clone());
        let names = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        assert_eq!(security, Some(vec![names(["a", "k"]), names(["b", "k"]), names(["k", "l"])]));
    }

    #[test]
    fn requirements_with_too_many_rivals_are_rejected() {
        let findings = |count: usize| {
            let required: String = (0..count).map(|index| format!("a{index}: [], b{index}: [], ")).collect();
            let scheme = |index| {
                format!(
                    "    a{index}: {{type: apiKey, in: query, name: a}}\n    b{index}: {{type: apiKey, in: query, name: b{index}}}\n"
                )
            };
            let schemes: String = (0..count).map(scheme).collect();
            let (_, mut findings) = resolved(&format!(
                "security: [{{{required}}}]\npaths:\n  /1: {{get: {{responses: {{}}}}}}\ncomponents:\n  securitySchemes:\n{schemes}"
            ));
            findings.retain(|finding| finding.starts_with("document-limit"));
            findings
        };
        assert_eq!(findings(400), [""; 0]);
        assert_eq!(findings(500), ["document-limit /components/securitySchemes"]);
    }
}
