//! An enum value is renamed: its variant is gone.
//!
//! Expected: major variant-removed; minor variant-added

use api::enum_value_renamed as pets;

pub fn is_open(state: &pets::types::PetState) -> bool {
    *state == pets::types::PetState::Open
}

fn main() {}
