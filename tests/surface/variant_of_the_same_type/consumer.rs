//! A second variant has the same type, so a value of the type no longer converts to the union.
//!
//! Expected: minor variant-added; major trait-removed; minor trait-added

use api::variant_of_the_same_type as pets;

pub fn convert() -> pets::types::Pet {
    "abc".to_owned().into()
}

fn main() {}
