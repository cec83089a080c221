//! A required field is added to a request: `new` takes another argument.
//!
//! Expected: major required-field-added

use api::request_required_field_added as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat").tag("small")
}

fn main() {}
