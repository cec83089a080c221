//! Security schemes, and what an operation asks of them.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, SecurityRequirement};

use crate::finding::{Code, Focus};
use crate::load::suggestion::nearest;
use crate::pointer::Pointer;
use crate::resolve::document::{Location, Requirement, SchemeKind, SecurityScheme};
use crate::resolve::reference::follow;
use crate::resolve::{Context, was_left_out};

fn schemes_place() -> Pointer {
    Pointer::root().join("components").join("securitySchemes")
}

/// `components.securitySchemes`.
pub(super) fn schemes(cx: &mut Context<'_>) -> IndexMap<String, SecurityScheme> {
    let openapi = cx.openapi;
    let declared = openapi.components.iter().flat_map(|components| &components.security_schemes);
    let schemes = declared.filter_map(|(name, item)| {
        let (pointer, scheme) = follow(cx, item, &schemes_place().join(name))?;
        Some((name.clone(), security_scheme(&scheme, pointer)))
    });
    schemes.collect()
}

fn security_scheme(scheme: &openapiv3::SecurityScheme, pointer: Pointer) -> SecurityScheme {
    use openapiv3::SecurityScheme::{APIKey, HTTP, OAuth2, OpenIDConnect};
    let (kind, description) = match scheme {
        APIKey { location, name, description, .. } => {
            let location = match location {
                APIKeyLocation::Query => Location::Query,
                APIKeyLocation::Header => Location::Header,
                APIKeyLocation::Cookie => Location::Cookie,
            };
            (SchemeKind::ApiKey { location, name: name.clone() }, description)
        }
        HTTP { scheme, description, .. } => (http(scheme), description),
        OAuth2 { description, .. } | OpenIDConnect { description, .. } => (SchemeKind::Bearer, description),
    };
    SecurityScheme { pointer, description: description.clone(), kind }
}

/// The kind of an `http` scheme; HTTP's scheme names do not distinguish case.
fn http(scheme: &str) -> SchemeKind {
    match scheme.to_ascii_lowercase().as_str() {
        "basic" => SchemeKind::Basic,
        "bearer" => SchemeKind::Bearer,
        _ => SchemeKind::OtherHttp(scheme.to_owned()),
    }
}

/// The alternatives of `security` at `place`. An unknown scheme is reported, and the alternatives without one are preferred.
pub(super) fn requirements(
    cx: &mut Context<'_>,
    security: &[SecurityRequirement],
    place: &Pointer,
    schemes: &IndexMap<String, SecurityScheme>,
) -> Vec<Requirement> {
    let (mut whole, mut curtailed) = (Vec::new(), Vec::new());
    for (index, alternative) in security.iter().enumerate() {
        let unknown: Vec<_> = alternative.keys().filter(|name| !schemes.contains_key(*name)).collect();
        for name in &unknown {
            if !was_left_out(cx.findings, &schemes_place().join(name)) {
                let remedy = match nearest(name, schemes.keys().map(String::as_str), 3) {
                    Some(scheme) => format!("Did you mean `{scheme}`?"),
                    None => "Declare it under `components.securitySchemes`.".to_owned(),
                };
                let message = format!("There is no security scheme `{name}`.");
                let consequence = "Its credential is not sent; `Builder::default_header` can carry it.";
                let place = place.join(index).join(name);
                cx.findings.add_mendable(Code::UnknownScheme, &place, message, remedy, consequence);
                cx.findings.miss(&schemes_place().join(name));
            }
        }
        // What else the alternative asks for is sent, unless another one is whole.
        let known: Requirement = alternative.keys().filter(|name| schemes.contains_key(*name)).cloned().collect();
        match unknown.is_empty() {
            true => whole.push(known),
            false => curtailed.push(known),
        }
    }
    if whole.iter().all(Vec::is_empty) {
        whole.extend(curtailed.into_iter().filter(|known| !known.is_empty()));
    }
    whole.iter().flat_map(|requirement| without_rivals(cx, requirement, schemes)).collect()
}

/// A request has one `Authorization` header, and each key once. Where `requirement` asks for several credentials in the same place
/// it becomes as many alternatives, which is what documents mean that list the flows of OAuth 2 as schemes of their own.
fn without_rivals(
    cx: &mut Context<'_>,
    requirement: &Requirement,
    schemes: &IndexMap<String, SecurityScheme>,
) -> Vec<Requirement> {
    let mut rivals: IndexMap<(Location, String), Vec<&String>> = IndexMap::new();
    for name in requirement {
        let Some(scheme) = schemes.get(name) else { continue };
        let place = carried(&scheme.kind);
        let same = rivals.entry(place.clone()).or_default();
        if let Some(first) = same.first() {
            let carrier = place.1;
            let message = format!(
                "`{first}` and `{name}` both travel as `{carrier}`: where both are asked for, either of them is sent."
            );
            let remedy = "Write them as two items of `security`.";
            cx.findings.add(Code::RivalCredentials, &schemes_place().join(name), message, remedy);
            cx.findings.relate(&schemes_place().join(first), Focus::Key, "travels in the same place");
        }
        same.push(name);
    }
    let count = rivals.values().map(Vec::len).max().unwrap_or(1);
    let nth = |index: usize| rivals.values().filter_map(move |same| same.get(index).or(same.last()).copied().cloned());
    (0..count).map(|index| nth(index).collect()).collect()
}

/// Where a credential travels; the names of headers do not distinguish case.
fn carried(kind: &SchemeKind) -> (Location, String) {
    match kind {
        SchemeKind::ApiKey { location: Location::Header, name } => (Location::Header, name.to_ascii_lowercase()),
        SchemeKind::ApiKey { location, name } => (*location, name.clone()),
        SchemeKind::Basic | SchemeKind::Bearer | SchemeKind::OtherHttp(_) => {
            (Location::Header, "authorization".to_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resolve::tests::resolved;

    #[test]
    fn schemes_travel_as_keys_or_tokens() {
        let (document, findings) = resolved(
            "paths: {}\ncomponents:\n  securitySchemes:\n    key: {type: apiKey, in: cookie, name: k}\n    \
             open: {type: openIdConnect, openIdConnectUrl: u}\n    basic: {type: http, scheme: Basic}\n    \
             digest: {type: http, scheme: digest}\n    oauth: {type: oauth2, flows: {}}\n",
        );
        assert_eq!(findings, [""; 0]);
        let kinds: Vec<_> = document.schemes.values().map(|scheme| scheme.kind.clone()).collect();
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
    fn an_operation_has_its_own_security_or_the_documents() {
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
    fn credentials_in_one_place_are_alternatives() {
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
}
