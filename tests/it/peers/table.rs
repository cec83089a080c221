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

/// Each document and what becomes of it; [`SHOWN_ON_THE_WIRE`] has what compiling does not show.
pub const DOCUMENTS: &[(&str, Expected)] = &[
    // Bodies.
    ("two-media-types", Emitted(&["addNote"])),
    ("encoding-on-form", Emitted(&["addNote"])),
    ("encoding-on-json", Emitted(&["addNote"])),
    ("encoding-on-response", Emitted(&["getNote"])),
    ("response-without-schema", Emitted(&["getNotes"])),
    ("media-ranges", Emitted(&["putScan", "addScan"])),
    // Answers.
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
    // Parameters.
    ("object-in-query", Emitted(&["getPet"])),
    ("union-in-query", Emitted(&["getPet"])),
    ("content-in-parameter", Emitted(&["getPet"])),
    ("cookies-and-headers", Emitted(&["getPet"])),
    ("header-with-default", Emitted(&["getPet"])),
    ("parameters-named-like-locals", Emitted(&["getPet"])),
    // Operations and the document.
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
    // Types and keywords.
    ("exclusive-without-bound", Emitted(&["addPet"])),
    ("type-file", Refused(&["shape"])),
    ("type-null", Refused(&["shape"])),
    ("untyped-and-nullable", Emitted(&["addPet"])),
    ("keywords-of-every-type", Emitted(&["addPet"])),
    ("float-bounds-of-integer", Emitted(&["addPet"])),
    ("negated", Emitted(&["addPet"])),
    // Enums.
    ("nan-in-enum", Refused(&["beyond-json"])),
    ("infinity-in-enum", Refused(&["beyond-json"])),
    ("mixed-enum", Emitted(&["addPet"])),
    ("enum-of-numbers", Emitted(&["addPet"])),
    ("enum-variants-collide", Emitted(&["addPet"])),
    // Schemas of several parts.
    ("enum-in-both-parts", Emitted(&["addPet"])),
    ("enums-without-common-value", Emitted(&["addPet", "health"])),
    ("conflicting-parts", Emitted(&["addPet", "health"])),
    ("const-in-all-of", Refused(&["unknown-key"])),
    ("diamond", Emitted(&["addPet"])),
    ("required-of-one-another", Emitted(&["addPet"])),
    // Alternatives.
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

/// A silent mistake, and the test that shows that it is not made here: its file below tests/it and its name.
pub const SHOWN_ON_THE_WIRE: &[(&str, &str, &str)] = &[
    ("a form is sent as JSON", "fixtures/bodies.rs", "a_form_is_flattened_as_its_encoding_says"),
    ("one media type of several can be sent", "fixtures/bodies.rs", "each_media_type_of_a_body_can_be_sent"),
    ("files, lists and JSON in multipart bodies", "fixtures/bodies.rs", "a_multipart_body_has_its_parts_in_order"),
    ("bytes in and out", "fixtures.rs", "bodies_that_are_not_json_are_bytes"),
    ("an optional body is sent always", "fixtures.rs", "bodies_are_sent_with_the_documented_content_type"),
    ("a request is sent unchecked", "fixtures.rs", "bodies_are_sent_with_the_documented_content_type"),
    ("answers of other media are untyped", "fixtures/bodies.rs", "the_content_type_of_an_answer_chooses_its_type"),
    ("a documented redirect is untyped", "fixtures/bodies.rs", "the_content_type_of_an_answer_chooses_its_type"),
    ("response headers are lost", "fixtures/bodies.rs", "documented_headers_have_their_types"),
    ("the bodies of failures are lost", "fixtures.rs", "each_status_has_its_type"),
    ("a default failure is a success", "fixtures.rs", "each_status_has_its_type"),
    ("400 and 404 are one", "peers/wire.rs", "failures_of_one_shape_are_told_apart_by_status"),
    ("`explode: false` is ignored", "fixtures.rs", "lists_stand_in_queries_and_headers_as_the_document_says"),
    ("styles are ignored", "fixtures/styles.rs", "a_query_takes_each_style"),
    ("`content` of a parameter is ignored", "fixtures/styles.rs", "a_query_takes_each_style"),
    ("label and matrix are sent as simple", "fixtures/styles.rs", "a_path_takes_each_style"),
    ("headers and cookies are dropped", "fixtures/styles.rs", "headers_and_cookies_take_their_styles"),
    ("names that collide", "fixtures/styles.rs", "names_that_collide_are_told_apart"),
    ("a union in the query", "peers/wire.rs", "a_query_can_be_one_of_several_types"),
    ("a header with a default", "peers/wire.rs", "a_default_can_be_sent_and_is_not_invented"),
    ("an invented header of the API's version", "peers/wire.rs", "nothing_is_sent_that_the_document_does_not_say"),
    (
        "credentials are dropped or missing unseen",
        "fixtures/credentials.rs",
        "security_takes_the_first_complete_alternative",
    ),
    ("null and absent are one", "fixtures.rs", "absent_null_and_value_are_three_things"),
    ("a required member is optional", "fixtures.rs", "absent_null_and_value_are_three_things"),
    ("no type and `nullable` is a list", "peers/wire.rs", "no_type_is_any_type"),
    ("`not` is ignored", "peers/wire.rs", "no_type_is_any_type"),
    ("an enum of several types takes anything", "peers/wire.rs", "an_enum_takes_just_the_listed_values"),
    ("values of an enum collide", "peers/wire.rs", "values_of_one_name_are_told_apart"),
    ("an unknown value is not written", "fixtures.rs", "names_that_are_taken_are_still_sent_as_written"),
    ("a discriminator is ignored", "fixtures/choices.rs", "the_discriminator_names_the_alternative"),
    ("members of a subtype are lost", "fixtures/choices.rs", "subtypes_are_the_alternatives_of_what_they_stand_on"),
    ("a shared constant is a discriminator", "peers/wire.rs", "a_shared_constant_tells_nothing_apart"),
    ("`anyOf` is an empty object", "fixtures/choices.rs", "a_value_that_fits_several_keeps_all_its_members"),
    ("`anyOf` of `required` alone", "fixtures/choices.rs", "what_stands_beside_the_alternatives_holds_for_each"),
    ("a decode error has no place", "fixtures.rs", "a_decode_error_names_the_value_at_fault"),
    ("undescribed members are lost", "fixtures.rs", "objects_keep_refuse_or_skip_what_is_not_described"),
];
