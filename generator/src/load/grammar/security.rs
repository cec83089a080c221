//! The grammar of security schemes.

use crate::load::grammar::kind::Kind::{Choice, Map, One, Text};
use crate::load::grammar::kind::{Object, may, must, object, prose};
use crate::load::grammar::requirements;

/// A security scheme.
pub(in crate::load) static SECURITY_SCHEME: Object = Object {
    name: "Security Scheme",
    keys: &[
        must("type", Choice(&["apiKey", "http", "oauth2", "openIdConnect"])),
        may("description", Text),
        may("name", Text),
        may("in", Choice(&["query", "header", "cookie"])),
        may("scheme", Text),
        may("bearerFormat", Text),
        may("flows", One(&OAUTH_FLOWS)),
        may("openIdConnectUrl", Text),
    ],
    others: None,
    rule: Some(requirements::security_scheme),
};

static OAUTH_FLOWS: Object = object(
    "OAuth Flows",
    &[
        may("implicit", One(&IMPLICIT_FLOW)),
        may("password", One(&TOKEN_FLOW)),
        may("clientCredentials", One(&TOKEN_FLOW)),
        may("authorizationCode", One(&CODE_FLOW)),
    ],
);

static IMPLICIT_FLOW: Object = object(
    "OAuth Flow",
    &[prose("authorizationUrl"), may("tokenUrl", Text), may("refreshUrl", Text), must("scopes", Map(&Text))],
);

static TOKEN_FLOW: Object = object(
    "OAuth Flow",
    &[may("authorizationUrl", Text), prose("tokenUrl"), may("refreshUrl", Text), must("scopes", Map(&Text))],
);

static CODE_FLOW: Object = object(
    "OAuth Flow",
    &[prose("authorizationUrl"), prose("tokenUrl"), may("refreshUrl", Text), must("scopes", Map(&Text))],
);
