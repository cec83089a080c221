//! An optional field is removed from a request: its setter is gone.
//!
//! Expected: major field-removed

use api::request_field_removed as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat").weight(1.5)
}

fn main() {}
