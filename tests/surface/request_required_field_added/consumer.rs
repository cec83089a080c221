//! A required member more in a request changes `new`.
//!
//! Expected: major field-added

use api::request_required_field_added as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat").tag("small")
}

fn main() {}
