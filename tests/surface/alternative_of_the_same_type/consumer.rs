//! A second alternative of a type: nothing says which of them a value makes.
//!
//! Expected: major variant-added; major trait-removed; minor trait-added

use api::alternative_of_the_same_type as pets;

pub fn made() -> pets::types::Pet {
    "abc".to_owned().into()
}

fn main() {}
