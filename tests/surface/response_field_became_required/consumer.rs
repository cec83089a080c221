//! An optional field becomes required: it is no longer an `Option`.
//!
//! Expected: major field-became-required

use api::response_field_became_required as pets;

pub fn tag(pet: &pets::types::Pet) -> &str {
    pet.tag.as_deref().unwrap_or("none")
}

fn main() {}
