//! A required field becomes optional.
//!
//! Expected: major field-became-optional; minor trait-added

use api::response_field_became_optional as pets;

pub fn length(pet: &pets::types::Pet) -> usize {
    pet.name.len()
}

fn main() {}
