//! Tests of the comparison of surfaces: it finds differences that the compiler does not detect (features, locations, renames),
//! and none between equal documents.

use copperplate::surface::{Difference, Surface, VersionBump, compare};
use copperplate::{Input, Options, Pipeline, load};

fn surface(text: &str) -> Surface {
    let input = Input::new("api.yaml", text, "api");
    let options = Options { at_root: true, features: true, ..Options::default() };
    let (surface, findings) = Pipeline::new(&options).with_files(&load::no_files).surface(&[input]);
    surface.unwrap_or_else(|| panic!("{findings:?}"))
}

fn differences(old: &str, new: &str) -> Vec<Difference> {
    compare(&surface(old), &surface(new))
}

fn rules(found: &[Difference]) -> Vec<(VersionBump, &str, &str)> {
    found.iter().map(|found| (found.bump, found.rule, found.path.as_str())).collect()
}

#[test]
fn a_document_does_not_differ_from_itself_in_any_order() {
    let text = crate::layout::document(3);
    assert_eq!(differences(&text, &text), []);
    let (before, schemas) = text.split_once("    Seat:\n").unwrap();
    let (seat, others) = schemas.split_once("    Usher:\n").unwrap();
    let moved = format!("{before}    Usher:\n{others}    Seat:\n{seat}");
    assert_eq!(differences(&text, &moved), []);
}

#[test]
fn an_operation_with_another_tag_requires_another_feature() {
    let text = crate::layout::document(12);
    let moved = text.replacen("tags: [Box office]", "tags: [client]", 1);
    let found = differences(&text, &moved);
    assert_eq!(rules(&found), [(VersionBump::Major, "feature-changed", "Client::box_office_0")]);
    let removed = text.replace("tags: [Box office]", "tags: [client]");
    let found = differences(&text, &removed);
    assert!(rules(&found).contains(&(VersionBump::Major, "feature-removed", "feature box-office")), "{found:?}");
}

#[test]
fn differences_have_their_places_in_both_documents() {
    let text = crate::layout::document(1);
    let found = differences(&text, &text.replacen("maximum: 9", "maximum: 8", 1));
    assert_eq!(rules(&found), [(VersionBump::Patch, "constraints-changed", "Client::box_office_0.limit")]);
    let pointer = found[0].old.as_ref().unwrap().pointer.as_str();
    assert_eq!(pointer, "/paths/~1Box_office_0~1{key}/put/parameters/1");
    assert_eq!(found[0].old, found[0].new);
    let message = "the constraints of `Client::box_office_0.limit` changed from `<= 9` to `<= 8`";
    assert_eq!(found[0].message, message);
    let removed = differences(&text, &text.replace("limit, in: query", "most, in: query"));
    let places: Vec<_> = removed.iter().map(|found| (found.old.is_some(), found.new.is_some())).collect();
    assert_eq!((removed.len(), places.contains(&(true, false)), places.contains(&(false, true))), (6, true, true));
}

#[test]
fn a_rename_is_one_difference() {
    let text = crate::layout::document(2);
    let renamed = text.replace("Problem", "Fault").replace("description: Fault", "description: Problem");
    let found = differences(&text, &renamed);
    assert_eq!(rules(&found), [(VersionBump::Major, "renamed", "types::Fault")]);
    let found = differences(&text, &text.replace("operationId: types_0", "operationId: first"));
    let renamed = found.iter().filter(|found| found.rule == "renamed");
    assert!(renamed.clone().any(|found| found.path == "Client::first"), "{found:?}");
    assert!(found.iter().all(|found| found.rule == "renamed"), "{:?}", rules(&found));
}

const RENAMED: &str = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /zoos/{zoo}/pets/{id}:
    get:
      operationId: getPet
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: zoo, in: path, required: true, schema: {type: string}}
      responses:
        '200':
          description: D
          headers: {X-Left: {schema: {type: integer}}}
          content: {application/json: {schema: {type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}}}
        '404': {description: D}
";

#[test]
fn the_types_of_a_renamed_operation_are_part_of_its_rename() {
    let found_in = |new: &str| {
        let found = differences(RENAMED, new).into_iter();
        found.map(|found| (found.rule, found.message)).collect::<Vec<_>>()
    };
    let message = "`Client::get_pet` was renamed to `Client::read_pet`, and with it `GetPet` to `ReadPet`, `GetPetFailure` to \
                   `ReadPetFailure`, `GetPetHeaders` to `ReadPetHeaders`, `GetPetOkResponse` to `ReadPetOkResponse`, \
                   `GetPetOkResponseA` to `ReadPetOkResponseA`";
    let renamed = RENAMED.replace("getPet", "readPet");
    assert_eq!(found_in(&renamed), [("renamed", message.to_owned())]);
    // Messages about further differences use the new names.
    let found = found_in(&renamed.replace("b: {type: string}", "b: {type: string}, c: {type: string}"));
    assert_eq!((found.len(), found[0].0, found[1].0), (2, "renamed", "field-added"));
    assert!(found[1].1.starts_with("`types::ReadPetOkResponseA.c` was added"), "{}", found[1].1);
}

#[test]
fn a_renamed_path_parameter_is_a_renamed_argument() {
    let found_in = |new: &str| {
        let found = differences(RENAMED, new).into_iter();
        found.map(|found| format!("{} {}", found.rule, found.message)).collect::<Vec<_>>()
    };
    let renamed = "argument-renamed `Client::get_pet.id` was renamed to `Client::get_pet.pet_id`";
    let other = RENAMED.replace("{id}", "{pet-id}").replace("name: id", "name: pet-id");
    assert_eq!(found_in(&other), [renamed]);
    // Different names in the document may become the same name in the crate.
    let same = RENAMED.replace("{id}", "{Id}").replace("name: id", "name: Id");
    assert_eq!(found_in(&same), [""; 0]);
    let with_type = other.replace(
        "name: pet-id, in: path, required: true, schema: {type: string}",
        "name: pet-id, in: path, required: true, schema: {type: integer}",
    );
    let found = found_in(&with_type);
    assert_eq!((found.len(), found[0].as_str()), (2, renamed));
    assert!(found[1].starts_with("argument-type-changed"), "{}", found[1]);
    // Without an operationId, the method is named after the path.
    let unnamed = |text: &str| text.replace("      operationId: getPet\n", "");
    let found = differences(&unnamed(RENAMED), &unnamed(&other));
    assert_eq!(
        rules(&found),
        [
            (VersionBump::Major, "renamed", "Client::get_zoos_zoo_pets_pet_id"),
            (VersionBump::Major, "argument-renamed", "Client::get_zoos_zoo_pets_pet_id.pet_id"),
        ]
    );
    // Arguments have the order of the path. If the document only swaps two names, existing calls send the same requests.
    let swapped = RENAMED.replace("/zoos/{zoo}/pets/{id}", "/zoos/{id}/pets/{zoo}");
    assert_eq!(
        found_in(&swapped),
        [
            "argument-renamed `Client::get_pet.zoo` was renamed to `Client::get_pet.id`",
            "argument-renamed `Client::get_pet.id` was renamed to `Client::get_pet.zoo`",
        ]
    );
}

/// Types that are added or removed together with an operation are not reported as separate differences.
#[test]
fn an_added_or_removed_operation_includes_its_types() {
    let text = crate::layout::document(2);
    let start = text.find("  /Box_office_1/").unwrap();
    let end = text.find("  /types_0/").unwrap();
    let without = format!("{}{}", &text[..start], &text[end..]);
    assert_eq!(
        rules(&differences(&text, &without)),
        [(VersionBump::Major, "operation-removed", "Client::box_office_1")]
    );
    assert_eq!(rules(&differences(&without, &text)), [(VersionBump::Minor, "operation-added", "Client::box_office_1")]);
}
