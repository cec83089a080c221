//! A variant is added for JSON that code already sends with `unknown`: code still compiles, and sends the same JSON.
//!
//! Expected: minor variant-added

use api::request_variant_added as pets;

pub fn flagged() -> pets::types::Pet {
    pets::types::Pet::new("cat").tag(pets::types::PetTag::unknown(true.into()))
}

fn main() {}
