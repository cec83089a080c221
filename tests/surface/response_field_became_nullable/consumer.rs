//! A field becomes nullable.
//!
//! Expected: major field-became-nullable

use api::response_field_became_nullable as pets;

pub fn length(pet: &pets::types::Pet) -> usize {
    pet.name.as_str().len()
}

fn main() {}
