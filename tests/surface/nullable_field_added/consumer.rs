//! An optional nullable field is added, with a method that sets it to null.
//!
//! Expected: minor field-added; minor function-added

use api::nullable_field_added as pets;

pub fn cat() -> pets::types::Pet {
    let pet = pets::types::Pet::new("cat");
    let pets::types::Pet { name, .. } = &pet;
    assert_eq!(name, "cat");
    pet
}

fn main() {}
