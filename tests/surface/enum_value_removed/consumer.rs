//! An enum value is removed.
//!
//! Expected: major variant-removed

use api::enum_value_removed as pets;

pub fn is_sold(state: &pets::types::PetState) -> bool {
    *state == pets::types::PetState::Sold
}

fn main() {}
