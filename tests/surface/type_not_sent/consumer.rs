//! A type that came and went is only received now: callers do not make it.
//!
//! Expected: major argument-type-changed; major constructor-removed; minor constructor-added; minor trait-added; major trait-removed

use api::type_not_sent as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat")
}

fn main() {}
