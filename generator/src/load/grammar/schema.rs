//! The grammar of schemas.

use crate::load::grammar::external_documentation::EXTERNAL_DOCUMENTATION;
use crate::load::grammar::kind::Kind::{
    Any, Boolean, BooleanOr, Choice, Count, List, Map, Number, Object, Referable, Text,
};
use crate::load::grammar::kind::{ObjectKind, extension, object, optional, required};

/// Schema Object.
pub(crate) static SCHEMA: ObjectKind = object(
    "Schema",
    &[
        optional("title", Text),
        optional("multipleOf", Number),
        optional("maximum", Number),
        optional("exclusiveMaximum", Boolean),
        optional("minimum", Number),
        optional("exclusiveMinimum", Boolean),
        optional("maxLength", Count),
        optional("minLength", Count),
        optional("pattern", Text),
        optional("maxItems", Count),
        optional("minItems", Count),
        optional("uniqueItems", Boolean),
        optional("maxProperties", Count),
        optional("minProperties", Count),
        optional("required", List(&Text)),
        optional("enum", List(&Any)),
        optional("type", Choice(&["string", "number", "integer", "boolean", "array", "object"])),
        optional("allOf", List(&Referable(&SCHEMA))),
        optional("oneOf", List(&Referable(&SCHEMA))),
        optional("anyOf", List(&Referable(&SCHEMA))),
        optional("not", Referable(&SCHEMA)),
        optional("items", Referable(&SCHEMA)),
        optional("properties", Map(&Referable(&SCHEMA))),
        optional("additionalProperties", BooleanOr(&Referable(&SCHEMA))),
        optional("description", Text),
        optional("format", Text),
        optional("default", Any),
        optional("nullable", Boolean),
        optional("discriminator", Object(&DISCRIMINATOR)),
        optional("readOnly", Boolean),
        optional("writeOnly", Boolean),
        optional("xml", Object(&XML)),
        optional("externalDocs", Object(&EXTERNAL_DOCUMENTATION)),
        optional("example", Any),
        optional("deprecated", Boolean),
        extension("x-source"),
    ],
);

/// Discriminator Object.
pub(crate) static DISCRIMINATOR: ObjectKind =
    object("Discriminator", &[required("propertyName", Text), optional("mapping", Map(&Text))]);

static XML: ObjectKind = object(
    "XML",
    &[
        optional("name", Text),
        optional("namespace", Text),
        optional("prefix", Text),
        optional("attribute", Boolean),
        optional("wrapped", Boolean),
    ],
);
