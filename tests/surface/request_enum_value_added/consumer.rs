//! An enum value is added that code already sends as an unlisted value: code still compiles, and sends the same text.
//!
//! Expected: minor variant-added

use api::request_enum_value_added as pets;

pub fn sold() -> pets::types::Pet {
    pets::types::Pet::new("cat").state("sold")
}

pub fn is_sold(state: &pets::types::PetState) -> bool {
    match state {
        pets::types::PetState::Open | pets::types::PetState::Closed => false,
        other => other.as_str() == "sold",
    }
}

fn main() {}
