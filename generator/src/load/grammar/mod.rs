//! The grammar of OpenAPI 3.0, 3.1 and 3.2 as tables: the keys of each object, and the kind of each key's value. A key that not
//! all versions have, or that has another kind of value in some versions, states its versions.
//!
//! The objects are in the order of the specification. copperplate's extensions are part of the tables, because each extension
//! belongs to certain objects.

mod extension;
mod external_documentation;
pub(crate) mod kind;
mod method;
pub(crate) mod object_rule;
mod object_rule_3_2;
pub(crate) mod overlay;
mod rule_violation;
mod schema;
mod security;
pub(crate) mod visit;

pub(crate) use extension::{ACKNOWLEDGE, EXTENSIONS, Extension, extension_named, may_be_meant};
pub(crate) use method::METHODS;
pub(super) use schema::{DISCRIMINATOR, SCHEMA};
pub(super) use security::SECURITY_SCHEME;

use crate::load::grammar::external_documentation::EXTERNAL_DOCUMENTATION;
use crate::load::grammar::kind::Kind::{self, Any, Boolean, Choice, List, Map, Object, Referable, Text};
use crate::load::grammar::kind::{
    ObjectKind, PatternedKeys, affects_request, extension, object, only_3_0, optional, required, required_prose,
    since_3_1, since_3_2, until_3_1, without_effect,
};

/// A list of Security Requirement Objects.
const SECURITY_REQUIREMENTS: Kind = List(&Map(&List(&Text)));
/// All values of `style`. Each parameter location, such as `query`, allows only some of these values.
const STYLE: Kind = Choice(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject"]);

/// All values of `style` in OpenAPI 3.2.
const STYLE_3_2: Kind =
    Choice(&["matrix", "label", "form", "simple", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"]);

/// OpenAPI Object: the root of a document.
pub(super) static OPENAPI: ObjectKind = ObjectKind {
    name: "OpenAPI",
    keys: &[
        required_prose("openapi"),
        since_3_2(optional("$self", Text)),
        required("info", Object(&INFO)),
        since_3_1(optional("jsonSchemaDialect", Text)),
        optional("servers", List(&Object(&SERVER))),
        only_3_0(required("paths", Object(&PATHS))),
        since_3_1(optional("paths", Object(&PATHS))),
        since_3_1(optional("webhooks", Map(&Referable(&PATH_ITEM)))),
        optional("components", Object(&COMPONENTS)),
        affects_request("security", SECURITY_REQUIREMENTS),
        optional("tags", List(&Object(&TAG))),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        extension("x-error"),
        extension("x-idempotency-key"),
    ],
    patterned: None,
    rule: Some(object_rule::openapi),
};

static INFO: ObjectKind = object(
    "Info",
    &[
        required_prose("title"),
        since_3_1(optional("summary", Text)),
        optional("description", Text),
        optional("termsOfService", Text),
        optional("contact", Object(&CONTACT)),
        optional("license", Object(&LICENSE)),
        required_prose("version"),
    ],
);

static CONTACT: ObjectKind =
    object("Contact", &[optional("name", Text), optional("url", Text), optional("email", Text)]);

static LICENSE: ObjectKind =
    object("License", &[required_prose("name"), since_3_1(optional("identifier", Text)), optional("url", Text)]);

static SERVER: ObjectKind = object(
    "Server",
    &[
        required("url", Text),
        optional("description", Text),
        optional("variables", Map(&Object(&SERVER_VARIABLE))),
        since_3_2(optional("name", Text)),
        extension("x-name"),
    ],
);

static SERVER_VARIABLE: ObjectKind = ObjectKind {
    name: "Server Variable",
    keys: &[optional("enum", List(&Text)), required("default", Text), optional("description", Text)],
    patterned: None,
    rule: Some(object_rule::server_variable),
};

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
        since_3_1(optional("pathItems", Map(&Referable(&PATH_ITEM)))),
        since_3_2(optional("mediaTypes", Map(&Referable(&MEDIA_TYPE)))),
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

pub(super) static PATH_ITEM: ObjectKind = ObjectKind {
    name: "Path Item",
    keys: &[
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
        since_3_2(optional("query", Object(&OPERATION))),
        since_3_2(optional("additionalOperations", Map(&Object(&OPERATION)))),
        optional("servers", List(&Object(&SERVER))),
        affects_request("parameters", List(&Referable(&PARAMETER))),
    ],
    patterned: None,
    rule: Some(object_rule_3_2::path_item),
};

pub(super) static OPERATION: ObjectKind = ObjectKind {
    name: "Operation",
    keys: &[
        optional("tags", List(&Text)),
        optional("summary", Text),
        optional("description", Text),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("operationId", Text),
        affects_request("parameters", List(&Referable(&PARAMETER))),
        affects_request("requestBody", Referable(&REQUEST_BODY)),
        only_3_0(required("responses", Object(&RESPONSES))),
        since_3_1(optional("responses", Object(&RESPONSES))),
        only_3_0(without_effect("callbacks", Map(&Referable(&CALLBACK)))),
        since_3_1(optional("callbacks", Map(&Referable(&CALLBACK)))),
        optional("deprecated", Boolean),
        affects_request("security", SECURITY_REQUIREMENTS),
        optional("servers", List(&Object(&SERVER))),
        extension("x-source"),
        extension("x-overload"),
        extension("x-fixed-headers"),
        extension("x-idempotent"),
        extension("x-idempotency-key"),
        extension("x-examples"),
        extension("x-pagination"),
    ],
    patterned: None,
    rule: Some(object_rule_3_2::parameters),
};

pub(super) static PARAMETER: ObjectKind = ObjectKind {
    name: "Parameter",
    keys: &[
        required("name", Text),
        until_3_1(required("in", Choice(&["query", "header", "path", "cookie"]))),
        since_3_2(required("in", Choice(&["query", "querystring", "header", "path", "cookie"]))),
        optional("description", Text),
        optional("required", Boolean),
        optional("deprecated", Boolean),
        optional("allowEmptyValue", Boolean),
        until_3_1(optional("style", STYLE)),
        since_3_2(optional("style", STYLE_3_2)),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        optional("schema", Referable(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&Referable(&EXAMPLE))),
        until_3_1(optional("content", Map(&Object(&MEDIA_TYPE)))),
        since_3_2(optional("content", Map(&Referable(&MEDIA_TYPE)))),
        extension("x-odata-literal"),
        extension("x-repeat-header"),
    ],
    patterned: None,
    rule: Some(object_rule::parameter),
};

pub(super) static REQUEST_BODY: ObjectKind = object(
    "Request Body",
    &[
        optional("description", Text),
        until_3_1(required("content", Map(&Object(&MEDIA_TYPE)))),
        since_3_2(required("content", Map(&Referable(&MEDIA_TYPE)))),
        optional("required", Boolean),
    ],
);

pub(super) static MEDIA_TYPE: ObjectKind = ObjectKind {
    name: "Media Type",
    keys: &[
        optional("schema", Referable(&SCHEMA)),
        optional("example", Any),
        optional("examples", Map(&Referable(&EXAMPLE))),
        optional("encoding", Map(&Object(&ENCODING))),
        since_3_2(optional("description", Text)),
        since_3_2(optional("itemSchema", Referable(&SCHEMA))),
        since_3_2(optional("prefixEncoding", List(&Object(&ENCODING)))),
        since_3_2(optional("itemEncoding", Object(&ENCODING))),
    ],
    patterned: None,
    rule: Some(object_rule::encodings),
};

static ENCODING: ObjectKind = ObjectKind {
    name: "Encoding",
    keys: &[
        optional("contentType", Text),
        optional("headers", Map(&Referable(&HEADER))),
        optional("style", Choice(&["form", "spaceDelimited", "pipeDelimited", "deepObject"])),
        optional("explode", Boolean),
        optional("allowReserved", Boolean),
        since_3_2(optional("encoding", Map(&Object(&ENCODING)))),
        since_3_2(optional("prefixEncoding", List(&Object(&ENCODING)))),
        since_3_2(optional("itemEncoding", Object(&ENCODING))),
    ],
    patterned: None,
    rule: Some(object_rule::encodings),
};

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

pub(super) static RESPONSE: ObjectKind = ObjectKind {
    name: "Response",
    keys: &[
        since_3_2(optional("summary", Text)),
        until_3_1(required_prose("description")),
        since_3_2(optional("description", Text)),
        optional("headers", Map(&Referable(&HEADER))),
        until_3_1(optional("content", Map(&Object(&MEDIA_TYPE)))),
        since_3_2(optional("content", Map(&Referable(&MEDIA_TYPE)))),
        without_effect("links", Map(&Referable(&LINK))),
        extension("x-failure"),
    ],
    patterned: None,
    rule: Some(object_rule_3_2::response),
};

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

pub(super) static EXAMPLE: ObjectKind = ObjectKind {
    name: "Example",
    keys: &[
        optional("summary", Text),
        optional("description", Text),
        optional("value", Any),
        optional("externalValue", Text),
        since_3_2(optional("dataValue", Any)),
        since_3_2(optional("serializedValue", Text)),
    ],
    patterned: None,
    rule: Some(object_rule::example),
};

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
        until_3_1(optional("content", Map(&Object(&MEDIA_TYPE)))),
        since_3_2(optional("content", Map(&Referable(&MEDIA_TYPE)))),
    ],
    patterned: None,
    rule: Some(object_rule::header),
};

static TAG: ObjectKind = object(
    "Tag",
    &[
        required_prose("name"),
        since_3_2(optional("summary", Text)),
        optional("description", Text),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        since_3_2(optional("parent", Text)),
        since_3_2(optional("kind", Text)),
    ],
);
