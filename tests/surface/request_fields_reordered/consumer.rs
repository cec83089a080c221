//! The required members of a request change places, and are alike: the call compiles, and means something else.
//!
//! Expected: silent arguments-reordered

use api::request_fields_reordered as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat", "small")
}

fn main() {}
