//! The grammar of schemas.

use crate::load::grammar::external_documentation::EXTERNAL_DOCUMENTATION;
use crate::load::grammar::kind::Kind::{
    Any, Boolean, BooleanOr, Choice, Count, List, Map, Number, Object, OneOrMore, Referable, Text,
};
use crate::load::grammar::kind::{ObjectKind, extension, object, only_3_0, optional, required, since_3_1, since_3_2};
use crate::load::grammar::object_rule;

/// Schema Object. In OpenAPI 3.1 and later, it is a schema of JSON Schema 2020-12 with a few more keywords.
pub(crate) static SCHEMA: ObjectKind = object(
    "Schema",
    &[
        // Keys are compared in this order. The first ones are those that most schemas have.
        only_3_0(optional("type", Choice(&["string", "number", "integer", "boolean", "array", "object"]))),
        since_3_1(optional(
            "type",
            OneOrMore(&Choice(&["string", "number", "integer", "boolean", "array", "object", "null"])),
        )),
        optional("description", Text),
        optional("properties", Map(&Referable(&SCHEMA))),
        optional("items", Referable(&SCHEMA)),
        optional("format", Text),
        optional("required", List(&Text)),
        optional("enum", List(&Any)),
        optional("example", Any),
        optional("nullable", Boolean),
        optional("title", Text),
        optional("multipleOf", Number),
        optional("maximum", Number),
        only_3_0(optional("exclusiveMaximum", Boolean)),
        // The module `leftover` reports a boolean in OpenAPI 3.1 and later.
        since_3_1(optional("exclusiveMaximum", BooleanOr(&Number))),
        optional("minimum", Number),
        only_3_0(optional("exclusiveMinimum", Boolean)),
        // The module `leftover` reports a boolean in OpenAPI 3.1 and later.
        since_3_1(optional("exclusiveMinimum", BooleanOr(&Number))),
        optional("maxLength", Count),
        optional("minLength", Count),
        optional("pattern", Text),
        optional("maxItems", Count),
        optional("minItems", Count),
        optional("uniqueItems", Boolean),
        optional("maxProperties", Count),
        optional("minProperties", Count),
        optional("allOf", List(&Referable(&SCHEMA))),
        optional("oneOf", List(&Referable(&SCHEMA))),
        optional("anyOf", List(&Referable(&SCHEMA))),
        optional("not", Referable(&SCHEMA)),
        optional("additionalProperties", BooleanOr(&Referable(&SCHEMA))),
        optional("default", Any),
        optional("discriminator", Object(&DISCRIMINATOR)),
        optional("readOnly", Boolean),
        optional("writeOnly", Boolean),
        optional("xml", Object(&XML)),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("deprecated", Boolean),
        since_3_1(optional("$ref", Text)),
        since_3_1(optional("$id", Text)),
        since_3_1(optional("$anchor", Text)),
        since_3_1(optional("$dynamicRef", Text)),
        since_3_1(optional("$dynamicAnchor", Text)),
        since_3_1(optional("$schema", Text)),
        since_3_1(optional("$comment", Text)),
        since_3_1(optional("$vocabulary", Map(&Boolean))),
        since_3_1(optional("$defs", Map(&Referable(&SCHEMA)))),
        since_3_1(optional("const", Any)),
        since_3_1(optional("examples", List(&Any))),
        since_3_1(optional("prefixItems", List(&Referable(&SCHEMA)))),
        since_3_1(optional("contains", Referable(&SCHEMA))),
        since_3_1(optional("minContains", Count)),
        since_3_1(optional("maxContains", Count)),
        since_3_1(optional("patternProperties", Map(&Referable(&SCHEMA)))),
        since_3_1(optional("propertyNames", Referable(&SCHEMA))),
        since_3_1(optional("dependentRequired", Map(&List(&Text)))),
        since_3_1(optional("dependentSchemas", Map(&Referable(&SCHEMA)))),
        since_3_1(optional("if", Referable(&SCHEMA))),
        since_3_1(optional("then", Referable(&SCHEMA))),
        since_3_1(optional("else", Referable(&SCHEMA))),
        since_3_1(optional("unevaluatedProperties", Referable(&SCHEMA))),
        since_3_1(optional("unevaluatedItems", Referable(&SCHEMA))),
        since_3_1(optional("contentEncoding", Text)),
        since_3_1(optional("contentMediaType", Text)),
        since_3_1(optional("contentSchema", Referable(&SCHEMA))),
        extension("x-source"),
    ],
);

/// Discriminator Object.
pub(crate) static DISCRIMINATOR: ObjectKind = object(
    "Discriminator",
    &[required("propertyName", Text), optional("mapping", Map(&Text)), since_3_2(optional("defaultMapping", Text))],
);

static XML: ObjectKind = ObjectKind {
    name: "XML",
    keys: &[
        optional("name", Text),
        optional("namespace", Text),
        optional("prefix", Text),
        optional("attribute", Boolean),
        optional("wrapped", Boolean),
        since_3_2(optional("nodeType", Choice(&["element", "attribute", "text", "cdata", "none"]))),
    ],
    patterned: None,
    rule: Some(object_rule::xml),
};
