//! Tests that each change is reported once for each direction, with its location.

use copperplate::diff::{Change, Effect};

use super::{changes, lines};

fn document(rest: &str) -> String {
    format!("{}{rest}", super::HEAD)
}

/// Returns a document with an operation that sends and receives a union with this discriminator mapping.
fn mapped(mapping: &str) -> String {
    document(&format!(
        "paths:
  /pets:
    put:
      operationId: putPet
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}
      responses: {{'200': {{description: D, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Pet'}}}}}}}}}}
components:
  schemas:
    Pet:
      oneOf: [{{$ref: '#/components/schemas/Cat'}}, {{$ref: '#/components/schemas/Dog'}}]
      discriminator: {{propertyName: kind, mapping: {{{mapping}}}}}
    Cat: {{type: object, required: [kind], properties: {{kind: {{type: string}}, lives: {{type: integer}}}}}}
    Dog: {{type: object, required: [kind], properties: {{kind: {{type: string}}, bark: {{type: integer}}}}}}
"
    ))
}

#[test]
fn a_changed_discriminator_value_is_one_change_and_renames_the_variant() {
    let found = changes(&mapped("cat: Cat, dog: Dog"), &mapped("kitten: Cat, dog: Dog"));
    assert_eq!(
        lines(&found),
        [
            "request-body-discriminator-mapping-changed breaking request",
            "response-body-discriminator-mapping-changed breaking response",
        ]
    );
    let messages: Vec<&str> = found.iter().map(|change| change.message.as_str()).collect();
    let message = "the discriminator value for `Cat` changed from `cat` to `kitten`";
    let removed = "`types::Pet::Cat` was removed: types::Pet::Cat(Box<Cat>), From, \"cat\" on the wire";
    let added = "`types::Pet::Kitten` was added: types::Pet::Kitten(Box<Cat>), From, \"kitten\" on the wire";
    assert_eq!(messages, [message, message, removed, added]);
    let pointer = |change: &Change| change.new.as_ref().unwrap().pointer.to_string();
    assert_eq!(pointer(&found[0]), "/components/schemas/Pet/discriminator/mapping/kitten");
    // A further mapping of a schema is reported as added, not as changed.
    let found = changes(&mapped("cat: Cat, dog: Dog"), &mapped("cat: Cat, kitten: Cat, dog: Dog"));
    assert_eq!(
        lines(&found),
        [
            "response-body-discriminator-mapping-added dangerous response",
            "request-body-discriminator-mapping-added safe request",
        ]
    );
}

#[test]
fn changes_of_headers_have_places() {
    let with = |kind: &str| {
        document(&format!(
            "paths:
  /pets:
    get:
      operationId: getPets
      responses: {{'204': {{description: D, headers: {{X-Left: {{schema: {{type: {kind}}}}}}}}}}}
"
        ))
    };
    let found = changes(&with("integer"), &with("number"));
    let in_crate: Vec<&Change> = found.iter().filter(|change| matches!(change.effect, Effect::Crate(_))).collect();
    assert_eq!(in_crate.len(), 1, "{found:#?}");
    let place = "/paths/~1pets/get/responses/204/headers/X-Left";
    for side in [&in_crate[0].old, &in_crate[0].new] {
        assert_eq!(side.as_ref().unwrap().pointer.to_string(), place);
    }
}

#[test]
fn forms_have_properties_and_multipart_bodies_have_parts() {
    let with = |media_type: &str, encoding: &str| {
        document(&format!(
            "paths:
  /pets:
    post:
      operationId: addPet
      requestBody:
        required: true
        content:
          {media_type}:
            schema: {{type: object, properties: {{tags: {{type: array, items: {{type: string}}}}}}}}
            encoding: {{tags: {{{encoding}}}}}
      responses: {{'204': {{description: D}}}}
"
        ))
    };
    let message = |media_type: &str, encodings: [&str; 2]| {
        let found = changes(&with(media_type, encodings[0]), &with(media_type, encodings[1]));
        found.first().map(|change| change.message.clone()).unwrap_or_default()
    };
    let in_form = message("application/x-www-form-urlencoded", ["explode: true", "explode: false"]);
    assert_eq!(in_form, "the encoding of the property `tags` changed");
    let in_parts = message("multipart/form-data", ["contentType: text/plain", "contentType: application/json"]);
    assert_eq!(in_parts, "the encoding of the part `tags` changed");
}
