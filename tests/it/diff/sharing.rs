//! Tests that a change to a component that many operations use is reported once for each direction, with the list of these
//! operations.

use super::{HEAD, changes, lines};

const SHARED: &str = "paths:
  /a:
    get: {responses: {'200': {$ref: '#/components/responses/Pets'}}}
    put: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}, responses: {'200': {$ref: '#/components/responses/Pets'}}}
    parameters: [{$ref: '#/components/parameters/Limit'}]
  /b:
    get: {responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}}
    parameters: [{$ref: '#/components/parameters/Limit'}]
components:
  parameters:
    Limit: {name: limit, in: query, schema: {type: integer, maximum: 100}}
  responses:
    Pets: {description: D, headers: {Total: {schema: {type: integer}}}, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/Pet'}}}}}
  schemas:
    Pet:
      type: object
      properties:
        name: {type: string, maxLength: 8}
        parent: {$ref: '#/components/schemas/Pet'}
        owner: {$ref: '#/components/schemas/Owner'}
    Owner: {type: object, properties: {age: {type: integer}}}
";

fn subjects(from: &str, to: &str) -> Vec<String> {
    assert!(SHARED.contains(from));
    let found = changes(&format!("{HEAD}{SHARED}"), &format!("{HEAD}{}", SHARED.replace(from, to)));
    let on_wire = found.iter().filter(|change| change.impact().is_some());
    on_wire.map(|change| format!("{}: {}", change.rule, change.subject)).collect()
}

#[test]
fn a_component_is_reported_once_for_each_direction() {
    assert_eq!(
        subjects("maxLength: 8", "maxLength: 4"),
        [
            "request-property-max-length-decreased: `Pet.name` in requests of PUT /a",
            "response-property-max-length-decreased: `Pet.name` in responses of 3 operations, such as GET /a",
        ]
    );
}

#[test]
fn the_users_of_a_component_use_the_components_in_it() {
    assert_eq!(
        subjects("age: {type: integer}", "age: {type: string}"),
        [
            "request-property-type-changed: `Owner.age` in requests of PUT /a",
            "response-property-type-changed: `Owner.age` in responses of 3 operations, such as GET /a",
        ]
    );
}

#[test]
fn a_reference_wrapped_in_all_of_is_a_reference() {
    let described = SHARED.replace(
        "owner: {$ref: '#/components/schemas/Owner'}",
        "owner: {description: D, allOf: [{$ref: '#/components/schemas/Owner'}]}",
    );
    let old = format!("{HEAD}{described}");
    let found = changes(&old, &old.replace("age: {type: integer}", "age: {type: string}"));
    let subjects: Vec<&str> =
        found.iter().filter(|change| change.impact().is_some()).map(|change| change.subject.as_str()).collect();
    assert_eq!(
        subjects,
        ["`Owner.age` in requests of PUT /a", "`Owner.age` in responses of 3 operations, such as GET /a",]
    );
}

#[test]
fn a_shared_parameter_or_header_is_reported_once() {
    assert_eq!(
        subjects("maximum: 100", "maximum: 50"),
        ["request-parameter-max-decreased: query parameter `limit` of 3 operations, such as GET /a"]
    );
    assert_eq!(
        subjects("headers: {Total: {schema: {type: integer}}}, ", ""),
        ["optional-response-header-removed: response 200, header `Total` of 2 operations, such as GET /a"]
    );
    assert_eq!(
        subjects("    parameters: [{$ref: '#/components/parameters/Limit'}]\n", ""),
        ["request-parameter-removed: query parameter `limit` of 3 operations, such as GET /a"]
    );
}

#[test]
fn a_renamed_component_is_no_change_on_the_wire() {
    let old = format!("{HEAD}{SHARED}");
    assert_eq!(
        lines(&changes(&old, &old.replace("Pet:", "Animal:").replace("schemas/Pet'", "schemas/Animal'"))),
        [""; 0]
    );
    assert_eq!(
        lines(&changes(
            &old,
            &old.replace("{$ref: '#/components/schemas/Owner'}", "{type: object, properties: {age: {type: integer}}}")
        )),
        [""; 0]
    );
}

#[test]
fn changes_in_the_crate_have_their_own_effect() {
    let (old, new) = (
        format!("{HEAD}{SHARED}"),
        format!(
            "{HEAD}{}",
            SHARED
                .replace("      properties:\n        name", "      required: [name]\n      properties:\n        name")
        ),
    );
    let found = changes(&old, &new);
    let in_crate: Vec<&str> =
        found.iter().filter(|change| change.version_bump().is_some()).map(|change| change.rule.as_str()).collect();
    assert!(in_crate.contains(&"field-became-required"), "{in_crate:?}");
    assert_eq!(copperplate::diff::required_bump(&found), Some(copperplate::surface::VersionBump::Major));
    let places: Vec<_> = found.iter().flat_map(|change| [&change.old, &change.new]).flatten().collect();
    assert!(places.iter().all(|place| place.file == "old.yaml" || place.file == "new.yaml"), "{places:?}");
}
