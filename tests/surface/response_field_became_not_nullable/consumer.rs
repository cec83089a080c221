//! A nullable field is no longer nullable.
//!
//! Expected: major field-became-not-nullable

use api::response_field_became_not_nullable as pets;

pub fn length(pet: &pets::types::Pet) -> Option<usize> {
    pet.name.as_ref().map(|name| name.len())
}

fn main() {}
