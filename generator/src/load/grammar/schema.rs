//! The grammar of schemas.

use crate::load::grammar::EXTERNAL_DOCUMENTATION;
use crate::load::grammar::kind::Kind::{Any, Choice, Count, Flag, FlagOr, List, Map, Number, One, Referable, Text};
use crate::load::grammar::kind::{Object, may, must, object, ours};

/// A schema.
pub(in crate::load) static SCHEMA: Object = object(
    "Schema",
    &[
        may("title", Text),
        may("multipleOf", Number),
        may("maximum", Number),
        may("exclusiveMaximum", Flag),
        may("minimum", Number),
        may("exclusiveMinimum", Flag),
        may("maxLength", Count),
        may("minLength", Count),
        may("pattern", Text),
        may("maxItems", Count),
        may("minItems", Count),
        may("uniqueItems", Flag),
        may("maxProperties", Count),
        may("minProperties", Count),
        may("required", List(&Text)),
        may("enum", List(&Any)),
        may("type", Choice(&["string", "number", "integer", "boolean", "array", "object"])),
        may("allOf", List(&Referable(&SCHEMA))),
        may("oneOf", List(&Referable(&SCHEMA))),
        may("anyOf", List(&Referable(&SCHEMA))),
        may("not", Referable(&SCHEMA)),
        may("items", Referable(&SCHEMA)),
        may("properties", Map(&Referable(&SCHEMA))),
        may("additionalProperties", FlagOr(&Referable(&SCHEMA))),
        may("description", Text),
        may("format", Text),
        may("default", Any),
        may("nullable", Flag),
        may("discriminator", One(&DISCRIMINATOR)),
        may("readOnly", Flag),
        may("writeOnly", Flag),
        may("xml", One(&XML)),
        may("externalDocs", One(&EXTERNAL_DOCUMENTATION)),
        may("example", Any),
        may("deprecated", Flag),
        ours("x-source"),
    ],
);

pub(in crate::load) static DISCRIMINATOR: Object =
    object("Discriminator", &[must("propertyName", Text), may("mapping", Map(&Text))]);

static XML: Object = object(
    "XML",
    &[may("name", Text), may("namespace", Text), may("prefix", Text), may("attribute", Flag), may("wrapped", Flag)],
);
