//! What was optional is always there: no `Option` any more.
//!
//! Expected: major field-became-required

use api::response_field_became_required as pets;

pub fn tag(pet: &pets::types::Pet) -> &str {
    pet.tag.as_deref().unwrap_or("none")
}

fn main() {}
