//! A field changes from a string to a number.
//!
//! Expected: major field-type-changed

use api::response_field_type_changed as pets;

pub fn age(pet: &pets::types::Pet) -> Option<String> {
    pet.age.clone()
}

fn main() {}
