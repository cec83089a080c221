//! The grammar of OpenAPI 3.0 as tables: the keys of each object, and the kind of each key's value.
//!
//! The objects are in the order of the specification. copperplate's extensions are part of the tables, because each extension
//! belongs to certain objects.

mod extension;
mod external_documentation;
pub(crate) mod kind;
pub(crate) mod object_rule;
pub(crate) mod overlay;
mod schema;
mod security;
pub(crate) mod visit;

pub(crate) use extension::{ACKNOWLEDGE, EXTENSIONS, may_be_meant};
pub(super) use schema::{DISCRIMINATOR, SCHEMA};
pub(super) use security::SECURITY_SCHEME;

use crate::load::grammar::external_documentation::EXTERNAL_DOCUMENTATION;
use crate::load::grammar::kind::Kind::{self, Any, Boolean, Choice, List, Map, Object, Referable, Text};
use crate::load::grammar::kind::{
    ObjectKind, PatternedKeys, affects_request, extension, object, optional, required, required_prose, without_effect,
};

/// The keys of a Path Item Object whose values are operations.
pub(crate) const METHODS: &[&str] = &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// A list of Security Requirement Objects.
const SECURITY_REQUIREMENTS: Kind = List(&Map(&List(&Text)));
/// All values of `style`. Each parameter location, such as `query`, allows only some of these values.
const STYLE: Kind = Choice(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]);

/// OpenAPI Object: the root of a document.
pub(super) static OPENAPI: ObjectKind = object(
    "OpenAPI",
    &[
        required_prose("openapi"),
        required("info", Object(&INFO)),
        optional("servers", List(&Object(&SERVER))),
        required("paths", Object(&PATHS)),
        optional("components", Object(&COMPONENTS)),
        affects_request("security", SECURITY_REQUIREMENTS),
        optional("tags", List(&Object(&TAG))),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        extension("x-error"),
        extension("x-idempotency-key"),
    ],
);

static INFO: ObjectKind = object(
    "Info",
    &[
        required_prose("title"),
        optional("description", Text),
        optional("termsOfService", Text),
        optional("contact", Object(&CONTACT)),
        optional("license", Object(&LICENSE)),
        required_prose("version"),
    ],
);

static CONTACT: ObjectKind =
    object("Contact", &[optional("name", Text), optional("url", Text), optional("email", Text)]);

static LICENSE: ObjectKind = object("License", &[required_prose("name"), optional("url", Text)]);

static SERVER: ObjectKind = object(
    "Server",
    &[
        required("url", Text),
        optional("description", Text),
        optional("variables", Map(&Object(&SERVER_VARIABLE))),
        extension("x-name"),
    ],
);

static SERVER_VARIABLE: ObjectKind = object(
    "Server Variable",
    &[optional("enum", List(&Text)), required("default", Text), optional("description", Text)],
);

pub(super) static COMPONENTS: ObjectKind = object(
    "Components",
    &[
        optional("schemas", Map(&Referable(&SCHEMA))),
        optional("responses", Map(&Referable(&RESPONSE))),
        optional("parameters", Map(&Referable(&PARAMETER))),
        optional("examples", Map(&Referable(&EXAMPLE))),
        optional("requestBodies", Map(&Referable(&REQUEST_BODY))),
        optional("headers", Map(&Referable(&HEADER))),
        optional("securitySchemes", Map(&Referable(&SECURITY_SCHEME))),
        optional("links", Map(&Referable(&LINK))),
        optional("callbacks", Map(&Referable(&CALLBACK))),
    ],
);

static PATHS: ObjectKind = ObjectKind {
    name: "Paths",
    keys: &[],
    patterned: Some(PatternedKeys {
        matches: |key| key.starts_with('/'),
        noun: "a path that begins with `/`",
        kind: Referable(&PATH_ITEM),
    }),
    rule: None,
};

pub(super) static PATH_ITEM: ObjectKind = object(
    "Path Item",
    &[
        optional("summary", Text),
        optional("description", Text),
        optional("get", Object(&OPERATION)),
        optional("put", Object(&OPERATION)),
        optional("post", Object(&OPERATION)),
        optional("delete", Object(&OPERATION)),
        optional("options", Object(&OPERATION)),
        optional("head", Object(&OPERATION)),
        optional("patch", Object(&OPERATION)),
        optional("trace", Object(&OPERATION)),
        optional("servers", List(&Object(&SERVER))),
        affects_request("parameters", List(&Referable(&PARAMETER))),
    ],
);

static OPERATION: ObjectKind = object(
    "Operation",
    &[
        optional("tags", List(&Text)),
        optional("summary", Text),
        optional("description", Text),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("operationId", Text),
        affects_request("parameters", List(&Referable(&PARAMETER))),
        affects_request("requestBody", Referable(&REQUEST_BODY)),
        required("responses", Object(&RESPONSES)),
        without_effect("callbacks", Map(&Referable(&CALLBACK))),
        optional("deprecated", Boolean),
        affects_request("security", SECURITY_REQUIREMENTS),
        optional("servers", List(&Object(&SERVER))),
        extension("x-source"),
        extension("x-overload"),
        extension("x-fixed-headers"),
        extension("x-idempotent"),
        extension("x-idempotency-key"),
        extension("x-examples"),
    ],
);

pub(super) static PARAMETER: ObjectKind = ObjectKind {
    name: "Parameter",
    keys: &[
        required("name", Text),
        required("in", Choice(&["query", "header", "path", "cookie"])),
        optional("description", Text),
        optional("required", Boolean),
        optional("deprecated", Boolean),
        optional("allowEmptyValue", Boolean),
        optional("style", STYLE),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        optional("schema", Referable(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&Referable(&EXAMPLE))),
        optional("content", Map(&Object(&MEDIA_TYPE))),
        extension("x-odata-literal"),
        extension("x-repeat-header"),
    ],
    patterned: None,
    rule: Some(object_rule::parameter),
};

pub(super) static REQUEST_BODY: ObjectKind = object(
    "Request Body",
    &[optional("description", Text), required("content", Map(&Object(&MEDIA_TYPE))), optional("required", Boolean)],
);

pub(super) static MEDIA_TYPE: ObjectKind = object(
    "Media Type",
    &[
        optional("schema", Referable(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&Referable(&EXAMPLE))),
        optional("encoding", Map(&Object(&ENCODING))),
    ],
);

static ENCODING: ObjectKind = object(
    "Encoding",
    &[
        optional("contentType", Text),
        optional("headers", Map(&Referable(&HEADER))),
        optional("style", Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
    ],
);

pub(super) static RESPONSES: ObjectKind = ObjectKind {
    name: "Responses",
    keys: &[optional("default", Referable(&RESPONSE))],
    patterned: Some(PatternedKeys {
        matches: object_rule::is_status,
        noun: "a status such as `200` or `4XX`",
        kind: Referable(&RESPONSE),
    }),
    rule: None,
};

pub(super) static RESPONSE: ObjectKind = object(
    "Response",
    &[
        required_prose("description"),
        optional("headers", Map(&Referable(&HEADER))),
        optional("content", Map(&Object(&MEDIA_TYPE))),
        without_effect("links", Map(&Referable(&LINK))),
        extension("x-failure"),
    ],
);

static CALLBACK: ObjectKind = ObjectKind {
    name: "Callback",
    keys: &[],
    patterned: Some(PatternedKeys {
        matches: |key| !key.starts_with("x-"),
        noun: "an expression that gives a URL",
        kind: Referable(&PATH_ITEM),
    }),
    rule: None,
};

pub(super) static EXAMPLE: ObjectKind = object(
    "Example",
    &[
        optional("summary", Text),
        optional("description", Text),
        optional("value", Any),
        optional("externalValue", Text),
    ],
);

static LINK: ObjectKind = ObjectKind {
    name: "Link",
    keys: &[
        optional("operationRef", Text),
        optional("operationId", Text),
        optional("parameters", Map(&Any)),
        optional("requestBody", Any),
        optional("description", Text),
        optional("server", Object(&SERVER)),
    ],
    patterned: None,
    rule: Some(object_rule::link),
};

pub(super) static HEADER: ObjectKind = ObjectKind {
    name: "Header",
    keys: &[
        optional("description", Text),
        optional("required", Boolean),
        optional("deprecated", Boolean),
        optional("allowEmptyValue", Boolean),
        optional("style", Choice(&["simple"])),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        optional("schema", Referable(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&Referable(&EXAMPLE))),
        optional("content", Map(&Object(&MEDIA_TYPE))),
    ],
    patterned: None,
    rule: Some(object_rule::header),
};

static TAG: ObjectKind = object(
    "Tag",
    &[required_prose("name"), optional("description", Text), optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION))],
);
