//! A required field is added to a response: the struct is no longer `Default`.
//!
//! Expected: minor field-added; major trait-removed

use api::response_required_field_added as pets;

pub fn none() -> pets::types::Pet {
    pets::types::Pet::default()
}

fn main() {}
