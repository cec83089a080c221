//! The names of the crate: what a name meant that something else bears now, and what bears another name on the wire.

use copperplate::diff::{Change, Verdict};

use super::{HEAD, changes};

/// What is said of the crate, as `rule level: message`.
fn said(old: &str, new: &str) -> Vec<String> {
    let crate_level = |change: &Change| match change.verdict {
        Verdict::Crate(level) => Some(format!("{} {level:?}: {}", change.rule, change.message)),
        Verdict::Wire { .. } => None,
    };
    changes(&format!("{HEAD}{old}"), &format!("{HEAD}{new}")).iter().filter_map(crate_level).collect()
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
fn a_name_that_something_else_takes_over_is_told() {
    let edits = [
        (
            "[asc, desc]",
            "[asc, desc, ASC]",
            "`types::PutPetsSort::Asc` is \"ASC\" now, and \"asc\", which it was, is `types::PutPetsSort::Asc2`",
        ),
        (
            "        - {name: s, in: header,",
            "        - {name: s, in: query, schema: {type: string}}\n        - {name: s, in: header,",
            "`Client::put_pets.s` is query s now, and header s, which it was, is `Client::put_pets.s2`",
        ),
        (
            "my-name: {type: string}",
            "my-name: {type: string}\n        my_name: {type: string}",
            "`types::Pet.my_name` is \"my_name\" now, and \"my-name\", which it was, is `types::Pet.my_name2`",
        ),
    ];
    for (from, to, expected) in edits {
        let new = PETS.replacen(from, to, 1);
        let expected = format!("name-taken-over Major: {expected}");
        let there = said(PETS, &new);
        assert!(there.contains(&expected), "{expected}\n{there:#?}");
        // The way back is no better.
        let back = said(&new, PETS);
        assert!(back.iter().any(|line| line.starts_with("name-taken-over Major")), "{back:#?}");
    }
}

#[test]
fn methods_that_change_names_are_told() {
    let new =
        PETS.replace("putPets", "x").replace("putDogs", "putPets").replace("operationId: x", "operationId: putDogs");
    let taken: Vec<String> = said(PETS, &new).into_iter().filter(|line| line.starts_with("name-taken-over")).collect();
    assert_eq!(
        taken,
        [
            "name-taken-over Major: `Client::put_dogs` is PUT /pets now, and PUT /dogs, which it was, is `Client::put_pets`",
            "name-taken-over Major: `Client::put_pets` is PUT /dogs now, and PUT /pets, which it was, is `Client::put_dogs`",
        ]
    );
}

#[test]
fn a_member_that_is_spelt_otherwise_has_its_name_still() {
    let said = said(PETS, &PETS.replace("my-name", "my_name"));
    let message = "wire-name-changed Patch: name on the wire of `types::Pet.my_name`: nothing instead of `\"my-name\"`";
    assert_eq!(said, [message]);
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
fn a_variant_with_another_value_is_told() {
    let message = |from: &str, to: &str| {
        format!("wire-name-changed Patch: name on the wire of `types::Pet::Dog`: `\"{to}\"` instead of `\"{from}\"`")
    };
    assert_eq!(said(UNION, &UNION.replace(", d: Dog", "")), [message("d", "Dog")]);
    assert_eq!(said(&UNION.replace(", d: Dog", ""), UNION), [message("Dog", "d")]);
    assert_eq!(said(UNION, &UNION.replace("d: Dog", "dog: Dog")), [message("d", "dog")]);
}

#[test]
fn what_is_called_after_a_type_is_told_with_it() {
    let two = UNION.replace(
        "    Cat: {",
        "    Home:\n      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/House'}, {$ref: '#/components/schemas/Dog'}]\n    House: {type: object, required: [roof], properties: {roof: {type: string}, pet: {$ref: '#/components/schemas/Home'}}}\n    Cat: {",
    );
    let two = two.replace("bark: {type: string}", "bark: {type: string}, home: {$ref: '#/components/schemas/Home'}");
    let renamed =
        two.replace("schemas/Cat", "schemas/Katze").replace("c: Cat", "c: Katze").replace("    Cat: {", "    Katze: {");
    assert_eq!(
        said(&two, &renamed),
        [
            "renamed Major: `types::Cat` is `types::Katze` now, and with it `Home::Cat` is `Home::Katze`, `Pet::Cat` is `Pet::Katze`"
        ]
    );
    // A variant that is gone is quoted as it was.
    let first = "oneOf: [{$ref: '#/components/schemas/Katze'}, {$ref: '#/components/schemas/House'}";
    let gone = renamed.replace(first, "oneOf: [{$ref: '#/components/schemas/House'}");
    assert_ne!(gone, renamed);
    let told = said(&two, &gone);
    assert!(
        told.iter().any(|line| line.contains("Home::Cat` is gone: types::Home::Cat(") && !line.contains("Katze")),
        "{told:#?}"
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
fn types_in_a_type_are_renamed_with_it() {
    assert_eq!(
        said(INPUT, &INPUT.replace("NewPet", "PetInput")),
        [
            "renamed Major: `types::NewPet` is `types::PetInput` now, and with it `NewPetAny` is `PetInputAny`, `NewPetKind` is `PetInputKind`"
        ]
    );
}
