//! A field is removed.
//!
//! Expected: major field-removed

use api::response_field_removed as pets;

pub fn tag(pet: &pets::types::Pet) -> Option<&String> {
    pet.tag.as_ref()
}

fn main() {}
