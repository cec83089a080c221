//! A schema is renamed: only code that does not name the type still compiles.
//!
//! Expected: major renamed

use api::type_renamed as pets;

pub fn name(pet: &pets::types::Pet) -> &str {
    &pet.name
}

fn main() {}
