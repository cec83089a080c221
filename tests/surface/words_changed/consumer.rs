//! Descriptions are no part of the API.
//!
//! Expected: nothing

use api::words_changed as pets;

pub fn name(pet: &pets::types::Pet) -> &str {
    &pet.name
}

fn main() {}
