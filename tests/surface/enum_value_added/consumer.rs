//! An enum value is added: a match over all variants does not cover it.
//!
//! Expected: major variant-added

use api::enum_value_added as pets;

pub fn is_open(state: &pets::types::PetState) -> bool {
    match state {
        pets::types::PetState::Open => true,
        pets::types::PetState::Closed | pets::types::PetState::Unknown(_) => false,
    }
}

fn main() {}
