//! Another name of a schema: the members are the same, and so is what does not name it.
//!
//! Expected: major renamed

use api::type_renamed as pets;

pub fn name(pet: &pets::types::Pet) -> &str {
    &pet.name
}

fn main() {}
