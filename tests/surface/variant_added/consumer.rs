//! A variant is added: a match over all variants does not cover it.
//!
//! Expected: major variant-added

use api::variant_added as pets;

pub fn is_text(pet: &pets::types::Pet) -> bool {
    match pet {
        pets::types::Pet::Text(_) => true,
        pets::types::Pet::Integer(_) | pets::types::Pet::Unknown(_) => false,
    }
}

fn main() {}
