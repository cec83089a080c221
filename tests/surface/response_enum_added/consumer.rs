//! An optional enum is added to a response, and with it a type.
//!
//! Expected: minor field-added; minor type-added

use api::response_enum_added as pets;

pub fn name(pet: &pets::types::Pet) -> &str {
    &pet.name
}

fn main() {}
