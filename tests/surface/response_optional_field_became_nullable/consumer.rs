//! An optional field becomes nullable.
//!
//! Expected: nothing

use api::response_optional_field_became_nullable as pets;

pub fn length(pet: &pets::types::Pet) -> Option<usize> {
    pet.tag.as_ref().map(|tag| tag.as_str().len())
}

fn main() {}
