//! Descriptions change: they are not part of the API.
//!
//! Expected: nothing

use api::description_changed as pets;

pub fn name(pet: &pets::types::Pet) -> &str {
    &pet.name
}

fn main() {}
