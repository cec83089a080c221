//! An optional field is added to a response: code still compiles because the struct is non_exhaustive.
//!
//! Expected: minor field-added

use api::response_field_added as pets;

pub fn name(pet: pets::types::Pet) -> String {
    let pets::types::Pet { name, tag, .. } = pet;
    tag.unwrap_or(name)
}

fn main() {}
