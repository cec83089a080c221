//! The required members of a request change places in the document, and nowhere else.
//!
//! Expected: nothing

use api::request_fields_reordered as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new("cat", "small")
}

fn main() {}
