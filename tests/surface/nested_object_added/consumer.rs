//! An optional object is added to a response, and with it a type.
//!
//! Expected: minor field-added; minor type-added

use api::nested_object_added as pets;

pub fn name(pet: &pets::types::Pet) -> &str {
    &pet.name
}

fn main() {}
