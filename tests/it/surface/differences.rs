//! Differences that no compiler is asked about: features, places, renames, and that there is none where nothing differs.

use copperplate::surface::{Difference, Level, Surface, compare};
use copperplate::{Input, Options, Pipeline, load};

fn surface(text: &str) -> Surface {
    let input = Input { file: "api.yaml".to_owned(), text: text.to_owned(), module: "api".to_owned() };
    let options = Options { at_root: true, features: true, ..Options::default() };
    let (surface, findings) = Pipeline::new(&options).with_files(&load::no_files).surface(&[input]);
    surface.unwrap_or_else(|| panic!("{findings:?}"))
}

fn differences(old: &str, new: &str) -> Vec<Difference> {
    compare(&surface(old), &surface(new))
}

fn rules(found: &[Difference]) -> Vec<(Level, &str, &str)> {
    found.iter().map(|found| (found.level, found.rule, found.path.as_str())).collect()
}

#[test]
fn a_document_differs_neither_from_itself_nor_from_its_order() {
    let text = crate::layout::document(3);
    assert_eq!(differences(&text, &text), []);
    let (before, schemas) = text.split_once("    Seat:\n").unwrap();
    let (seat, others) = schemas.split_once("    Usher:\n").unwrap();
    let moved = format!("{before}    Usher:\n{others}    Seat:\n{seat}");
    assert_eq!(differences(&text, &moved), []);
}

#[test]
fn an_operation_under_another_tag_is_behind_another_feature() {
    let text = crate::layout::document(12);
    let moved = text.replacen("tags: [Box office]", "tags: [client]", 1);
    let found = differences(&text, &moved);
    assert_eq!(rules(&found), [(Level::Major, "feature-changed", "Client::box_office_0")]);
    let gone = text.replace("tags: [Box office]", "tags: [client]");
    let found = differences(&text, &gone);
    assert!(rules(&found).contains(&(Level::Major, "feature-removed", "feature box-office")), "{found:?}");
}

#[test]
fn differences_name_their_places_in_both_documents() {
    let text = crate::layout::document(1);
    let found = differences(&text, &text.replacen("maximum: 9", "maximum: 8", 1));
    assert_eq!(rules(&found), [(Level::Patch, "constraints-changed", "Client::box_office_0.limit")]);
    let pointer = found[0].old.as_ref().unwrap().pointer.as_str();
    assert_eq!(pointer, "/paths/~1Box_office_0~1{key}/put/parameters/1");
    assert_eq!(found[0].old, found[0].new);
    let message = "rules of `Client::box_office_0.limit`: `<= 8` instead of `<= 9`";
    assert_eq!(found[0].message, message);
    let gone = differences(&text, &text.replace("limit, in: query", "most, in: query"));
    let places: Vec<_> = gone.iter().map(|found| (found.old.is_some(), found.new.is_some())).collect();
    assert_eq!((gone.len(), places.contains(&(true, false)), places.contains(&(false, true))), (6, true, true));
}

#[test]
fn a_rename_is_told_once() {
    let text = crate::layout::document(2);
    let found =
        differences(&text, &text.replace("Fault", "Problem").replace("description: Problem", "description: Fault"));
    assert_eq!(rules(&found), [(Level::Major, "renamed", "types::Problem")]);
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
fn all_that_is_called_after_an_operation_is_told_with_it() {
    let told = |new: &str| {
        let found = differences(RENAMED, new).into_iter();
        found.map(|found| (found.rule, found.message)).collect::<Vec<_>>()
    };
    let message = "`Client::get_pet` is `Client::read_pet` now, and with it `GetPet` is `ReadPet`, `GetPetFailure` is \
                   `ReadPetFailure`, `GetPetHeaders` is `ReadPetHeaders`, `GetPetOkResponse` is `ReadPetOkResponse`, \
                   `GetPetOkResponseA` is `ReadPetOkResponseA`";
    let renamed = RENAMED.replace("getPet", "readPet");
    assert_eq!(told(&renamed), [("renamed", message.to_owned())]);
    // What else is different is told of the new names.
    let found = told(&renamed.replace("b: {type: string}", "b: {type: string}, c: {type: string}"));
    assert_eq!((found.len(), found[0].0, found[1].0), (2, "renamed", "field-added"));
    assert!(found[1].1.starts_with("`types::ReadPetOkResponseA.c` is new"), "{}", found[1].1);
}

#[test]
fn a_name_in_a_template_is_one_argument() {
    let told = |new: &str| {
        let found = differences(RENAMED, new).into_iter();
        found.map(|found| format!("{} {}", found.rule, found.message)).collect::<Vec<_>>()
    };
    let renamed = "argument-renamed `Client::get_pet.id` is `Client::get_pet.pet_id` now";
    let other = RENAMED.replace("{id}", "{pet-id}").replace("name: id", "name: pet-id");
    assert_eq!(told(&other), [renamed]);
    // A name that is spelt differently may still be one name.
    let same = RENAMED.replace("{id}", "{Id}").replace("name: id", "name: Id");
    assert_eq!(told(&same), [""; 0]);
    let with_type = other.replace(
        "name: pet-id, in: path, required: true, schema: {type: string}",
        "name: pet-id, in: path, required: true, schema: {type: integer}",
    );
    let found = told(&with_type);
    assert_eq!((found.len(), found[0].as_str()), (2, renamed));
    assert!(found[1].starts_with("argument-type-changed"), "{}", found[1]);
    // Without an operationId the method is called after the path.
    let unnamed = |text: &str| text.replace("      operationId: getPet\n", "");
    let found = differences(&unnamed(RENAMED), &unnamed(&other));
    assert_eq!(
        rules(&found),
        [
            (Level::Major, "renamed", "Client::get_zoos_zoo_pets_pet_id"),
            (Level::Major, "argument-renamed", "Client::get_zoos_zoo_pets_pet_id.pet_id"),
        ]
    );
    // Arguments follow the template: the names change places, and calls send what they sent.
    let turned = RENAMED.replace("/zoos/{zoo}/pets/{id}", "/zoos/{id}/pets/{zoo}");
    assert_eq!(
        told(&turned),
        [
            "argument-renamed `Client::get_pet.zoo` is `Client::get_pet.id` now",
            "argument-renamed `Client::get_pet.id` is `Client::get_pet.zoo` now",
        ]
    );
}

/// What came or went with an operation is no difference of its own.
#[test]
fn an_operation_goes_with_its_types() {
    let text = crate::layout::document(2);
    let start = text.find("  /Box_office_1/").unwrap();
    let end = text.find("  /types_0/").unwrap();
    let without = format!("{}{}", &text[..start], &text[end..]);
    assert_eq!(rules(&differences(&text, &without)), [(Level::Major, "operation-removed", "Client::box_office_1")]);
    assert_eq!(rules(&differences(&without, &text)), [(Level::Minor, "operation-added", "Client::box_office_1")]);
}
