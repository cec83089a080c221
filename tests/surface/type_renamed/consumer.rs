//! A schema is renamed: code that does not name it still compiles.
//!
//! Expected: major renamed

use api::type_renamed as pets;

pub fn name(pet: &pets::types::Pet) -> &str {
    &pet.name
}

fn main() {}
