//! An optional field is added to a request: a struct literal does not compile without it.
//!
//! Expected: major field-added

use api::request_field_added as pets;

pub fn cat() -> pets::types::Pet {
    pets::types::Pet { name: "cat".to_owned(), tag: None }
}

fn main() {}
