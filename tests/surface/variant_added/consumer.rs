//! A variant is added: code still compiles because the enum is non_exhaustive.
//!
//! Expected: minor variant-added

use api::variant_added as pets;

pub fn is_text(pet: &pets::types::Pet) -> bool {
    match pet {
        pets::types::Pet::Text(_) => true,
        pets::types::Pet::Integer(_) | pets::types::Pet::Unknown(_) => false,
        _ => false,
    }
}

fn main() {}
