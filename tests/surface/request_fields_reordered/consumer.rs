//! The required fields of a request change their order in the document: the crate is the same.
//!
//! Expected: nothing

use api::request_fields_reordered as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet::new(pets::required::Pet { name: "cat", tag: "small" })
}

fn main() {}
