//! A text became a number.
//!
//! Expected: major field-type-changed

use api::response_field_type_changed as pets;

pub fn age(pet: &pets::types::Pet) -> Option<String> {
    pet.age.clone()
}

fn main() {}
