//! Tests of names: reused and renamed names in the crate, and changed wire names.

use copperplate::diff::{Change, Effect};

use super::{HEAD, changes};

/// Returns the changes in the crate, each as `rule bump: message`.
fn crate_changes(old: &str, new: &str) -> Vec<String> {
    let line = |change: &Change| match change.effect {
        Effect::Crate(bump) => Some(format!("{} {bump:?}: {}", change.rule, change.message)),
        Effect::Wire { .. } => None,
    };
    changes(&format!("{HEAD}{old}"), &format!("{HEAD}{new}")).iter().filter_map(line).collect()
}

const PETS: &str = "paths:
  /pets:
    put:
      operationId: putPets
      parameters:
        - {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
        - {name: s, in: header, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'204': {description: D, headers: {X-Left: {schema: {type: string}}}}}
  /dogs:
    put: {operationId: putDogs, responses: {'204': {description: D}}}
components:
  schemas:
    Pet:
      type: object
      properties:
        my-name: {type: string}
";

#[test]
fn a_reused_name_is_reported() {
    let edits = [
        (
            "[asc, desc]",
            "[asc, desc, Asc]",
            "`types::PutPetsSort::Asc` now refers to \"Asc\"; \"asc\" is now `types::PutPetsSort::AscValue`",
        ),
        (
            "        - {name: s, in: header,",
            "        - {name: s, in: query, schema: {type: string}}\n        - {name: s, in: header,",
            "`Client::put_pets.s` now refers to query s; header s is now `Client::put_pets.s2`",
        ),
        (
            "my-name: {type: string}",
            "my-name: {type: string}\n        my_name: {type: string}",
            "`types::Pet.my_name` now refers to \"my_name\"; \"my-name\" is now `types::Pet.my_name2`",
        ),
    ];
    for (from, to, expected) in edits {
        let new = PETS.replacen(from, to, 1);
        let expected = format!("name-reused Major: {expected}");
        let forward = crate_changes(PETS, &new);
        assert!(forward.contains(&expected), "{expected}\n{forward:#?}");
        // The opposite change reuses the name as well.
        let back = crate_changes(&new, PETS);
        assert!(back.iter().any(|line| line.starts_with("name-reused Major")), "{back:#?}");
    }
}

#[test]
fn two_methods_that_exchange_names_are_reported() {
    let new =
        PETS.replace("putPets", "x").replace("putDogs", "putPets").replace("operationId: x", "operationId: putDogs");
    let reused: Vec<String> =
        crate_changes(PETS, &new).into_iter().filter(|line| line.starts_with("name-reused")).collect();
    assert_eq!(
        reused,
        [
            "name-reused Major: `Client::put_dogs` now refers to PUT /pets; PUT /dogs is now `Client::put_pets`",
            "name-reused Major: `Client::put_pets` now refers to PUT /dogs; PUT /pets is now `Client::put_dogs`",
        ]
    );
}

#[test]
fn a_field_may_keep_its_name_if_its_wire_name_changes() {
    let changes = crate_changes(PETS, &PETS.replace("my-name", "my_name"));
    let message =
        "wire-name-changed Patch: the wire name of `types::Pet.my_name` changed from `\"my-name\"` to `\"my_name\"`";
    assert_eq!(changes, [message]);
}

const UNION: &str = "paths:
  /pets:
    put:
      operationId: putPets
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
      responses: {'200': {description: D, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {c: Cat, d: Dog}}
    Cat: {type: object, required: [kind, mew], properties: {kind: {type: string}, mew: {type: string}}}
    Dog: {type: object, required: [kind, bark], properties: {kind: {type: string}, bark: {type: string}}}
";

#[test]
fn a_changed_discriminator_value_of_a_variant_is_reported() {
    let message = |from: &str, to: &str| {
        format!("wire-name-changed Patch: the wire name of `types::Pet::Dog` changed from `\"{from}\"` to `\"{to}\"`")
    };
    assert_eq!(crate_changes(UNION, &UNION.replace(", d: Dog", "")), [message("d", "Dog")]);
    assert_eq!(crate_changes(&UNION.replace(", d: Dog", ""), UNION), [message("Dog", "d")]);
    assert_eq!(crate_changes(UNION, &UNION.replace("d: Dog", "dog: Dog")), [message("d", "dog")]);
}

#[test]
fn the_variants_of_a_renamed_type_are_part_of_its_rename() {
    let two = UNION.replace(
        "    Cat: {",
        "    Home:\n      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/House'}, {$ref: '#/components/schemas/Dog'}]\n    House: {type: object, required: [roof], properties: {roof: {type: string}, pet: {$ref: '#/components/schemas/Home'}}}\n    Cat: {",
    );
    let two = two.replace("bark: {type: string}", "bark: {type: string}, home: {$ref: '#/components/schemas/Home'}");
    let renamed =
        two.replace("schemas/Cat", "schemas/Katze").replace("c: Cat", "c: Katze").replace("    Cat: {", "    Katze: {");
    assert_eq!(
        crate_changes(&two, &renamed),
        [
            "renamed Major: `types::Cat` was renamed to `types::Katze`, and with it `Home::Cat` to `Home::Katze`, `Pet::Cat` to `Pet::Katze`"
        ]
    );
    // The message about a removed variant uses the name of the variant in the older crate.
    let first = "oneOf: [{$ref: '#/components/schemas/Katze'}, {$ref: '#/components/schemas/House'}";
    let removed = renamed.replace(first, "oneOf: [{$ref: '#/components/schemas/House'}");
    assert_ne!(removed, renamed);
    let changes = crate_changes(&two, &removed);
    assert!(
        changes
            .iter()
            .any(|line| line.contains("Home::Cat` was removed: types::Home::Cat(") && !line.contains("Katze")),
        "{changes:#?}"
    );
}

const INPUT: &str = "paths:
  /pets:
    put:
      operationId: putPets
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/NewPet'}}}}
      responses: {'204': {description: D}}
components:
  schemas:
    NewPet:
      type: object
      properties:
        kind: {type: string, enum: [cat, dog]}
        any: {anyOf: [{type: string}, {type: integer}]}
";

#[test]
fn the_nested_types_of_a_renamed_type_are_part_of_its_rename() {
    assert_eq!(
        crate_changes(INPUT, &INPUT.replace("NewPet", "PetInput")),
        [
            "renamed Major: `types::NewPet` was renamed to `types::PetInput`, and with it `NewPetAny` to `PetInputAny`, `NewPetKind` to `PetInputKind`"
        ]
    );
}
