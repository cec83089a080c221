//! The grammar of OpenAPI 3.0 as a table: for every object its keys, and for every key what stands there.
//!
//! The order is that of the specification. Extensions of copperplate are part of the table, since each has its places.

pub(crate) mod kind;
pub(crate) mod requirements;
mod schema;
mod security;
pub(crate) mod visit;

use crate::load::grammar::kind::Kind::{self, Any, Choice, Flag, List, Map, One, Referable, Text};
use crate::load::grammar::kind::{Object, Others, carries, may, must, object, ours, prose, unused};
pub(super) use schema::{DISCRIMINATOR, SCHEMA};
pub(super) use security::SECURITY_SCHEME;

/// The extension that may stand in every object.
pub(crate) const ACKNOWLEDGE: &str = "x-acknowledge";

/// The extensions of copperplate, and where each has a meaning.
pub(crate) const EXTENSIONS: &[(&str, &str)] = &[
    ("x-source", "an operation or a schema"),
    ("x-overload", "an operation"),
    ("x-odata-literal", "a path parameter"),
    ("x-repeat-header", "a header parameter that is an array"),
    ("x-fixed-headers", "an operation"),
    ("x-failure", "a response with a 2xx status"),
    ("x-error", "the root of the document"),
    ("x-examples", "an operation"),
    (ACKNOWLEDGE, "any object"),
];

const REQUIREMENTS: Kind = List(&Map(&List(&Text)));
const STYLE: Kind = Choice(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]);

/// The root of a document.
pub(crate) static OPENAPI: Object = object(
    "OpenAPI",
    &[
        prose("openapi"),
        must("info", One(&INFO)),
        may("servers", List(&One(&SERVER))),
        must("paths", One(&PATHS)),
        may("components", One(&COMPONENTS)),
        carries("security", REQUIREMENTS),
        may("tags", List(&One(&TAG))),
        may("externalDocs", One(&EXTERNAL_DOCUMENTATION)),
        ours("x-error"),
    ],
);

static INFO: Object = object(
    "Info",
    &[
        prose("title"),
        may("description", Text),
        may("termsOfService", Text),
        may("contact", One(&CONTACT)),
        may("license", One(&LICENSE)),
        prose("version"),
    ],
);

static CONTACT: Object = object("Contact", &[may("name", Text), may("url", Text), may("email", Text)]);

static LICENSE: Object = object("License", &[prose("name"), may("url", Text)]);

static SERVER: Object =
    object("Server", &[must("url", Text), may("description", Text), may("variables", Map(&One(&SERVER_VARIABLE)))]);

static SERVER_VARIABLE: Object =
    object("Server Variable", &[may("enum", List(&Text)), must("default", Text), may("description", Text)]);

static COMPONENTS: Object = object(
    "Components",
    &[
        may("schemas", Map(&Referable(&SCHEMA))),
        may("responses", Map(&Referable(&RESPONSE))),
        may("parameters", Map(&Referable(&PARAMETER))),
        may("examples", Map(&Referable(&EXAMPLE))),
        may("requestBodies", Map(&Referable(&REQUEST_BODY))),
        may("headers", Map(&Referable(&HEADER))),
        may("securitySchemes", Map(&Referable(&SECURITY_SCHEME))),
        may("links", Map(&Referable(&LINK))),
        may("callbacks", Map(&Referable(&CALLBACK))),
    ],
);

static PATHS: Object = Object {
    name: "Paths",
    keys: &[],
    others: Some(Others {
        admit: |key| key.starts_with('/'),
        called: "a path, which begins with `/`",
        kind: Referable(&PATH_ITEM),
    }),
    rule: None,
};

pub(super) static PATH_ITEM: Object = object(
    "Path Item",
    &[
        may("summary", Text),
        may("description", Text),
        may("get", One(&OPERATION)),
        may("put", One(&OPERATION)),
        may("post", One(&OPERATION)),
        may("delete", One(&OPERATION)),
        may("options", One(&OPERATION)),
        may("head", One(&OPERATION)),
        may("patch", One(&OPERATION)),
        may("trace", One(&OPERATION)),
        may("servers", List(&One(&SERVER))),
        carries("parameters", List(&Referable(&PARAMETER))),
    ],
);

static OPERATION: Object = object(
    "Operation",
    &[
        may("tags", List(&Text)),
        may("summary", Text),
        may("description", Text),
        may("externalDocs", One(&EXTERNAL_DOCUMENTATION)),
        may("operationId", Text),
        carries("parameters", List(&Referable(&PARAMETER))),
        carries("requestBody", Referable(&REQUEST_BODY)),
        must("responses", One(&RESPONSES)),
        unused("callbacks", Map(&Referable(&CALLBACK))),
        may("deprecated", Flag),
        carries("security", REQUIREMENTS),
        may("servers", List(&One(&SERVER))),
        ours("x-source"),
        ours("x-overload"),
        ours("x-fixed-headers"),
        ours("x-examples"),
    ],
);

static EXTERNAL_DOCUMENTATION: Object = object("External Documentation", &[may("description", Text), prose("url")]);

pub(super) static PARAMETER: Object = Object {
    name: "Parameter",
    keys: &[
        must("name", Text),
        must("in", Choice(&["query", "header", "path", "cookie"])),
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("style", STYLE),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("schema", Referable(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&Referable(&EXAMPLE))),
        may("content", Map(&One(&MEDIA_TYPE))),
        ours("x-odata-literal"),
        ours("x-repeat-header"),
    ],
    others: None,
    rule: Some(requirements::parameter),
};

pub(super) static REQUEST_BODY: Object =
    object("Request Body", &[may("description", Text), must("content", Map(&One(&MEDIA_TYPE))), may("required", Flag)]);

pub(super) static MEDIA_TYPE: Object = object(
    "Media Type",
    &[
        may("schema", Referable(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&Referable(&EXAMPLE))),
        may("encoding", Map(&One(&ENCODING))),
    ],
);

static ENCODING: Object = object(
    "Encoding",
    &[
        may("contentType", Text),
        may("headers", Map(&Referable(&HEADER))),
        may("style", Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        may("explode", Flag),
        may("allowReserved", Flag),
    ],
);

pub(super) static RESPONSES: Object = Object {
    name: "Responses",
    keys: &[may("default", Referable(&RESPONSE))],
    others: Some(Others {
        admit: requirements::is_status,
        called: "a status such as `200` or `4XX`",
        kind: Referable(&RESPONSE),
    }),
    rule: None,
};

pub(super) static RESPONSE: Object = object(
    "Response",
    &[
        prose("description"),
        may("headers", Map(&Referable(&HEADER))),
        may("content", Map(&One(&MEDIA_TYPE))),
        unused("links", Map(&Referable(&LINK))),
        ours("x-failure"),
    ],
);

static CALLBACK: Object = Object {
    name: "Callback",
    keys: &[],
    others: Some(Others {
        admit: |key| !key.starts_with("x-"),
        called: "an expression that gives a URL",
        kind: Referable(&PATH_ITEM),
    }),
    rule: None,
};

pub(super) static EXAMPLE: Object =
    object("Example", &[may("summary", Text), may("description", Text), may("value", Any), may("externalValue", Text)]);

static LINK: Object = Object {
    name: "Link",
    keys: &[
        may("operationRef", Text),
        may("operationId", Text),
        may("parameters", Map(&Any)),
        may("requestBody", Any),
        may("description", Text),
        may("server", One(&SERVER)),
    ],
    others: None,
    rule: Some(requirements::link),
};

pub(super) static HEADER: Object = Object {
    name: "Header",
    keys: &[
        may("description", Text),
        may("required", Flag),
        may("deprecated", Flag),
        may("allowEmptyValue", Flag),
        may("style", Choice(&["simple"])),
        may("explode", Flag),
        may("allowReserved", Flag),
        may("schema", Referable(&SCHEMA)),
        may("example", Any),
        may("examples", Map(&Referable(&EXAMPLE))),
        may("content", Map(&One(&MEDIA_TYPE))),
    ],
    others: None,
    rule: Some(requirements::header),
};

static TAG: Object =
    object("Tag", &[prose("name"), may("description", Text), may("externalDocs", One(&EXTERNAL_DOCUMENTATION))]);
