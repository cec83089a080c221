//! The body gets a second media type: its argument is an enum instead of a reference.
//!
//! Expected: major argument-type-changed; minor type-added

use api::second_body_media_type_added as pets;

pub fn name<'p>(client: &'p pets::Client<api::runtime::Detached>, pet: &'p pets::types::Pet) -> &'p str {
    &client.add_pet(pet).operation.body.name
}

fn main() {}
