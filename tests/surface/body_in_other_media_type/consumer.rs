//! A second media type of a body: an enum instead of a reference.
//!
//! Expected: major argument-type-changed; minor type-added

use api::body_in_other_media_type as pets;

pub fn name<'p>(client: &'p pets::Client<api::runtime::Detached>, pet: &'p pets::types::Pet) -> &'p str {
    &client.add_pet(pet).operation.body.name
}

fn main() {}
