//! A list becomes an object under the same name.
//!
//! Expected: major kind-changed

use api::newtype_became_struct as pets;

pub fn first(pet: &pets::types::Pet) -> Option<&String> {
    pet.first()
}

fn main() {}
