//! An enum value is added: code still compiles because the enum is non_exhaustive.
//!
//! Expected: minor variant-added

use api::enum_value_added as pets;

pub fn is_open(state: &pets::types::PetState) -> bool {
    match state {
        pets::types::PetState::Open => true,
        pets::types::PetState::Closed | pets::types::PetState::Unknown(_) => false,
        _ => false,
    }
}

fn main() {}
