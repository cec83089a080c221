//! A variant contains another type.
//!
//! Expected: major variant-removed; minor variant-added

use api::variant_type_changed as pets;

pub fn number(pet: &pets::types::Pet) -> Option<i64> {
    match pet {
        pets::types::Pet::Integer(number) => Some(*number),
        _ => None,
    }
}

fn main() {}
