//! A string field becomes an enum, which is a type of its own.
//!
//! Expected: minor type-added; major field-type-changed

use api::field_became_enum as pets;

pub fn state(pet: pets::types::Pet) -> Option<String> {
    pet.state
}

fn main() {}
