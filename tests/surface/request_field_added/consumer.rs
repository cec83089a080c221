//! An optional field is added to a request: code still compiles because the struct is non_exhaustive.
//!
//! Expected: minor field-added

use api::request_field_added as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat").tag("small")
}

fn main() {}
