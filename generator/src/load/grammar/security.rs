//! The grammar of security schemes.

use crate::load::grammar::kind::Kind::{Boolean, Choice, Map, Object, Text};
use crate::load::grammar::kind::{
    ObjectKind, extension, object, only_3_0, optional, required, required_prose, since_3_1, since_3_2,
};
use crate::load::grammar::object_rule;

/// Security Scheme Object.
pub(crate) static SECURITY_SCHEME: ObjectKind = ObjectKind {
    name: "Security Scheme",
    keys: &[
        only_3_0(required("type", Choice(&["apiKey", "http", "oauth2", "openIdConnect"]))),
        since_3_1(required("type", Choice(&["apiKey", "http", "mutualTLS", "oauth2", "openIdConnect"]))),
        optional("description", Text),
        optional("name", Text),
        optional("in", Choice(&["query", "header", "cookie"])),
        optional("scheme", Text),
        optional("bearerFormat", Text),
        optional("flows", Object(&OAUTH_FLOWS)),
        optional("openIdConnectUrl", Text),
        since_3_2(optional("oauth2MetadataUrl", Text)),
        since_3_2(optional("deprecated", Boolean)),
        extension("x-signing"),
    ],
    patterned: None,
    rule: Some(object_rule::security_scheme),
};

static OAUTH_FLOWS: ObjectKind = object(
    "OAuth Flows",
    &[
        optional("implicit", Object(&IMPLICIT_FLOW)),
        optional("password", Object(&TOKEN_FLOW)),
        optional("clientCredentials", Object(&TOKEN_FLOW)),
        optional("authorizationCode", Object(&CODE_FLOW)),
        since_3_2(optional("deviceAuthorization", Object(&DEVICE_FLOW))),
    ],
);

static IMPLICIT_FLOW: ObjectKind = object(
    "OAuth Flow",
    &[
        required_prose("authorizationUrl"),
        optional("tokenUrl", Text),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);

static TOKEN_FLOW: ObjectKind = object(
    "OAuth Flow",
    &[
        optional("authorizationUrl", Text),
        required_prose("tokenUrl"),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);

static CODE_FLOW: ObjectKind = object(
    "OAuth Flow",
    &[
        required_prose("authorizationUrl"),
        required_prose("tokenUrl"),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);

static DEVICE_FLOW: ObjectKind = object(
    "OAuth Flow",
    &[
        required_prose("deviceAuthorizationUrl"),
        required_prose("tokenUrl"),
        optional("refreshUrl", Text),
        required("scopes", Map(&Text)),
    ],
);
