//! What is expected of each document of peers/, in the order of the survey of other generators.

/// What a document becomes.
pub enum Expected {
    /// A crate with these operations, without an error.
    Emitted(&'static [&'static str]),
    /// Nothing, for errors of these codes; without what is wrong, the rest can be had.
    Refused(&'static [&'static str]),
}

use Expected::{Emitted, Refused};

/// Documents of which not even the rest can be had: there is no telling what they say.
pub const UNREADABLE: &[&str] = &["infinity-in-enum", "nan-in-enum"];

/// Each document and what becomes of it. A comment names the test that shows on the wire what compiling does not.
pub const DOCUMENTS: &[(&str, Expected)] = &[
    // Bodies. fixtures/bodies.rs: each_media_type_of_a_body_can_be_sent, and its tests of forms for `encoding`.
    ("two-media-types", Emitted(&["addNote"])),
    ("encoding-on-form", Emitted(&["addNote"])),
    ("encoding-on-json", Emitted(&["addNote"])),
    ("encoding-on-response", Emitted(&["getNote"])),
    ("response-without-schema", Emitted(&["getNotes"])),
    ("media-ranges", Emitted(&["putScan", "addScan"])),
    // Answers. fixtures.rs: each_status_has_its_type; fixtures/bodies.rs: the_content_type_of_an_answer_chooses_its_type, which
    // has the documented redirect too; peers/wire.rs: failures_of_one_shape_are_told_apart_by_status.
    ("success-and-default", Emitted(&["getPet"])),
    ("two-successes", Emitted(&["getPet"])),
    ("success-and-nothing", Emitted(&["getPet"])),
    ("two-failures", Emitted(&["getPet"])),
    ("failure-in-two-media-types", Emitted(&["getPet"])),
    ("redirect-with-body", Emitted(&["getPet"])),
    ("switching-protocols", Emitted(&["getPet"])),
    ("malformed-response-key", Refused(&["unknown-key"])),
    // Paths.
    ("path-parameter-optional", Refused(&["shape"])),
    ("path-parameter-without-required", Refused(&["shape"])),
    ("path-parameter-without-place", Refused(&["undeclared-path-parameter"])),
    ("path-variable-undeclared", Refused(&["undeclared-path-parameter"])),
    ("path-with-literal-query", Emitted(&["getPet"])),
    ("path-values-of-many-parts", Emitted(&["getPet"])),
    // Parameters. fixtures/styles.rs: a_query_takes_each_style, which has `explode: false` and `content`,
    // headers_and_cookies_take_their_styles, names_that_collide_are_told_apart; peers/wire.rs: a_query_can_be_one_of_several_types
    // and a_default_can_be_sent_and_is_not_invented.
    ("object-in-query", Emitted(&["getPet"])),
    ("union-in-query", Emitted(&["getPet"])),
    ("content-in-parameter", Emitted(&["getPet"])),
    ("cookies-and-headers", Emitted(&["getPet"])),
    ("header-with-default", Emitted(&["getPet"])),
    ("parameters-named-like-locals", Emitted(&["getPet"])),
    // Operations and the document. fixtures.rs: credentials; peers/wire.rs: nothing_is_sent_that_the_document_does_not_say.
    (
        "every-method",
        Emitted(&["getPets", "putPets", "postPets", "deletePets", "optionsPets", "headPets", "patchPets", "tracePets"]),
    ),
    ("operation-ids-missing", Emitted(&["/paths/~1pets~1{id}/get", "/paths/~1pets~1{id}/delete"])),
    ("operation-id-twice", Refused(&["duplicate-operation-id"])),
    ("path-item-by-reference", Emitted(&["getPets", "getDogs"])),
    ("several-tags", Emitted(&["getPets", "getSeats", "getDogs"])),
    ("paginated-bytes", Emitted(&["getLogs", "followLogs"])),
    ("version-beyond-ascii", Emitted(&["health"])),
    ("info-missing", Refused(&["shape"])),
    ("credentials", Emitted(&["keyed", "open", "either"])),
    ("servers-with-variables", Emitted(&["health"])),
    // Types and keywords. fixtures/choices.rs: tables_say_what_types_cannot; peers/wire.rs: no_type_is_any_type.
    ("exclusive-without-bound", Emitted(&["addPet"])),
    ("type-file", Refused(&["shape"])),
    ("type-null", Refused(&["shape"])),
    ("untyped-and-nullable", Emitted(&["addPet"])),
    ("keywords-of-every-type", Emitted(&["addPet"])),
    ("float-bounds-of-integer", Emitted(&["addPet"])),
    ("negated", Emitted(&["addPet"])),
    // Enums. fixtures.rs: names_that_are_taken_are_still_sent_as_written; peers/wire.rs: values_of_one_name_are_told_apart.
    ("nan-in-enum", Refused(&["syntax"])),
    ("infinity-in-enum", Refused(&["syntax"])),
    ("mixed-enum", Emitted(&["addPet"])),
    ("enum-of-numbers", Emitted(&["addPet"])),
    ("enum-variants-collide", Emitted(&["addPet"])),
    // Schemas of several parts. fixtures.rs: parts_of_a_schema_become_one_type.
    ("enum-in-both-parts", Emitted(&["addPet"])),
    ("enums-without-common-value", Emitted(&["addPet", "health"])),
    ("conflicting-parts", Emitted(&["addPet", "health"])),
    ("const-in-all-of", Refused(&["unknown-key"])),
    ("diamond", Emitted(&["addPet"])),
    ("required-of-one-another", Emitted(&["addPet"])),
    // Alternatives. fixtures/choices.rs: all; peers/wire.rs: a_shared_constant_tells_nothing_apart.
    ("false-in-union", Refused(&["shape"])),
    ("constant-shared-by-all", Emitted(&["addPet"])),
    ("discriminator-over-all-of", Emitted(&["addPet"])),
    ("discriminator-mapping-nowhere", Refused(&["ref-missing"])),
    ("any-of-not-only-objects", Emitted(&["addPet"])),
    ("recursion", Emitted(&["addPet"])),
    ("endless-object", Emitted(&["addPet"])),
    // References.
    ("siblings-of-a-reference", Emitted(&["addPet"])),
    ("parameter-ref-missing", Refused(&["ref-missing"])),
    ("response-ref-missing", Refused(&["ref-missing"])),
    ("body-ref-missing", Refused(&["ref-missing"])),
    ("ref-without-components", Refused(&["ref-missing"])),
    ("schema-ref-missing", Refused(&["ref-missing"])),
    ("ref-to-missing-file", Refused(&["ref-missing"])),
    ("ref-to-url", Refused(&["ref-remote"])),
    ("ref-without-slash", Refused(&["ref-missing"])),
    ("ref-with-bare-fragment", Refused(&["ref-missing"])),
];
